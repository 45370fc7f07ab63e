/** Job `give-up`: an end for what failed at every try, so that nobody waits for ever and no credit stays reserved. */

import { showDraft } from '../messenger/card-in-place.ts';
import { languageOf } from '../messenger/language-of.ts';
import { refuseDraft } from '../photoshoots/draft/refuse-draft.ts';
import { readPhotoshoot } from '../photoshoots/read-photoshoot.ts';
import { completePhotoshoot, rememberOutcomeTold } from '../photoshoots/run/complete-photoshoot.ts';
import { releaseLease, startPhotoshoot } from '../photoshoots/run/start-photoshoot.ts';
import type { PipelineDeps } from './deps.ts';

/** When another worker has it just now, and may yet succeed. */
const BUSY_RETRY_MS = 30_000;

export async function giveUp(deps: PipelineDeps, photoshootId: number): Promise<void> {
  const photoshoot = await readPhotoshoot(deps.db, photoshootId);
  const { state, product } = photoshoot;
  deps.log.error({ state }, 'a job failed every time: it is given up');
  // Refused by an earlier try, which did not reach its reader.
  const isRefused = state === 'failed' && product === null;
  if (state === 'draft' || isRefused) {
    if (product === null) await refuseDraft(deps.db, photoshootId, 'unexpected');
    const { t } = await languageOf(deps, photoshoot.userId);
    return showDraft(deps, t, photoshootId);
  }
  const start = await startPhotoshoot(deps.db, photoshootId);
  switch (start.kind) {
    case 'over':
      return;
    case 'busy':
      return deps.queue.enqueue(deps.db, 'give-up', { photoshootId }, { delayMs: BUSY_RETRY_MS });
    case 'untold':
      // What cannot be told in half an hour of trying is to be seen in /history.
      return rememberOutcomeTold(deps.db, photoshootId);
    case 'taken': {
      const run = { photoshootId, run: start.photoshoot.run };
      await completePhotoshoot(deps, run, [], 'unexpected');
      await releaseLease(deps.db, photoshootId, run.run);
      // It tells the seller.
      return deps.queue.enqueue(deps.db, 'run-photoshoot', { photoshootId });
    }
    default: {
      const never: never = start;
      throw new Error(`unknown start ${String(never)}`);
    }
  }
}
