import { eq, sql } from 'drizzle-orm';
import { afterAll, describe, expect, test } from 'vitest';
import { checkLedger } from '../../../src/billing/checks/check-ledger.ts';
import { readHeldPayments, readPayment, readPayments } from '../../../src/billing/orders/payment-lists.ts';
import {
  beginRefund,
  refundByHand,
  settleRefund,
  undoRefund,
} from '../../../src/billing/refunds/refund-payment.ts';
import { reversePayment } from '../../../src/billing/refunds/reverse-payment.ts';
import type { Database } from '../../../src/database/client.ts';
import { users } from '../../../src/database/schema/index.ts';
import { giveBack } from '../../../src/photoshoots/give-back.ts';
import { cancelPhotoshoot } from '../../../src/photoshoots/run/cancel-photoshoot.ts';
import { readOutcome } from '../../../src/photoshoots/run/read-outcome.ts';
import { entryKeys, openFileScene, outcomeOf } from '../../support/scene.ts';
import { ADMIN, createTill, tally } from './till.ts';

const scene = await openFileScene();
const till = createTill(scene);
afterAll(async () => {
  expect(await checkLedger(scene.db)).toEqual([]);
});

const begin = (paymentId: number, adminId = ADMIN) =>
  beginRefund(scene.db, { paymentId, adminId, reason: 'asked' as const }, scene.now);
const settle = (paymentId: number) => settleRefund(scene.db, paymentId, scene.now);

/** Rows know the millisecond in which they were written; what comes after this is in another one. */
async function passMillisecond(db: Database): Promise<void> {
  await db.execute(sql`select pg_sleep(0.002)`);
}

describe('a refund', () => {
  test('takes the credits first, and is over when the money is back', async () => {
    const { userId, payment } = await till.buyer();
    const open = await begin(payment.paymentId);
    expect(await till.payment(payment.paymentId)).toMatchObject({
      state: 'refunding',
      refundedBy: ADMIN,
      refundRequestedAt: scene.now,
      refundedAt: null,
    });
    expect(open).toEqual({
      paymentId: payment.paymentId,
      userId,
      chargeId: (await till.payment(payment.paymentId)).telegramPaymentChargeId,
    });
    expect(await till.credits(userId)).toBe(0);
    expect(await till.orderState(payment.order.id)).toBe('refunded');
    expect(await entryKeys(scene.db, userId)).toEqual([
      `purchase:${open.chargeId}`,
      `refund:${open.chargeId}`,
    ]);

    await settle(payment.paymentId);
    expect(await till.payment(payment.paymentId)).toMatchObject({ state: 'refunded', refundedAt: scene.now });
  });

  test('of a double click, and of two admins at once, is done by the first; the others are told', async () => {
    const { userId, payment } = await till.buyer();
    const clicks = [ADMIN, ADMIN, ADMIN + 1, ADMIN + 1].map((admin) =>
      outcomeOf(begin(payment.paymentId, admin)),
    );
    expect(tally(await Promise.all(clicks))).toEqual({ done: 1, 'nothing-to-refund': 3 });
    expect(await till.credits(userId)).toBe(0);
    await Promise.all([settle(payment.paymentId), settle(payment.paymentId)]);
    expect(await outcomeOf(begin(payment.paymentId))).toBe('nothing-to-refund');
    expect(await settle(payment.paymentId)).toBeNull();
  });

  test('after spending takes what is unused, and leaves the pictures in work alone', async () => {
    const { userId, payment } = await till.buyer();
    await scene.delivered(userId, 4);
    await scene.placed(userId, 3);
    expect((await readPayment(scene.db, payment.paymentId)).unused).toBe(5);
    await begin(payment.paymentId);
    expect(await till.credits(userId)).toBe(0);
    await settle(payment.paymentId);
    expect(await till.credits(userId)).toBe(0);
  });

  test('of one of two purchases takes its own credits only', async () => {
    const { userId, payment } = await till.buyer();
    await till.paid(await till.order(userId, { credits: 40 }));
    await begin(payment.paymentId);
    expect(await till.credits(userId)).toBe(40);
    await settle(payment.paymentId);
  });

  test('of one of two payments of an order leaves the order paid; of both, refunded', async () => {
    const { payment, userId } = await till.buyer();
    const second = await till.paid(payment.order);
    await begin(payment.paymentId);
    expect(await till.orderState(payment.order.id)).toBe('paid');
    await begin(second.paymentId);
    expect(await till.orderState(payment.order.id)).toBe('refunded');
    expect(await till.credits(userId)).toBe(0);
    await Promise.all([settle(payment.paymentId), settle(second.paymentId)]);
  });

  test('takes nothing from a balance that is below zero', async () => {
    const userId = await scene.customer(0);
    const [first, second] = [
      await till.paid(await till.order(userId)),
      await till.paid(await till.order(userId)),
    ];
    for (let n = 0; n < 6; n++) await scene.delivered(userId, 4);
    expect(await till.credits(userId)).toBe(0);
    await begin(first.paymentId);
    await begin(second.paymentId);
    expect(await till.credits(userId)).toBe(0);
    await Promise.all([settle(first.paymentId), settle(second.paymentId)]);
  });

  test('takes the inviter’s reward back, but only once the money has gone', async () => {
    const [inviter, userId] = [await scene.customer(0), await scene.customer(0)];
    await scene.db.update(users).set({ invitedBy: inviter }).where(eq(users.id, userId));
    const payment = await till.paid(await till.order(userId, { credits: 40 }));
    expect(await till.credits(inviter)).toBe(4);
    await begin(payment.paymentId);
    expect(await till.credits(inviter)).toBe(4);
    await settle(payment.paymentId);
    await settle(payment.paymentId);
    expect(await till.credits(inviter)).toBe(0);
  });

  test('of no payment finds none', async () => {
    expect(await outcomeOf(begin(987_654_321))).toBe('not-found');
    expect(await settle(987_654_321)).toBeNull();
    expect(await undoRefund(scene.db, 987_654_321)).toBe(false);
  });
});

