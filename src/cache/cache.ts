/**
 * A cache: values in memory, and in Redis where there is one, each computed once however many ask at the same time.
 * Three libraries were tried and each kept an old value over an invalidation (docs/decisions/030), which is why
 * this layer is ours: what was invalidated while it was computed is not kept.
 */
import { LRUCache } from 'lru-cache';
import { withDeadline } from '../time/deadline.ts';
import type { SharedTier } from './shared-tier.ts';

export type CacheSettings = Readonly<{
  name: string;
  ttlMs: number;
  /** For how long after that a value may still be given while a new one cannot be computed; 0 for not at all. */
  staleMs: number;
  /** The most entries, or the most bytes of all values together. */
  max: number;
  /** Where `max` counts bytes. */
  unit?: 'entries' | 'bytes';
  /** A computation that takes longer has failed: whoever waits for it must not wait for ever. */
  computeLimitMs: number;
}>;

export type CacheStatistics = Readonly<{
  /** In the unit of `limit`: entries, or bytes. */
  size: number;
  limit: number;
  ttlMs: number;
  hits: number;
  misses: number;
  /** Of the misses those of what was never here, as far as is remembered: no cache could have known it. */
  firsts: number;
  /** Of all questions, how many were answered from the cache; null before any. */
  hitRate: number | null;
  evictions: number;
  /** Questions that waited for a computation which had begun already. */
  joins: number;
  /** Old values that were given because no new one could be had. */
  stale: number;
}>;

export type Cache<T> = Readonly<{
  /**
   * The value, from the cache or computed now.
   * @param tags what it depends on: whoever changes that invalidates them
   * @throws what `compute` throws, to everybody who waits for it
   */
  get: (key: string, tags: readonly string[], compute: (signal: AbortSignal) => Promise<T>) => Promise<T>;
  /** The value if it is in memory. */
  peek: (key: string) => T | undefined;
  /**
   * Keeps a value that is right whenever it was computed, such as one that only depends on its key.
   * @param lifeMs milliseconds for which, where that is less than the cache's time
   */
  put: (key: string, tags: readonly string[], value: T, lifeMs?: number) => void;
  /**
   * Values with any of these tags count no more, also those that are being computed now, here and elsewhere.
   * @returns how many entries were in memory
   */
  invalidate: (tags: readonly string[]) => Promise<number>;
  /** Invalidates everything. @returns how many entries were in memory, and how many Redis gave up */
  clear: () => Promise<{ memory: number; redis: number }>;
  /** Drops what has expired. */
  sweep: () => Freed;
  /** Drops half of what is in memory, what was used longest ago first: room is needed. */
  trim: () => Freed;
  statistics: () => CacheStatistics;
}>;

/** How much went: entries, and their bytes where the cache counts those. */
export type Freed = Readonly<{ removed: number; bytes: number }>;

type Entry<T> = { readonly value: T; readonly tags: readonly string[]; freshUntil: number; storedAt: number };
type Flight<T> = { tags: readonly string[]; voided: boolean; outcome: Promise<T> };

export type CacheOptions<T> = Readonly<{
  shared: SharedTier | null;
  bytesOf?: (value: T) => number;
  lifeOf?: (value: T) => number;
  now?: () => number;
}>;

/** While other processes' invalidations cannot be heard, what is in memory counts for this long at most. */
const UNHEARD_TTL_MS = 10_000;
/** After a failed computation an old value is given without trying again for this long. */
const STALE_PAUSE_MS = 5_000;
/** Names of values that went for want of room or of time, which tell a first question from a repeated one. */
const MOST_GONE = 2_000;

/**
 * @param options.bytesOf where `max` counts bytes
 * @param options.lifeOf milliseconds for which a value is kept where that is less than the cache's time: one that was
 * known before has less to go, and 0 is for what is given to those who wait and to nobody after
 * @param options.now in milliseconds, never back
 */
