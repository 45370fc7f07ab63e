/** What a schedule does every few minutes; one step that fails does not keep the others from running. */

import type { ReferralSettings } from '../billing/referrals/reward-inviter.ts';
import { toError } from '../errors.ts';
import { expireDrafts } from '../photoshoots/draft/expire-drafts.ts';
import { sweepPictureFiles } from '../photoshoots/originals.ts';
import { endUnclaimed } from '../photoshoots/run/end-unclaimed.ts';
import type { PipelineDeps } from './deps.ts';

export async function cleanUp(
  deps: Pick<PipelineDeps, 'db' | 'log'> & {
    referral: ReferralSettings;
    /** How long pictures are kept: delivered ones for their originals, others for an owner who blocks the bot. */
    pictureRetentionMs: number;
    /** Further steps of this process, by name. */
    steps: Readonly<Record<string, () => Promise<number> | number>>;
  },
  now: Date,
): Promise<void> {
  const kept = new Date(now.getTime() - deps.pictureRetentionMs);
  const steps = {
    drafts: () => expireDrafts(deps.db, now),
    unclaimed: () => endUnclaimed(deps, kept),
    pictureFiles: () => sweepPictureFiles(deps.db, kept),
    ...deps.steps,
  };
  for (const [name, step] of Object.entries(steps)) {
    try {
      const removed = await step();
      if (removed > 0) deps.log.debug({ step: name, removed }, 'cleaned up');
    } catch (error) {
      deps.log.error({ err: toError(error), step: name }, 'a clean-up step failed');
    }
  }
}
