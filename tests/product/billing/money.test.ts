import { and, asc, eq, inArray, isNotNull } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAlerts } from '../../../src/alerts/alerts.ts';
import { checkLedger } from '../../../src/billing/checks/check-ledger.ts';
import { giveCredits } from '../../../src/billing/ledger/gift-credits.ts';
import { approveCheckout } from '../../../src/billing/orders/approve-checkout.ts';
import type { IncomingPayment } from '../../../src/billing/orders/credit-payment.ts';
import { createPromoCode } from '../../../src/billing/promo-codes/create-promo-code.ts';
import { redeemPromoCode } from '../../../src/billing/promo-codes/redeem-promo-code.ts';
import { rewardFirstPicture } from '../../../src/billing/referrals/reward-inviter.ts';
import { refundPart } from '../../../src/billing/refunds/refund-part.ts';
import {
  beginRefund,
  refundByHand,
  settleRefund,
  undoRefund,
} from '../../../src/billing/refunds/refund-payment.ts';
import { reversePayment } from '../../../src/billing/refunds/reverse-payment.ts';
import { readSelling } from '../../../src/billing/selling.ts';
import { createPseudonyms } from '../../../src/customers/former-customers.ts';
import { markBlocked } from '../../../src/customers/mark-blocked.ts';
import { registerCustomer } from '../../../src/customers/register-customer.ts';
import type { Database } from '../../../src/database/client.ts';
import {
  creditEntries,
  payments,
  photoshoots,
  processedImages,
  refundParts,
  users,
} from '../../../src/database/schema/index.ts';
import { awaitPayment, reopenDraft } from '../../../src/photoshoots/draft/await-payment.ts';
import { chooseSize } from '../../../src/photoshoots/draft/choose-size.ts';
import { placePhotoshoot } from '../../../src/photoshoots/draft/place-photoshoot.ts';
import { redoPicture } from '../../../src/photoshoots/draft/redo-picture.ts';
import { takePayment } from '../../../src/photoshoots/draft/take-payment.ts';
import { giveBack } from '../../../src/photoshoots/give-back.ts';
import { savedBy } from '../../../src/photoshoots/picture-price.ts';
import { cancelPhotoshoot } from '../../../src/photoshoots/run/cancel-photoshoot.ts';
import { completePhotoshoot } from '../../../src/photoshoots/run/complete-photoshoot.ts';
import { endUnclaimed } from '../../../src/photoshoots/run/end-unclaimed.ts';
import { recordMade } from '../../../src/photoshoots/run/record-picture.ts';
import { resumeCustomer } from '../../../src/photoshoots/run/resume-customer.ts';
import { startPhotoshoot } from '../../../src/photoshoots/run/start-photoshoot.ts';
import { erasePerson } from '../../../src/privacy/erase-person.ts';
import { requestDeletion } from '../../../src/privacy/request-deletion.ts';
import { COME_BACK_DAYS } from '../../../src/privacy/retention.ts';
import { drawn } from '../../support/drawn-cases.ts';
import { silentLog } from '../../support/running-app.ts';
import { expireLease, madePicture, openFileScene, outcomeOf, sentPicture } from '../../support/scene.ts';
import { Crash, mortal } from './mortal.ts';
import { ADMIN, createTill, ORDER_TTL_MS, referral } from './till.ts';

const scene = await openFileScene();
const till = createTill(scene);
const alerts = createAlerts({
  db: scene.db,
  tell: async () => true,
  tellChannels: async () => {},
  log: silentLog,
});

/** What moves credits, and how often in proportion. */
const ACTIONS = {
  gift: 1,
  pay: 4,
  checkout: 3,
  place: 3,
  size: 2,
  await: 2,
  reopen: 1,
  work: 5,
  cancel: 1,
  back: 3,
  refund: 3,
  part: 6,
  hand: 1,
  settle: 2,
  undo: 1,
  chargeback: 1,
  reward: 1,
  promo: 1,
  pause: 1,
  resume: 1,
  block: 1,
  return: 1,
  unclaimed: 1,
  redo: 2,
  leave: 1,
} as const;
type Kind = keyof typeof ACTIONS;
/** What can still happen to the money of somebody who is gone. */
const AFTERWARDS: ReadonlySet<Kind> = new Set(['refund', 'part', 'hand', 'settle', 'undo', 'chargeback']);

