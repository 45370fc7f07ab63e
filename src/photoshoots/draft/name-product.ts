import { eq } from 'drizzle-orm';
import { NOTHING_AWAITED } from '../../customers/stop-waiting.ts';
import type { Database } from '../../database/client.ts';
import { photoshoots, users } from '../../database/schema/index.ts';
import { AppError } from '../../errors.ts';
import { NAME_LENGTH } from '../limits.ts';
import { lockDraft } from './lock-draft.ts';

/**
 * The person's next text message is the name of this draft's product.
 * @throws AppError not-found, draft-expired, awaiting-payment, already-placed
 */
export async function expectName(
  db: Database,
  input: { draftId: number; userId: number },
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockDraft(tx, input.draftId, input.userId, now);
    await tx
      .update(users)
      .set({ ...NOTHING_AWAITED, namingDraftId: input.draftId })
      .where(eq(users.id, input.userId));
  });
}

/**
 * The seller's own name for the product, in place of the recognised one. A product that is not recognised yet keeps
 * the name that it is going to get: the words are no name then.
 * @throws AppError name-length, not-found, draft-expired, awaiting-payment, already-placed
 */
export async function nameProduct(
  db: Database,
  input: { draftId: number; userId: number; name: string },
  now: Date,
): Promise<void> {
  const name = input.name.replace(/\s+/gu, ' ').trim();
  const length = [...name].length;
  if (length === 0 || length > NAME_LENGTH.max) {
    throw new AppError('name-length', 'the name is empty or too long', {
      details: { max: NAME_LENGTH.max, length },
    });
  }
  await db.transaction(async (tx) => {
    const draft = await lockDraft(tx, input.draftId, input.userId, now);
    if (draft.product !== null) {
      // Somebody names it because it is one.
      const named = { productName: name, nameGiven: true, isProduct: true };
      await tx.update(photoshoots).set(named).where(eq(photoshoots.id, draft.id));
    }
    await tx.update(users).set(NOTHING_AWAITED).where(eq(users.id, input.userId));
  });
}