describe('what a refund could not take', () => {
  const giveBackOf = (userId: number, pictureId: number) =>
    giveBack(scene.db, { pictureId, userId, perDay: 99, sharePercent: 100 }, scene.now);
  const cancel = (userId: number, photoshootId: number) =>
    cancelPhotoshoot(scene.db, { userId, photoshootId });

  test('is taken when the pictures in work are cancelled', async () => {
    const { userId, payment } = await till.buyer();
    const photoshootId = await scene.placed(userId, 4);
    expect(await readPayment(scene.db, payment.paymentId)).toMatchObject({ unused: 8, atWork: 4 });
    await begin(payment.paymentId);
    await settle(payment.paymentId);
    expect(await cancel(userId, photoshootId)).toEqual({ kind: 'cancelled', released: 0 });
    expect(await till.credits(userId)).toBe(0);
    expect((await entryKeys(scene.db, userId)).filter((key) => key.startsWith('repay:'))).toHaveLength(4);
  });

  test('is taken when pictures could not be made, and when they are not right', async () => {
    const { userId, payment } = await till.buyer();
    const running = await scene.running(userId, 4);
    await begin(payment.paymentId);
    await scene.deliver(running, 3);
    await settle(payment.paymentId);
    expect(await till.credits(userId)).toBe(0);
    // So the seller is not told that the fourth's credit is back.
    expect(await readOutcome(scene.db, running.photoshootId)).toMatchObject({ repaid: 1 });
    for (const { id } of running.pictures.slice(0, 3)) {
      expect(await giveBackOf(userId, id)).toEqual({ credits: 1, repaid: 1 });
    }
    expect(await till.credits(userId)).toBe(0);
  });

  test('is taken once of each picture, by however many it comes back at once', async () => {
    const { userId, payment } = await till.buyer();
    const { pictures } = await scene.delivered(userId, 2);
    await begin(payment.paymentId);
    const [first] = pictures;
    if (first === undefined) throw new Error('two pictures were ordered');
    const taps = [1, 2, 3].map(() => outcomeOf(giveBackOf(userId, first.id)));
    expect(tally(await Promise.all(taps))).toEqual({ done: 1, 'already-given-back': 2 });
    expect(await till.credits(userId)).toBe(0);
    await settle(payment.paymentId);
  });

  test('is taken of one large picture by two refunds that are owed a credit each', async () => {
    const userId = await scene.customer(0);
    const bought = [];
    for (const _ of [1, 2]) bought.push(await till.paid(await till.order(userId, { credits: 1 })));
    const draftId = await scene.draft(userId, [1]);
    await scene.enlarge(draftId, userId);
    await scene.place(draftId, userId);
    for (const { paymentId } of bought) await begin(paymentId);
    expect(await cancel(userId, draftId)).toEqual({ kind: 'cancelled', released: 0 });
    expect(await till.credits(userId)).toBe(0);
    expect((await entryKeys(scene.db, userId)).filter((key) => key.startsWith('repay:'))).toHaveLength(2);
    expect(await checkLedger(scene.db)).toEqual([]);
    for (const { paymentId } of bought) await settle(paymentId);
  });

  test('is no more than it bought: the free credits among the reserved ones come back', async () => {
    const userId = await scene.customer(4);
    const payment = await till.paid(await till.order(userId, { credits: 1 }));
    const photoshootId = await scene.placed(userId, 4);
    await scene.delivered(userId, 1);
    await begin(payment.paymentId);
    expect(await cancel(userId, photoshootId)).toEqual({ kind: 'cancelled', released: 3 });
    expect(await till.credits(userId)).toBe(3);
    await settle(payment.paymentId);
  });

  test('is not asked of pictures that were ordered after it', async () => {
    const { userId, payment } = await till.buyer();
    await scene.delivered(userId, 4);
    await begin(payment.paymentId);
    await settle(payment.paymentId);
    await passMillisecond(scene.db);
    await till.paid(await till.order(userId, { credits: 40 }));
    const later = await scene.placed(userId, 3);
    expect(await cancel(userId, later)).toEqual({ kind: 'cancelled', released: 3 });
    const { pictures } = await scene.delivered(userId, 1);
    expect(await giveBackOf(userId, pictures[0]?.id ?? 0)).toEqual({ credits: 1, repaid: 0 });
    expect(await till.credits(userId)).toBe(40);
  });

  test('comes back with everything else when Telegram refuses', async () => {
    const { userId, payment } = await till.buyer();
    const photoshootId = await scene.placed(userId, 4);
    for (let time = 0; time < 2; time++) {
      await begin(payment.paymentId);
      if (time === 0) await cancel(userId, photoshootId);
      await undoRefund(scene.db, payment.paymentId);
      expect(await till.credits(userId)).toBe(12);
    }
  });

  test('makes no debt larger that a chargeback has left', async () => {
    const { userId, payment } = await till.buyer();
    const other = await till.paid(await till.order(userId, { credits: 4 }));
    const photoshootId = await scene.placed(userId, 4);
    for (let n = 0; n < 3; n++) await scene.delivered(userId, 4);
    await begin(payment.paymentId);
    const { telegramPaymentChargeId } = await till.payment(other.paymentId);
    await reversePayment(scene.db, { chargeId: telegramPaymentChargeId }, scene.now);
    expect(await till.credits(userId)).toBe(-4);
    await cancel(userId, photoshootId);
    expect(await till.credits(userId)).toBe(-4);
    await settle(payment.paymentId);
  });
});

