import { type Caches, totalOf } from '../cache/caches.ts';
import type { SharedTier } from '../cache/shared-tier.ts';
import type { CacheLineName, CacheState } from '../screens/cache-card.ts';
import { type SweepReport, sumOf } from '../time/sweep.ts';

export type CacheTools = Readonly<{
  read: () => Promise<CacheState>;
  /** @returns how many things went */
  clear: () => Promise<number>;
  /** @returns how many recognitions are in memory now */
  warm: () => Promise<number>;
  /** @returns how many things went, and how many steps failed */
  cleanUp: () => Promise<{ removed: number; failed: number }>;
}>;

const SHOWN = [
  'recognition',
  'prepared-photos',
  'prepared-photos-on-disk',
  'thumbnails',
  'search',
  'image-search',
] as const satisfies readonly CacheLineName[];

/** @param options.shared null where no Redis is configured */
export function createCacheTools({
  caches,
  shared,
  warm,
  cleanUp,
}: Readonly<{
  caches: Pick<Caches, 'statistics' | 'clear'>;
  shared: Pick<SharedTier, 'statistics' | 'memory'> | null;
  warm: (now: Date) => Promise<{ recognitions: number }>;
  cleanUp: () => Promise<readonly SweepReport[]>;
}>): CacheTools {
  return {
    read: () => readCacheState(caches, shared),
    clear: async () => totalOf(await caches.clear()),
    warm: async () => (await warm(new Date())).recognitions,
    cleanUp: async () => sumOf(await cleanUp()),
  };
}

/** What owners read of the caches in chat. */
async function readCacheState(
  caches: Pick<Caches, 'statistics'>,
  shared: Pick<SharedTier, 'statistics' | 'memory'> | null,
): Promise<CacheState> {
  const statistics = caches.statistics();
  return {
    caches: SHOWN.flatMap((name) => {
      const one = statistics[name];
      if (one === undefined) return [];
      const { size, limit, hits, misses, joins, hitRate } = one;
      return [{ name, filled: size / limit, questions: hits + misses + joins, hitRate }];
    }),
    redis:
      shared === null
        ? null
        : { away: shared.statistics().away, usedBytes: (await shared.memory())?.used ?? null },
  };
}
