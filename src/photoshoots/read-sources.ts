import { and, asc, eq } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { processedImages } from '../database/schema/index.ts';

/** Where a delivered picture can be had from, once its bytes are no longer in the database. */
export type PictureSource = {
  pictureId: number;
  position: number;
  /** The lossless PNG, as Telegram keeps it since the originals were fetched. */
  documentFileId: string | null;
  /** The JPEG to look at, as Telegram keeps it: no original. */
  photoFileId: string | null;
};

/** The delivered pictures of a photoshoot, in the order of the album; no bytes. */
export async function readSources(db: Database, photoshootId: number): Promise<PictureSource[]> {
  return db
    .select({
      pictureId: processedImages.id,
      position: processedImages.position,
      documentFileId: processedImages.documentFileId,
      photoFileId: processedImages.photoFileId,
    })
    .from(processedImages)
    .where(and(eq(processedImages.photoshootId, photoshootId), eq(processedImages.state, 'delivered')))
    .orderBy(asc(processedImages.position));
}
