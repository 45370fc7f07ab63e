import { eq } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { payments } from '../../database/schema/index.ts';
import { recordAct } from '../../owners/record-act.ts';
import { moveCredits } from '../ledger/move-credits.ts';
import { readBalance } from '../ledger/read-balance.ts';
import { lockPayment, type Payment } from '../orders/lock-payment.ts';
import { takeBackReward } from '../referrals/take-back-reward.ts';
import { countStanding } from './refund-entries.ts';
import { markOrderRefunded } from './refund-order.ts';
import { settle } from './refund-payment.ts';

export type ReversedCharge = {
  chargeId: string;
  /** The owner who had it tried again, when it could not be written down at first. */
  settledBy?: number;
};

export type Reversal =
  /** The buyer took the money back. `balance` is below zero when the credits had been used. */
  | { kind: 'charged-back'; payment: Payment; balance: number }
  /** Our own refund, whose answer had not arrived or not been written down. */
  | { kind: 'refunded'; payment: Payment }
  /** Known before. */
  | { kind: 'repeated' }
  /** A charge that we never heard of. */
  | { kind: 'unknown' };

/**
 * Money of this charge went back to the buyer: what is left of what it bought is taken in full, once, whatever the balance
 * says; the debt is settled by the next purchase, because the sum simply rises.
 */
export async function reversePayment(db: Database, charge: ReversedCharge, now: Date): Promise<Reversal> {
  return db.transaction(async (tx) => {
    const payment = await lockPayment(tx, eq(payments.telegramPaymentChargeId, charge.chargeId));
    if (payment === null) return { kind: 'unknown' };
    const { id, userId, state } = payment;
    const { settledBy: by } = charge;
    if (by !== undefined && state !== 'refunded' && state !== 'charged-back')
      await recordAct(tx, { by, act: 'settle', userId, object: `payment:${id}`, before: { state } });
    switch (payment.state) {
      case 'refunded':
      case 'charged-back':
        return { kind: 'repeated' };
      case 'refunding':
        await settle(tx, payment, now);
        return { kind: 'refunded', payment };
      case 'credited':
      case 'held':
        await chargeBack(tx, payment, now);
        return {
          kind: 'charged-back',
          payment,
          balance: (await readBalance(tx, payment.userId)).credits,
        };
      default: {
        const never: never = payment.state;
        throw new Error(`a payment has the unknown state ${String(never)}`);
      }
    }
  });
}

async function chargeBack(tx: Database, payment: Payment, now: Date): Promise<void> {
  await tx
    .update(payments)
    .set({ state: 'charged-back', refundedAt: now })
    .where(eq(payments.id, payment.id));
  // Held money bought nothing.
  if (payment.heldReason !== null) return;
  if (payment.orderId !== null) await markOrderRefunded(tx, payment.orderId);
  // Parts that were given back before have taken theirs; what they are still owed goes as well.
  const credits = await countStanding(tx, payment);
  if (credits > 0)
    await moveCredits(tx, {
      userId: payment.userId,
      kind: 'chargeback',
      credits,
      key: `chargeback:${payment.telegramPaymentChargeId}`,
      paymentId: payment.id,
    });
  await takeBackReward(tx, payment.id);
}
