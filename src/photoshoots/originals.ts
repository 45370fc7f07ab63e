import { and, asc, eq, gt, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { isOneOf } from '../database/is-one-of.ts';
import { photoshoots, pictureFiles, processedImages } from '../database/schema/index.ts';

export type Original = { pictureId: number; position: number; style: string } & (
  | { kind: 'bytes'; bytes: Uint8Array }
  | { kind: 'sent'; fileId: string }
  /** The bytes passed their retention before anyone asked. */
  | { kind: 'gone' }
);

/** The lossless originals of a photoshoot's delivered pictures, in the order of the album. */
export async function readOriginals(
  db: Database,
  input: { photoshootId: number; userId: number },
): Promise<Original[]> {
  const rows = await db
    .select({
      pictureId: processedImages.id,
      position: processedImages.position,
      style: processedImages.style,
      fileId: processedImages.documentFileId,
      bytes: pictureFiles.bytes,
    })
    .from(processedImages)
    .leftJoin(pictureFiles, eq(pictureFiles.pictureId, processedImages.id))
    .where(
      and(
        eq(processedImages.photoshootId, input.photoshootId),
        eq(processedImages.userId, input.userId),
        eq(processedImages.state, 'delivered'),
      ),
    )
    .orderBy(asc(processedImages.position));
  return rows.map(({ fileId, bytes, ...picture }) => {
    if (fileId !== null) return { ...picture, kind: 'sent', fileId };
    return bytes === null ? { ...picture, kind: 'gone' } : { ...picture, kind: 'bytes', bytes };
  });
}

/** Where Telegram has a delivered picture, without loss where its original was sent; null for one that never was. */
export async function readLargestFileId(db: Database, pictureId: number): Promise<string | null> {
  const [row] = await db
    .select({ document: processedImages.documentFileId, photo: processedImages.photoFileId })
    .from(processedImages)
    .where(eq(processedImages.id, pictureId));
  return row?.document ?? row?.photo ?? null;
}

/** Telegram keeps the original from now on; its bytes are no longer needed here. */
export async function rememberOriginal(db: Database, pictureId: number, fileId: string): Promise<void> {
  await db.transaction(async (tx) => {
    await tx
      .update(processedImages)
      .set({ documentFileId: fileId })
      .where(and(eq(processedImages.id, pictureId), isNull(processedImages.documentFileId)));
    await tx.delete(pictureFiles).where(eq(pictureFiles.pictureId, pictureId));
  });
}

/** Telegram keeps the JPEG from now on; the bytes stay for the PNG, which has what a JPEG loses. */
export async function rememberJpeg(db: Database, pictureId: number, fileId: string): Promise<void> {
  await db
    .update(processedImages)
    .set({ jpegFileId: fileId })
    .where(and(eq(processedImages.id, pictureId), isNull(processedImages.jpegFileId)));
}

/** How long ago a photoshoot ended whose pictures are looked at again; the sweep comes every few minutes. */
const JUST_ENDED = sql`now() - interval '1 day'`;

/**
 * Drops the bytes of pictures that nobody needs any more: those older than the retention, and those of
 * pictures that were never delivered because their photoshoot ended without them. Neither looks at more than the
 * files that are kept and the photoshoots of a day.
 * @returns how many were dropped
 */
export async function sweepPictureFiles(db: Database, olderThan: Date): Promise<number> {
  const wasNotDelivered = isOneOf(processedImages.state, ['failed', 'refused', 'cancelled']);
  // A file is there before its picture is delivered. Each is asked for by the index: with the offset the server may
  // not read all pictures instead.
  const isOver = sql`exists (select from ${processedImages} where ${and(
    eq(processedImages.id, pictureFiles.pictureId),
    or(lt(processedImages.deliveredAt, olderThan), wasNotDelivered),
  )} offset 0)`;
  const old = await db
    .delete(pictureFiles)
    .where(and(lt(pictureFiles.createdAt, olderThan), isOver))
    .returning({ id: pictureFiles.pictureId });
  const ofJustEnded = db
    .select({ id: processedImages.id })
    .from(photoshoots)
    .innerJoin(processedImages, eq(processedImages.photoshootId, photoshoots.id))
    .where(and(gt(photoshoots.finishedAt, JUST_ENDED), wasNotDelivered));
  const leftOver = await db
    .delete(pictureFiles)
    .where(inArray(pictureFiles.pictureId, ofJustEnded))
    .returning({ id: pictureFiles.pictureId });
  return old.length + leftOver.length;
}
