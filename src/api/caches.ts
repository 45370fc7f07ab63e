/** The caches over HTTP: what they do, and emptying and warming them. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { CACHE_NAMES, type Caches, totalOf } from '../cache/caches.ts';
import type { AdminOnly } from './admin-only.ts';

export type CacheParts = Readonly<{
  caches: Pick<Caches, 'statistics' | 'clear' | 'clearPeople'>;
  /** What Redis does for them; null where there is none. */
  readRedis: () => Promise<object | null>;
  /** Drops all that is kept in them of one person, by Telegram's id. @returns how much */
  forgetPerson: (userId: number) => Promise<number>;
  /** Fills them with what is asked for soon. @returns how much of each thing */
  warm: () => Promise<Readonly<Record<string, number>>>;
  admin: AdminOnly;
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

/** Adds the statistics of the caches and what can be done to them; all of it asks for the owner's token. */
export function registerCaches(
  app: FastifyInstance,
  { caches, readRedis, forgetPerson, warm, admin }: CacheParts,
): void {
  const success = <Data>(data: Data) => ({
    status: 'success',
    timestamp: new Date().toISOString(),
    data,
  });

  for (const path of ['/api/performance/cache', '/cache/stats'])
    app.get(path, admin, async () => ({ ...success(caches.statistics()), redis: await readRedis() }));

  app.post('/cache/clear', admin, async (request, reply) => {
    const query = named.safeParse(request.query);
    if (!query.success) return reply.code(400).send({ status: 'error', error: z.prettifyError(query.error) });
    const { name } = query.data;
    return success(name === undefined ? await caches.clear() : await caches.clear([name]));
  });

  app.post('/api/performance/cache/invalidate', admin, async (request, reply) => {
    const query = invalidated.safeParse(request.query);
    if (!query.success) return reply.code(400).send({ status: 'error', error: z.prettifyError(query.error) });
    const { pattern } = query.data;
    const [group, which = ''] = pattern.split(':');
    if (group === 'user' && which !== '*')
      return success({ pattern, removed: await forgetPerson(Number(which)) });
    const name = CACHE_NAMES.find((one) => one === group);
    const cleared = name === undefined ? await caches.clearPeople() : await caches.clear([name]);
    return success({ pattern, removed: totalOf(cleared), caches: cleared });
  });

  app.post('/api/performance/cache/warm', admin, async () => success(await warm()));
}
