/** The caches over HTTP: what they do, and emptying and warming them. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { CACHE_NAMES, type Caches, type redisStatistics, totalOf } from '../cache/caches.ts';
import type { Database } from '../database/client.ts';
import { TOKEN_ACTOR } from '../owners/change-thresholds.ts';
import { recordUpkeep, type Upkeep } from '../owners/record-upkeep.ts';
import type { AdminOnly } from './admin-only.ts';
import { declareRoute, success } from './route.ts';

export type CacheParts = Readonly<{
  /** Where it is written down that something was done. */
  db: Database;
  caches: Pick<Caches, 'statistics' | 'clear' | 'clearPeople'>;
  /** What Redis does for them; null where there is none. */
  readRedis: () => ReturnType<typeof redisStatistics>;
  /** Drops all that is kept in them of one person, by Telegram's id. @returns how much */
  forgetPerson: (userId: number) => Promise<number>;
  /** Fills them with what is asked for soon. @returns how much of each thing */
  warm: () => Promise<Readonly<Record<string, number>>>;
  admin: AdminOnly;
  now?: () => Date;
}>;

const PATTERNS = ['user:*', 'user:<id>', ...CACHE_NAMES.map((name) => `${name}:*`)];

const named = z.object({ name: z.enum(CACHE_NAMES, `it is none of ${CACHE_NAMES.join(', ')}`).optional() });
const invalidated = z.object({
  pattern: z
    .string('say which')
    .regex(
      new RegExp(`^(user:(\\*|[1-9]\\d{0,15})|(${CACHE_NAMES.join('|')}):\\*)$`),
      `it is none of ${PATTERNS.join(', ')}`,
    ),
});

const count = z.number();
const statistics = z.object({
  size: count.describe('in the unit of its limit: entries, or bytes'),
  limit: count,
  ttlMs: count,
  hits: count,
  misses: count,
  firsts: count.describe('misses of what was never there'),
  hitRate: count.nullable(),
  evictions: count,
  joins: count,
  stale: count,
});
const redis = z.object({
  away: z.boolean(),
  failures: count,
  unsent: count.describe('invalidations that other processes have not heard of yet'),
  used_bytes: count.nullable(),
  limit_bytes: count.nullable(),
});
const cleared = z.partialRecord(
  z.enum(CACHE_NAMES),
  z.object({ memory: count, redis: count, kept: count.describe('beside both: on disk, or in the database') }),
);

/** Adds the statistics of the caches and what can be done to them; all of it asks for the owner's token. */
export function registerCaches(
  app: FastifyInstance,
  { db, caches, readRedis, forgetPerson, warm, admin, now = () => new Date() }: CacheParts,
): void {
  const record = (done: Omit<Upkeep, 'by'>) => recordUpkeep(db, { by: TOKEN_ACTOR, ...done });
  const ok = <Data>(data: Data) => ({
    status: 'success' as const,
    timestamp: now().toISOString(),
    data,
  });

  declareRoute(app, {
    method: 'GET',
    paths: ['/api/performance/cache', '/cache/stats'],
    access: admin,
    summary: 'Each cache of the process, and what Redis does for them',
    answer: success(z.record(z.string(), statistics)).extend({ redis: redis.nullable() }),
    handle: async () => ({ ...ok(caches.statistics()), redis: await readRedis() }),
  });
  declareRoute(app, {
    method: 'POST',
    paths: ['/cache/clear'],
    access: admin,
    summary: 'Empties one cache, or all of them',
    query: named,
    answer: success(cleared),
    async handle({ query: { name } }) {
      const gone = name === undefined ? await caches.clear() : await caches.clear([name]);
      await record({
        act: 'clear-caches',
        object: `cache:${name ?? 'all'}`,
        done: { removed: totalOf(gone) },
      });
      return ok(gone);
    },
  });
  declareRoute(app, {
    method: 'POST',
    paths: ['/api/performance/cache/invalidate'],
    access: admin,
    summary: 'Drops what is of one person, of all people, or in one cache',
    query: invalidated,
    answer: success(z.object({ pattern: z.string(), removed: count, caches: cleared.optional() })),
    async handle({ query: { pattern } }) {
      const [group, which = ''] = pattern.split(':');
      if (group === 'user' && which !== '*') {
        const userId = Number(which);
        const removed = await forgetPerson(userId);
        await record({ act: 'clear-caches', userId, object: 'cache:person', done: { removed } });
        return ok({ pattern, removed });
      }
      const name = CACHE_NAMES.find((one) => one === group);
      const gone = name === undefined ? await caches.clearPeople() : await caches.clear([name]);
      const removed = totalOf(gone);
      await record({ act: 'clear-caches', object: `cache:${name ?? 'people'}`, done: { removed } });
      return ok({ pattern, removed, caches: gone });
    },
  });
  declareRoute(app, {
    method: 'POST',
    paths: ['/api/performance/cache/warm'],
    access: admin,
    summary: 'Fills the caches with what is asked for soon, and says how much of each thing',
    answer: success(z.record(z.string(), count)),
    async handle() {
      const filled = { ...(await warm()) };
      await record({ act: 'warm-caches', object: 'cache:all', done: filled });
      return ok(filled);
    },
  });
}
