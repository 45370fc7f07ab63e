import { eq } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { photoshoots } from '../../database/schema/index.ts';
import { lockDraft } from './lock-draft.ts';

/**
 * “Use anyway”: the advice about the photos has been read.
 * @throws AppError not-found, draft-expired, awaiting-payment, already-placed
 */
export async function dismissAdvice(
  db: Database,
  input: { draftId: number; userId: number },
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockDraft(tx, input.draftId, input.userId, now);
    await tx.update(photoshoots).set({ advice: null }).where(eq(photoshoots.id, input.draftId));
  });
}
