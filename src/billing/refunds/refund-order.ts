import { and, eq, notExists, or } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { orders, payments } from '../../database/schema/index.ts';

/**
 * An order whose money went back. A package that was paid twice stays paid while one of its payments stands; a
 * subscription is over with any of its charges, so that its next renewal is not agreed to.
 * Call it when the payment itself is no longer `credited`.
 */
export async function markOrderRefunded(tx: Database, orderId: number): Promise<void> {
  const standing = tx
    .select({ id: payments.id })
    .from(payments)
    .where(and(eq(payments.orderId, orderId), eq(payments.state, 'credited')));
  await tx
    .update(orders)
    .set({ state: 'refunded' })
    .where(and(eq(orders.id, orderId), or(eq(orders.kind, 'subscription'), notExists(standing))));
}
