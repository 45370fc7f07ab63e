import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { photoshoots, processedImages } from '../database/schema/index.ts';

/** Where a delivered picture can be had from, once its bytes are no longer in the database. */
export type PictureSource = {
  pictureId: number;
  position: number;
  /** The lossless PNG, as Telegram keeps it since the originals were fetched. */
  documentFileId: string | null;
  /** The same as JPEG, where it was asked for. */
  jpegFileId: string | null;
  /** The JPEG to look at, as Telegram keeps it: no original. */
  photoFileId: string | null;
};

const SOURCE = {
  pictureId: processedImages.id,
  position: processedImages.position,
  documentFileId: processedImages.documentFileId,
  jpegFileId: processedImages.jpegFileId,
  photoFileId: processedImages.photoFileId,
};

/** The product of a photoshoot with nothing around it, as models have made it, the newest first; no bytes. */
export async function readCutOuts(db: Database, photoshootId: number): Promise<PictureSource[]> {
  const cutOuts = db
    .select({ id: photoshoots.id })
    .from(photoshoots)
    .where(eq(photoshoots.cutOutOf, photoshootId));
  return db
    .select(SOURCE)
    .from(processedImages)
    .where(and(inArray(processedImages.photoshootId, cutOuts), eq(processedImages.state, 'delivered')))
    .orderBy(desc(processedImages.id));
}

/** The delivered pictures of a photoshoot, in the order of the album; no bytes. */
export async function readSources(db: Database, photoshootId: number): Promise<PictureSource[]> {
  return db
    .select(SOURCE)
    .from(processedImages)
    .where(and(eq(processedImages.photoshootId, photoshootId), eq(processedImages.state, 'delivered')))
    .orderBy(asc(processedImages.position));
}

/** Telegram's copy of a lossless original, as it is known now; null where there is none. */
export async function readDocumentFileId(db: Database, pictureId: number): Promise<string | null> {
  const [row] = await db
    .select({ documentFileId: processedImages.documentFileId })
    .from(processedImages)
    .where(eq(processedImages.id, pictureId));
  return row?.documentFileId ?? null;
}
