import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { photoshoots, processedImages, styles } from '../../database/schema/index.ts';
import { AppError } from '../../errors.ts';
import type { Queue } from '../../queue/queue.ts';
import { type GiveBackQuota, takeBack } from '../give-back.ts';
import type { Draft } from '../photoshoot.ts';
import { readStyles } from '../read-photoshoot.ts';
import { copyAsDraft, expiryOf, lockOriginal } from './copy-as-draft.ts';
import { sourceKeyOfRedo } from './find-placed.ts';
import { type PlacedPhotoshoot, placeDraft } from './place-draft.ts';

/**
 * “Not right”, and made once more instead of paid back: what the picture cost comes back and is reserved for a new one
 * in the same transaction. From the same photos, in the same style and size, and as far as it began with another
 * picture, with that one. It is one of the pictures that a person may give back (`giveBack`), and once for each.
 * @throws AppError not-found, already-given-back, give-back-quota, give-back-share, file-gone, redo-not-free where its
 * credits went to the refund of a purchase
 */
export async function redoPicture(
  deps: { db: Database; queue: Queue; draftTtlMs: number },
  input: { pictureId: number; userId: number } & GiveBackQuota,
  now: Date,
): Promise<PlacedPhotoshoot> {
  const { pictureId, userId } = input;
  return deps.db.transaction(async (tx) => {
    const [picture] = await tx
      .select()
      .from(processedImages)
      .where(and(eq(processedImages.id, pictureId), eq(processedImages.userId, userId)));
    if (picture === undefined) throw new AppError('not-found', 'this person has no such picture');
    // The original's row before the person's, as everything that begins with a photoshoot.
    await lockOriginal(tx, picture.photoshootId, userId);
    const { repaid } = await takeBack(tx, input, now);
    if (repaid > 0) throw new AppError('redo-not-free', 'the credits of this picture went to a refund');
    const copied = await copyAsDraft(tx, {
      photoshootId: picture.photoshootId,
      userId,
      sourceKey: sourceKeyOfRedo(pictureId),
      expiresAt: expiryOf(deps, now),
    });
    // One that came smaller than it was ordered gave only a part back: the size that it came in is free.
    const size = picture.creditsSaved > 0 ? ('usual' as const) : copied.size;
    const draft: Draft = { ...copied, size, pictureCount: 1 };
    await tx
      .update(photoshoots)
      .set({ size, pictureCount: 1, repeatOf: null, redoOfPictureId: pictureId })
      .where(eq(photoshoots.id, draft.id));
    await tx
      .update(styles)
      .set({
        chosen: sql`${styles.prompt} = ${picture.stylePrompt} and ${styles.origin} = ${picture.styleOrigin}`,
      })
      .where(eq(styles.photoshootId, draft.id));
    const [style] = (await readStyles(tx, draft.id)).filter(({ chosen }) => chosen);
    if (style === undefined) throw new Error(`the style of picture ${pictureId} is gone`);
    return placeDraft({ db: tx, queue: deps.queue }, { draft, chosen: [style] }, now);
  });
}
