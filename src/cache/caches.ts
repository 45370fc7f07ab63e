/**
 * Every cache of the process: the one table of what is kept, for how long, how much of it and where; and what is done to
 * all of them together. What is worth no cache stands in docs/decisions/038.
 */
import type { AppConfig } from '../config.ts';
import { type Cache, type CacheOptions, type CacheStatistics, createCache, type Freed } from './cache.ts';
import type { SharedTier } from './shared-tier.ts';

type Row = Readonly<{
  ttlMs: number;
  /** The most of it in memory, in its unit. */
  max: number;
  unit: 'entries' | 'bytes';
  /** Whether other processes share it by Redis. */
  shared: boolean;
  /** Whether it holds what is of people: their photos, and what was seen in them. */
  ofPeople: boolean;
  computeLimitMs: number;
}>;

/** Fetching, preparing, moderating and looking with all their attempts; whoever waits for the same photo waits no longer. */
const RECOGNITION_LIMIT_MS = 300_000;
/** Several hundred pictures on the dashboard. */
const THUMBNAIL_BYTES = 8 * 1024 * 1024;
/** Fetching a picture from Telegram and making it small. */
const THUMBNAIL_LIMIT_MS = 30_000;
/** How old an answer to a search may be; and how long one may take. */
const SEARCH_TTL_MS = 1_800_000;
const SEARCH_LIMIT_MS = 10_000;

export const CACHE_NAMES = [
  'recognition',
  'prepared-photos',
  'thumbnails',
  'search',
  'image-search',
] as const;
export type CacheName = (typeof CACHE_NAMES)[number];
/** What is kept on disk counts for itself. */
type StatisticsName = CacheName | 'prepared-photos-on-disk';

function cacheTable({
  cache,
  imageCache,
}: Pick<AppConfig, 'cache' | 'imageCache'>): Readonly<Record<CacheName, Row>> {
  return {
    recognition: {
      ttlMs: cache.ttlMs,
      max: cache.maxEntries,
      unit: 'entries',
      shared: true,
      ofPeople: true,
      computeLimitMs: RECOGNITION_LIMIT_MS,
    },
    'prepared-photos': {
      ttlMs: imageCache.ttlMs,
      max: imageCache.memoryBytes,
      unit: 'bytes',
      // Megabytes are quicker prepared anew than fetched from Redis by another process.
      shared: false,
      ofPeople: true,
      computeLimitMs: 0,
    },
    thumbnails: {
      ttlMs: imageCache.ttlMs,
      max: THUMBNAIL_BYTES,
      unit: 'bytes',
      shared: false,
      ofPeople: true,
      computeLimitMs: THUMBNAIL_LIMIT_MS,
    },
    search: {
      ttlMs: SEARCH_TTL_MS,
      max: cache.maxEntries,
      unit: 'entries',
      shared: false,
      ofPeople: true,
      computeLimitMs: SEARCH_LIMIT_MS,
    },
    'image-search': {
      ttlMs: SEARCH_TTL_MS,
      max: cache.maxEntries,
      unit: 'entries',
      shared: false,
      ofPeople: true,
      computeLimitMs: SEARCH_LIMIT_MS,
    },
  };
}

/** Where a cache's values are kept beside memory and Redis, such as the disk: it is emptied with them. */
export type Beside = Readonly<{
  clear: () => Promise<number>;
  /** Where it counts what it is asked. */
  statistics?: () => CacheStatistics;
}>;

/** How many values went, and from where. */
export type Cleared = Readonly<{ memory: number; redis: number; kept: number }>;

export type Caches = ReturnType<typeof createCaches>;

/** @param options.now for the clock of memory, in milliseconds, never back */
export function createCaches(
  config: Pick<AppConfig, 'cache' | 'imageCache'>,
  { shared, now }: Readonly<{ shared: SharedTier | null; now?: () => number }>,
) {
  const table = cacheTable(config);
  const opened = new Map<CacheName, Pick<Cache<unknown>, 'clear' | 'statistics' | 'sweep' | 'trim'>>();
  const besides = new Map<CacheName, Beside>();

  async function clear(
    names: readonly CacheName[] = CACHE_NAMES,
  ): Promise<Partial<Record<CacheName, Cleared>>> {
    const cleared: Partial<Record<CacheName, Cleared>> = {};
    for (const name of names) {
      // What is kept first: memory could be filled from it in between.
      const kept = (await besides.get(name)?.clear()) ?? 0;
      cleared[name] = { ...((await opened.get(name)?.clear()) ?? { memory: 0, redis: 0 }), kept };
    }
    return cleared;
  }

  function ofAll(drop: (cache: Pick<Cache<unknown>, 'sweep' | 'trim'>) => Freed): Freed {
    const freed = [...opened.values()].map(drop);
    const sum = (of: (one: Freed) => number) => freed.reduce((total, one) => total + of(one), 0);
    return { removed: sum(({ removed }) => removed), bytes: sum(({ bytes }) => bytes) };
  }

  return {
    /** Makes the cache of this name as the table says. */
    open<T>(name: CacheName, options: Omit<CacheOptions<T>, 'shared' | 'now'> = {}): Cache<T> {
      const { shared: isShared, ofPeople: _, ...settings } = table[name];
      const cache = createCache<T>(
        { name, ...settings, staleMs: 0 },
        { ...options, shared: isShared ? shared : null, ...(now === undefined ? {} : { now }) },
      );
      opened.set(name, cache);
      return cache;
    },

    /** Says where else the values of a cache are kept. */
    keepBeside: (name: CacheName, beside: Beside) => void besides.set(name, beside),

    /** Empties caches, wherever they keep what is in them; all of them where none is named. */
    clear,

    /** Empties those that hold what is of people. */
    clearPeople: () => clear(CACHE_NAMES.filter((name) => table[name].ofPeople)),

    /** Drops what has expired from memory. */
    sweep: () => ofAll((cache) => cache.sweep()),

    /** Gives up half of what is in memory. */
    trim: () => ofAll((cache) => cache.trim()),

    /** By name; what is kept beside memory has a line of its own. */
    statistics(): Readonly<Partial<Record<StatisticsName, CacheStatistics>>> {
      const onDisk = besides.get('prepared-photos')?.statistics;
      const inMemory = [...opened].map(([name, cache]) => [name, cache.statistics()]);
      return {
        ...Object.fromEntries(inMemory),
        ...(onDisk === undefined ? {} : { 'prepared-photos-on-disk': onDisk() }),
      };
    },
  };
}

/** What Redis does for the caches; null where there is none. `used_bytes`: by whatever is in it. */
export async function redisStatistics(shared: Pick<SharedTier, 'statistics' | 'memory'> | null) {
  if (shared === null) return null;
  const memory = await shared.memory();
  return { ...shared.statistics(), used_bytes: memory?.used ?? null, limit_bytes: memory?.limit ?? null };
}

/** How many values that were. */
export function totalOf(cleared: Readonly<Partial<Record<CacheName, Cleared>>>): number {
  return Object.values(cleared).reduce((sum, { memory, redis, kept }) => sum + memory + redis + kept, 0);
}
