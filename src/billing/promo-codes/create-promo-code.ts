import type { Database } from '../../database/client.ts';
import { type PROMO_KINDS, promoCodes } from '../../database/schema/index.ts';
import { recordAct } from '../../owners/record-act.ts';

export type PromoKind = (typeof PROMO_KINDS)[number];

/** The largest of each; the table takes no more per cent, because a purchase must cost something. */
export const PROMO_LIMITS = {
  credits: 10_000,
  percent: 90,
  uses: 1_000_000,
  usesPerUser: 100,
  /** Ten years. */
  days: 3650,
} as const;

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
  return db.transaction(async (tx) => {
    const created = await tx
      .insert(promoCodes)
      .values({ ...promo, startsAt: now })
      .onConflictDoNothing()
      .returning({ code: promoCodes.code });
    if (created.length === 0) return false;
    const { code, kind, value, maxUses, createdBy: by } = promo;
    await recordAct(tx, {
      by,
      act: 'create-promo',
      object: `promo:${code}`,
      after: { kind, value, maxUses },
    });
    return true;
  });
}
