/** A new draft that begins where another photoshoot stands: what `again`, other styles and corrections share. */
import { and, eq } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { photoshootPhotos, photoshoots, styles } from '../../database/schema/index.ts';
import { AppError } from '../../errors.ts';
import { type Draft, type Photoshoot, toPhotoshoot } from '../photoshoot.ts';
import { readOwnPhotoshoot, readStyles } from '../read-photoshoot.ts';
import { readPictures } from '../run/start-photoshoot.ts';

/** @throws AppError not-found, before anything is told of what belongs to somebody else */
export async function lockOriginal(tx: Database, photoshootId: number, userId: number): Promise<void> {
  const locked = await tx
    .select({ id: photoshoots.id })
    .from(photoshoots)
    .where(and(eq(photoshoots.id, photoshootId), eq(photoshoots.userId, userId)))
    .for('update');
  if (locked.length === 0) throw new AppError('not-found', 'this person has no such photoshoot');
}

/** When a draft that is made now is over. */
export function expiryOf({ draftTtlMs }: { draftTtlMs: number }, now: Date): Date {
  return new Date(now.getTime() + draftTtlMs);
}

/**
 * Photos, what was recognised, styles, format and number of a photoshoot, as a new draft.
 * @param tx the transaction that holds the original's row
 * @throws AppError already-placed for a source key that has made one; file-gone where the photos are no longer kept
 */
export async function copyAsDraft(
  tx: Database,
  input: { photoshootId: number; userId: number; sourceKey: string; expiresAt: Date },
): Promise<Draft> {
  const original: Photoshoot = await readOwnPhotoshoot(tx, input.photoshootId, input.userId);
  const pictures = await readPictures(tx, original.id);
  const [row] = await tx
    .insert(photoshoots)
    .values({
      userId: original.userId,
      chatId: original.chatId,
      sourceKey: input.sourceKey,
      caption: original.caption,
      productName: original.product?.name ?? null,
      nameGiven: original.product?.nameGiven ?? false,
      productKind: original.product?.kind ?? null,
      recommendedRatio: original.product?.recommendedRatio ?? null,
      isProduct: original.product?.isProduct ?? null,
      sameProduct: original.product?.sameProduct ?? null,
      ratio: original.ratio,
      size: original.size,
      pictureCount: pictures.length === 0 ? null : pictures.length,
      repeatOf: original.id,
      basedOnPictureId: original.basedOnPictureId,
      cutOutOf: original.cutOutOf,
      expiresAt: input.expiresAt,
    })
    .onConflictDoNothing({ target: photoshoots.sourceKey })
    .returning();
  if (row === undefined) throw new AppError('already-placed', 'this was handled before');
  const copy = toPhotoshoot(row);
  if (copy.state !== 'draft') throw new Error('a new photoshoot is not a draft');
  const photos = await tx
    .select()
    .from(photoshootPhotos)
    .where(eq(photoshootPhotos.photoshootId, original.id));
  // Their time was over, or their seller's data was deleted.
  if (photos.length === 0)
    throw new AppError('file-gone', 'the photos of this photoshoot are no longer kept');
  await tx.insert(photoshootPhotos).values(photos.map((photo) => ({ ...photo, photoshootId: copy.id })));
  const options = await readStyles(tx, original.id);
  if (options.length > 0) {
    await tx.insert(styles).values(options.map((style) => ({ ...style, photoshootId: copy.id })));
  }
  return copy;
}
