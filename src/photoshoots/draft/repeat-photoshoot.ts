import { and, eq, inArray } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { photoshootPhotos, photoshoots, styles } from '../../database/schema/index.ts';
import { AppError } from '../../errors.ts';
import type { Queue } from '../../queue/queue.ts';
import { type Draft, type Photoshoot, readOwnPhotoshoot, readStyles, toPhotoshoot } from '../photoshoot.ts';
import { readPictures } from '../run/start-photoshoot.ts';
import { IN_WORK } from '../steps.ts';
import { type PlacedPhotoshoot, placeDraft } from './place-photoshoot.ts';

export type Repeat = {
  photoshootId: number;
  userId: number;
  /** The callback that asked for it: handled twice, it makes one photoshoot. */
  callbackId: string;
};

/**
 * “Again”: the same photos, styles, ratio and number, placed at once. While a repeat is being made, another
 * tap on the same button makes no second one.
 * @throws AppError not-found, already-placed, no-style-chosen, not-enough-credits
 */
export async function repeatPhotoshoot(
  deps: { db: Database; queue: Queue; draftTtlMs: number },
  input: Repeat,
  now: Date,
): Promise<PlacedPhotoshoot> {
  return deps.db.transaction(async (tx) => {
    await lockOriginal(tx, input);
    const unfinished = await tx
      .select({ id: photoshoots.id })
      .from(photoshoots)
      .where(and(eq(photoshoots.repeatOf, input.photoshootId), inArray(photoshoots.state, IN_WORK)));
    if (unfinished.length > 0) throw new AppError('already-placed', 'a repeat is being made');
    const draft = await copyAsDraft(tx, input, `again:${input.callbackId}`, deps.draftTtlMs, now);
    const chosen = (await readStyles(tx, draft.id)).filter((style) => style.chosen);
    if (chosen.length === 0) throw new AppError('no-style-chosen', 'the original was never placed');
    return placeDraft({ db: tx, queue: deps.queue }, draft, chosen, now);
  });
}

/**
 * “Other style”: a new draft of the same photos, with what was recognised and proposed, nothing chosen.
 * @returns the draft's id, the same for a tap that is handled twice
 * @throws AppError not-found
 */
export async function restylePhotoshoot(
  deps: { db: Database; draftTtlMs: number },
  input: Repeat,
  now: Date,
): Promise<number> {
  return deps.db.transaction(async (tx) => {
    await lockOriginal(tx, input);
    const sourceKey = `restyle:${input.callbackId}`;
    const [made] = await tx
      .select({ id: photoshoots.id })
      .from(photoshoots)
      .where(eq(photoshoots.sourceKey, sourceKey));
    // Handled before, and perhaps its card was never sent: the caller shows the same draft again.
    if (made !== undefined) return made.id;
    const draft = await copyAsDraft(tx, input, sourceKey, deps.draftTtlMs, now);
    await tx
      .update(photoshoots)
      .set({ pictureCount: null, repeatOf: null })
      .where(eq(photoshoots.id, draft.id));
    await tx.update(styles).set({ chosen: false }).where(eq(styles.photoshootId, draft.id));
    return draft.id;
  });
}

/** @throws AppError not-found, before anything is told of what belongs to somebody else */
async function lockOriginal(tx: Database, input: Repeat): Promise<void> {
  const locked = await tx
    .select({ id: photoshoots.id })
    .from(photoshoots)
    .where(and(eq(photoshoots.id, input.photoshootId), eq(photoshoots.userId, input.userId)))
    .for('update');
  if (locked.length === 0) throw new AppError('not-found', 'this person has no such photoshoot');
}

async function copyAsDraft(
  tx: Database,
  input: Repeat,
  sourceKey: string,
  draftTtlMs: number,
  now: Date,
): Promise<Draft> {
  const original: Photoshoot = await readOwnPhotoshoot(tx, input.photoshootId, input.userId);
  const pictures = await readPictures(tx, original.id);
  const [row] = await tx
    .insert(photoshoots)
    .values({
      userId: original.userId,
      chatId: original.chatId,
      sourceKey,
      caption: original.caption,
      productName: original.product?.name ?? null,
      productKind: original.product?.kind ?? null,
      recommendedRatio: original.product?.recommendedRatio ?? null,
      isProduct: original.product?.isProduct ?? null,
      sameProduct: original.product?.sameProduct ?? null,
      ratio: original.ratio,
      pictureCount: pictures.length === 0 ? null : pictures.length,
      repeatOf: original.id,
      expiresAt: new Date(now.getTime() + draftTtlMs),
    })
    .onConflictDoNothing({ target: photoshoots.sourceKey })
    .returning();
  if (row === undefined) throw new AppError('already-placed', 'this tap was handled before');
  const copy = toPhotoshoot(row);
  if (copy.state !== 'draft') throw new Error('a new photoshoot is not a draft');
  const photos = await tx
    .select()
    .from(photoshootPhotos)
    .where(eq(photoshootPhotos.photoshootId, original.id));
  await tx.insert(photoshootPhotos).values(photos.map((photo) => ({ ...photo, photoshootId: copy.id })));
  const options = await readStyles(tx, original.id);
  if (options.length > 0) {
    await tx.insert(styles).values(options.map((style) => ({ ...style, photoshootId: copy.id })));
  }
  return copy;
}
