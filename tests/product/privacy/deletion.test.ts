/** A person's data goes with all that it is in, the books stay right, and nothing is done twice. */
import { eq, getTableColumns, getTableName, isNotNull } from 'drizzle-orm';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { checkLedger } from '../../../src/billing/checks/check-ledger.ts';
import { correctCredits } from '../../../src/billing/ledger/correct-credits.ts';
import { giveCredits } from '../../../src/billing/ledger/gift-credits.ts';
import { readBalance } from '../../../src/billing/ledger/read-balance.ts';
import { welcomeCustomer } from '../../../src/billing/ledger/welcome-gift.ts';
import { approveCheckout } from '../../../src/billing/orders/approve-checkout.ts';
import { markCancelled, readLeaversRenewing } from '../../../src/billing/orders/cancel-subscription.ts';
import { packInvoice } from '../../../src/billing/orders/invoice-payload.ts';
import { createPromoCode } from '../../../src/billing/promo-codes/create-promo-code.ts';
import { redeemPromoCode } from '../../../src/billing/promo-codes/redeem-promo-code.ts';
import { beginRefund } from '../../../src/billing/refunds/refund-payment.ts';
import { reversePayment } from '../../../src/billing/refunds/reverse-payment.ts';
import { rememberFirstTouch } from '../../../src/customers/attribution.ts';
import { banPerson } from '../../../src/customers/ban.ts';
import { createPseudonyms } from '../../../src/customers/former-customers.ts';
import { comeBack } from '../../../src/customers/leaving.ts';
import { registerCustomer } from '../../../src/customers/register-customer.ts';
import type { Database } from '../../../src/database/client.ts';
import {
  attributions,
  creditEntries,
  dataRequests,
  formerCustomers,
  listingTexts,
  marketplacePacks,
  ownerActions,
  ownerRequests,
  photoshootPhotos,
  photoshoots,
  pictureFiles,
  processedImages,
  providerAttempts,
  rateLimits,
  recognitions,
  referralRewards,
  sessions,
  signInLinks,
  stylePresets,
  styles,
  supportMessages,
  telegramUpdates,
  unsettledCharges,
  users,
} from '../../../src/database/schema/index.ts';
import { endWorkOf } from '../../../src/photoshoots/run/end-unclaimed.ts';
import { fatesOf } from '../../../src/privacy/empty-rows.ts';
import { erasePerson, readDueDeletions } from '../../../src/privacy/erase-person.ts';
import { PERSONAL_DATA, PERSONAL_TABLES, tableOf } from '../../../src/privacy/personal-data.ts';
import { requestDeletion } from '../../../src/privacy/request-deletion.ts';
import { COME_BACK_DAYS } from '../../../src/privacy/retention.ts';
import { recordFirst } from '../../../src/statistics/record-event.ts';
import { openTicket } from '../../../src/support/open-ticket.ts';
import { writeTicketMessage } from '../../../src/support/write-message.ts';
import { entryKeys, openFileScene, outcomeOf, stateOf } from '../../support/scene.ts';
import { findTraces } from '../../support/traces.ts';
import { ADMIN, createTill, referral } from '../billing/till.ts';

const scene = await openFileScene();
const { db, queue } = scene;
const till = createTill(scene);
const pseudonymOf = createPseudonyms('the token of the bot');
const deps = { db, queue, pseudonymOf };
const DAY_MS = 86_400_000;
const due = new Date(scene.now.getTime() + COME_BACK_DAYS * DAY_MS);
// Not by the sums alone: a debt is right as well.
afterEach(async () => expect(await checkLedger(db)).toEqual([]));
beforeAll(() => createPromoCode(db, { ...PROMO, createdBy: ADMIN }, scene.now));

const PROMO = {
  code: 'WELCOME5',
  kind: 'credits',
  value: 5,
  maxUses: null,
  usesPerUser: 1,
  endsAt: null,
} as const;

