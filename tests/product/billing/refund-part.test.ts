/** Parts of card payments that owners give back: each once, never more than was paid, with their share of the credits. */

import { asc, eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { checkLedger } from '../../../src/billing/checks/check-ledger.ts';
import { readPayment } from '../../../src/billing/orders/payment-lists.ts';
import { creditsOfParts } from '../../../src/billing/refunds/parts.ts';
import { readParts } from '../../../src/billing/refunds/read-parts.ts';
import { refundPart } from '../../../src/billing/refunds/refund-part.ts';
import { refundByHand } from '../../../src/billing/refunds/refund-payment.ts';
import { reversePayment } from '../../../src/billing/refunds/reverse-payment.ts';
import { ownerActions, users } from '../../../src/database/schema/index.ts';
import { giveBack } from '../../../src/photoshoots/give-back.ts';
import { cancelPhotoshoot } from '../../../src/photoshoots/run/cancel-photoshoot.ts';
import { readPerson } from '../../../src/statistics/person.ts';
import { drawn } from '../../support/drawn-cases.ts';
import { entryKeys, openFileScene, outcomeOf } from '../../support/scene.ts';
import { ADMIN, createTill, tally } from './till.ts';

const scene = await openFileScene();
const { db } = scene;
const till = createTill(scene);
afterAll(async () => expect(await checkLedger(db)).toEqual([]));

/** Somebody without free credits who has bought twelve for 199.00 roubles by card. */
async function byCard(about: { credits?: number; amount?: number; free?: number } = {}) {
  const { credits = 12, amount = 19_900, free = 0 } = about;
  const userId = await scene.customer(free);
  const payment = await till.paid(await till.order(userId, { credits, currency: 'RUB', amount }));
  return { userId, payment, paymentId: payment.paymentId };
}
let asked = 0;
const give = (paymentId: number, amount: number, key = `test:${++asked}`) =>
  db.transaction((tx) =>
    refundPart(tx, { paymentId, amount, key, by: ADMIN, why: 'two were cut' }, scene.now),
  );
const rest = (paymentId: number) =>
  refundByHand(db, { paymentId, adminId: ADMIN, reason: 'asked' }, scene.now);
const cancel = (userId: number, photoshootId: number) => cancelPhotoshoot(db, { userId, photoshootId });
const passMillisecond = () => db.execute(sql`select pg_sleep(0.002)`);

describe('a part of a card payment', () => {
  test('takes its share of the credits, rounded down, and leaves the payment and its order standing', async () => {
    const { userId, payment, paymentId } = await byCard();
    // A quarter, and a kopeck less than a quarter.
    await give(paymentId, 4_975);
    expect(await till.credits(userId)).toBe(9);
    await give(paymentId, 4_974);
    expect(await till.credits(userId)).toBe(7);
    expect(await till.payment(paymentId)).toMatchObject({
      state: 'credited',
      givenBack: 9_949,
      reclaimed: 5,
      refundedAt: null,
    });
    expect(await till.orderState(payment.order.id)).toBe('paid');
    expect((await readParts(db, paymentId)).map(({ amount, credits }) => [amount, credits])).toEqual([
      [4_975, 3],
      [4_974, 2],
    ]);
    expect(await readPayment(db, paymentId)).toMatchObject({ unused: 7, balance: 7 });
    expect((await readPerson(db, userId, scene.now))?.spent).toEqual([{ currency: 'RUB', amount: 9_951 }]);
  });

  test('is written down once, whoever asks for it again, and never beyond what was paid', async () => {
    const { userId, paymentId } = await byCard();
    const taps = ['a', 'a', 'a', 'b'].map((key) => outcomeOf(give(paymentId, 12_000, `${paymentId}:${key}`)));
    const outcomes = tally(await Promise.all(taps));
    // One of the two keys is first; the other one finds too little left, and so does a repeat that comes before the first is done.
    expect(outcomes.done).toBe(1);
    expect((outcomes['already-done'] ?? 0) + (outcomes['refund-too-much'] ?? 0)).toBe(3);
    expect((await till.payment(paymentId)).givenBack).toBe(12_000);
    expect(await till.credits(userId)).toBe(5);
    expect(await outcomeOf(give(paymentId, 7_901))).toBe('refund-too-much');
    expect(await outcomeOf(give(paymentId, 1_000, `small:${paymentId}`))).toBe('done');
    expect(await outcomeOf(give(paymentId, 1_000, `small:${paymentId}`))).toBe('already-done');
    expect((await till.payment(paymentId)).givenBack).toBe(13_000);
  });

  test('that is the last one ends the payment like a refund: the order, the inviter’s reward, and all credits', async () => {
    const [inviter, userId] = [await scene.customer(0), await scene.customer(0)];
    await db.update(users).set({ invitedBy: inviter }).where(eq(users.id, userId));
    const order = await till.order(userId, { credits: 40, currency: 'RUB', amount: 10_000 });
    const { paymentId } = await till.paid(order);
    expect(await till.credits(inviter)).toBe(4);
    await give(paymentId, 3_333);
    expect([await till.credits(inviter), await till.credits(userId)]).toEqual([4, 27]);
    await give(paymentId, 6_667);
    expect(await till.payment(paymentId)).toMatchObject({ state: 'refunded', refundedBy: ADMIN });
    expect(await till.orderState(order.id)).toBe('refunded');
    expect([await till.credits(inviter), await till.credits(userId)]).toEqual([0, 0]);
    expect(await outcomeOf(give(paymentId, 1))).toBe('nothing-to-refund');
    expect(await outcomeOf(rest(paymentId))).toBe('nothing-to-refund');
  });

  test('leaves the rest to a refund of all that is left', async () => {
    const { userId, payment, paymentId } = await byCard();
    await give(paymentId, 9_950);
    expect(await till.credits(userId)).toBe(6);
    await rest(paymentId);
    expect(await till.credits(userId)).toBe(0);
    expect(await till.payment(paymentId)).toMatchObject({ state: 'refunded', givenBack: 9_950 });
    expect(await till.orderState(payment.order.id)).toBe('refunded');
    const acts = await db
      .select()
      .from(ownerActions)
      .where(eq(ownerActions.userId, userId))
      .orderBy(asc(ownerActions.id));
    expect(acts.map(({ act, reason, before, after }) => ({ act, reason, before, after }))).toEqual([
      {
        act: 'refund-part',
        reason: 'two were cut',
        before: { givenBack: 0, credits: 12 },
        after: { givenBack: 9_950, credits: 6, amount: 9_950, currency: 'RUB' },
      },
      {
        act: 'refund',
        reason: 'asked',
        before: { state: 'credited' },
        after: { state: 'refunding', amount: 9_950, currency: 'RUB' },
      },
    ]);
  });

  test('is for cards that stand: not for Stars, held money, or nothing', async () => {
    const stars = await till.buyer();
    expect(await outcomeOf(give(stars.payment.paymentId, 10))).toBe('not-found');
    const userId = await scene.customer(0);
    const order = await till.order(userId, { currency: 'RUB', amount: 19_900 });
    const held = await till.take(till.money(order, { amount: 1 }));
    if (held.kind !== 'held') throw new Error('the price was wrong');
    expect(await outcomeOf(give(held.paymentId, 1))).toBe('nothing-to-refund');
    expect(await outcomeOf(give(987_654_321, 1))).toBe('not-found');
    expect(await till.credits(stars.userId)).toBe(12);
  });

  test('takes in all what one part of the sum takes, however it is divided', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000_000 }),
        fc.integer({ min: 1, max: 10_000 }),
        fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 8 }),
        (amount, credits, shares) => {
          const whole = shares.reduce((sum, share) => sum + share, 0);
          let [givenBack, taken] = [0, 0];
          for (const share of shares) {
            givenBack = Math.min(amount, givenBack + Math.floor((amount * share) / whole));
            const next = creditsOfParts({ amount, credits }, givenBack);
            expect(next).toBeGreaterThanOrEqual(taken);
            // In the buyer's favour: never more of the credits than of the money.
            expect(BigInt(next) * BigInt(amount)).toBeLessThanOrEqual(BigInt(credits) * BigInt(givenBack));
            taken = next;
          }
          expect(creditsOfParts({ amount, credits }, amount)).toBe(credits);
        },
      ),
      drawn(500),
    );
  });
});

