/** Two processes' caches on one real Redis, which is killed, frozen, filled and brought back. */
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type Cache, type CacheSettings, createCache } from '../../src/cache/cache.ts';
import { createSharedTier, type SharedTier } from '../../src/cache/shared-tier.ts';
import { connectRedis } from '../../src/redis/connect.ts';
import { parseRedisAddress } from '../../src/redis-address.ts';
import { hasRedis, type RedisServer, startRedis } from '../support/redis-server.ts';
import { silentLog } from '../support/running-app.ts';

const SETTINGS: CacheSettings = {
  name: 'things',
  ttlMs: 60_000,
  staleMs: 0,
  max: 100,
  computeLimitMs: 10_000,
};
/** Each operation ends within half a second: the command's limit of 200 ms, and what a busy machine adds. */
const PATIENCE = { timeout: 30_000, interval: 10 };

const running: RedisServer[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) {
    server.thaw();
    await server.kill();
  }
});

async function redis(...more: string[]): Promise<RedisServer> {
  const server = await startRedis(...more);
  running.push(server);
  return server;
}

/** A process of its own: connections, a tier and a cache. */
function joined(server: RedisServer): { cache: Cache<string>; tier: SharedTier } {
  const connections = connectRedis(parseRedisAddress(server.url), silentLog);
  onTestFinished(() => connections.close());
  const tier = createSharedTier(connections, silentLog);
  return { tier, cache: createCache<string>(SETTINGS, { shared: tier }) };
}

const isHeard = (tier: SharedTier) => vi.waitUntil(() => tier.hears() && !tier.statistics().away, PATIENCE);
const value = (text: string) => async () => text;

