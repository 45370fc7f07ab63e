/**
 * A refund in two steps, because Telegram stands between them: what the money bought is taken back first, then
 * Telegram is asked, then the refund is settled, or undone where Telegram said no. While nobody knows what
 * Telegram did the payment stays `refunding`, and the reconciliation finds out.
 */
import { eq } from 'drizzle-orm';
import { isAnonymous } from '../../customers/anonymous.ts';
import type { Database } from '../../database/client.ts';
import { orders, payments } from '../../database/schema/index.ts';
import { AppError } from '../../errors.ts';
import { recordAct } from '../../owners/record-act.ts';
import { lockPayment, type Payment } from '../orders/lock-payment.ts';
import { STARS } from '../orders/offers.ts';
import { takeBackReward } from '../referrals/take-back-reward.ts';
import { returnTakenCredits, takeUnusedCredits } from './refund-entries.ts';
import { markOrderRefunded } from './refund-order.ts';

/** Why an owner refunds. */
export const REFUND_REASONS = ['asked', 'quality', 'twice', 'goodwill'] as const;
export type RefundReason = (typeof REFUND_REASONS)[number];

export type RefundRequest = { paymentId: number; adminId: number; reason: RefundReason };

/** A refund that waits for Telegram: what refundStarPayment needs. */
export type OpenRefund = { paymentId: number; userId: number; chargeId: string };

/** What became of a request. `unknown`: Telegram did not answer; it is found out and told later. */
export type RefundOutcome = 'refunded' | 'refused' | 'unknown';

/**
 * Takes back the unused credits of a payment in Stars and hands its order back; the Stars go next. Of two who
 * ask at once the first one does it.
 * @throws AppError nothing-to-refund when somebody was first; buyer-deleted; not-found for no such payment, and for a
 * card payment, because Telegram cannot refund it
 */
export async function beginRefund(db: Database, request: RefundRequest, now: Date): Promise<OpenRefund> {
  return db.transaction(async (tx) => {
    const payment = await lockRefundable(tx, request.paymentId, 'stars');
    await begin(tx, payment, request, now);
    return { paymentId: payment.id, userId: payment.userId, chargeId: payment.telegramPaymentChargeId };
  });
}

/**
 * A card payment whose money, or what is left of it, an admin has returned at the provider, by hand: Telegram has no
 * method for it.
 * @throws AppError nothing-to-refund; not-found for no such payment, and for one in Stars
 */
export async function refundByHand(db: Database, request: RefundRequest, now: Date): Promise<Payment> {
  return db.transaction(async (tx) => {
    const payment = await lockRefundable(tx, request.paymentId, 'card');
    await begin(tx, payment, request, now);
    await settle(tx, payment, now);
    return payment;
  });
}

/** The money is back with the buyer. @returns the payment, or null when somebody settled it before */
export async function settleRefund(db: Database, paymentId: number, now: Date): Promise<Payment | null> {
  return db.transaction(async (tx) => {
    const payment = await lockPayment(tx, eq(payments.id, paymentId));
    if (payment?.state !== 'refunding') return null;
    await settle(tx, payment, now);
    return payment;
  });
}

/**
 * Telegram keeps the money: the payment stands again, with all its credits.
 * @returns false when it was no longer being refunded
 */
export async function undoRefund(db: Database, paymentId: number): Promise<boolean> {
  return db.transaction(async (tx) => {
    const payment = await lockPayment(tx, eq(payments.id, paymentId));
    if (payment?.state !== 'refunding') return false;
    const stands = payment.heldReason === null;
    await tx
      .update(payments)
      .set({ state: stands ? 'credited' : 'held', refundRequestedAt: null, refundedBy: null })
      .where(eq(payments.id, paymentId));
    if (stands) await returnTakenCredits(tx, payment);
    if (stands && payment.orderId !== null) {
      await tx.update(orders).set({ state: 'paid' }).where(eq(orders.id, payment.orderId));
    }
    return true;
  });
}

/**
 * Settles a refund; `tx` holds the payment's lock. The inviter's reward goes only now: until the money has
 * gone for good it may still stay.
 */
export async function settle(tx: Database, payment: Payment, now: Date): Promise<void> {
  await tx.update(payments).set({ state: 'refunded', refundedAt: now }).where(eq(payments.id, payment.id));
  if (payment.heldReason === null) await takeBackReward(tx, payment.id);
}

async function lockRefundable(tx: Database, paymentId: number, method: 'stars' | 'card'): Promise<Payment> {
  const payment = await lockPayment(tx, eq(payments.id, paymentId));
  if (payment === null || (payment.currency === STARS) !== (method === 'stars')) {
    throw new AppError('not-found', 'there is no payment that can be refunded in this way');
  }
  if (payment.state !== 'credited' && payment.state !== 'held') {
    throw new AppError('nothing-to-refund', `the payment is ${payment.state} already`);
  }
  // Telegram asks whose it was; a card is refunded at the provider, by the charge alone.
  if (method === 'stars' && isAnonymous(payment.userId))
    throw new AppError('buyer-deleted', 'the data of the buyer was deleted');
  return payment;
}

async function begin(
  tx: Database,
  payment: Payment,
  { adminId, reason }: RefundRequest,
  now: Date,
): Promise<void> {
  await tx
    .update(payments)
    .set({ state: 'refunding', refundRequestedAt: now, refundedBy: adminId })
    .where(eq(payments.id, payment.id));
  await recordAct(tx, {
    by: adminId,
    act: 'refund',
    userId: payment.userId,
    object: `payment:${payment.id}`,
    reason,
    before: { state: payment.state },
    after: { state: 'refunding', amount: payment.amount - payment.givenBack, currency: payment.currency },
  });
  // Held money bought nothing, and its order, if it names one, is not what was paid.
  if (payment.heldReason !== null) return;
  if (payment.orderId !== null) await markOrderRefunded(tx, payment.orderId);
  await takeUnusedCredits(tx, payment);
}
