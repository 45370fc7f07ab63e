import { and, asc, eq, like } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { photoshootPhotos, photoshoots, styles } from '../../database/schema/index.ts';
import type { Queue } from '../../queue/queue.ts';
import type { Draft } from '../photoshoot.ts';
import { hearCaption } from '../words/hear-caption.ts';
import { lockDraft } from './lock-draft.ts';

type Photo = typeof photoshootPhotos.$inferSelect;

/**
 * Makes a draft of several photos into one draft for each of them, in their order; the first photo keeps the draft.
 * What was recognised and chosen was of all of them: each is recognised anew. Costs nothing.
 * @returns the ids of all drafts; the same for a tap that is handled twice, and one id for a draft of one photo
 * @throws AppError not-found, draft-expired, already-placed, awaiting-payment
 */
export async function splitDraft(
  deps: { db: Database; queue: Queue; draftTtlMs: number },
  input: { draftId: number; userId: number },
  now: Date,
): Promise<number[]> {
  const expiresAt = new Date(now.getTime() + deps.draftTtlMs);
  return deps.db.transaction(async (tx) => {
    const draft = await lockDraft(tx, input.draftId, input.userId, now);
    const photos = await tx
      .select()
      .from(photoshootPhotos)
      .where(eq(photoshootPhotos.photoshootId, draft.id))
      .orderBy(asc(photoshootPhotos.messageId));
    const [first, ...others] = photos;
    if (first === undefined || others.length === 0) return readParts(tx, draft);
    await forgetProduct(tx, draft, { sourceKey: sourceKeyOf(draft, first), expiresAt });
    const ids = [draft.id];
    for (const photo of others) ids.push(await moveOut(tx, draft, photo, expiresAt));
    for (const photoshootId of ids) await deps.queue.enqueue(tx, 'detect-product', { photoshootId });
    return ids;
  });
}

/** From now on a part of the album that comes late makes a draft of its own, and joins none of these. */
function sourceKeyOf(draft: Draft, { messageId }: Photo): string {
  return `split:${draft.id}:${messageId}`;
}

/** The drafts that an earlier tap made of this one, or itself where there was none. */
async function readParts(tx: Database, draft: Draft): Promise<number[]> {
  const parts = await tx
    .select({ id: photoshoots.id })
    .from(photoshoots)
    .where(and(eq(photoshoots.userId, draft.userId), like(photoshoots.sourceKey, `split:${draft.id}:%`)))
    .orderBy(asc(photoshoots.id));
  return parts.length === 0 ? [draft.id] : parts.map(({ id }) => id);
}

async function forgetProduct(
  tx: Database,
  draft: Draft,
  renewed: { sourceKey: string; expiresAt: Date },
): Promise<void> {
  const nothing = { productName: null, productKind: null, recommendedRatio: null, pictureCount: null };
  await tx.delete(styles).where(eq(styles.photoshootId, draft.id));
  await tx
    .update(photoshoots)
    .set({
      ...renewed,
      ...nothing,
      isProduct: null,
      sameProduct: null,
      advice: null,
      nameGiven: false,
      isSeries: false,
      ...hearCaption(draft.caption),
    })
    .where(eq(photoshoots.id, draft.id));
}

/** @returns the id of the draft that the photo has now */
async function moveOut(tx: Database, draft: Draft, photo: Photo, expiresAt: Date): Promise<number> {
  const [part] = await tx
    .insert(photoshoots)
    .values({
      userId: draft.userId,
      chatId: draft.chatId,
      sourceKey: sourceKeyOf(draft, photo),
      ratio: '1:1',
      ...hearCaption(draft.caption),
      expiresAt,
    })
    .returning({ id: photoshoots.id });
  if (part === undefined) throw new Error('a draft that was inserted is not there');
  await tx
    .update(photoshootPhotos)
    .set({ photoshootId: part.id })
    .where(and(eq(photoshootPhotos.photoshootId, draft.id), eq(photoshootPhotos.messageId, photo.messageId)));
  return part.id;
}
