import type { Database } from '../../database/client.ts';
import { type PROMO_KINDS, promoCodes } from '../../database/schema/index.ts';

export type PromoKind = (typeof PROMO_KINDS)[number];

/** The table takes no more: a purchase must cost something. */
export const MAX_PERCENT = 90;

export type NewPromoCode = {
  /** As `normalisePromoCode` writes it. */
  code: string;
  kind: PromoKind;
  /** Credits, or per cent of the price (1–90). */
  value: number;
  /** null: any number of times. */
  maxUses: number | null;
  usesPerUser: number;
  /** null: for ever. */
  endsAt: Date | null;
  createdBy: number;
};

/** @returns false when there is such a code already; it is left as it is */
export async function createPromoCode(db: Database, promo: NewPromoCode, now: Date): Promise<boolean> {
  const created = await db
    .insert(promoCodes)
    .values({ ...promo, startsAt: now })
    .onConflictDoNothing()
    .returning({ code: promoCodes.code });
  return created.length > 0;
}
