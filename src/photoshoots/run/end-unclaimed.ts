import { and, eq, lt } from 'drizzle-orm';
import type { ReferralSettings } from '../../billing/referrals/reward-inviter.ts';
import type { Database } from '../../database/client.ts';
import { isOneOf } from '../../database/is-one-of.ts';
import { photoshoots, users } from '../../database/schema/index.ts';
import { IN_WORK } from '../steps.ts';
import { cancelPhotoshoot } from './cancel-photoshoot.ts';
import { completePhotoshoot } from './complete-photoshoot.ts';
import { releaseLease, startPhotoshoot } from './start-photoshoot.ts';

/** Why nothing arrived, when nobody came back for it. */
export const UNCLAIMED = 'unclaimed';

/**
 * Ends the photoshoots of people who have blocked the bot for too long: every credit is released, what was made
 * is no longer kept, and its owner reads so should they come back after all.
 * @param blockedBefore who blocked the bot since then is waited for
 * @returns how many ended
 */
export async function endUnclaimed(
  deps: { db: Database; referral: ReferralSettings },
  blockedBefore: Date,
): Promise<number> {
  const left = await deps.db
    .select({ id: photoshoots.id })
    .from(photoshoots)
    .innerJoin(users, eq(users.id, photoshoots.userId))
    .where(and(isOneOf(photoshoots.state, ['generating']), lt(users.blockedAt, blockedBefore)));
  return endEach(deps, left);
}

/**
 * Stops whatever is made for somebody whose data falls due for deletion: what no worker has ends at once and releases
 * its credits; what a worker has is cancelled, and ends within seconds.
 */
export async function endWorkOf(
  deps: { db: Database; referral: ReferralSettings },
  userId: number,
): Promise<void> {
  const left = await deps.db
    .select({ id: photoshoots.id })
    .from(photoshoots)
    .where(and(eq(photoshoots.userId, userId), isOneOf(photoshoots.state, IN_WORK)));
  for (const { id: photoshootId } of left) await cancelPhotoshoot(deps.db, { photoshootId, userId });
  await endEach(deps, left);
}

async function endEach(
  deps: { db: Database; referral: ReferralSettings },
  left: readonly { id: number }[],
): Promise<number> {
  let ended = 0;
  for (const { id } of left) {
    // As any worker takes it: one that has it just now, because its owner is back, keeps it.
    const start = await startPhotoshoot(deps.db, id);
    if (start.kind !== 'taken') continue;
    const run = { photoshootId: id, run: start.photoshoot.run };
    if ((await completePhotoshoot(deps, run, [], UNCLAIMED)) !== null) ended += 1;
    await releaseLease(deps.db, id, run.run);
  }
  return ended;
}