let lastPerson = 5_000_000_000;
/** Somebody new, with an id that is like Telegram's and like nothing else. */
async function newcomer(about: { referralCode?: string; firstName?: string } = {}): Promise<number> {
  lastPerson += 7;
  const id = lastPerson;
  const person = { id, firstName: about.firstName ?? 'Somebody', username: null, language: 'en' };
  await registerCustomer(db, person, async (tx, userId) => {
    const isFirst = await welcomeCustomer(tx, { userId, pseudonymOf, credits: 8 }, scene.now);
    const referralCode = isFirst ? (about.referralCode ?? null) : null;
    await rememberFirstTouch(tx, { userId, source: null, referralCode });
    await recordFirst(tx, userId, 'start');
  });
  return id;
}
const codeOf = async (id: number) => (await personOf(id))?.referralCode ?? '';
const personOf = async (id: number) => (await db.select().from(users).where(eq(users.id, id)))[0];
const leave = (userId: number) => requestDeletion(db, userId, scene.now);
const erase = (userId: number) => erasePerson(deps, userId, due);
/** The rows that stand for those who were deleted, the newest first. */
const standIns = () => db.select().from(users).where(isNotNull(users.deletedAt)).orderBy(users.createdAt);

const columnOf = (trace: string) => trace.slice(0, trace.indexOf(':'));
/** Every column that is emptied and can hold words: a scene without one of them would not see it forgotten. */
const WORDED = PERSONAL_TABLES.flatMap((name) => {
  const table = tableOf(name);
  const isRow = 'deleted' in (PERSONAL_DATA[name] as object);
  return Object.entries(getTableColumns(table))
    .filter(([key, { dataType, enumValues }]) => {
      const fate = fatesOf(name)[key];
      const isEmptied = isRow || fate === 'goes' || typeof fate === 'function';
      // Nothing of a person stands in a word of a list of ours.
      const isFree = ['string', 'json', 'custom'].includes(dataType) && (enumValues?.length ?? 0) === 0;
      return isEmptied && isFree;
    })
    .map(([, column]) => `public.${getTableName(table)}.${column.name}`);
});

/** How a photo of theirs looks: 64 bits that no other photo has. */
const LOOK = '1101'.repeat(16);

