import { and, desc, eq, inArray, isNull, or } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { promoCodes, promoRedemptions } from '../../database/schema/index.ts';

/** Latin letters and digits, so that a code also fits into a start link; typed in any case. */
const CODE = /^[A-Z0-9]{3,24}$/;

/** A code as it is stored, or null for what can be none. */
export function normalisePromoCode(text: string): string | null {
  const code = text.trim().toUpperCase();
  return CODE.test(code) ? code : null;
}

export type Discount = {
  /** The lowered price: whole Stars, or the currency's smallest unit; at least 1. */
  amount: number;
  redemptionId: number;
};

/**
 * The price with the best percentage that is free for this person's next purchase; null when none is. Rounded
 * down, so the buyer gets at least what was promised. Any number of invoices may offer it: it belongs to none
 * before somebody presses Pay.
 */
export async function takeDiscount(tx: Database, userId: number, amount: number): Promise<Discount | null> {
  const [best] = await tx
    .select({ redemptionId: promoRedemptions.id, percent: promoCodes.value })
    .from(promoRedemptions)
    .innerJoin(promoCodes, eq(promoCodes.code, promoRedemptions.code))
    .where(
      and(
        eq(promoRedemptions.userId, userId),
        eq(promoCodes.kind, 'percent'),
        isNull(promoRedemptions.usedAt),
        isNull(promoRedemptions.orderId),
      ),
    )
    .orderBy(desc(promoCodes.value), promoRedemptions.id)
    .limit(1);
  if (best === undefined) return null;
  const lowered = Math.floor((amount * (100 - best.percent)) / 100);
  return { amount: Math.max(1, lowered), redemptionId: best.redemptionId };
}

/**
 * The order is about to be paid: from now on the discount is its own, until the order ends. Of several that
 * ask at once the first one gets it, and may ask again. `tx` holds the order's lock.
 * @returns false when it is another order's, or used up
 */
export async function claimDiscount(tx: Database, redemptionId: number, orderId: number): Promise<boolean> {
  const claimed = await tx
    .update(promoRedemptions)
    .set({ orderId })
    .where(
      and(
        eq(promoRedemptions.id, redemptionId),
        isNull(promoRedemptions.usedAt),
        or(isNull(promoRedemptions.orderId), eq(promoRedemptions.orderId, orderId)),
      ),
    )
    .returning({ id: promoRedemptions.id });
  return claimed.length > 0;
}

/** These orders ended unpaid: their discounts are free for the next purchase. `tx` holds the orders' locks. */
export async function releaseDiscounts(tx: Database, orderIds: readonly number[]): Promise<void> {
  if (orderIds.length === 0) return;
  await tx
    .update(promoRedemptions)
    .set({ orderId: null })
    .where(and(inArray(promoRedemptions.orderId, [...orderIds]), isNull(promoRedemptions.usedAt)));
}

/**
 * The order with this discount is paid: it is used up, also by money that came after the order had ended. Call
 * it in the transaction of the payment.
 * @returns false when it was used up before
 */
export async function useDiscount(
  tx: Database,
  { redemptionId, orderId }: { redemptionId: number; orderId: number },
  now: Date,
): Promise<boolean> {
  const used = await tx
    .update(promoRedemptions)
    .set({ usedAt: now, orderId })
    .where(and(eq(promoRedemptions.id, redemptionId), isNull(promoRedemptions.usedAt)))
    .returning({ id: promoRedemptions.id });
  return used.length > 0;
}
