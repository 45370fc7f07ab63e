import { moveCredits } from '../../billing/ledger/move-credits.ts';
import { isPayingCustomer } from '../../billing/orders/is-paying-customer.ts';
import type { Database } from '../../database/client.ts';
import { processedImages } from '../../database/schema/index.ts';
import { AppError } from '../../errors.ts';
import type { Queue } from '../../queue/queue.ts';
import { payForNext } from '../likeness.ts';
import { CREDITS_PER_PICTURE } from '../limits.ts';
import { type Draft, readStyles, type Style } from '../photoshoot.ts';
import { takePlaceInLine } from '../run/waiting-line.ts';
import { takeLockedStep } from '../take-step.ts';
import { lockDraft } from './lock-draft.ts';
import { countPictures, spreadStyles } from './plan-pictures.ts';

export type PlacedPhotoshoot = { photoshootId: number; pictures: number };

/**
 * Orders the pictures of a draft: reserves their credits, makes a row for each and enqueues the work, all in
 * one transaction. The second of two taps finds no draft any more.
 * @throws AppError no-style-chosen, not-enough-credits, not-found, draft-expired, already-placed
 */
export async function placePhotoshoot(
  deps: { db: Database; queue: Queue },
  input: { draftId: number; userId: number },
  now: Date,
): Promise<PlacedPhotoshoot> {
  return deps.db.transaction(async (tx) => {
    const draft = await lockDraft(tx, input.draftId, input.userId, now);
    const chosen = (await readStyles(tx, draft.id)).filter((style) => style.chosen);
    if (chosen.length === 0) throw new AppError('no-style-chosen', 'no style is chosen');
    return placeDraft({ db: tx, queue: deps.queue }, draft, chosen, now);
  });
}

/** The part that every way of placing shares; `db` is the transaction that holds the draft's row. */
export async function placeDraft(
  deps: { db: Database; queue: Queue },
  draft: Draft,
  chosen: readonly Style[],
  now: Date,
): Promise<PlacedPhotoshoot> {
  const pictures = countPictures(chosen.length, draft.pictureCount);
  if (draft.basedOnPictureId !== null) {
    await payForNext(deps.db, { pictureId: draft.basedOnPictureId, userId: draft.userId }, now);
  }
  await moveCredits(deps.db, {
    userId: draft.userId,
    kind: 'reserve',
    credits: pictures * CREDITS_PER_PICTURE,
    key: `reserve:${draft.id}`,
    photoshootId: draft.id,
  });
  const paid = await isPayingCustomer(deps.db, draft.userId);
  const priority = await takePlaceInLine(deps.db, { userId: draft.userId, paid });
  await takeLockedStep(deps.db, 'place', draft.id, { placedAt: now, paid, priority });
  await deps.db.insert(processedImages).values(
    spreadStyles(chosen, pictures).map((style, index) => ({
      photoshootId: draft.id,
      userId: draft.userId,
      position: index + 1,
      style: style.title,
      stylePrompt: style.prompt,
      styleOrigin: style.origin,
      ratio: draft.ratio,
      paid,
    })),
  );
  await deps.queue.enqueue(deps.db, 'run-photoshoot', { photoshootId: draft.id }, { priority });
  return { photoshootId: draft.id, pictures };
}