/**
 * `which` picks a photoshoot, a charge or a payment, `n` is a number of pictures. The process dies before its
 * statement `diesAt`, if it comes so far.
 */
type Action = { kind: Kind; which: number; n: number; diesAt: number | null };

const actions: fc.Arbitrary<Action> = fc.record({
  kind: fc.oneof(
    ...Object.entries(ACTIONS).map(([kind, weight]) => ({ weight, arbitrary: fc.constant(kind as Kind) })),
  ),
  which: fc.nat({ max: 7 }),
  n: fc.integer({ min: 0, max: 3 }),
  diesAt: fc.option(fc.nat({ max: 14 }), { freq: 3 }),
});
/** The actions of a batch happen at once, as in several processes, each up to three times, as updates do. */
const batch = fc.array(fc.record({ action: actions, times: fc.integer({ min: 1, max: 3 }) }), {
  minLength: 1,
  maxLength: 4,
});
const history = fc.record({
  gift: fc.integer({ min: 1, max: 4 }),
  batches: fc.array(batch, { minLength: 6, maxLength: 10 }),
});

/** A history that meets every kind of entry, whatever is drawn beside it. */
const one = (kind: Kind, which = 0, n = 0) => [{ action: { kind, which, n, diesAt: null }, times: 1 }];
const EVERY_KIND = {
  gift: 4,
  batches: [
    one('gift'),
    one('pay'),
    // What was placed at first is captured, what is placed now is released.
    one('work', 0, 1),
    one('place'),
    one('work'),
    one('refund'),
  ],
};

/** Parts of a card payment before and after its pictures, after its buyer has left, and the rest. */
const IN_PARTS = {
  gift: 2,
  batches: [
    one('pay', 6),
    one('part', 0, 0),
    one('work', 0, 1),
    one('place', 1),
    one('part', 1, 0),
    one('work', 0, 1),
    one('leave'),
    one('hand'),
    one('chargeback'),
  ],
};

type Life = { userId: number; drafts: number[]; charges: readonly IncomingPayment[]; code: string };

/**
 * A seller whom somebody brought, with a photoshoot in line, three drafts, two of them with an order, and eight
 * charges that may come, two of them by card.
 */
async function begin(gift: number): Promise<Life> {
  const inviter = await scene.customer(0);
  const userId = await scene.customer(gift);
  await scene.db.update(users).set({ invitedBy: inviter }).where(eq(users.id, userId));
  const placed = await scene.draft(userId, [1]);
  if (gift > 1) await scene.enlarge(placed, userId);
  await scene.place(placed, userId);
  const drafts = [
    await scene.draft(userId, [1]),
    await scene.draft(userId, [1, 2]),
    await scene.draft(userId, [1, 2, 3]),
  ];
  for (const draftId of drafts.slice(0, 2)) await scene.enlarge(draftId, userId);
  const orders = [
    await till.order(userId, { credits: 10 }),
    await till.order(userId, { credits: 1, ...photoshootOf(drafts[1]) }),
    await till.order(userId, { credits: 20, ...photoshootOf(drafts[2]) }),
    await till.order(userId, { credits: 7, currency: 'RUB', amount: 30_000 }),
  ];
  // Each invoice can be paid twice; one charge has the wrong price.
  const charges = orders.flatMap((order, index) => [
    till.money(order),
    till.money(order, index === 0 ? { amount: 1 } : {}),
  ]);
  // Every other life begins with a card payment that there can be parts of.
  const byCard = charges.find(({ currency }) => currency === 'RUB');
  if (gift % 2 === 1 && byCard !== undefined) await till.take(byCard);
  const code = `CODE${userId}`;
  const promo = { code, kind: 'credits', value: 2, maxUses: 2, usesPerUser: 2, endsAt: null } as const;
  await createPromoCode(scene.db, { ...promo, createdBy: ADMIN }, scene.now);
  return { userId, drafts, charges, code };
}

function photoshootOf(id: number | undefined): { photoshootId: number } {
  if (id === undefined) throw new Error('there are three drafts');
  return { photoshootId: id };
}

