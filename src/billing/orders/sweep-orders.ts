import { and, eq, lt, notExists, sql } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { isOneOf } from '../../database/is-one-of.ts';
import { orders, payments, unsettledCharges } from '../../database/schema/index.ts';

/**
 * Drops orders that ended unpaid long ago: each tap on a package makes one, and nothing asks for them any more.
 * One with money that is still to be written down stays.
 * @param before when they had expired
 * @returns how many were dropped
 */
export async function sweepOrders(db: Database, before: Date): Promise<number> {
  const payment = db.select({ id: payments.id }).from(payments).where(eq(payments.orderId, orders.id));
  const charge = db
    .select({ id: unsettledCharges.id })
    .from(unsettledCharges)
    .where(eq(unsettledCharges.payload, sql`'order:' || ${orders.id}`));
  const dropped = await db
    .delete(orders)
    .where(
      and(
        isOneOf(orders.state, ['cancelled', 'expired']),
        lt(orders.expiresAt, before),
        // Asked of each by the index: with the offset the server may not read all payments instead.
        sql`not exists (${payment} offset 0)`,
        notExists(charge),
      ),
    )
    .returning({ id: orders.id });
  return dropped.length;
}