describe.runIf(hasRedis)('two processes with one Redis', () => {
  test('share what one of them computed, also bytes, and it outlives both', async () => {
    const server = await redis();
    const [one, two] = [joined(server), joined(server)];
    await Promise.all([isHeard(one.tier), isHeard(two.tier)]);
    expect(await one.cache.get('a', ['user:1'], value('first'))).toBe('first');
    await vi.waitUntil(
      async () => (await two.tier.read('things:a', ['user:1', 'cache:things']))?.value,
      PATIENCE,
    );
    expect(await two.cache.get('a', ['user:1'], value('second'))).toBe('first');
    const { generations } = (await one.tier.read('bytes', [])) ?? { generations: [] };
    await one.tier.write('bytes', { picture: Buffer.from([0, 255, 128]) }, generations, 60_000, []);
    expect((await two.tier.read('bytes', []))?.value?.is).toEqual({ picture: Buffer.from([0, 255, 128]) });
    const later = joined(server);
    await isHeard(later.tier);
    expect(await later.cache.get('a', ['user:1'], value('third'))).toBe('first');
  });

  test('both forget what one of them invalidates, also what the other one is computing', async () => {
    const server = await redis();
    const [one, two] = [joined(server), joined(server)];
    await Promise.all([isHeard(one.tier), isHeard(two.tier)]);
    await one.cache.get('a', ['user:1'], value('old'));
    const slow = Promise.withResolvers<string>();
    const computing = two.cache.get('b', ['user:1'], () => slow.promise);
    await two.cache.get('a', ['user:1'], value('old'));
    await one.cache.invalidate(['user:1']);
    slow.resolve('old');
    await computing;
    await vi.waitUntil(async () => (await two.cache.get('a', ['user:1'], value('new'))) === 'new', PATIENCE);
    await vi.waitUntil(async () => (await two.cache.get('b', ['user:1'], value('new'))) === 'new', PATIENCE);
    expect(await one.cache.get('b', ['user:1'], value('third'))).toBe('new');
  });

  test('go on from memory while it is dead, and what was invalidated meanwhile is gone when it is back', async () => {
    const server = await redis();
    const one = joined(server);
    await isHeard(one.tier);
    await one.cache.get('a', ['user:1'], value('old'));
    await server.kill();
    await vi.waitUntil(() => one.tier.statistics().away, PATIENCE);
    expect(await one.cache.get('a', ['user:1'], value('new'))).toBe('old');
    await one.cache.invalidate(['user:1']);
    expect(one.tier.statistics().unsent).toBe(1);
    expect(await one.cache.get('a', ['user:1'], value('new'))).toBe('new');
    await server.start();
    await isHeard(one.tier);
    await vi.waitUntil(() => one.tier.statistics().unsent === 0, PATIENCE);
    expect(await joinedAndHeard(server)).toBe('fresh');
  });

  test('are not held up by one that is frozen, and use it again when it thaws', async () => {
    const server = await redis();
    const [one, two] = [joined(server), joined(server)];
    await Promise.all([isHeard(one.tier), isHeard(two.tier)]);
    server.freeze();
    expect(await one.cache.get('a', [], value('first'))).toBe('first');
    expect(one.tier.statistics()).toMatchObject({ away: true, failures: 1 });
    // It rests, and asks nothing.
    expect(await one.cache.get('b', [], value('second'))).toBe('second');
    expect(one.tier.statistics().failures).toBe(1);
    server.thaw();
    await vi.waitUntil(() => !one.tier.statistics().away, PATIENCE);
    await one.cache.get('c', [], value('third'));
    await vi.waitUntil(
      async () => (await two.tier.read('things:c', ['cache:things']))?.value !== undefined,
      PATIENCE,
    );
  });

  test('read on from one that is full, and keep in memory what it does not take', async () => {
    const server = await redis('--maxmemory', '1500kb', '--maxmemory-policy', 'noeviction');
    const one = joined(server);
    await isHeard(one.tier);
    const much = 'x'.repeat(200_000);
    for (let number = 0; number < 20; number++) await one.cache.get(`${number}`, [], value(much));
    await vi.waitUntil(() => one.tier.statistics().failures > 0, PATIENCE);
    expect(one.tier.statistics().away).toBe(false);
    expect(await one.cache.get('19', [], value('again'))).toBe(much);
  });

  test('begin without it where it is absent, and join it when it comes', async () => {
    const server = await redis();
    await server.kill();
    const one = joined(server);
    expect(await one.cache.get('a', [], value('alone'))).toBe('alone');
    await server.start();
    await isHeard(one.tier);
    // What was in memory may have been invalidated by others meanwhile.
    expect(await one.cache.get('a', [], value('together'))).toBe('together');
  });

  test('are emptied by one of them: what is in Redis goes by batches, and what is beside it stays', async () => {
    const server = await redis();
    const [one, two] = [joined(server), joined(server)];
    await Promise.all([isHeard(one.tier), isHeard(two.tier)]);
    const connections = connectRedis(parseRedisAddress(server.url), silentLog);
    onTestFinished(() => connections.close());
    await vi.waitUntil(() => connections.commands.status === 'ready', PATIENCE);
    await connections.commands.set('queue:things', 'somebody else’s');
    const keys = Array.from({ length: 80 }, (_, number) => `${number}`);
    for (const key of keys) await one.cache.get(key, ['person:1'], value('old'));
    const inRedis = async () =>
      (await connections.commands.keys('*')).filter((key) => key.includes(':things:')).length;
    await vi.waitUntil(async () => (await inRedis()) > 0, PATIENCE);
    let dropped = 0;
    // On a busy machine a command may take too long, and Redis rests for a second.
    await vi.waitUntil(async () => {
      dropped += (await two.cache.clear()).redis;
      return (await inRedis()) === 0;
    }, PATIENCE);
    expect(dropped).toBeGreaterThan(0);
    expect(await connections.commands.get('queue:things')).toBe('somebody else’s');
    await vi.waitUntil(
      async () => (await one.cache.get('0', ['person:1'], value('new'))) === 'new',
      PATIENCE,
    );
    const memory = await vi.waitUntil(() => one.tier.memory(), PATIENCE);
    expect(memory).toEqual({ used: expect.any(Number), limit: null });
  });

  test('lose values, and nothing else, when it evicts or is flushed', async () => {
    const server = await redis();
    const [one, two] = [joined(server), joined(server)];
    await Promise.all([isHeard(one.tier), isHeard(two.tier)]);
    await one.cache.get('a', ['user:1'], value('old'));
    const read = await one.tier.read('things:a', ['user:1', 'cache:things']);
    const connections = connectRedis(parseRedisAddress(server.url), silentLog);
    onTestFinished(() => connections.close());
    await vi.waitUntil(() => connections.commands.status === 'ready', PATIENCE);
    await connections.commands.flushall();
    // Written by somebody who read the generations before they were evicted.
    await one.tier.write('things:a', 'old', read?.generations ?? [], 60_000, []);
    expect((await two.tier.read('things:a', ['user:1', 'cache:things']))?.value).toBeUndefined();
    expect(await two.cache.get('a', ['user:1'], value('new'))).toBe('new');
  });

  async function joinedAndHeard(server: RedisServer): Promise<string> {
    const other = joined(server);
    await isHeard(other.tier);
    return other.cache.get('a', ['user:1'], value('fresh'));
  }
});
