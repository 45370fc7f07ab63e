import { and, asc, eq, notInArray } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { photoshoots, styles } from '../../database/schema/index.ts';
import { lockDraft } from './lock-draft.ts';

/**
 * How many pictures the seller wants in all; they are spread over the chosen styles. Each has a style of its own at
 * the most, so of more styles the first ones stay chosen.
 * @throws AppError not-found, draft-expired, already-placed
 */
export async function chooseCount(
  db: Database,
  input: { draftId: number; userId: number; pictures: number },
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockDraft(tx, input.draftId, input.userId, now);
    await keepFirstStyles(tx, input.draftId, input.pictures);
    await tx
      .update(photoshoots)
      .set({ pictureCount: input.pictures })
      .where(eq(photoshoots.id, input.draftId));
  });
}

/** Takes the choice back of all but the first `count` chosen styles. `tx` holds the draft's row. */
export async function keepFirstStyles(tx: Database, draftId: number, count: number): Promise<void> {
  const chosen = and(eq(styles.photoshootId, draftId), eq(styles.chosen, true));
  const kept = tx
    .select({ number: styles.number })
    .from(styles)
    .where(chosen)
    .orderBy(asc(styles.number))
    .limit(count);
  await tx
    .update(styles)
    .set({ chosen: false })
    .where(and(chosen, notInArray(styles.number, kept)));
}
