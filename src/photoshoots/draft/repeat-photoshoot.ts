import { and, eq, inArray } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { type PictureSize, photoshoots, styles } from '../../database/schema/index.ts';
import { AppError } from '../../errors.ts';
import type { Queue } from '../../queue/queue.ts';
import { readStyles } from '../read-photoshoot.ts';
import { IN_WORK } from '../steps.ts';
import { copyAsDraft, expiryOf, lockOriginal } from './copy-as-draft.ts';
import { sourceKeyOfTap } from './find-placed.ts';
import { type PlacedPhotoshoot, placeDraft } from './place-draft.ts';

export type Repeat = {
  photoshootId: number;
  userId: number;
  /** The callback that asked for it: handled twice, it makes one photoshoot. */
  callbackId: string;
};

/**
 * “Again”: the same photos, styles, ratio, number and size, placed at once. While a repeat is being made, another
 * tap on the same button makes no second one.
 * @param input.size another size than before
 * @throws AppError not-found, already-placed, no-style-chosen, not-enough-credits
 */
export async function repeatPhotoshoot(
  deps: { db: Database; queue: Queue; draftTtlMs: number },
  input: Repeat & { size?: PictureSize },
  now: Date,
): Promise<PlacedPhotoshoot> {
  return deps.db.transaction(async (tx) => {
    await lockOriginal(tx, input.photoshootId, input.userId);
    const unfinished = await tx
      .select({ id: photoshoots.id })
      .from(photoshoots)
      .where(and(eq(photoshoots.repeatOf, input.photoshootId), inArray(photoshoots.state, IN_WORK)));
    if (unfinished.length > 0) throw new AppError('already-placed', 'a repeat is being made');
    const draft = await copyAsDraft(tx, {
      ...input,
      sourceKey: sourceKeyOfTap('again', input.callbackId),
      expiresAt: expiryOf(deps, now),
    });
    const chosen = (await readStyles(tx, draft.id)).filter((style) => style.chosen);
    if (chosen.length === 0) throw new AppError('no-style-chosen', 'the original was never placed');
    const { size = draft.size } = input;
    await tx.update(photoshoots).set({ size }).where(eq(photoshoots.id, draft.id));
    return placeDraft({ db: tx, queue: deps.queue }, { draft: { ...draft, size }, chosen }, now);
  });
}

/**
 * “Other style”: a new draft of the same photos, with what was recognised and proposed, nothing chosen.
 * @returns the draft's id, the same for a tap that is handled twice
 * @throws AppError not-found
 */
export async function restylePhotoshoot(
  deps: { db: Database; draftTtlMs: number },
  input: Omit<Repeat, 'callbackId'> & {
    /** Names what asked for it: handled twice, it makes one draft. */
    sourceKey: string;
  },
  now: Date,
): Promise<number> {
  const { sourceKey } = input;
  return deps.db.transaction(async (tx) => {
    await lockOriginal(tx, input.photoshootId, input.userId);
    const [made] = await tx
      .select({ id: photoshoots.id })
      .from(photoshoots)
      .where(eq(photoshoots.sourceKey, sourceKey));
    // Handled before, and perhaps its card was never sent: the caller shows the same draft again.
    if (made !== undefined) return made.id;
    const draft = await copyAsDraft(tx, { ...input, sourceKey, expiresAt: expiryOf(deps, now) });
    await tx
      .update(photoshoots)
      .set({ pictureCount: null, repeatOf: null, basedOnPictureId: null, cutOutOf: null })
      .where(eq(photoshoots.id, draft.id));
    // The words of a correction are no style, and nothing around a product is none.
    const isNone = inArray(styles.origin, ['correction', 'cut-out']);
    await tx.delete(styles).where(and(eq(styles.photoshootId, draft.id), isNone));
    await tx.update(styles).set({ chosen: false }).where(eq(styles.photoshootId, draft.id));
    return draft.id;
  });
}