/** Fills by hand what no step of this scene has filled, as the product does at one time or another. */
async function fillEverything(userId: number, photoshootId: number): Promise<void> {
  const ofTheirs = eq(processedImages.photoshootId, photoshootId);
  const [picture] = await db
    .update(processedImages)
    .set({
      style: 'A kumquat',
      stylePrompt: 'quixotry',
      label: 'differs',
      labelInPhoto: 'Kumquat',
      labelInPicture: 'quixotry',
      photoFileId: 'file-of-theirs-2',
      documentFileId: 'file-of-theirs-3',
      jpegFileId: 'file-of-theirs-7',
      look: LOOK,
    })
    .where(ofTheirs)
    .returning({ id: processedImages.id });
  await db
    .update(photoshootPhotos)
    .set({ contentHash: 'file-of-theirs-8', look: LOOK })
    .where(eq(photoshootPhotos.photoshootId, photoshootId));
  await db
    .update(photoshoots)
    .set({ productName: 'Kumquat', productKind: 'kumquat' })
    .where(eq(photoshoots.id, photoshootId));
  await db
    .update(styles)
    .set({ title: 'Quixotry', prompt: 'quixotry' })
    .where(eq(styles.photoshootId, photoshootId));
  await db.insert(marketplacePacks).values({ photoshootId, channels: 'kumquat', sku: 'KUMQUAT-7' });
  await db
    .insert(pictureFiles)
    .values({ pictureId: picture?.id ?? 0, bytes: Buffer.from('the bytes of a kumquat') })
    .onConflictDoUpdate({ target: pictureFiles.pictureId, set: { bytes: Buffer.from('of a kumquat') } });
  await db
    .insert(stylePresets)
    .values({ userId, title: 'Kumquats', prompt: 'quixotry', ratio: 'kumquat', size: 'usual' });
  await db.insert(providerAttempts).values({
    photoshootId,
    purpose: 'picture',
    provider: 'openai',
    model: 'test-model',
    requestId: 'of-the-kumquat',
    state: 'succeeded',
  });
  await db.insert(ownerRequests).values({ askedBy: ADMIN, act: 'message', userId, words: 'Dear Zebulonia' });
  await db.insert(dataRequests).values({ userId });
  const expiresAt = new Date(Date.now() + 60_000);
  await db.insert(listingTexts).values({ key: 'kumquat', userId, listing: { title: 'A kumquat' } });
  await db.insert(recognitions).values({ key: 'kumquat', userId, recognised: { name: 'A kumquat' } });
  await db.insert(sessions).values({ hash: 'kumquat', userId, openedBy: 'link:kumquat', expiresAt });
  await db.insert(rateLimits).values({
    subject: String(userId),
    limit: 'kumquats',
    taken: { kumquat: 1 },
    most: 1,
    windowMs: 1,
    allowed: true,
    expiresAt,
  });
  await db.insert(signInLinks).values({ hash: 'kumquat', userId, expiresAt });
  await db.update(supportMessages).set({ sourceKey: 'kumquat' });
  await db.insert(attributions).values({
    userId,
    source: 'google',
    content: 'kumquat',
    term: 'kumquat',
    clickId: 'click-of-the-kumquat',
  });
  await db.insert(telegramUpdates).values([
    { updateId: 1, lane: userId, payload: null, state: 'done' },
    { updateId: 2, lane: userId, payload: { text: 'kumquat' }, state: 'dead', fault: 'Kumquat' },
  ]);
  await db.insert(unsettledCharges).values({
    kind: 'payment',
    chargeId: (await till.paymentsOf(userId))[0]?.telegramPaymentChargeId ?? '',
    userId,
    language: 'kumquat',
    payload: 'order:1',
    currency: 'XTR',
    amount: 99,
    source: 'update',
  });
  await queue.enqueue(
    db,
    'send-originals',
    { photoshootId },
    { once: { key: 'kumquat', withinSeconds: 60 } },
  );
  await db
    .update(users)
    .set({
      username: 'zebulonia_77',
      referralCode: 'kumquat',
      writingBroadcast: 'kumquat',
      bannedAt: new Date(),
      banReason: 'kumquat',
    })
    .where(eq(users.id, userId));
}

