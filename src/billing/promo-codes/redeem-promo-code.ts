import { and, count, eq, sql } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { promoCodes, promoRedemptions } from '../../database/schema/index.ts';
import { AppError } from '../../errors.ts';
import { moveCredits } from '../ledger/move-credits.ts';
import type { PromoKind } from './create-promo-code.ts';

/** What a code gave: credits at once, or per cent off the next purchase. */
export type Redemption = { redemptionId: number; kind: PromoKind; value: number };

/**
 * Uses a code for a person, within its limits in number, time and uses a person. The code's row is locked, so
 * the limits are exact however many people come at once.
 * @param input.code as `normalisePromoCode` writes it
 * @param input.key what asked for it; asked again with the same key, it answers what was given then
 * @throws AppError promo-unknown, promo-used, promo-over
 */
export async function redeemPromoCode(
  db: Database,
  input: { code: string; userId: number; key: string },
  now: Date,
): Promise<Redemption> {
  const { code, userId, key } = input;
  return db.transaction(async (tx) => {
    const [promo] = await tx.select().from(promoCodes).where(eq(promoCodes.code, code)).for('no key update');
    if (promo === undefined || promo.startsAt > now) {
      throw new AppError('promo-unknown', 'there is no such code');
    }
    const [earlier] = await tx
      .select({ redemptionId: promoRedemptions.id })
      .from(promoRedemptions)
      .where(eq(promoRedemptions.key, key));
    if (earlier !== undefined) return { ...earlier, kind: promo.kind, value: promo.value };
    const number = (await countUses(tx, input)) + 1;
    // Said before “it is over”, because it explains more to whoever used it.
    if (number > promo.usesPerUser) throw new AppError('promo-used', 'this person has used the code');
    const isOver = promo.endsAt !== null && promo.endsAt <= now;
    if (isOver || (promo.maxUses !== null && promo.uses >= promo.maxUses)) {
      throw new AppError('promo-over', isOver ? 'the time of the code is over' : 'the code is used up');
    }
    const [redemption] = await tx
      .insert(promoRedemptions)
      .values({ code, userId, number, key })
      .returning({ id: promoRedemptions.id });
    if (redemption === undefined) throw new Error('a redemption could not be written');
    await tx
      .update(promoCodes)
      .set({ uses: sql`${promoCodes.uses} + 1` })
      .where(eq(promoCodes.code, code));
    if (promo.kind === 'credits') {
      const entry = { userId, credits: promo.value, key: `promo:${redemption.id}` };
      await moveCredits(tx, { kind: 'promo', ...entry });
    }
    return { redemptionId: redemption.id, kind: promo.kind, value: promo.value };
  });
}

async function countUses(tx: Database, input: { code: string; userId: number }): Promise<number> {
  const [row] = await tx
    .select({ uses: count() })
    .from(promoRedemptions)
    .where(and(eq(promoRedemptions.code, input.code), eq(promoRedemptions.userId, input.userId)));
  return row?.uses ?? 0;
}
