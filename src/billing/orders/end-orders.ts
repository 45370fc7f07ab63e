import { and, type SQL } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { isOneOf } from '../../database/is-one-of.ts';
import { orders } from '../../database/schema/index.ts';
import { releaseDiscounts } from '../promo-codes/promo-codes.ts';

/**
 * The only way an order ends unpaid. With it ends what the order had to itself: a discount is free again.
 * @returns those that ended, with the message of their invoice where it is known
 */
export async function endOrders(
  db: Database,
  which: SQL,
  state: 'cancelled' | 'expired',
): Promise<{ id: number; invoiceMessageId: number | null }[]> {
  return db.transaction(async (tx) => {
    const ended = await tx
      .update(orders)
      .set({ state })
      .where(and(isOneOf(orders.state, ['pending']), which))
      .returning({ id: orders.id, invoiceMessageId: orders.invoiceMessageId });
    await releaseDiscounts(
      tx,
      ended.map((order) => order.id),
    );
    return ended;
  });
}