/** Does it the way a process would that knows only what it reads at this moment. */
async function perform(db: Database, life: Life, { kind, which, n }: Action): Promise<unknown> {
  const { userId } = life;
  const { now, queue } = scene;
  const pick = <T>(list: readonly T[]): T | undefined => list[which % Math.max(1, list.length)];
  const draftId = pick(life.drafts) ?? 0;
  const charge = pick(life.charges);
  const found = await scene.db
    .select()
    .from(payments)
    .where(
      inArray(
        payments.telegramPaymentChargeId,
        life.charges.map(({ chargeId }) => chargeId),
      ),
    )
    .orderBy(asc(payments.id));
  // Parts go back of card payments alone; of the others it is asked often enough for the whole.
  const payment = pick(kind === 'part' ? found.filter(({ currency }) => currency === 'RUB') : found);
  const isGone = (await scene.db.$count(users, eq(users.id, userId))) === 0;
  if (isGone && !AFTERWARDS.has(kind)) return 'nobody is there';
  switch (kind) {
    case 'gift':
      return giveCredits(db, { userId, credits: 1 + n, key: `${userId}-${which % 2}`, by: ADMIN, why: null });
    case 'pay':
      return charge && takePayment({ db, queue, referral }, charge, now);
    case 'checkout': {
      // What nobody should be able to buy now is not bought; the invoice stays.
      if (charge === undefined) return 'nothing to do';
      const verdict = await approveCheckout(db, charge, now);
      return verdict.ok ? takePayment({ db, queue, referral }, charge, now) : verdict;
    }
    case 'place':
      return placePhotoshoot({ db, queue }, { draftId, userId }, now);
    case 'size':
      return chooseSize(db, { draftId, userId, size: n === 0 ? 'usual' : 'large' }, now);
    case 'await':
      return awaitPayment(db, { draftId, userId, untilMs: ORDER_TTL_MS }, now);
    case 'reopen':
      return reopenDraft(db, { draftId, userId });
    case 'work': {
      const open = inArray(photoshoots.state, ['queued', 'generating']);
      const line = await scene.db
        .select({ id: photoshoots.id })
        .from(photoshoots)
        .where(and(eq(photoshoots.userId, userId), open))
        .orderBy(asc(photoshoots.id));
      const photoshootId = pick(line)?.id;
      if (photoshootId === undefined) return 'nothing to do';
      // A worker that died with it is not waited for: who comes next takes it over.
      await expireLease(scene.db, photoshootId);
      const start = await startPhotoshoot(db, photoshootId);
      if (start.kind !== 'taken') return start;
      const run = { photoshootId, run: start.photoshoot.run };
      const made = start.pictures.slice(0, n);
      for (const picture of made) {
        // Every other picture that was ordered large comes in the usual size.
        const creditsSaved = picture.id % 2 === 0 ? savedBy(picture) : 0;
        await recordMade(db, run, { ...madePicture(picture.id), creditsSaved });
      }
      const sent = made.map(sentPicture);
      return completePhotoshoot({ db, referral }, run, sent, 'provider-unavailable');
    }
    case 'cancel':
      return cancelPhotoshoot(db, { photoshootId: draftId, userId });
    case 'redo':
    case 'back': {
      const picture = pick(
        await scene.db
          .select({ id: processedImages.id })
          .from(processedImages)
          .where(and(eq(processedImages.userId, userId), eq(processedImages.state, 'delivered')))
          .orderBy(asc(processedImages.id)),
      );
      const quota = { perDay: 2, sharePercent: 50 };
      const input = picture && { pictureId: picture.id, userId, ...quota };
      if (input === undefined || kind === 'back') return input && giveBack(db, input, now);
      const { photoshootId } = await redoPicture({ db, queue, draftTtlMs: scene.draftTtlMs }, input, now);
      life.drafts.push(photoshootId);
      return photoshootId;
    }
    case 'refund':
      return (
        payment && beginRefund(db, { paymentId: payment.id, adminId: ADMIN, reason: 'asked' as const }, now)
      );
    case 'part': {
      // A third, two, the whole, and more than there is.
      const amount = Math.ceil(((payment?.amount ?? 0) * (n + 1)) / 3);
      const part = payment && { paymentId: payment.id, amount, key: `part:${payment.id}:${which}:${n}` };
      return part && db.transaction((tx) => refundPart(tx, { ...part, by: ADMIN, why: 'two were cut' }, now));
    }
    case 'hand':
      return (
        payment && refundByHand(db, { paymentId: payment.id, adminId: ADMIN, reason: 'asked' as const }, now)
      );
    case 'leave':
      await requestDeletion(db, userId, now);
      return erasePerson({ db, queue, pseudonymOf }, userId, AFTER_LEAVING);
    case 'settle':
      return payment && settleRefund(db, payment.id, now);
    case 'undo':
      return payment && undoRefund(db, payment.id);
    case 'chargeback':
      return payment && reversePayment(db, { chargeId: payment.telegramPaymentChargeId }, now);
    case 'reward':
      return db.transaction((tx) => rewardFirstPicture(tx, userId, referral, now));
    case 'pause':
      return alerts.raise('provider-quota', {}, { standsFrom: now });
    case 'resume':
      return alerts.resolve(['provider-quota']);
    case 'block':
      return markBlocked(db, userId);
    case 'return':
      return registerCustomer(
        db,
        { id: userId, firstName: 'Anna', username: null, language: null },
        async () => {},
        undefined,
        (tx, id) => resumeCustomer({ db: tx, queue }, id),
      );
    case 'unclaimed':
      return endUnclaimed({ db, referral }, new Date());
    case 'promo':
      return redeemPromoCode(db, { code: life.code, userId, key: `${userId}-${which % 3}` }, now);
  }
}

