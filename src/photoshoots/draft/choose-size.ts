import { eq } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { type PictureSize, photoshoots } from '../../database/schema/index.ts';
import { lockDraft } from './lock-draft.ts';

/**
 * How large its pictures are to be, which decides what each costs.
 * @throws AppError not-found, draft-expired, awaiting-payment, already-placed
 */
export async function chooseSize(
  db: Database,
  input: { draftId: number; userId: number; size: PictureSize },
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockDraft(tx, input.draftId, input.userId, now);
    await tx.update(photoshoots).set({ size: input.size }).where(eq(photoshoots.id, input.draftId));
  });
}
