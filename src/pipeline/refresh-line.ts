/** Everyone who waits in line sees their place move. */

import { editCard, showBegunWork } from '../messenger/card-in-place.ts';
import { languageOf } from '../messenger/language-of.ts';
import { readPhotoshoot } from '../photoshoots/read-photoshoot.ts';
import { readLine } from '../photoshoots/run/waiting-line.ts';
import { statusCard } from '../screens/status-card.ts';
import type { PipelineDeps } from './deps.ts';

/** Near the front every step is shown, far behind only every so often: thirty edits a second is all there is. */
const SHOWN_PLACES = [1, 2, 3, 4, 5, 6, 7, 9, 11, 14, 18, 23, 30, 40, 55, 75, 100] as const;

/** The place as it is shown: the next of the steps, so that it never promises too much. */
function shownPlace(place: number): number {
  return SHOWN_PLACES.find((step) => step >= place) ?? Math.ceil(place / 50) * 50;
}

/** Makes the function that a schedule calls; it remembers what each waiting person was shown last. */
export function createLineRefresh(deps: Pick<PipelineDeps, 'db' | 'gateway' | 'texts'>) {
  let shown = new Map<number, number>();
  return async function refreshLine(): Promise<void> {
    const line = await readLine(deps.db);
    const next = new Map(line.map(({ photoshootId, place }) => [photoshootId, shownPlace(place)]));
    for (const [photoshootId, place] of next) {
      if (shown.get(photoshootId) !== place) await showPlace(deps, photoshootId, place);
    }
    shown = next;
  };
}

async function showPlace(
  deps: Pick<PipelineDeps, 'db' | 'gateway' | 'texts'>,
  photoshootId: number,
  place: number,
): Promise<void> {
  const photoshoot = await readPhotoshoot(deps.db, photoshootId);
  if (photoshoot.state !== 'queued') return;
  const { t } = await languageOf(deps, photoshoot.userId);
  await editCard(deps, photoshoot, statusCard(t, photoshootId, { stage: 'queued', place }));
  await showBegunWork(deps, t, photoshootId);
}