describe('a deletion', () => {
  test('leaves no trace of the person in any table, and the books as they were', async () => {
    const inviter = await newcomer();
    const userId = await newcomer({ referralCode: await codeOf(inviter), firstName: 'Zebulonia' });
    const brought = await newcomer({ referralCode: await codeOf(userId) });
    const words = ['Zebulonia', 'kumquat', 'quixotry', 'file-of-theirs', LOOK];
    const photo = { fileId: 'file-of-theirs-1', fileUniqueId: 'file-of-theirs-unique', caption: 'a kumquat' };
    const { photoshootId } = await scene.send(scene.photo(userId, photo));
    await scene.recognise(photoshootId);
    await scene.toggle(photoshootId, userId, 1);
    await scene.place(photoshootId, userId);
    await scene.deliver(await scene.take(photoshootId));
    await scene.deliver(await scene.take(await scene.placed(brought)));
    const payment = await till.paid(await till.order(userId));
    await till.paid(await till.order(brought));
    const { ticketId } = await openTicket(db, { userId, topic: 'other' });
    await writeTicketMessage(db, {
      ticketId,
      authorId: userId,
      body: 'kumquat',
      photoFileId: 'file-of-theirs-6',
    });
    await giveCredits(db, { userId, credits: 2, key: 'a', by: ADMIN, why: 'for Zebulonia' });
    await redeemPromoCode(db, { userId, code: PROMO.code, key: `${userId}:17` }, new Date());
    await fillEverything(userId, photoshootId);
    const whole = new Set((await findTraces(db, { ids: [userId], words })).map(columnOf));
    expect(WORDED.filter((column) => !whole.has(column))).toEqual([]);
    const { credits } = await readBalance(db, userId);
    expect(credits).toBeGreaterThan(0);
    const inviterHad = await readBalance(db, inviter);

    await leave(userId);
    expect(await erase(userId)).toBe('erased');

    expect(await findTraces(db, { ids: [userId], words })).toEqual([]);
    const standIn = (await standIns()).at(-1);
    expect(standIn).toMatchObject({ firstName: '—', username: null, credits: 0, reservedCredits: 0 });
    expect(standIn?.id).toBeLessThan(-4e12);
    expect((await entryKeys(db, standIn?.id ?? 0)).at(-1)).toBe(`forfeit:${standIn?.id}`);
    expect(await readBalance(db, inviter)).toEqual(inviterHad);
    expect(await till.payment(payment.paymentId)).toMatchObject({ userId: standIn?.id, state: 'credited' });
    expect(await personOf(brought)).toMatchObject({ invitedBy: null });
    const rewards = await db.select().from(referralRewards).where(eq(referralRewards.inviterId, inviter));
    expect(rewards.map(({ invitedId }) => invitedId)).toEqual([standIn?.id, standIn?.id]);
    const acts = await db
      .select()
      .from(ownerActions)
      .where(eq(ownerActions.userId, standIn?.id ?? 0));
    expect(acts).toMatchObject([
      { act: 'gift', actorId: ADMIN, reason: null, after: { credits: credits - PROMO.value } },
    ]);
    // What an owner can no longer do is said, and what Telegram tells by itself is still written down.
    const refund = { paymentId: payment.paymentId, adminId: ADMIN, reason: 'asked' } as const;
    expect(await outcomeOf(beginRefund(db, refund, scene.now))).toBe('buyer-deleted');
    const { telegramPaymentChargeId: chargeId } = await till.payment(payment.paymentId);
    expect(await reversePayment(db, { chargeId }, scene.now)).toMatchObject({ kind: 'charged-back' });
  });

  test('waits for its seven days, and who comes back in time has lost nothing', async () => {
    const userId = await newcomer();
    expect(await leave(userId)).toEqual(due);
    // Of a second tap the first one's day counts.
    expect(await requestDeletion(db, userId, due)).toEqual(due);
    const soon = new Date(due.getTime() - 1);
    expect(await readDueDeletions(db, 10, soon)).toEqual([]);
    expect(await erasePerson(deps, userId, soon)).toBe('stays');
    expect(await comeBack(db, userId)).toBe(true);
    expect(await comeBack(db, userId)).toBe(false);
    expect(await erase(userId)).toBe('stays');
    expect(await readBalance(db, userId)).toEqual({ credits: 8, reserved: 0 });
  });

  test('ends what was begun: invoices are over, and nothing can be paid meanwhile', async () => {
    const userId = await newcomer();
    const order = await till.order(userId);
    const draft = await scene.draft(userId);
    await leave(userId);
    expect(await till.orderState(order.id)).toBe('cancelled');
    expect(await stateOf(db, draft)).toBe('expired');
    const later = await till.order(userId);
    const { currency, amount } = later;
    const checkout = { userId, payload: packInvoice(later.id), currency, amount };
    expect(await approveCheckout(db, checkout, scene.now)).toEqual({ ok: false, reason: 'leaving' });
  });

  test('stops what is being made, gives its credits back first, and waits for a worker', async () => {
    const userId = await newcomer();
    const queued = await scene.placed(userId, 2);
    const { photoshootId: working } = await scene.running(userId);
    await leave(userId);
    expect(await erase(userId)).toBe('work');
    await endWorkOf({ db, referral }, userId);
    expect(await stateOf(db, queued)).toBe('cancelled');
    // A worker has it, and sees within a second that it is to stop.
    expect(await stateOf(db, working)).toBe('generating');
    expect(await erase(userId)).toBe('work');
    await db
      .update(photoshoots)
      .set({ leaseUntil: new Date(0) })
      .where(eq(photoshoots.id, working));
    await endWorkOf({ db, referral }, userId);
    expect(await stateOf(db, working)).toBe('cancelled');
    expect(await readBalance(db, userId)).toEqual({ credits: 8, reserved: 0 });
    expect(await erase(userId)).toBe('erased');
  });

  test('waits while money of the person is not settled', async () => {
    const { userId, payment } = await till.buyer();
    await leave(userId);
    await beginRefund(db, { paymentId: payment.paymentId, adminId: ADMIN, reason: 'asked' }, scene.now);
    expect(await erase(userId)).toBe('money');
    const { telegramPaymentChargeId: chargeId } = await till.payment(payment.paymentId);
    await reversePayment(db, { chargeId }, scene.now);
    expect(await erase(userId)).toBe('erased');
  });

  test('waits until a subscription no longer renews, which Telegram is told at once', async () => {
    const userId = await newcomer();
    const renewing = await till.subscription(userId);
    await till.paid(renewing, { paidUntil: new Date(due.getTime() + 20 * DAY_MS) });
    const unwanted = async () =>
      (await readLeaversRenewing(db, scene.now)).map(({ orderId }) => orderId).includes(renewing.id);
    expect(await unwanted()).toBe(false);
    await leave(userId);
    expect(await unwanted()).toBe(true);
    expect(await erase(userId)).toBe('money');
    await markCancelled(db, renewing.id);
    expect(await unwanted()).toBe(false);
    expect(await erase(userId)).toBe('erased');
  });

  test('that dies in the middle has changed nothing, and is done once by those who try it again', async () => {
    const userId = await newcomer();
    await leave(userId);
    const dying = {
      ...deps,
      queue: {
        async forget(tx: Database) {
          // Something of it was written already.
          expect(await tx.$count(formerCustomers, eq(formerCustomers.pseudonym, pseudonymOf(userId)))).toBe(
            1,
          );
          throw new Error('the process dies');
        },
      },
    };
    await expect(erasePerson(dying, userId, due)).rejects.toThrow('the process dies');
    expect(await readBalance(db, userId)).toEqual({ credits: 8, reserved: 0 });
    expect(await db.$count(formerCustomers, eq(formerCustomers.pseudonym, pseudonymOf(userId)))).toBe(0);
    const before = (await standIns()).length;
    const outcomes = await Promise.all([erase(userId), erase(userId), erase(userId)]);
    expect(outcomes.toSorted()).toEqual(['erased', 'stays', 'stays']);
    expect((await standIns()).length).toBe(before + 1);
  });

  test('leaves a debt where it is: it was never somebody’s to give up', async () => {
    const { userId, payment } = await till.buyer();
    await scene.deliver(await scene.take(await scene.placed(userId, 3)));
    const { telegramPaymentChargeId: chargeId } = await till.payment(payment.paymentId);
    await reversePayment(db, { chargeId }, scene.now);
    await leave(userId);
    expect(await erase(userId)).toBe('erased');
    expect((await standIns()).map(({ credits }) => credits)).toContain(-3);
  });
});

