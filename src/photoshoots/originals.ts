import { and, asc, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { pictureFiles, processedImages } from '../database/schema/index.ts';

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

/**
 * Drops the bytes of pictures that nobody needs any more: those older than the retention, and those of
 * pictures that were never delivered because their photoshoot ended without them.
 * @returns how many were dropped
 */
export async function sweepPictureFiles(db: Database, olderThan: Date): Promise<number> {
  const dropped = await db
    .delete(pictureFiles)
    .where(
      inArray(
        pictureFiles.pictureId,
        db
          .select({ id: processedImages.id })
          .from(processedImages)
          .where(
            or(
              and(
                isNotNull(processedImages.deliveredAt),
                sql`${processedImages.deliveredAt} < ${olderThan.toISOString()}::timestamptz`,
              ),
              inArray(processedImages.state, ['failed', 'refused', 'cancelled']),
            ),
          ),
      ),
    )
    .returning({ id: pictureFiles.pictureId });
  return dropped.length;
}
