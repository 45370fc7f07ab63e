import { describe, expect, test } from 'vitest';
import { type CacheSettings, createCache } from '../../../src/cache/cache.ts';

const SETTINGS: CacheSettings = {
  name: 'things',
  ttlMs: 1_000,
  staleMs: 10_000,
  max: 100,
  computeLimitMs: 60_000,
};

/** A cache on a clock of its own, and what it was asked to compute. */
function stage(about: Partial<CacheSettings> = {}) {
  let time = 0;
  const asked: string[] = [];
  const cache = createCache<string>({ ...SETTINGS, ...about }, { shared: null, now: () => time });
  let fault: Error | null = null;
  const read = (key: string, tags: readonly string[] = []) =>
    cache.get(key, tags, async () => {
      asked.push(key);
      if (fault !== null) throw fault;
      return `${key}${asked.length}`;
    });
  return {
    cache,
    asked,
    read,
    pass: (ms: number) => {
      time += ms;
    },
    breakWith: (error: Error | null) => {
      fault = error;
    },
  };
}

describe('a value', () => {
  test('is computed once and given until its time is over, on both sides of it', async () => {
    const { read, pass, asked } = stage();
    expect(await read('a')).toBe('a1');
    pass(999);
    expect(await read('a')).toBe('a1');
    pass(1);
    expect(await read('a')).toBe('a2');
    expect(asked).toEqual(['a', 'a']);
  });

  test('is computed once for a thousand equal questions at once, and so is a failure', async () => {
    const { read, asked, breakWith, cache } = stage();
    const answers = await Promise.all(Array.from({ length: 1000 }, () => read('a')));
    expect(new Set(answers)).toEqual(new Set(['a1']));
    breakWith(new Error('away'));
    const failed = await Promise.allSettled(Array.from({ length: 1000 }, () => read('b')));
    expect(failed.every(({ status }) => status === 'rejected')).toBe(true);
    expect(asked).toEqual(['a', 'b']);
    expect(cache.statistics()).toMatchObject({ misses: 2, joins: 1998, hits: 0 });
  });

  test('that is old is given while no new one can be had, tried again after a while, and not for ever', async () => {
    const { read, pass, breakWith, asked, cache } = stage();
    await read('a');
    pass(1_500);
    breakWith(new Error('away'));
    expect(await read('a')).toBe('a1');
    pass(4_999);
    expect(await read('a')).toBe('a1');
    expect(asked).toHaveLength(2);
    pass(1);
    expect(await read('a')).toBe('a1');
    expect(asked).toHaveLength(3);
    expect(cache.statistics().stale).toBe(2);
    pass(11_000);
    await expect(read('a')).rejects.toThrow('away');
    breakWith(null);
    expect(await read('a')).toBe('a5');
  });

  test('goes when its tag is invalidated, and others stay', async () => {
    const { read, cache } = stage();
    await Promise.all([read('a', ['user:1']), read('b', ['user:2', 'packages'])]);
    expect(await cache.invalidate(['packages', 'nothing'])).toBe(1);
    expect([await read('a', ['user:1']), await read('b', ['user:2', 'packages'])]).toEqual(['a1', 'b3']);
    expect(await cache.clear()).toEqual({ memory: 2, redis: 0 });
    expect(await read('a', ['user:1'])).toBe('a4');
  });

  test('that was invalidated while it was computed is given to those who waited, and to nobody after', async () => {
    const { cache } = stage();
    const slow = Promise.withResolvers<string>();
    const before = cache.get('a', ['user:1'], () => slow.promise);
    await cache.invalidate(['user:1']);
    const after = cache.get('a', ['user:1'], async () => 'new');
    slow.resolve('old');
    expect([await before, await after]).toEqual(['old', 'new']);
    expect(await cache.get('a', ['user:1'], async () => 'newer')).toBe('new');
  });

  test('that has less to live than the others is given for so long, and one that has nothing to nobody after', async () => {
    let [time, life] = [0, 400];
    const options = { shared: null, now: () => time, lifeOf: () => life };
    const cache = createCache<string>({ ...SETTINGS, staleMs: 0 }, options);
    const read = (text: string) => cache.get('a', [], async () => text);
    expect(await read('old')).toBe('old');
    time = 399;
    expect(await read('new')).toBe('old');
    time = 400;
    life = 0;
    expect(await Promise.all([read('given'), read('as well')])).toEqual(['given', 'given']);
    life = 5_000;
    expect(await read('newer')).toBe('newer');
    time = 1_399;
    expect(cache.peek('a')).toBe('newer');
    time = 1_400;
    expect(cache.peek('a')).toBeUndefined();
    cache.put('a', [], 'known before', 10);
    time = 1_409;
    expect(cache.peek('a')).toBe('known before');
    time = 1_410;
    expect(cache.peek('a')).toBeUndefined();
  });

  test('whose computation hangs fails for all who wait', async () => {
    const { cache } = stage({ computeLimitMs: 5 });
    const hangs = () => new Promise<string>(() => {});
    await expect(Promise.all([cache.get('a', [], hangs), cache.get('a', [], hangs)])).rejects.toThrow(
      'not finished after 5 ms',
    );
    expect(await cache.get('a', [], async () => 'well')).toBe('well');
  });
});

test('where room is needed, the half goes that was used longest ago', async () => {
  const options = { shared: null, bytesOf: (text: string) => text.length };
  const cache = createCache<string>({ ...SETTINGS, unit: 'bytes' }, options);
  for (const key of ['a', 'b', 'c', 'd']) cache.put(key, [], 'ten bytes.');
  cache.peek('a');
  expect(cache.trim()).toEqual({ removed: 2, bytes: 20 });
  expect(['a', 'b', 'c', 'd'].map((key) => cache.peek(key) !== undefined)).toEqual([
    true,
    false,
    false,
    true,
  ]);
  expect([cache.trim().removed, cache.trim().removed, cache.trim().removed]).toEqual([1, 1, 0]);
});

describe('the statistics', () => {
  test('tell what was never there from what went for want of room or of time, and from what was told to go', async () => {
    const { read, cache, pass } = stage({ max: 2, staleMs: 0 });
    for (const key of ['a', 'b', 'c']) await read(key);
    expect(cache.statistics()).toMatchObject({ misses: 3, firsts: 3 });
    // Thrown out.
    await read('a');
    expect(cache.statistics()).toMatchObject({ misses: 4, firsts: 3 });
    pass(1_001);
    expect(cache.peek('a')).toBeUndefined();
    await read('a');
    expect(cache.statistics()).toMatchObject({ misses: 6, firsts: 3 });
    await cache.clear();
    await read('a');
    expect(cache.statistics()).toMatchObject({ misses: 7, firsts: 4 });
  });

  test('count what was found, missed, thrown out for want of room and swept', async () => {
    const { read, cache, pass } = stage({ max: 2, staleMs: 0 });
    for (const key of ['a', 'b', 'a', 'c']) await read(key);
    expect(cache.statistics()).toEqual({
      size: 2,
      limit: 2,
      ttlMs: 1_000,
      hits: 1,
      misses: 3,
      firsts: 3,
      hitRate: 0.25,
      evictions: 1,
      joins: 0,
      stale: 0,
    });
    pass(1_001);
    expect(cache.sweep()).toEqual({ removed: 2, bytes: 0 });
    expect(cache.statistics().size).toBe(0);
  });
});