export function createCache<T>(
  settings: CacheSettings,
  {
    shared,
    bytesOf = () => 1,
    lifeOf = () => Number.POSITIVE_INFINITY,
    now = () => performance.now(),
  }: CacheOptions<T>,
): Cache<T> {
  const { name, ttlMs, staleMs, max, unit = 'entries', computeLimitMs } = settings;
  const ownTag = `cache:${name}`;
  const keysOf = new Map<string, Set<string>>();
  const flights = new Map<string, Flight<T>>();
  const gone = new Set<string>();
  const counts = { hits: 0, misses: 0, firsts: 0, evictions: 0, joins: 0, stale: 0 };
  const memory = new LRUCache<string, Entry<T>>({
    ...(unit === 'entries'
      ? { max }
      : { maxSize: max, sizeCalculation: ({ value }) => Math.max(1, bytesOf(value)) }),
    ttl: ttlMs + staleMs,
    // 0 would be taken for a clock that has not begun.
    perf: { now: () => now() + 1 },
    ttlResolution: 0,
    dispose(entry, key, reason) {
      if (reason === 'evict') counts.evictions += 1;
      if (reason === 'evict' || reason === 'expire') rememberGone(key);
      for (const tag of entry.tags) {
        const keys = keysOf.get(tag);
        keys?.delete(key);
        if (keys?.size === 0) keysOf.delete(tag);
      }
    },
  });
  shared?.onInvalidated((tags) => (tags === 'all' ? forgetAll() : forget(tags)));

  function rememberGone(key: string): void {
    gone.add(key);
    const [oldest] = gone;
    if (gone.size > MOST_GONE && oldest !== undefined) gone.delete(oldest);
  }

  function countMiss(key: string): void {
    counts.misses += 1;
    // One that is in memory still, and too old, was known.
    if (!gone.has(key) && !memory.has(key)) counts.firsts += 1;
  }

  function isFresh({ freshUntil, storedAt }: Entry<T>): boolean {
    const unheard = shared !== null && !shared.hears();
    return now() < (unheard ? Math.min(freshUntil, storedAt + UNHEARD_TTL_MS) : freshUntil);
  }

  const lifeLeft = (value: T) => Math.min(ttlMs, lifeOf(value));

  function keep(key: string, value: T, tags: readonly string[], lifeMs: number): void {
    if (lifeMs <= 0) return;
    const entry = { value, tags, storedAt: now(), freshUntil: now() + lifeMs };
    memory.set(key, entry, { ttl: lifeMs + staleMs });
    // One that is larger than the whole cache.
    if (!memory.has(key)) return;
    gone.delete(key);
    // After the set, whose dispose of an older entry takes its key away.
    for (const tag of tags) {
      const keys = keysOf.get(tag) ?? new Set();
      keysOf.set(tag, keys.add(key));
    }
  }

  function forget(tags: readonly string[]): number {
    for (const [key, flight] of flights) {
      if (!tags.some((tag) => flight.tags.includes(tag))) continue;
      flight.voided = true;
      flights.delete(key);
    }
    const keys = new Set(tags.flatMap((tag) => [...(keysOf.get(tag) ?? [])]));
    for (const key of keys) memory.delete(key);
    return keys.size;
  }

  const forgetAll = () => forget([ownTag]);

  function freedBy(drop: () => void): Freed {
    const [entries, bytes] = [memory.size, memory.calculatedSize];
    drop();
    return { removed: entries - memory.size, bytes: bytes - memory.calculatedSize };
  }

  async function load(
    key: string,
    flight: Omit<Flight<T>, 'outcome'>,
    compute: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const before = memory.peek(key);
    const read = (await shared?.read(`${name}:${key}`, flight.tags)) ?? null;
    if (read?.value !== undefined) {
      counts.hits += 1;
      // Only this cache writes under its name, and only what its `compute` gave.
      const value = read.value.is as T;
      if (!flight.voided) keep(key, value, flight.tags, lifeLeft(value));
      return value;
    }
    countMiss(key);
    try {
      const value = await withDeadline(computeLimitMs, null, compute);
      if (!flight.voided) {
        const lifeMs = lifeLeft(value);
        keep(key, value, flight.tags, lifeMs);
        if (read !== null && lifeMs > 0)
          void shared?.write(`${name}:${key}`, value, read.generations, lifeMs, flight.tags);
      }
      return value;
    } catch (error) {
      const isOld = before !== undefined && now() < before.storedAt + ttlMs + staleMs;
      if (flight.voided || !isOld) throw error;
      counts.stale += 1;
      before.freshUntil = Math.max(before.freshUntil, now() + STALE_PAUSE_MS);
      return before.value;
    }
  }

  return {
    get(key, tags, compute) {
      const entry = memory.get(key);
      if (entry !== undefined && isFresh(entry)) {
        counts.hits += 1;
        return Promise.resolve(entry.value);
      }
      const known = flights.get(key);
      if (known !== undefined) {
        counts.joins += 1;
        return known.outcome;
      }
      const beginning = { tags: [...tags, ownTag], voided: false };
      const flight: Flight<T> = Object.assign(beginning, { outcome: load(key, beginning, compute) });
      flights.set(key, flight);
      const end = () => {
        if (flights.get(key) === flight) flights.delete(key);
      };
      flight.outcome.then(end, end);
      return flight.outcome;
    },

    peek(key) {
      const entry = memory.get(key);
      const found = entry !== undefined && isFresh(entry);
      if (!found) countMiss(key);
      else counts.hits += 1;
      return found ? entry.value : undefined;
    },

    put: (key, tags, value, lifeMs = lifeLeft(value)) =>
      keep(key, value, [...tags, ownTag], Math.min(ttlMs, lifeMs)),

    async invalidate(tags) {
      const forgotten = forget(tags);
      await shared?.invalidate(tags);
      return forgotten;
    },

    async clear() {
      const forgotten = forgetAll();
      await shared?.invalidate([ownTag]);
      return { memory: forgotten, redis: (await shared?.drop(`${name}:`)) ?? 0 };
    },

    sweep: () => freedBy(() => void memory.purgeStale()),

    trim: () =>
      freedBy(() => {
        for (let left = Math.ceil(memory.size / 2); left > 0; left--) memory.pop();
      }),

    statistics() {
      memory.purgeStale();
      const { hits, misses, joins } = counts;
      const questions = hits + misses + joins;
      const hitRate = questions === 0 ? null : (hits + joins) / questions;
      const size = unit === 'entries' ? memory.size : memory.calculatedSize;
      return { size, limit: max, ttlMs, ...counts, hitRate };
    },
  };
}
