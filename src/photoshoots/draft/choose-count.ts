import { and, count, eq } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { photoshoots, styles } from '../../database/schema/index.ts';
import { AppError } from '../../errors.ts';
import { lockDraft } from './lock-draft.ts';

/**
 * How many pictures the seller wants in all; they are spread over the chosen styles.
 * @throws AppError too-few-pictures when more styles are chosen than pictures wanted; not-found,
 * draft-expired, already-placed
 */
export async function chooseCount(
  db: Database,
  input: { draftId: number; userId: number; pictures: number },
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockDraft(tx, input.draftId, input.userId, now);
    const [row] = await tx
      .select({ chosen: count() })
      .from(styles)
      .where(and(eq(styles.photoshootId, input.draftId), eq(styles.chosen, true)));
    const chosen = row?.chosen ?? 0;
    if (input.pictures < chosen) {
      throw new AppError('too-few-pictures', 'each chosen style needs a picture', { details: { chosen } });
    }
    await tx
      .update(photoshoots)
      .set({ pictureCount: input.pictures })
      .where(eq(photoshoots.id, input.draftId));
  });
}