describe('somebody who comes again after it', () => {
  test('is new, without a second gift, and brings nobody a reward', async () => {
    const inviter = await newcomer();
    const userId = await newcomer();
    await leave(userId);
    await erase(userId);
    lastPerson = userId - 7;
    expect(await newcomer({ referralCode: await codeOf(inviter) })).toBe(userId);
    expect(await readBalance(db, userId)).toEqual({ credits: 0, reserved: 0 });
    expect(await entryKeys(db, userId)).toEqual([]);
    expect(await personOf(userId)).toMatchObject({ invitedBy: null, deletionDueAt: null });
    // Leaving again is no different.
    await db.transaction((tx) =>
      correctCredits(tx, { userId, credits: 3, key: `c-${userId}`, by: ADMIN, why: 'ours' }),
    );
    await leave(userId);
    expect(await erase(userId)).toBe('erased');
    expect(await db.$count(creditEntries, eq(creditEntries.userId, userId))).toBe(0);
  });

  test('is still shut out, if they were', async () => {
    const userId = await newcomer();
    await db.transaction((tx) => banPerson(tx, { by: ADMIN, userId, why: 'stolen cards' }));
    await leave(userId);
    await erase(userId);
    lastPerson = userId - 7;
    await newcomer();
    expect(await personOf(userId)).toMatchObject({ banReason: '—' });
  });
});
