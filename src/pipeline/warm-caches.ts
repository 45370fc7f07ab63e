import { cacheTagOf } from '../customers/cache-tag.ts';
import { readRecognitions } from '../photoshoots/kept-recognitions.ts';
import { rollUp } from '../statistics/roll-up.ts';
import type { PipelineDeps } from './deps.ts';

type Deps = Pick<PipelineDeps, 'db' | 'recognitions' | 'recognitionsKept' | 'pseudonymOf' | 'counting'>;

/**
 * Makes ready what is asked for soon: what was seen in photos lately comes from the database into memory, and the
 * owner's figures are counted up to now. Packages, texts and house styles are in memory from the start on.
 * @returns how much of each
 */
export async function warmCaches(
  deps: Deps,
  now: Date,
): Promise<Readonly<{ recognitions: number; days: number }>> {
  return { recognitions: await warmRecognitions(deps, now), days: await rollUp(deps.db, deps.counting, now) };
}

async function warmRecognitions(deps: Deps, now: Date): Promise<number> {
  if (deps.recognitionsKept === null) return 0;
  const { ttlMs, maxEntries } = deps.recognitionsKept;
  const kept = await readRecognitions(deps.db, { limit: maxEntries }, new Date(now.getTime() - ttlMs));
  // The oldest first: where room is short, the newest stay.
  for (const { key, userId, recognised } of kept.toReversed())
    deps.recognitions.put(key, [cacheTagOf(deps, userId)], recognised);
  return kept.length;
}