describe('a refund that Telegram refuses', () => {
  test('is undone: the credits, the order and the payment are as before', async () => {
    const { userId, payment } = await till.buyer();
    await scene.delivered(userId, 4);
    await begin(payment.paymentId);
    expect(await undoRefund(scene.db, payment.paymentId)).toBe(true);
    expect(await undoRefund(scene.db, payment.paymentId)).toBe(false);
    expect(await till.credits(userId)).toBe(8);
    expect(await till.orderState(payment.order.id)).toBe('paid');
    expect(await till.payment(payment.paymentId)).toMatchObject({
      state: 'credited',
      refundRequestedAt: null,
      refundedBy: null,
    });
  });

  test('can be asked for again, and takes what is unused by then', async () => {
    const { userId, payment } = await till.buyer();
    await begin(payment.paymentId);
    await undoRefund(scene.db, payment.paymentId);
    await scene.delivered(userId, 2);
    await begin(payment.paymentId);
    expect(await till.credits(userId)).toBe(0);
    await undoRefund(scene.db, payment.paymentId);
    expect(await till.credits(userId)).toBe(10);
    await begin(payment.paymentId);
    await settle(payment.paymentId);
    expect(await till.credits(userId)).toBe(0);
  });

  test('is over for who comes too late', async () => {
    const { payment } = await till.buyer();
    await begin(payment.paymentId);
    await settle(payment.paymentId);
    expect(await undoRefund(scene.db, payment.paymentId)).toBe(false);
    expect((await till.payment(payment.paymentId)).state).toBe('refunded');
  });
});

