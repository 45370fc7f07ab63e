import type { Database } from '../../database/client.ts';
import { AppError } from '../../errors.ts';
import type { Queue } from '../../queue/queue.ts';
import type { Draft } from '../photoshoot.ts';
import { readStyles } from '../read-photoshoot.ts';
import { lockDraft } from './lock-draft.ts';
import { type PlacedPhotoshoot, type Promised, placeDraft } from './place-draft.ts';
import { type PartOfSeries, placeSeries } from './place-series.ts';

/**
 * Orders the pictures of a draft: reserves their credits, makes a row for each and enqueues the work, all in
 * one transaction. The second of two taps finds no draft any more. A series becomes a photoshoot for each photo.
 * @param input.promised how many the seller was told, and for what; null where a key does not say, as those of old
 * cards do not
 * @param input.part the photos of a series that are ordered; all where it is left out
 * @throws AppError card-changed when it would be another number or price, no-style-chosen, not-enough-credits,
 * not-found, draft-expired, already-placed
 */
export async function placePhotoshoot(
  deps: { db: Database; queue: Queue },
  input: { draftId: number; userId: number; promised?: Promised | null; part?: PartOfSeries | null },
  now: Date,
): Promise<PlacedPhotoshoot> {
  return deps.db.transaction(async (tx) => {
    const draft = await lockDraft(tx, input.draftId, input.userId, now);
    return placeChosen({ db: tx, queue: deps.queue }, { ...input, draft }, now);
  });
}

/**
 * Places what is chosen in a draft, whichever kind it is; `deps.db` is the transaction that holds its row.
 * @throws AppError card-changed, no-style-chosen, not-enough-credits
 */
export async function placeChosen(
  deps: { db: Database; queue: Queue },
  input: { draft: Draft; promised?: Promised | null; part?: PartOfSeries | null },
  now: Date,
): Promise<PlacedPhotoshoot> {
  const { draft, promised = null, part = null } = input;
  const chosen = (await readStyles(deps.db, draft.id)).filter((style) => style.chosen);
  if (chosen.length === 0) throw new AppError('no-style-chosen', 'no style is chosen');
  if (draft.isSeries) return placeSeries(deps, { draft, chosen, part, promised }, now);
  if (part !== null) throw new AppError('card-changed', 'this is no series any more');
  return placeDraft(deps, { draft, chosen, promised }, now);
}
