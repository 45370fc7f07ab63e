import { desc, eq } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { payments } from '../../database/schema/index.ts';

export type Charge = Pick<
  typeof payments.$inferSelect,
  'telegramPaymentChargeId' | 'amount' | 'currency' | 'credits' | 'state' | 'createdAt'
>;

/** A person's newest payments, for a question about them. */
export async function readCharges(db: Database, userId: number, limit: number): Promise<Charge[]> {
  return db
    .select({
      telegramPaymentChargeId: payments.telegramPaymentChargeId,
      amount: payments.amount,
      currency: payments.currency,
      credits: payments.credits,
      state: payments.state,
      createdAt: payments.createdAt,
    })
    .from(payments)
    .where(eq(payments.userId, userId))
    .orderBy(desc(payments.createdAt), desc(payments.id))
    .limit(limit);
}
