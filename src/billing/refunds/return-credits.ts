import { and, asc, eq, gt, gte, sql } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { creditEntries, payments, processedImages } from '../../database/schema/index.ts';
import { moveCredits } from '../ledger/move-credits.ts';

export type ReturnedCredits = {
  userId: number;
  /** `release`: there will be no such picture; `give-back`: it is not right. */
  kind: 'release' | 'give-back';
  photoshootId: number;
  pictureId: number;
  /** At least 1. */
  credits: number;
};

/**
 * The only way credits of a picture come back. When a purchase was refunded while this picture had them, they go to
 * that refund, which is owed them. Call it in the transaction of the picture's state.
 * @returns `repaid`: how many of the credits went to a refund, so that the person has them not
 */
export async function returnCredits(tx: Database, returned: ReturnedCredits): Promise<{ repaid: number }> {
  const { userId, kind, photoshootId, pictureId, credits } = returned;
  const movement = { userId, photoshootId, pictureId };
  // It locks the person's row: a refund that begins or is undone meanwhile comes before this or after it.
  if (!(await moveCredits(tx, { ...movement, credits, kind, key: `${kind}:${pictureId}` })))
    return { repaid: 0 };
  let repaid = 0;
  // Two refunds may be owed one credit each.
  while (repaid < credits) {
    const owed = await findOwed(tx, returned);
    if (owed === null) break;
    const { paymentId } = owed;
    const paid = Math.min(credits - repaid, owed.credits);
    const key = `repay:${kind}:${pictureId}:${paymentId}`;
    await moveCredits(tx, { ...movement, credits: paid, kind: 'repay', key, paymentId });
    repaid += paid;
  }
  return { repaid };
}

/** What stands in the ledger beyond what may: of a payment that stands, all that no part of it has claimed. */
const owing = sql<number>`sum(${creditEntries.available})
  - case when ${payments.state} = 'credited' then ${payments.credits} - ${payments.reclaimed} else 0 end`;

/** The oldest refund that is still owed credits of a picture that was ordered before it; null for none. */
async function findOwed(
  tx: Database,
  { userId, pictureId }: ReturnedCredits,
): Promise<{ paymentId: number; credits: number } | null> {
  const [owed] = await tx
    .select({ paymentId: payments.id, credits: owing.mapWith(Number) })
    .from(payments)
    .innerJoin(processedImages, eq(processedImages.id, pictureId))
    .innerJoin(
      creditEntries,
      // An inviter's reward names the payment as well; only the buyer's own entries count.
      and(eq(creditEntries.paymentId, payments.id), eq(creditEntries.userId, payments.userId)),
    )
    .where(and(eq(payments.userId, userId), gte(payments.owedSince, processedImages.createdAt)))
    .groupBy(payments.id)
    .having(gt(owing, 0))
    .orderBy(asc(payments.owedSince), asc(payments.id))
    .limit(1);
  return owed ?? null;
}
