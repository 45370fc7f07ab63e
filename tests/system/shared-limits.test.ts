/** Two processes' limits on one real Redis, which is killed, frozen, filled, flushed and brought back. */
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { connectRedis, type RedisClient } from '../../src/redis/connect.ts';
import { parseRedisAddress } from '../../src/redis-address.ts';
import { createRateLimits, type RateLimits } from '../../src/resilience/rate-limits.ts';
import { createRedisCount } from '../../src/resilience/redis-count.ts';
import { createSharedCount } from '../../src/resilience/shared-count.ts';
import { WIDE } from '../support/rate-limits.ts';
import { hasRedis, type RedisServer, startRedis } from '../support/redis-server.ts';
import { silentLog } from '../support/running-app.ts';

const MOST = 5;
const SETTINGS = { ...WIDE, messages: { most: MOST, windowMs: 60_000 } };
const SELLER = 7;
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

type Process = { limits: RateLimits; commands: RedisClient };

/** A process of its own: connections, and limits on them. */
async function processOn(server: RedisServer): Promise<Process> {
  const connections = connectRedis(parseRedisAddress(server.url), silentLog);
  onTestFinished(() => connections.close());
  const limits = createRateLimits(SETTINGS, {
    shared: createSharedCount(createRedisCount(connections), silentLog),
  });
  await isShared(limits);
  return { limits, commands: connections.commands };
}

const isShared = (limits: RateLimits) => vi.waitUntil(() => limits.isSharedAway() === false, PATIENCE);

let messages = 0;
const say = ({ limits }: Process, userId = SELLER) => limits.message(userId, String(messages++));
async function sayMany(one: Process, times: number, userId = SELLER): Promise<number> {
  let allowed = 0;
  for (let time = 0; time < times; time++) allowed += (await say(one, userId)).allowed ? 1 : 0;
  return allowed;
}

/** The server's clock cannot be moved; what it keeps can be made older. */
async function age({ commands }: Process, ms: number): Promise<void> {
  const key = `{vitrine}:limit:messages:${SELLER}`;
  for (const id of await commands.zrange(key, 0, -1)) await commands.zincrby(key, -ms * 1000, id);
}

describe.runIf(hasRedis)('two processes with one Redis', () => {
  test('let through together what one would, and say when there is room', async () => {
    const server = await redis();
    const [one, two] = [await processOn(server), await processOn(server)];
    for (const limits of [one, two, one, two, one])
      expect(await say(limits)).toMatchObject({ allowed: true });
    const verdict = await say(two);
    expect(verdict).toMatchObject({ allowed: false, used: MOST, tellNow: true });
    const waitMs = verdict.allowed ? 0 : verdict.retryAfterMs;
    expect(waitMs).toBeGreaterThan(20_000);
    expect(waitMs).toBeLessThanOrEqual(60_000);
    expect(await say(two, 8)).toMatchObject({ allowed: true, used: 1 });
  });

  test('are exact when two hundred messages come at once, and count the same one once', async () => {
    const server = await redis();
    const both = [await processOn(server), await processOn(server)] as const;
    const verdicts = await Promise.all(
      Array.from({ length: 200 }, (_, index) => say(index % 2 === 0 ? both[0] : both[1])),
    );
    expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(MOST);
    for (const { limits } of [...both, ...both])
      expect(await limits.message(8, 'album')).toMatchObject({ allowed: true, used: 1 });
  });

  test('have room again when the first of the messages is a whole window old, and not before', async () => {
    const server = await redis();
    const first = await processOn(server);
    expect(await sayMany(first, MOST)).toBe(MOST);
    await age(first, 30_000);
    // A process that has seen nothing: only the server decides.
    expect(await say(await processOn(server))).toMatchObject({ allowed: false });
    await age(first, 30_000);
    expect(await say(await processOn(server))).toMatchObject({ allowed: true, used: 1 });
  });

  test('go on by themselves while it is dead, and what they let through counts on when it is back', async () => {
    const server = await redis();
    const [one, two] = [await processOn(server), await processOn(server)];
    expect(await sayMany(one, 3)).toBe(3);
    await server.kill();
    await vi.waitUntil(() => one.limits.isSharedAway() && two.limits.isSharedAway(), PATIENCE);
    // Each up to the limit: what it let through before included.
    expect([await sayMany(one, 20), await sayMany(two, 20)]).toEqual([MOST - 3, MOST]);
    expect(one.limits.health()).toMatchObject({ status: 'degraded', note: 'Redis is away' });
    await server.start();
    await Promise.all([isShared(one.limits), isShared(two.limits)]);
    // It came back empty; no window sees more for it.
    expect([await sayMany(one, 20), await sayMany(two, 20)]).toEqual([0, 0]);
    expect([await sayMany(one, 3, 8), await sayMany(two, 20, 8)]).toEqual([3, MOST - 3]);
    expect(one.limits.health().status).toBe('ok');
  });

  test('are not held up by one that is frozen, and share it again when it thaws', async () => {
    const server = await redis();
    const [one, two] = [await processOn(server), await processOn(server)];
    server.freeze();
    const verdicts = await Promise.all(Array.from({ length: 100 }, () => say(one)));
    expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(MOST);
    expect(one.limits.isSharedAway()).toBe(true);
    server.thaw();
    await isShared(one.limits);
    expect([await sayMany(one, 3, 8), await sayMany(two, 20, 8)]).toEqual([3, MOST - 3]);
  });

  test('count on, and together, when it is full and takes nothing else', async () => {
    const server = await redis('--maxmemory-policy', 'noeviction');
    const [one, two] = [await processOn(server), await processOn(server)];
    // Less than an empty one has.
    await one.commands.call('config', 'set', 'maxmemory', '100kb');
    await expect(one.commands.set('one', 'more')).rejects.toThrow('OOM');
    expect([await sayMany(one, 3), await sayMany(two, 20)]).toEqual([3, MOST - 3]);
    expect(one.limits.health().status).toBe('ok');
  });

  test('count on, each by itself, when it forgets everything or takes no writes', async () => {
    const server = await redis();
    const [one, two] = [await processOn(server), await processOn(server)];
    expect(await sayMany(one, 4)).toBe(4);
    await one.commands.flushall();
    expect(await sayMany(one, 20)).toBe(1);
    await one.commands.call('config', 'set', 'min-replicas-to-write', '1');
    expect([await sayMany(one, 20, 8), await sayMany(two, 20, 8)]).toEqual([MOST, MOST]);
    expect(one.limits.health()).toMatchObject({ status: 'degraded', note: 'Redis is away' });
  });

  test('begin without it where it is absent, and join it when it comes', async () => {
    const server = await redis();
    const two = await processOn(server);
    await server.kill();
    const connections = connectRedis(parseRedisAddress(server.url), silentLog);
    onTestFinished(() => connections.close());
    const shared = createSharedCount(createRedisCount(connections), silentLog);
    const one = { limits: createRateLimits(SETTINGS, { shared }), commands: connections.commands };
    expect(await sayMany(one, 20)).toBe(MOST);
    await server.start();
    await Promise.all([isShared(one.limits), isShared(two.limits)]);
    expect([await sayMany(one, 3, 8), await sayMany(two, 20, 8)]).toEqual([3, MOST - 3]);
  });

  test('keep nothing there for longer than the window', async () => {
    const server = await redis();
    const one = await processOn(server);
    await say(one);
    const left = await one.commands.pttl(`{vitrine}:limit:messages:${SELLER}`);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(60_000);
  });
});
