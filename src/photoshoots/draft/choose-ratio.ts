import { eq } from 'drizzle-orm';
import type { Ratio } from '../../ai/ratios.ts';
import type { Database } from '../../database/client.ts';
import { photoshoots } from '../../database/schema/index.ts';
import { lockDraft } from './lock-draft.ts';

/** @throws AppError not-found, draft-expired, already-placed */
export async function chooseRatio(
  db: Database,
  input: { draftId: number; userId: number; ratio: Ratio },
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockDraft(tx, input.draftId, input.userId, now);
    await tx
      .update(photoshoots)
      .set({ ratio: input.ratio, ratioChosen: true })
      .where(eq(photoshoots.id, input.draftId));
  });
}
