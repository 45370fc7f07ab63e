/** What is kept for a time goes when it is over, whatever it is; and /privacy names the very times. */
import { eq } from 'drizzle-orm';
import { afterAll, describe, expect, test } from 'vitest';
import { giveCredits } from '../../../src/billing/ledger/gift-credits.ts';
import { parseConfig } from '../../../src/config.ts';
import { rememberFormer } from '../../../src/customers/former-customers.ts';
import {
  dataRequests,
  formerCustomers,
  orders,
  ownerActions,
  ownerRequests,
  photoshootPhotos,
  photoshoots,
  pictureFiles,
  processedImages,
  supportMessages,
  supportTickets,
  unsettledCharges,
} from '../../../src/database/schema/index.ts';
import { beginRequest } from '../../../src/owners/requests.ts';
import { copyAsDraft } from '../../../src/photoshoots/draft/copy-as-draft.ts';
import { expireDrafts } from '../../../src/photoshoots/draft/expire-drafts.ts';
import { readHistory } from '../../../src/photoshoots/history.ts';
import { KEPT_DATA, retentionOf, spokenTime } from '../../../src/privacy/retention.ts';
import { SWEEPS } from '../../../src/privacy/sweeps.ts';
import { privacyCard } from '../../../src/screens/privacy-cards.ts';
import { openTicket } from '../../../src/support/open-ticket.ts';
import { resolveTicket, writeTicketMessage } from '../../../src/support/write-message.ts';
import { loadTexts } from '../../../src/texts/texts.ts';
import { expectBalancedBooks, openFileScene, outcomeOf } from '../../support/scene.ts';
import { findTraces } from '../../support/traces.ts';
import { ADMIN, createTill } from '../billing/till.ts';

const scene = await openFileScene();
const { db } = scene;
const till = createTill(scene);
afterAll(() => expectBalancedBooks(db));
const past = new Date(scene.now.getTime() - 86_400_000);
const future = new Date(scene.now.getTime() + 2 * 86_400_000);

