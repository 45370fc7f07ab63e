import { and, eq } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { photoshootPhotos, photoshoots, styles } from '../../database/schema/index.ts';
import { AppError } from '../../errors.ts';
import { lockDraft } from './lock-draft.ts';

/**
 * Makes a draft of several products one in which styles are chosen once for all of its photos. What was recognised and
 * proposed was for one product, so it goes; other styles stay. Done twice it is done once, and costs nothing.
 * @throws AppError not-found, also for a draft of one photo; draft-expired, awaiting-payment, already-placed
 */
export async function beginSeries(
  db: Database,
  input: { draftId: number; userId: number },
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const draft = await lockDraft(tx, input.draftId, input.userId, now);
    if (draft.isSeries) return;
    const photos = await tx.$count(photoshootPhotos, eq(photoshootPhotos.photoshootId, draft.id));
    if (photos < 2 || draft.product === null) throw new AppError('not-found', 'this is no album of products');
    const proposed = and(eq(styles.photoshootId, draft.id), eq(styles.origin, 'proposed'));
    await tx.delete(styles).where(proposed);
    await tx
      .update(photoshoots)
      .set({
        isSeries: true,
        // Known to be looked at, and nobody's name.
        ...{ productName: '', productKind: '', nameGiven: false, isProduct: true, sameProduct: false },
        advice: null,
      })
      .where(eq(photoshoots.id, draft.id));
  });
}
