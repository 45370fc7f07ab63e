/** The limits on people and addresses, read and changed over HTTP: with an end, in all processes, and written down. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Database } from '../database/client.ts';
import { changedLimits, changeLimits, readLimits } from '../owners/change-limits.ts';
import { TOKEN_ACTOR } from '../owners/change-thresholds.ts';
import { LIMIT_NAMES, type RateLimits } from '../resilience/rate-limits.ts';
import type { AdminOnly } from './admin-only.ts';

const PATH = '/api/limits';

/** Adds `GET` and `PUT` of the limits; the latter takes some of them and leaves the others as they are. */
export function registerLimits(
  app: FastifyInstance,
  {
    db,
    rateLimits,
    admin,
    now = () => new Date(),
  }: Readonly<{
    db: Database;
    rateLimits: Pick<RateLimits, 'adopt' | 'inForce' | 'waiting'>;
    admin: AdminOnly;
    now?: () => Date;
  }>,
): void {
  const answer = () => ({
    status: 'success',
    data: {
      limits: Object.fromEntries(
        LIMIT_NAMES.map((name) => {
          const { most, windowMs, usual, until } = rateLimits.inForce(name);
          return [name, { most, window_seconds: windowMs / 1000, usual, until }];
        }),
      ),
      waiting: rateLimits.waiting().map(({ limit, subject, retryAfterMs }) => ({
        limit,
        subject,
        seconds: Math.ceil(retryAfterMs / 1000),
      })),
    },
  });

  app.get(PATH, admin, async () => {
    rateLimits.adopt(await readLimits(db, now()));
    return answer();
  });

  app.put(PATH, admin, async (request, reply) => {
    const read = changedLimits.safeParse(request.body);
    if (!read.success) return reply.code(400).send({ status: 'error', error: z.prettifyError(read.error) });
    rateLimits.adopt(await changeLimits(db, { by: TOKEN_ACTOR, changes: read.data }, now()));
    return answer();
  });
}
