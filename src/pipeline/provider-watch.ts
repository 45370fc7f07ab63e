/** What a schedule does while a provider is away and somebody waits for it: it notices its return by itself. */

import { isRaised } from '../alerts/read-alerts.ts';
import { isAnyDraftWaiting } from '../photoshoots/draft/is-any-draft-waiting.ts';
import { isAnyPictureDue } from '../photoshoots/run/is-any-picture-due.ts';
import { wakeUnattended } from '../photoshoots/run/wake-unattended.ts';
import type { PipelineDeps } from './deps.ts';

/**
 * Asks the providers for what costs nothing. As soon as a picture may be tried, one order is woken to try it: its
 * success wakes the others (see `reportRecovery`), and its failure costs one call. Drafts look by themselves every
 * few seconds. For recognition nobody waits, because the house's styles stand in; it is the next photo's that is to
 * be tried again.
 *
 * An outage that was put down while nobody waits for anything any more ends when the provider answers: no call
 * will come that could prove more, and sales would stay paused.
 */
export async function watchProviders(
  deps: Pick<PipelineDeps, 'db' | 'queue' | 'ai' | 'alerts'>,
  signal: AbortSignal,
): Promise<void> {
  const { db, ai } = deps;
  const isOut = await isRaised(db, 'provider-outage');
  const isOpen = ai.state().some(({ circuit }) => circuit !== 'closed');
  if (!isOut && !isOpen) return;
  const isDue = await isAnyPictureDue(db);
  const isAwaited = isDue || (await isAnyDraftWaiting(db, new Date()));
  const isUnrecognised = isOpen && (await isRaised(db, 'recognition-failing'));
  if (!isAwaited && !isOut && !isUnrecognised) return;
  if (!(await ai.probe(signal))) return;
  if (isDue) await wakeUnattended(deps, 'one');
  else if (!isAwaited) await deps.alerts.resolve(['provider-outage']);
}