describe('credits of a part that are spent or at work', () => {
  test('are taken as pictures come back that were ordered before it, and only those of the part', async () => {
    const { userId, paymentId } = await byCard({ credits: 8, amount: 8_000 });
    await scene.delivered(userId, 4);
    const photoshootId = await scene.placed(userId, 4);
    await give(paymentId, 2_000);
    expect(await till.credits(userId)).toBe(0);
    // Two of the four are owed to the part, and two are the buyer's.
    expect(await cancel(userId, photoshootId)).toEqual({ kind: 'cancelled', released: 2 });
    expect(await till.credits(userId)).toBe(2);
    expect((await entryKeys(db, userId)).filter((key) => key.startsWith('repay:'))).toHaveLength(2);
  });

  test('are owed to the rest as well once that went back', async () => {
    const { userId, paymentId } = await byCard({ credits: 8, amount: 8_000 });
    const { pictures } = await scene.delivered(userId, 4);
    const photoshootId = await scene.placed(userId, 4);
    await give(paymentId, 2_000);
    await rest(paymentId);
    expect(await cancel(userId, photoshootId)).toEqual({ kind: 'cancelled', released: 0 });
    const [first] = pictures;
    const back = { pictureId: first?.id ?? 0, userId, perDay: 99, sharePercent: 100 };
    expect(await giveBack(db, back, scene.now)).toEqual({ credits: 1, repaid: 1 });
    expect(await till.credits(userId)).toBe(0);
  });

  test('are not asked of what is bought and ordered later', async () => {
    const { userId, paymentId } = await byCard({ credits: 4, amount: 8_000 });
    await scene.delivered(userId, 4);
    await give(paymentId, 4_000);
    await passMillisecond();
    await till.paid(await till.order(userId, { credits: 40 }));
    const later = await scene.placed(userId, 3);
    expect(await cancel(userId, later)).toEqual({ kind: 'cancelled', released: 3 });
    expect(await till.credits(userId)).toBe(40);
    // The rest claims its own two, and not once more what the first part could not take.
    await rest(paymentId);
    expect(await till.credits(userId)).toBe(38);
  });

  test('are no debt: nobody is below zero for them', async () => {
    const { userId, paymentId } = await byCard({ free: 1 });
    for (let n = 0; n < 3; n++) await scene.delivered(userId, 4);
    expect(await till.credits(userId)).toBe(1);
    await give(paymentId, 19_900);
    expect(await till.credits(userId)).toBe(0);
  });
});

describe('a chargeback after parts', () => {
  const chargeBack = async (paymentId: number) =>
    reversePayment(db, { chargeId: (await till.payment(paymentId)).telegramPaymentChargeId }, scene.now);

  test('takes what they have left, once', async () => {
    const { userId, paymentId } = await byCard({ free: 2 });
    await give(paymentId, 4_975);
    expect(await chargeBack(paymentId)).toMatchObject({ kind: 'charged-back', balance: 2 });
    expect((await chargeBack(paymentId)).kind).toBe('repeated');
    expect(await till.credits(userId)).toBe(2);
  });

  test('takes as a debt also what a part was still owed', async () => {
    const { userId, paymentId } = await byCard({ credits: 4, amount: 8_000 });
    await scene.delivered(userId, 4);
    await give(paymentId, 4_000);
    expect(await chargeBack(paymentId)).toMatchObject({ kind: 'charged-back', balance: -4 });
    expect(await till.credits(userId)).toBe(-4);
  });

  test('takes nothing where the parts were everything', async () => {
    const { userId, paymentId } = await byCard();
    await give(paymentId, 19_900);
    expect((await chargeBack(paymentId)).kind).toBe('repeated');
    expect(await till.credits(userId)).toBe(0);
  });
});
