import { and, eq } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { photoshootPhotos } from '../database/schema/index.ts';

/** Keeps what names the pixels of a photo, in every view of the photoshoot that is this file. */
export async function rememberContent(
  db: Database,
  photo: { photoshootId: number; fileUniqueId: string; contentHash: string },
): Promise<void> {
  const { photoshootId, fileUniqueId, contentHash } = photo;
  await db
    .update(photoshootPhotos)
    .set({ contentHash })
    .where(
      and(eq(photoshootPhotos.photoshootId, photoshootId), eq(photoshootPhotos.fileUniqueId, fileUniqueId)),
    );
}
