import { eq } from 'drizzle-orm';
import { isBanned } from '../../customers/ban.ts';
import { isLeaving } from '../../customers/leaving.ts';
import type { Database } from '../../database/client.ts';
import { orders } from '../../database/schema/index.ts';
import { claimDiscount } from '../promo-codes/promo-codes.ts';
import { readSelling } from '../selling.ts';
import { beginSubscribing } from './begin-subscribing.ts';
import { readInvoice } from './invoice-payload.ts';

export type Checkout = { userId: number; payload: string; currency: string; amount: number };

/**
 * `order`: none of ours, or over; `price`: not what was offered; `payer`: offered to somebody else; `paused`: no
 * pictures can be made just now, and nobody should pay for waiting; `paused-by-owner`: an owner has closed the shop;
 * `banned`: an owner has shut this person out; `leaving`: their data is about to be deleted; `discount`: another invoice has the percentage
 * that lowered this price; `subscribed`: another subscription of this person renews.
 */
export type CheckoutVerdict =
  | { ok: true }
  | {
      ok: false;
      reason: 'order' | 'price' | 'payer' | 'paused' | 'banned' | 'leaving' | 'discount' | 'subscribed';
    }
  | { ok: false; reason: 'paused-by-owner'; why: string };

/**
 * Whether Telegram may take the money: asked once the buyer pressed Pay, and answered from single rows, because
 * Telegram waits ten seconds at most. A discount is the order's own from here on. The order is locked, so it
 * cannot end between being looked at and being given the discount.
 */
export async function approveCheckout(db: Database, checkout: Checkout, now: Date): Promise<CheckoutVerdict> {
  const orderId = readInvoice(checkout.payload);
  if (orderId === null) return { ok: false, reason: 'order' };
  return db.transaction(async (tx) => {
    const [order] = await tx.select().from(orders).where(eq(orders.id, orderId)).for('no key update');
    if (order === undefined) return { ok: false, reason: 'order' };
    if (order.userId !== checkout.userId) return { ok: false, reason: 'payer' };
    if (order.currency !== checkout.currency || order.amount !== checkout.amount) {
      return { ok: false, reason: 'price' };
    }
    const isRenewal = order.kind === 'subscription' && order.state === 'paid';
    const isOpen = order.state === 'pending' && order.expiresAt > now;
    if (!isOpen && !isRenewal) return { ok: false, reason: 'order' };
    const selling = await readSelling(tx, now);
    if (selling.words !== null) return { ok: false, reason: 'paused-by-owner', why: selling.words };
    if (!selling.on) return { ok: false, reason: 'paused' };
    if (await isBanned(tx, checkout.userId)) return { ok: false, reason: 'banned' };
    if (await isLeaving(tx, checkout.userId)) return { ok: false, reason: 'leaving' };
    if (order.kind === 'subscription' && !(await beginSubscribing(tx, order, now))) {
      return { ok: false, reason: 'subscribed' };
    }
    const { promoRedemptionId } = order;
    if (promoRedemptionId !== null && !(await claimDiscount(tx, promoRedemptionId, orderId))) {
      return { ok: false, reason: 'discount' };
    }
    return { ok: true };
  });
}
