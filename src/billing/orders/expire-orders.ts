import { and, eq, lte } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { orders } from '../../database/schema/index.ts';

/** Ends the orders whose invoice was not paid in time. @returns how many */
export async function expireOrders(db: Database, now: Date): Promise<number> {
  const expired = await db
    .update(orders)
    .set({ state: 'expired' })
    .where(and(eq(orders.state, 'pending'), lte(orders.expiresAt, now)))
    .returning({ id: orders.id });
  return expired.length;
}
