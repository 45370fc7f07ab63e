import { and, asc, eq, gt, gte, sum } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { creditEntries, payments, processedImages } from '../../database/schema/index.ts';
import { moveCredits } from '../ledger/move-credits.ts';

export type ReturnedCredit = {
  userId: number;
  /** `release`: there will be no such picture; `give-back`: it is not right. */
  kind: 'release' | 'give-back';
  photoshootId: number;
  pictureId: number;
};

/**
 * The only way the credit of a picture comes back. When a purchase was refunded while this picture had its credit,
 * the credit goes to that refund, which is owed it. Call it in the transaction of the picture's state.
 * @returns `repaid`: true when the credit went to a refund and the person has it not
 */
export async function returnCredit(tx: Database, returned: ReturnedCredit): Promise<{ repaid: boolean }> {
  const { userId, kind, photoshootId, pictureId } = returned;
  const movement = { userId, credits: 1, photoshootId, pictureId };
  // It locks the person's row: a refund that begins or is undone meanwhile comes before this or after it.
  if (!(await moveCredits(tx, { ...movement, kind, key: `${kind}:${pictureId}` }))) return { repaid: false };
  const paymentId = await findOwed(tx, returned);
  if (paymentId === null) return { repaid: false };
  await moveCredits(tx, { ...movement, kind: 'repay', key: `repay:${pictureId}`, paymentId });
  return { repaid: true };
}

/** The oldest refund that is still owed a credit of a picture that was ordered before it; null for none. */
async function findOwed(tx: Database, { userId, pictureId }: ReturnedCredit): Promise<number | null> {
  const [owed] = await tx
    .select({ paymentId: payments.id })
    .from(payments)
    .innerJoin(processedImages, eq(processedImages.id, pictureId))
    .innerJoin(
      creditEntries,
      // An inviter's reward names the payment as well; only the buyer's own entries count.
      and(eq(creditEntries.paymentId, payments.id), eq(creditEntries.userId, payments.userId)),
    )
    .where(and(eq(payments.userId, userId), gte(payments.owedSince, processedImages.createdAt)))
    .groupBy(payments.id)
    .having(gt(sum(creditEntries.available), 0))
    .orderBy(asc(payments.owedSince), asc(payments.id))
    .limit(1);
  return owed?.paymentId ?? null;
}
