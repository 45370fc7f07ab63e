import { and, eq } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { type OrderKind, orders } from '../../database/schema/index.ts';
import { recordEvent } from '../../statistics/record-event.ts';
import { takeDiscount } from '../promo-codes/promo-codes.ts';
import { endOrders } from './end-orders.ts';
import type { Offer } from './offers.ts';

export type Order = typeof orders.$inferSelect;

export type NewOrder = {
  userId: number;
  kind: OrderKind;
  offer: Offer;
  /** The photoshoot that starts by itself once this is paid. */
  photoshootId: number | null;
  ttlMs: number;
};

/**
 * Writes down what is offered to whom at what price, before the invoice is sent; the payment is checked
 * against this row. A percentage that a promo code promised lowers the price here; whether this order gets it is
 * decided at its checkout.
 */
export async function createOrder(db: Database, input: NewOrder, now: Date): Promise<Order> {
  const { userId, kind, offer } = input;
  return db.transaction(async (tx) => {
    // A subscription renews at its price; a discount is for one purchase.
    const discount = kind === 'subscription' ? null : await takeDiscount(tx, userId, offer.amount);
    const [order] = await tx
      .insert(orders)
      .values({
        userId,
        kind,
        packageName: offer.name,
        credits: offer.credits,
        currency: offer.currency,
        amount: discount?.amount ?? offer.amount,
        promoRedemptionId: discount?.redemptionId ?? null,
        photoshootId: input.photoshootId,
        expiresAt: new Date(now.getTime() + input.ttlMs),
      })
      .returning();
    if (order === undefined) throw new Error('an order could not be written');
    await recordEvent(tx, { userId, kind: 'invoice', key: `invoice:${userId}` });
    return order;
  });
}

/** Remembers the invoice's message, so that it can be taken away when it is over. */
export async function rememberInvoice(db: Database, orderId: number, messageId: number): Promise<void> {
  await db.update(orders).set({ invoiceMessageId: messageId }).where(eq(orders.id, orderId));
}

/**
 * Locks the open invoices of a photoshoot. A payment locks its order first and the photoshoot after it; who
 * changes both has to keep to that order, or the two wait for each other.
 */
export async function lockOrdersFor(tx: Database, photoshootId: number): Promise<void> {
  await tx
    .select({ id: orders.id })
    .from(orders)
    .where(and(eq(orders.photoshootId, photoshootId), eq(orders.state, 'pending')))
    .orderBy(orders.id)
    .for('update');
}

/**
 * The person chose otherwise: the invoices that wait for this photoshoot are no longer to be paid.
 * @returns the messages that show them, as far as they are known
 */
export async function cancelOrdersFor(db: Database, photoshootId: number): Promise<number[]> {
  const ended = await endOrders(db, eq(orders.photoshootId, photoshootId), 'cancelled');
  return ended.flatMap(({ invoiceMessageId }) => invoiceMessageId ?? []);
}
