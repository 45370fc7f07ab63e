import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { approveCheckout } from '../../../src/billing/orders/approve-checkout.ts';
import {
  markCancelled,
  readRefundedButRenewing,
  readRenewing,
  readSurplus,
} from '../../../src/billing/orders/cancel-subscription.ts';
import type { Order } from '../../../src/billing/orders/create-order.ts';
import { packInvoice } from '../../../src/billing/orders/invoice-payload.ts';
import { readPayment } from '../../../src/billing/orders/payment-lists.ts';
import { readSubscription } from '../../../src/billing/orders/read-subscription.ts';
import { beginRefund, settleRefund } from '../../../src/billing/refunds/refund-payment.ts';
import { reversePayment } from '../../../src/billing/refunds/reverse-payment.ts';
import { subscriptions } from '../../../src/database/schema/index.ts';
import { openFileScene, outcomeOf } from '../../support/scene.ts';
import { ADMIN, createTill } from './till.ts';

const MONTH_MS = 2_592_000_000;
const scene = await openFileScene();
const till = createTill(scene);

const later = (ms: number) => new Date(scene.now.getTime() + ms);
const renewing = (orderId: number, userId: number | null, now = scene.now) =>
  readRenewing(scene.db, { orderId, userId }, now);

async function subscribed(): Promise<{ userId: number; order: Order; chargeId: string; paymentId: number }> {
  const userId = await scene.customer(0);
  const order = await till.subscription(userId);
  const money = till.money(order, { paidUntil: later(MONTH_MS) });
  const taken = await till.take(money);
  if (taken.kind !== 'credited') throw new Error('the subscription was not credited');
  return { userId, order, chargeId: money.chargeId, paymentId: taken.paymentId };
}

describe('a subscription', () => {
  test('is ended by its owner or by an admin, and by nobody else', async () => {
    const { userId, order, chargeId } = await subscribed();
    const ending = { orderId: order.id, userId, chargeId };
    expect(await renewing(order.id, userId)).toEqual(ending);
    expect(await renewing(order.id, null)).toEqual(ending);
    expect(await outcomeOf(renewing(order.id, await scene.customer(0)))).toBe('not-found');
    expect(await outcomeOf(renewing(987_654_321, null))).toBe('not-found');
  });

  test('is ended once, and what is paid stays', async () => {
    const { userId, order } = await subscribed();
    expect(await markCancelled(scene.db, order.id)).toBe(true);
    expect(await markCancelled(scene.db, order.id)).toBe(false);
    expect(await outcomeOf(renewing(order.id, userId))).toBe('not-found');
    expect(await till.credits(userId)).toBe(30);
  });

  test('that is over cannot be ended', async () => {
    const { userId, order } = await subscribed();
    expect(await outcomeOf(renewing(order.id, userId, later(MONTH_MS)))).toBe('not-found');
  });

  test('is named to the admin while it renews', async () => {
    const { order, paymentId } = await subscribed();
    expect((await readPayment(scene.db, paymentId)).renewingOrderId).toBe(order.id);
    await markCancelled(scene.db, order.id);
    expect((await readPayment(scene.db, paymentId)).renewingOrderId).toBeNull();
  });
});

describe('somebody who is offered a subscription twice', () => {
  const approve = ({ id, userId, currency, amount }: Order, now = scene.now) =>
    approveCheckout(scene.db, { userId, payload: packInvoice(id), currency, amount }, now);
  const refused = { ok: false, reason: 'subscribed' };

  test('pays for one, however many links are paid at the same moment', async () => {
    const userId = await scene.customer(0);
    const offered: Order[] = [];
    for (let n = 0; n < 4; n++) offered.push(await till.subscription(userId));
    const verdicts = await Promise.all([...offered, ...offered].map((order) => approve(order)));
    expect(verdicts.filter((verdict) => verdict.ok)).toHaveLength(1);
    expect(verdicts.filter((verdict) => !verdict.ok)).toEqual(Array.from({ length: 7 }, () => refused));
  });

  test('may try again when the first payment has not arrived for minutes', async () => {
    const order = await till.subscription(await scene.customer(0));
    expect(await approve(order)).toEqual({ ok: true });
    expect(await approve(order, later(60_000))).toEqual(refused);
    expect(await approve(order, later(180_000))).toEqual({ ok: true });
  });

  test('is not sold another one while one renews, by an old link of it neither', async () => {
    const { userId, order } = await subscribed();
    const other = await till.subscription(userId);
    expect(await approve(other)).toEqual(refused);
    expect(await approve(order)).toEqual(refused);
    expect(await approve(order, later(MONTH_MS))).toEqual({ ok: true });
    await markCancelled(scene.db, order.id);
    expect(await approve(other)).toEqual({ ok: true });
  });

  test('and has paid twice all the same keeps the first one; the other is to be ended', async () => {
    const { userId, order } = await subscribed();
    const other = await till.subscription(userId);
    await till.take(till.money(other, { paidUntil: later(MONTH_MS + 1) }));
    expect(await till.credits(userId)).toBe(60);
    const surplus = async () =>
      (await readSurplus(scene.db, scene.now))
        .filter((one) => one.userId === userId)
        .map((one) => one.orderId);
    expect(await surplus()).toEqual([other.id]);
    await markCancelled(scene.db, other.id);
    expect(await surplus()).toEqual([]);
    // Whichever of them is paid for longer: the one that renews is shown, with its button.
    expect(await readSubscription(scene.db, userId, scene.now)).toMatchObject({ orderId: order.id });
  });
});

describe('a cancelled subscription', () => {
  test('that is charged again renews, and can be cancelled again', async () => {
    const { userId, order } = await subscribed();
    await markCancelled(scene.db, order.id);
    await till.take(till.money(order, { paidUntil: later(2 * MONTH_MS) }));
    expect(await outcomeOf(renewing(order.id, userId))).toBe('done');
  });

  test('stays cancelled when the charge of an earlier month is found late', async () => {
    const { userId, order } = await subscribed();
    await markCancelled(scene.db, order.id);
    await till.take(till.money(order, { paidUntil: later(MONTH_MS - 1), source: 'reconciliation' }));
    expect(await outcomeOf(renewing(order.id, userId))).toBe('not-found');
  });
});

describe('a subscription whose money went back', () => {
  const mustEnd = async (orderId: number) =>
    (await readRefundedButRenewing(scene.db, scene.now)).some((one) => one.orderId === orderId);

  test('by a refund has to be ended, until Telegram knows', async () => {
    const { order, paymentId } = await subscribed();
    expect(await mustEnd(order.id)).toBe(false);
    await beginRefund(scene.db, { paymentId, adminId: ADMIN, reason: 'asked' as const }, scene.now);
    await settleRefund(scene.db, paymentId, scene.now);
    expect(await till.orderState(order.id)).toBe('refunded');
    expect(await mustEnd(order.id)).toBe(true);
    await markCancelled(scene.db, order.id);
    expect(await mustEnd(order.id)).toBe(false);
  });

  test('by a chargeback of its second month has to be ended as well', async () => {
    const { userId, order } = await subscribed();
    const second = till.money(order, { paidUntil: later(2 * MONTH_MS) });
    await till.take(second);
    await reversePayment(scene.db, { chargeId: second.chargeId }, scene.now);
    expect(await mustEnd(order.id)).toBe(true);
    expect(await till.credits(userId)).toBe(30);
    const [row] = await scene.db.select().from(subscriptions).where(eq(subscriptions.orderId, order.id));
    expect(row?.cancelled).toBe(false);
  });
});
