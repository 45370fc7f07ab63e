import { and, eq } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { photoshootPhotos } from '../database/schema/index.ts';

/** Keeps what names the pixels of a photo and what it looks like, in every view of the photoshoot that is this file. */
export async function rememberContent(
  db: Database,
  photo: { photoshootId: number; fileUniqueId: string; contentHash: string; look: string },
): Promise<void> {
  const { photoshootId, fileUniqueId, contentHash, look } = photo;
  await db
    .update(photoshootPhotos)
    .set({ contentHash, look })
    .where(
      and(eq(photoshootPhotos.photoshootId, photoshootId), eq(photoshootPhotos.fileUniqueId, fileUniqueId)),
    );
}
