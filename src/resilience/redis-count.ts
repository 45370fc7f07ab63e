import type { Cluster, Redis } from 'ioredis';
import type { RedisConnections } from '../redis/connect.ts';
import type { CountingServer } from './shared-count.ts';

const PREFIX = '{vitrine}:limit:';

/**
 * KEYS: the events of a subject, sorted by their times; ARGV: the most, the window in microseconds, the event's id. The
 * time is the server's, in whole microseconds, which a script's numbers hold exactly. Answers whether there is room,
 * how many count, and the microseconds until there is. It begins with a write that a full server allows, and none after
 * the first is refused: limits hold when caches have filled the server.
 */
const TAKE_SCRIPT = `
local time = redis.call('time')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local most, window = tonumber(ARGV[1]), tonumber(ARGV[2])
redis.call('zremrangebyscore', KEYS[1], '-inf', now - window)
local used = redis.call('zcard', KEYS[1])
if redis.call('zscore', KEYS[1], ARGV[3]) then return {1, used, 0} end
if used < most then
  redis.call('zadd', KEYS[1], now, ARGV[3])
  redis.call('pexpire', KEYS[1], math.ceil(window / 1000))
  return {1, used + 1, 0}
end
local next = redis.call('zrange', KEYS[1], used - most, used - most, 'withscores')
return {0, used, tonumber(next[2]) + window - now}`;

type WithScript = (Redis | Cluster) & {
  takeOfLimit(key: string, most: string, windowUs: string, id: string): Promise<[number, number, number]>;
};

/** A sorted set for each subject, which ends by itself. */
export function createRedisCount({ commands }: Pick<RedisConnections, 'commands'>): CountingServer {
  commands.defineCommand('takeOfLimit', { numberOfKeys: 1, lua: TAKE_SCRIPT });
  // defineCommand adds the method, which no type knows.
  const client = commands as WithScript;
  return {
    name: 'Redis',
    isAway: () => commands.status !== 'ready',
    async take({ limit, subject, id, most, windowMs }) {
      const key = `${PREFIX}${limit}:${subject}`;
      const [allowed, used, waitUs] = await client.takeOfLimit(
        key,
        String(most),
        String(windowMs * 1000),
        id,
      );
      return allowed === 1 ? { allowed: true, used } : { allowed: false, used, retryAfterMs: waitUs / 1000 };
    },
    sweep: async () => 0,
    // One by one: in a cluster they lie on several servers.
    async forget(limits, subject) {
      for (const limit of limits) await commands.unlink(`${PREFIX}${limit}:${subject}`);
    },
  };
}
