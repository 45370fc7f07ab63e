import { count, eq } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { photoshootPhotos, photoshoots } from '../database/schema/index.ts';
import type { Queue } from '../queue/queue.ts';
import { MAX_VIEWS } from './limits.ts';

/**
 * An album is several updates with no end mark; the detection waits this long for the rest of its parts.
 * Parts that come later still join the draft until it is placed.
 */
const ALBUM_DEBOUNCE_MS = 1500;

export type ReceivedPhoto = {
  userId: number;
  chatId: number;
  messageId: number;
  /** Telegram's media_group_id */
  albumId: string | null;
  fileId: string;
  fileUniqueId: string;
  caption: string | null;
};

export type Drafted = { photoshootId: number; isFirstPhoto: boolean; photos: number; ignored: boolean };

/**
 * Keeps a photo as a draft, or adds it to the draft of its album, and has the product recognised.
 * A repeat of the same message changes nothing.
 */
export async function draftPhotoshoot(
  deps: { db: Database; queue: Queue; draftTtlMs: number },
  photo: ReceivedPhoto,
  now: Date,
): Promise<Drafted> {
  const sourceKey =
    photo.albumId === null
      ? `message:${photo.chatId}:${photo.messageId}`
      : `album:${photo.chatId}:${photo.albumId}`;
  return deps.db.transaction(async (tx) => {
    const [created] = await tx
      .insert(photoshoots)
      .values({
        userId: photo.userId,
        chatId: photo.chatId,
        sourceKey,
        caption: photo.caption,
        ratio: '1:1',
        expiresAt: new Date(now.getTime() + deps.draftTtlMs),
      })
      .onConflictDoNothing({ target: photoshoots.sourceKey })
      .returning({ id: photoshoots.id });
    const photoshootId = created?.id ?? (await joinAlbum(tx, sourceKey, photo.caption));
    const photos = await countPhotos(tx, photoshootId);
    if (photos >= MAX_VIEWS) return { photoshootId, isFirstPhoto: false, photos, ignored: true };
    const added = await tx
      .insert(photoshootPhotos)
      .values({
        photoshootId,
        fileId: photo.fileId,
        fileUniqueId: photo.fileUniqueId,
        messageId: photo.messageId,
      })
      .onConflictDoNothing()
      .returning({ messageId: photoshootPhotos.messageId });
    if (created !== undefined) {
      await deps.queue.enqueue(tx, 'detect-product', { photoshootId }, detectionDelay(photo));
    }
    return {
      photoshootId,
      isFirstPhoto: created !== undefined,
      photos: photos + added.length,
      ignored: false,
    };
  });
}

function detectionDelay(photo: ReceivedPhoto): { delayMs?: number } {
  return photo.albumId === null ? {} : { delayMs: ALBUM_DEBOUNCE_MS };
}

/** The album's photoshoot; its caption may stand on any part. The row stays locked, so parts join one by one. */
async function joinAlbum(tx: Database, sourceKey: string, caption: string | null): Promise<number> {
  const [album] = await tx
    .select({ id: photoshoots.id, caption: photoshoots.caption })
    .from(photoshoots)
    .where(eq(photoshoots.sourceKey, sourceKey))
    .for('update');
  if (album === undefined) throw new Error('the album that was met a moment ago is gone');
  if (caption !== null && album.caption === null) {
    await tx.update(photoshoots).set({ caption }).where(eq(photoshoots.id, album.id));
  }
  return album.id;
}

async function countPhotos(tx: Database, photoshootId: number): Promise<number> {
  const [row] = await tx
    .select({ photos: count() })
    .from(photoshootPhotos)
    .where(eq(photoshootPhotos.photoshootId, photoshootId));
  return row?.photos ?? 0;
}
