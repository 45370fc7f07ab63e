import { eq } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { orders } from '../../database/schema/index.ts';
import { isDiscountOpen } from '../promo-codes/promo-codes.ts';
import { readSelling } from '../selling.ts';
import { readInvoice } from './invoice-payload.ts';

export type Checkout = { userId: number; payload: string; currency: string; amount: number };

/**
 * `order`: none of ours, or over; `price`: not what was offered; `payer`: offered to somebody else; `paused`: no
 * pictures can be made just now, and nobody should pay for waiting.
 */
export type CheckoutVerdict = { ok: true } | { ok: false; reason: 'order' | 'price' | 'payer' | 'paused' };

/**
 * Whether Telegram may take the money: asked once the buyer pressed Pay, and answered from single rows, because
 * Telegram waits ten seconds at most.
 */
export async function approveCheckout(db: Database, checkout: Checkout, now: Date): Promise<CheckoutVerdict> {
  const orderId = readInvoice(checkout.payload);
  if (orderId === null) return { ok: false, reason: 'order' };
  const [order] = await db.select().from(orders).where(eq(orders.id, orderId));
  if (order === undefined) return { ok: false, reason: 'order' };
  if (order.userId !== checkout.userId) return { ok: false, reason: 'payer' };
  if (order.currency !== checkout.currency || order.amount !== checkout.amount) {
    return { ok: false, reason: 'price' };
  }
  if (order.promoRedemptionId !== null && order.state === 'pending') {
    // The percentage is for one purchase, and another invoice may have used it up meanwhile.
    if (!(await isDiscountOpen(db, order.promoRedemptionId))) return { ok: false, reason: 'price' };
  }
  const isRenewal = order.kind === 'subscription' && order.state === 'paid';
  const isOpen = order.state === 'pending' && order.expiresAt > now;
  if (!isOpen && !isRenewal) return { ok: false, reason: 'order' };
  return (await readSelling(db, now)).on ? { ok: true } : { ok: false, reason: 'paused' };
}