describe('what was kept for its time', () => {
  test('goes with a photoshoot’s content, which stays counted', async () => {
    const userId = await scene.customer();
    const { photoshootId } = await scene.send(
      scene.photo(userId, { caption: 'a kumquat', fileId: 'kumquat' }),
    );
    await scene.recognise(photoshootId);
    await scene.toggle(photoshootId, userId, 1);
    await scene.place(photoshootId, userId);
    await scene.deliver(await scene.take(photoshootId));
    const page = { userId, page: 1, pageSize: 8 };
    expect(await SWEEPS.history(db, past)).toBe(0);
    expect((await readHistory(db, page)).total).toBe(1);
    expect(await SWEEPS.history(db, future)).toBeGreaterThan(0);
    expect(await SWEEPS.history(db, future)).toBe(0);
    expect(await findTraces(db, { ids: [], words: ['kumquat', `photo-${photoshootId}`] })).toEqual([]);
    expect(await readHistory(db, page)).toEqual({ entries: [], total: 0 });
    const [row] = await db.select().from(photoshoots).where(eq(photoshoots.id, photoshootId));
    expect(row).toMatchObject({ userId, chatId: userId, state: 'completed', productName: null });
    const pictures = await db
      .select({ state: processedImages.state, prompt: processedImages.stylePrompt })
      .from(processedImages)
      .where(eq(processedImages.photoshootId, photoshootId));
    expect(pictures).toEqual([{ state: 'delivered', prompt: '' }]);
    // Its old buttons are answered.
    const again = { photoshootId, userId, sourceKey: 'again:1', expiresAt: future };
    expect(await outcomeOf(db.transaction((tx) => copyAsDraft(tx, again)))).toBe('file-gone');
  });

  test('goes with a photo that was never ordered with', async () => {
    const userId = await scene.customer();
    const draft = await scene.draft(userId);
    expect(await SWEEPS.drafts(db, future)).toBe(0);
    await expireDrafts(db, future);
    expect(await SWEEPS.drafts(db, past)).toBe(0);
    expect(await SWEEPS.drafts(db, future)).toBeGreaterThan(0);
    expect(await db.$count(photoshootPhotos, eq(photoshootPhotos.photoshootId, draft))).toBe(0);
  });

  test('goes with closed tickets, and not with open ones', async () => {
    const userId = await scene.customer();
    const write = async () => {
      const { ticketId } = await openTicket(db, { userId, topic: 'other' });
      await writeTicketMessage(db, { ticketId, authorId: userId, body: 'words', photoFileId: null });
      return ticketId;
    };
    const closed = await write();
    await resolveTicket(db, { ticketId: closed, by: ADMIN });
    const open = await write();
    expect(await SWEEPS.tickets(db, past)).toBe(0);
    expect(await SWEEPS.tickets(db, future)).toBe(1);
    expect((await db.select({ id: supportTickets.id }).from(supportTickets)).map(({ id }) => id)).toEqual([
      open,
    ]);
    expect(await db.$count(supportMessages)).toBe(1);
  });

  test('goes with owners’ words, and not with what they did', async () => {
    const userId = await scene.customer();
    await giveCredits(db, { userId, credits: 2, key: `g-${userId}`, by: ADMIN, why: 'a kumquat' });
    await beginRequest(db, { by: ADMIN, act: 'message', userId });
    expect(await SWEEPS['owner-words'](db, past)).toBe(0);
    expect(await SWEEPS['owner-words'](db, future)).toBe(1);
    expect(await db.$count(ownerRequests)).toBe(0);
    const acts = await db.select().from(ownerActions).where(eq(ownerActions.userId, userId));
    expect(acts).toMatchObject([{ act: 'gift', reason: null, actorId: ADMIN }]);
  });

  test('goes with originals, invoices, requests, and those who were here', async () => {
    const userId = await scene.customer();
    const order = await till.order(userId);
    await db.update(orders).set({ state: 'expired' }).where(eq(orders.id, order.id));
    const { payment } = await till.buyer();
    const { telegramPaymentChargeId: chargeId } = await till.payment(payment.paymentId);
    const charge = {
      userId,
      payload: 'order:999999',
      currency: 'XTR',
      amount: 99,
      source: 'update',
    } as const;
    await db.insert(unsettledCharges).values([
      { ...charge, kind: 'payment', chargeId },
      { ...charge, kind: 'payment', chargeId: 'still open' },
    ]);
    await db.insert(dataRequests).values({ userId });
    await rememberFormer(db, { pseudonym: 'somebody', banned: false }, scene.now);
    await scene.delivered(userId);
    for (const name of ['originals', 'invoices', 'data-requests', 'former-customers'] as const)
      expect(await SWEEPS[name](db, past)).toBe(0);
    expect(await SWEEPS.invoices(db, new Date(future.getTime() + 86_400_000))).toBe(2);
    for (const name of ['originals', 'data-requests', 'former-customers'] as const)
      expect(await SWEEPS[name](db, future)).toBeGreaterThan(0);
    const left = await db.select({ chargeId: unsettledCharges.chargeId }).from(unsettledCharges);
    expect(left).toEqual([{ chargeId: 'still open' }]);
    expect(await db.$count(formerCustomers)).toBe(0);
    expect(await db.$count(pictureFiles)).toBe(0);
    await db.delete(unsettledCharges);
  });
});

test('what /privacy says of times is what is set', () => {
  const config = parseConfig({ NODE_ENV: 'test', HISTORY_RETENTION_DAYS: '111', CACHE_TTL: '10800' });
  const retention = retentionOf(config);
  expect(retention).toMatchObject({ history: 111 * 86_400_000, recognitions: 10_800_000 });
  const texts = loadTexts();
  for (const language of texts.languages) {
    const t = texts.in(language);
    const { text } = privacyCard(t, { retention, providers: ['openai'], reportsClicks: false });
    for (const name of KEPT_DATA) {
      const { number, unit } = spokenTime(retention[name]);
      expect(text).toContain(t(`privacy-kept-${name}`, { time: t(`privacy-${unit}`, { number }) }));
    }
    expect(text).toMatch(/111/);
  }
});
