import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { photoshootPhotos, photoshoots } from '../../database/schema/index.ts';
import type { Queue } from '../../queue/queue.ts';
import { firstStep, recordFirst } from '../../statistics/record-event.ts';
import { MAX_VIEWS } from '../limits.ts';
import { type Photoshoot, type PhotoshootRow, toPhotoshoot } from '../photoshoot.ts';
import { hearCaption } from '../words/hear-caption.ts';
import { lockDraft } from './lock-draft.ts';

/**
 * An album is several updates with no end mark; the detection waits this long for the rest of its parts.
 * Parts that come later still join the draft until it is placed.
 */
const ALBUM_DEBOUNCE_MS = 1500;
/** A second tap within this time finds the first one's recognition under way. */
const CONFIRM_ONCE_SECONDS = 60;

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

export type Drafted = {
  photoshootId: number;
  /** As it is with this photo. */
  photoshoot: Photoshoot;
  photos: number;
  /** The album has its most photos, or has been placed or dropped: this part of it is not used. */
  ignored: boolean;
};

type DraftDeps = { db: Database; queue: Queue; draftTtlMs: number };

/**
 * Keeps a photo as a draft, or adds it to the draft of its album, and has the product recognised.
 * A repeat of the same message changes nothing.
 */
export async function draftPhotoshoot(deps: DraftDeps, photo: ReceivedPhoto, now: Date): Promise<Drafted> {
  return keepPhoto(deps, photo, now, (tx, photoshootId) =>
    deps.queue.enqueue(tx, 'detect-product', { photoshootId }, detectionDelay(photo)),
  );
}

/**
 * Keeps a photo in the same way, of which its seller has yet to say whether it shows a product: nothing is recognised
 * before `confirmProduct`, and `attachToTicket` takes it elsewhere.
 */
export async function holdPhoto(
  deps: Omit<DraftDeps, 'queue'>,
  photo: ReceivedPhoto,
  now: Date,
): Promise<Drafted> {
  return keepPhoto(deps, photo, now, null);
}

/**
 * What was held shows a product: it is recognised now.
 * @throws AppError not-found, draft-expired, awaiting-payment, already-placed
 */
export async function confirmProduct(
  deps: { db: Database; queue: Queue },
  input: { draftId: number; userId: number },
  now: Date,
): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const draft = await lockDraft(tx, input.draftId, input.userId, now);
    if (draft.product !== null) return;
    const once = { key: `confirm-product:${draft.id}`, withinSeconds: CONFIRM_ONCE_SECONDS };
    await recordFirst(tx, draft.userId, 'photo');
    await deps.queue.enqueue(tx, 'detect-product', { photoshootId: draft.id }, { once });
  });
}

/**
 * @param recognise has the product recognised, in the same transaction, for the first photo of a draft; null where
 * nobody knows yet that it shows one
 */
async function keepPhoto(
  deps: Omit<DraftDeps, 'queue'>,
  photo: ReceivedPhoto,
  now: Date,
  recognise: ((tx: Database, photoshootId: number) => Promise<void>) | null,
): Promise<Drafted> {
  const sourceKey =
    photo.albumId === null
      ? `message:${photo.chatId}:${photo.messageId}`
      : `album:${photo.chatId}:${photo.albumId}`;
  return deps.db.transaction(async (tx) => {
    const created = await createDraft(tx, photo, {
      sourceKey,
      expiresAt: new Date(now.getTime() + deps.draftTtlMs),
      showsProduct: recognise !== null,
    });
    if (created !== null) {
      await recognise?.(tx, created.id);
      return { photoshootId: created.id, photoshoot: toPhotoshoot(created), photos: 1, ignored: false };
    }
    let album = await lockAlbum(tx, sourceKey);
    const known = await readMessageIds(tx, album.id);
    const drafted = (photos: number, ignored: boolean): Drafted => ({
      photoshootId: album.id,
      photoshoot: toPhotoshoot(album),
      photos,
      ignored,
    });
    if (known.includes(photo.messageId)) return drafted(known.length, false);
    if (album.state !== 'draft') return drafted(known.length, true);
    if (photo.caption !== null && album.caption === null) {
      const [captioned] = await tx
        .update(photoshoots)
        .set(hearCaption(photo.caption))
        .where(eq(photoshoots.id, album.id))
        .returning();
      album = captioned ?? album;
    }
    if (known.length >= MAX_VIEWS) return drafted(known.length, true);
    await tx.insert(photoshootPhotos).values({
      photoshootId: album.id,
      fileId: photo.fileId,
      fileUniqueId: photo.fileUniqueId,
      messageId: photo.messageId,
    });
    return drafted(known.length + 1, false);
  });
}

/**
 * A draft with its first photo, in one statement with the seller's step in the funnel.
 * @returns null where there is one from this source: the message was handled before, or its album has begun
 */
async function createDraft(
  tx: Database,
  photo: ReceivedPhoto,
  { sourceKey, expiresAt, showsProduct }: { sourceKey: string; expiresAt: Date; showsProduct: boolean },
): Promise<PhotoshootRow | null> {
  const { userId, chatId, caption, fileId, fileUniqueId, messageId } = photo;
  const created = tx.$with('created').as(
    tx
      .insert(photoshoots)
      .values({ userId, chatId, sourceKey, ratio: '1:1', ...hearCaption(caption), expiresAt })
      .onConflictDoNothing({ target: photoshoots.sourceKey })
      .returning(),
  );
  const kept = tx.$with('kept', {}).as(
    sql`insert into ${photoshootPhotos} (photoshoot_id, file_id, file_unique_id, message_id)
      select id, ${fileId}, ${fileUniqueId}, ${messageId}::bigint from created`,
  );
  const step = firstStep(tx, userId, 'photo');
  const [row] = await tx
    .with(created, kept, ...(showsProduct ? [step] : []))
    .select()
    .from(created);
  return row ?? null;
}

function detectionDelay(photo: ReceivedPhoto): { delayMs?: number } {
  return photo.albumId === null ? {} : { delayMs: ALBUM_DEBOUNCE_MS };
}

/** The album's photoshoot. The row stays locked, so parts join one by one, and not while it is being placed. */
async function lockAlbum(tx: Database, sourceKey: string): Promise<PhotoshootRow> {
  const [album] = await tx
    .select()
    .from(photoshoots)
    .where(eq(photoshoots.sourceKey, sourceKey))
    .for('update');
  if (album === undefined) throw new Error('the album that was met a moment ago is gone');
  return album;
}

async function readMessageIds(tx: Database, photoshootId: number): Promise<number[]> {
  const rows = await tx
    .select({ messageId: photoshootPhotos.messageId })
    .from(photoshootPhotos)
    .where(eq(photoshootPhotos.photoshootId, photoshootId));
  return rows.map((row) => row.messageId);
}
