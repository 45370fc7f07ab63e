import { and, desc, eq, isNull } from 'drizzle-orm';
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
 * The price with the best percentage that waits for this person's next purchase; null when none waits. Rounded
 * down, so the buyer gets at least what was promised. It still waits until the order is paid: invoices that
 * are never paid use nothing up.
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
      ),
    )
    .orderBy(desc(promoCodes.value), promoRedemptions.id)
    .limit(1);
  if (best === undefined) return null;
  const lowered = Math.floor((amount * (100 - best.percent)) / 100);
  return { amount: Math.max(1, lowered), redemptionId: best.redemptionId };
}

/**
 * The order with this discount is paid: it is used up. Call it in the transaction of the payment.
 * @returns false when another order had used it up before
 */
export async function useDiscount(tx: Database, redemptionId: number, now: Date): Promise<boolean> {
  const used = await tx
    .update(promoRedemptions)
    .set({ usedAt: now })
    .where(and(eq(promoRedemptions.id, redemptionId), isNull(promoRedemptions.usedAt)))
    .returning({ id: promoRedemptions.id });
  return used.length > 0;
}

/** Whether an invoice with this discount may still be paid: of several, only the first one may. */
export async function isDiscountOpen(db: Database, redemptionId: number): Promise<boolean> {
  const [redemption] = await db
    .select({ usedAt: promoRedemptions.usedAt })
    .from(promoRedemptions)
    .where(eq(promoRedemptions.id, redemptionId));
  return redemption !== undefined && redemption.usedAt === null;
}