const pseudonymOf = createPseudonyms('a secret');
const AFTER_LEAVING = new Date(scene.now.getTime() + (COME_BACK_DAYS + 1) * 86_400_000);

/** What is refused is refused with a code; anything else, such as a deadlock, fails the test. */
async function survive(life: Life, action: Action): Promise<string> {
  const db = action.diesAt === null ? scene.db : mortal(scene.db, action.diesAt);
  try {
    return await outcomeOf(perform(db, life, action));
  } catch (error) {
    if (error instanceof Crash) return 'crashed';
    throw error;
  }
}

describe('the books', () => {
  test('are right after every step of any history of sales, refunds, pauses, blocks, work, crashes and repeats', async () => {
    const seen = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(history, async ({ gift, batches }) => {
        const life = await begin(gift);
        let { on: wasOn } = await readSelling(scene.db, scene.now);
        for (const step of batches) {
          const together = step.flatMap(({ action, times }) => Array.from({ length: times }, () => action));
          // Who leaves does so when nothing else of theirs is under way: their updates are handled in order.
          for (const leaving of [false, true]) {
            const now = together.filter(({ kind }) => (kind === 'leave') === leaving);
            for (const outcome of await Promise.all(now.map((action) => survive(life, action)))) {
              seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
            }
          }
          // A pause is the owners' and the provider's: nobody's payment, block or death ends or begins one.
          const moved = together.some(({ kind }) => kind === 'pause' || kind === 'resume');
          const { on } = await readSelling(scene.db, scene.now);
          if (!moved) expect(on).toBe(wasOn);
          wasOn = on;
          // Sums equal entries, entries equal what happened, and nobody is below zero without a chargeback.
          expect(await checkLedger(scene.db)).toEqual([]);
        }
      }),
      { ...drawn(8), examples: [[EVERY_KIND], [IN_PARTS]] },
    );
    // Histories in which everything is refused, or nobody ever dies, would prove nothing.
    expect(seen.get('done') ?? 0).toBeGreaterThan(50);
    expect(seen.get('crashed') ?? 0).toBeGreaterThan(10);
    expect(await scene.db.$count(processedImages, eq(processedImages.credits, 2))).toBeGreaterThan(3);
    expect(await scene.db.$count(refundParts)).toBeGreaterThan(3);
    expect(await scene.db.$count(users, isNotNull(users.deletedAt))).toBeGreaterThan(0);
    const kinds = await scene.db.selectDistinct({ kind: creditEntries.kind }).from(creditEntries);
    expect(kinds.map((entry) => entry.kind)).toEqual(
      expect.arrayContaining(['gift', 'purchase', 'reserve', 'capture', 'release', 'refund']),
    );
  });
});
