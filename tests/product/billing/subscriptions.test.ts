import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import {
  markCancelled,
  readRefundedButRenewing,
  readRenewing,
} from '../../../src/billing/orders/cancel-subscription.ts';
import type { Order } from '../../../src/billing/orders/create-order.ts';
import { readPayment } from '../../../src/billing/orders/payment-lists.ts';
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

describe('a subscription whose money went back', () => {
  const mustEnd = async (orderId: number) =>
    (await readRefundedButRenewing(scene.db, scene.now)).some((one) => one.orderId === orderId);

  test('by a refund has to be ended, until Telegram knows', async () => {
    const { order, paymentId } = await subscribed();
    expect(await mustEnd(order.id)).toBe(false);
    await beginRefund(scene.db, { paymentId, adminId: ADMIN }, scene.now);
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
    await reversePayment(scene.db, second.chargeId, scene.now);
    expect(await mustEnd(order.id)).toBe(true);
    expect(await till.credits(userId)).toBe(30);
    const [row] = await scene.db.select().from(subscriptions).where(eq(subscriptions.orderId, order.id));
    expect(row?.cancelled).toBe(false);
  });
});
