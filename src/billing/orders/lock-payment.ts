import { eq, type SQL } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { orders, payments } from '../../database/schema/index.ts';

export type Payment = typeof payments.$inferSelect;

/**
 * The payment, its row and its order's row locked until the transaction ends; null for none. The order comes
 * first, as where money arrives, so that a second charge and a refund of the first never wait for each other.
 */
export async function lockPayment(tx: Database, where: SQL): Promise<Payment | null> {
  const [found] = await tx.select({ id: payments.id, orderId: payments.orderId }).from(payments).where(where);
  if (found === undefined) return null;
  if (found.orderId !== null) {
    await tx.select({ id: orders.id }).from(orders).where(eq(orders.id, found.orderId)).for('no key update');
  }
  const [payment] = await tx.select().from(payments).where(eq(payments.id, found.id)).for('no key update');
  return payment ?? null;
}
