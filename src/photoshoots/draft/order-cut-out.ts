import { and, eq, inArray } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { photoshoots, styles } from '../../database/schema/index.ts';
import { AppError } from '../../errors.ts';
import type { Queue } from '../../queue/queue.ts';
import type { Draft } from '../photoshoot.ts';
import { readOwnPhotoshoot, readStyles } from '../read-photoshoot.ts';
import { IN_WORK } from '../steps.ts';
import { CUT_OUT_NUMBER } from '../styles/style-numbers.ts';
import { copyAsDraft, expiryOf, lockOriginal } from './copy-as-draft.ts';
import { sourceKeyOfTap } from './find-placed.ts';
import { type PlacedPhotoshoot, placeDraft } from './place-draft.ts';

/**
 * Orders the product of a photoshoot with nothing around it, made by a model from the photos: one picture of the usual
 * size, placed at once. While one is being made, another tap makes no second one.
 * @param input.title what it is called in the seller's language
 * @param input.callbackId the tap: handled twice, it makes one photoshoot
 * @throws AppError not-found, already-placed, not-enough-credits
 */
export async function orderCutOut(
  deps: { db: Database; queue: Queue; draftTtlMs: number },
  input: { photoshootId: number; userId: number; title: string; callbackId: string },
  now: Date,
): Promise<PlacedPhotoshoot> {
  const { photoshootId, userId, title } = input;
  return deps.db.transaction(async (tx) => {
    await lockOriginal(tx, photoshootId, userId);
    const original = await readOwnPhotoshoot(tx, photoshootId, userId);
    const cutOutOf = original.cutOutOf ?? original.id;
    const unfinished = await tx.$count(
      photoshoots,
      and(eq(photoshoots.cutOutOf, cutOutOf), inArray(photoshoots.state, IN_WORK)),
    );
    if (unfinished > 0) throw new AppError('already-placed', 'a cut-out is being made');
    const sourceKey = sourceKeyOfTap('cut-out', input.callbackId);
    const copied = { photoshootId, userId, sourceKey, expiresAt: expiryOf(deps, now) };
    const draft: Draft = {
      ...(await copyAsDraft(tx, copied)),
      ...{ pictureCount: 1, size: 'usual', cutOutOf, basedOnPictureId: null },
    };
    const { pictureCount, size, basedOnPictureId } = draft;
    await tx
      .update(photoshoots)
      .set({ pictureCount, size, cutOutOf, basedOnPictureId, repeatOf: null })
      .where(eq(photoshoots.id, draft.id));
    await tx.update(styles).set({ chosen: false }).where(eq(styles.photoshootId, draft.id));
    const style = { title, prompt: 'cut-out', chosen: true };
    await tx
      .insert(styles)
      .values({ photoshootId: draft.id, number: CUT_OUT_NUMBER, origin: 'cut-out', ...style })
      .onConflictDoUpdate({ target: [styles.photoshootId, styles.number], set: style });
    const chosen = (await readStyles(tx, draft.id)).filter(({ chosen }) => chosen);
    return placeDraft({ db: tx, queue: deps.queue }, { draft, chosen }, now);
  });
}
