/** What our rows say of what Telegram says: the reading half of the reconciliation. */
import { and, asc, inArray, lt } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { isOneOf } from '../../database/is-one-of.ts';
import { type PaymentState, payments } from '../../database/schema/index.ts';
import type { OpenRefund } from '../refunds/refund-payment.ts';

/** The states of those charges that there is a payment of. */
export async function readChargeStates(
  db: Database,
  chargeIds: readonly string[],
): Promise<Map<string, PaymentState>> {
  if (chargeIds.length === 0) return new Map();
  const rows = await db
    .select({ chargeId: payments.telegramPaymentChargeId, state: payments.state })
    .from(payments)
    .where(inArray(payments.telegramPaymentChargeId, [...chargeIds]));
  return new Map(rows.map((row) => [row.chargeId, row.state]));
}

/** Refunds that were asked for before then and of which nobody knows what became. */
export async function readOpenRefunds(db: Database, askedBefore: Date): Promise<OpenRefund[]> {
  return db
    .select({
      paymentId: payments.id,
      userId: payments.userId,
      chargeId: payments.telegramPaymentChargeId,
    })
    .from(payments)
    .where(and(isOneOf(payments.state, ['refunding']), lt(payments.refundRequestedAt, askedBefore)))
    .orderBy(asc(payments.id));
}
