/**
 * A part of a card payment that an owner has given back at the provider, by hand. Telegram has no method for cards, and
 * its refundStarPayment no amount, so that Stars go back whole only (decision 045).
 */
import { and, eq } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { payments, refundParts } from '../../database/schema/index.ts';
import { AppError } from '../../errors.ts';
import { recordAct } from '../../owners/record-act.ts';
import { decimalAmount } from '../../statistics/decimal-amount.ts';
import { lockPayment, type Payment } from '../orders/lock-payment.ts';
import { STARS } from '../orders/offers.ts';
import { amountLeft, creditsOfParts, isDivisible, PART_ENTRY } from './parts.ts';
import { takeClaimed } from './refund-entries.ts';
import { markOrderRefunded } from './refund-order.ts';
import { settle } from './refund-payment.ts';

export type PartRequest = {
  paymentId: number;
  /** The currency's smallest unit, at least 1. */
  amount: number;
  /** What asked for it: a repeat of it gives nothing more back. */
  key: string;
  /** The owner, and the reason that the buyer reads. */
  by: number;
  why: string;
};

/**
 * Writes a part down, once, in the transaction of what asks for it, and takes the credits that go with it as a refund
 * does: what is spent or at work is owed. With the last part the payment is refunded.
 * @throws AppError already-done for a repeat; refund-too-much; nothing-to-refund for a payment that no longer stands;
 * not-found for no such payment, and for one in Stars
 */
export async function refundPart(tx: Database, request: PartRequest, now: Date): Promise<void> {
  const payment = await lockPayment(tx, eq(payments.id, request.paymentId));
  if (payment === null || payment.currency === STARS)
    throw new AppError('not-found', 'there is no payment of which a part can be given back');
  if (!isDivisible(payment))
    throw new AppError('nothing-to-refund', `the payment is ${payment.state} already`);
  const { amount, key, by, why } = request;
  const left = amountLeft(payment);
  if (amount > left) {
    throw new AppError('refund-too-much', 'more than is left of the payment', {
      details: { left: decimalAmount(left, payment.currency), currency: payment.currency },
    });
  }
  const givenBack = payment.givenBack + amount;
  const reclaimed = creditsOfParts(payment, givenBack);
  const claimed = reclaimed - payment.reclaimed;
  const [part] = await tx
    .insert(refundParts)
    .values({ paymentId: payment.id, amount, credits: claimed, key, givenBy: by, givenAt: now })
    .onConflictDoNothing({ target: refundParts.key })
    .returning({ id: refundParts.id });
  if (part === undefined) throw new AppError('already-done', 'this part was given back before');
  await count(tx, payment, { givenBack, reclaimed });
  await takeClaimed(tx, payment, { claimed, key: `${PART_ENTRY}${part.id}` });
  if (amount === left) await end(tx, payment, by, now);
  await recordAct(tx, {
    by,
    act: 'refund-part',
    userId: payment.userId,
    object: `payment:${payment.id}`,
    reason: why,
    before: { givenBack: payment.givenBack, credits: payment.credits - payment.reclaimed },
    after: { givenBack, credits: payment.credits - reclaimed, amount, currency: payment.currency },
  });
}

/** The sums move on from those that were read; the lock lets nobody be faster, and if it did, nothing is written. */
async function count(
  tx: Database,
  { id, givenBack }: Payment,
  sums: Pick<Payment, 'givenBack' | 'reclaimed'>,
): Promise<void> {
  const counted = await tx
    .update(payments)
    .set(sums)
    .where(and(eq(payments.id, id), eq(payments.state, 'credited'), eq(payments.givenBack, givenBack)))
    .returning({ id: payments.id });
  if (counted.length === 0) throw new AppError('nothing-to-refund', 'the payment has changed meanwhile');
}

/** Nothing is left of it: it is refunded like one that went back at once. */
async function end(tx: Database, payment: Payment, by: number, now: Date): Promise<void> {
  await tx
    .update(payments)
    .set({ refundRequestedAt: now, refundedBy: by })
    .where(eq(payments.id, payment.id));
  await settle(tx, payment, now);
  if (payment.orderId !== null) await markOrderRefunded(tx, payment.orderId);
}
