/** The table of caches as it is configured, on a clock of its own: what each keeps, for how long and how much. */
import { describe, expect, test } from 'vitest';
import { CACHE_NAMES, type CacheName, createCaches, totalOf } from '../../../src/cache/caches.ts';
import { parseConfig } from '../../../src/config.ts';

const HOUR_MS = 3_600_000;
const TTL_MS: Record<CacheName, number> = {
  recognition: HOUR_MS,
  'prepared-photos': 24 * HOUR_MS,
  thumbnails: 24 * HOUR_MS,
  search: HOUR_MS / 2,
  'image-search': HOUR_MS / 2,
};

function stage(environment: Record<string, string> = {}) {
  let time = 0;
  const caches = createCaches(parseConfig({ NODE_ENV: 'test', ...environment }), {
    shared: null,
    now: () => time,
  });
  const pass = (ms: number) => {
    time += ms;
  };
  return { caches, pass };
}

describe('by itself', () => {
  test.each(CACHE_NAMES)('%s keeps a value for its time, on both sides of it', async (name) => {
    const { caches, pass } = stage();
    const cache = caches.open<string>(name);
    cache.put('a', [], 'kept');
    pass(TTL_MS[name] - 1_000);
    expect(cache.peek('a')).toBe('kept');
    pass(1_000);
    expect(cache.peek('a')).toBeUndefined();
    pass(1);
    expect(caches.statistics()[name]).toMatchObject({ ttlMs: TTL_MS[name], hits: 1, misses: 1, size: 0 });
  });

  test('the thousand and first recognition makes room for itself, and there are never more', () => {
    const { caches } = stage();
    const cache = caches.open<number>('recognition');
    for (let number = 0; number <= 1_000; number++) cache.put(String(number), [], number);
    expect(cache.peek('0')).toBeUndefined();
    expect(cache.peek('1')).toBe(1);
    expect(caches.statistics().recognition).toMatchObject({ size: 1_000, limit: 1_000, evictions: 1 });
  });
});

test('times and sizes are those that are set', () => {
  const { caches, pass } = stage({
    CACHE_TTL: '14400',
    MAX_CACHE_SIZE: '2',
    IMAGE_CACHE_TTL: '60',
    IMAGE_CACHE_MAX_MB: '1',
  });
  const recognition = caches.open<number>('recognition');
  const photos = caches.open<Uint8Array>('prepared-photos', { bytesOf: ({ byteLength }) => byteLength });
  for (const number of [1, 2, 3]) recognition.put(String(number), [], number);
  photos.put('a', [], new Uint8Array(1024 * 1024));
  expect(caches.statistics()).toMatchObject({
    recognition: { size: 2, ttlMs: 4 * HOUR_MS },
    'prepared-photos': { size: 1024 * 1024, limit: 1024 * 1024, ttlMs: 60_000 },
  });
  photos.put('too large', [], new Uint8Array(1024 * 1024 + 1));
  expect(photos.peek('too large')).toBeUndefined();
  pass(60_001);
  expect(caches.sweep()).toEqual({ removed: 1, bytes: 1024 * 1024 });
  expect(recognition.peek('3')).toBe(3);
});

test('with a folder the bound is the disk’s, and memory has no more than without one', () => {
  const { imageCache } = parseConfig({
    NODE_ENV: 'test',
    DATA_DIR: '/srv/shop',
    IMAGE_CACHE_DIR: 'photos',
    IMAGE_CACHE_MAX_MB: '4096',
  });
  const mib = 1024 * 1024;
  expect(imageCache).toMatchObject({
    memoryBytes: 64 * mib,
    disk: { folder: '/srv/shop/photos', maxBytes: 4096 * mib },
  });
});

test('all are emptied together or one alone, wherever they keep what is in them, and what is beside first', async () => {
  const { caches } = stage();
  const events: string[] = [];
  const recognition = caches.open<number>('recognition');
  const thumbnails = caches.open<number>('thumbnails');
  caches.keepBeside('recognition', {
    clear: async () => {
      events.push(`memory still has ${recognition.statistics().size}`);
      return 5;
    },
  });
  const fill = () => {
    recognition.put('a', [], 1);
    thumbnails.put('b', [], 2);
  };
  fill();
  expect(await caches.clear(['recognition'])).toEqual({ recognition: { memory: 1, redis: 0, kept: 5 } });
  expect(thumbnails.peek('b')).toBe(2);
  fill();
  expect(totalOf(await caches.clearPeople())).toBe(7);
  expect(events).toEqual(['memory still has 1', 'memory still has 1']);
  fill();
  expect(caches.trim()).toMatchObject({ removed: 2 });
});