describe('a card payment', () => {
  const byCard = async () => {
    const userId = await scene.customer(0);
    return {
      userId,
      payment: await till.paid(await till.order(userId, { currency: 'RUB', amount: 19_900 })),
    };
  };
  const byHand = (paymentId: number) =>
    refundByHand(scene.db, { paymentId, adminId: ADMIN, reason: 'asked' as const }, scene.now);

  test('is refunded in one step once the admin has returned the money', async () => {
    const { userId, payment } = await byCard();
    expect(await outcomeOf(begin(payment.paymentId))).toBe('not-found');
    expect(tally(await Promise.all([1, 2, 3].map(() => outcomeOf(byHand(payment.paymentId)))))).toEqual({
      done: 1,
      'nothing-to-refund': 2,
    });
    expect(await till.payment(payment.paymentId)).toMatchObject({ state: 'refunded', refundedBy: ADMIN });
    expect(await till.credits(userId)).toBe(0);
  });

  test('is what returning by hand is for, not Stars', async () => {
    const { userId, payment } = await till.buyer();
    expect(await outcomeOf(byHand(payment.paymentId))).toBe('not-found');
    expect(await till.credits(userId)).toBe(12);
  });
});

describe('held money', () => {
  async function held() {
    const userId = await scene.customer(5);
    const order = await till.order(userId);
    const taken = await till.take(till.money(order, { amount: 1 }));
    if (taken.kind !== 'held') throw new Error('the price was wrong');
    return { userId, order, paymentId: taken.paymentId };
  }

  test('is refunded without touching credits or the order', async () => {
    const { userId, order, paymentId } = await held();
    await begin(paymentId);
    await settle(paymentId);
    expect(await till.credits(userId)).toBe(5);
    expect(await till.orderState(order.id)).toBe('pending');
    expect((await till.payment(paymentId)).state).toBe('refunded');
  });

  test('that Telegram will not give back is held again', async () => {
    const { userId, order, paymentId } = await held();
    await begin(paymentId);
    await undoRefund(scene.db, paymentId);
    expect((await till.payment(paymentId)).state).toBe('held');
    expect([await till.credits(userId), await till.orderState(order.id)]).toEqual([5, 'pending']);
  });

  test('is listed with its reason until it is refunded', async () => {
    const { paymentId } = await held();
    const listed = async () =>
      (await readHeldPayments(scene.db, { limit: 100, offset: 0 })).find((entry) => entry.id === paymentId);
    expect(await listed()).toMatchObject({ state: 'held', heldReason: 'price', credits: 0, unused: 0 });
    await begin(paymentId);
    expect(await listed()).toBeUndefined();
  });
});

describe('the list of payments', () => {
  test('has the newest first, of everybody or of one person, with what a refund would take', async () => {
    const { userId, payment } = await till.buyer();
    const second = await till.paid(await till.order(userId, { credits: 3 }));
    await scene.delivered(userId, 4);
    const own = await readPayments(scene.db, { userId, state: null, limit: 10, offset: 0 });
    expect(own.map(({ id, unused, buyer }) => [id, unused, buyer])).toEqual([
      [second.paymentId, 3, 'Seller'],
      [payment.paymentId, 11, 'Seller'],
    ]);
    const [newest] = await readPayments(scene.db, { userId: null, state: null, limit: 1, offset: 0 });
    expect(newest?.id).toBe(second.paymentId);
  });
});
