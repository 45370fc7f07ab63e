/** The limits on people and addresses, read and changed over HTTP: with an end, in all processes, and written down. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Database } from '../database/client.ts';
import { changedLimits, changeLimits, readLimits } from '../owners/change-limits.ts';
import { TOKEN_ACTOR } from '../owners/change-thresholds.ts';
import { LIMIT_NAMES, type RateLimits } from '../resilience/rate-limits.ts';
import type { AdminOnly } from './admin-only.ts';
import { declareRoute } from './route.ts';

const limit = z.object({
  most: z.number(),
  window_seconds: z.number(),
  usual: z.number().describe('as the configuration says'),
  until: z.iso.datetime().nullable().describe('when what an owner has set ends'),
});
const state = z.object({
  status: z.literal('success'),
  data: z.object({
    limits: z.record(z.enum(LIMIT_NAMES), limit),
    waiting: z.array(z.object({ limit: z.enum(LIMIT_NAMES), subject: z.string(), seconds: z.number() })),
  }),
});

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
  const answer = (): z.input<typeof state> => ({
    status: 'success',
    data: {
      limits: Object.fromEntries(
        LIMIT_NAMES.map((name) => {
          const { most, windowMs, usual, until } = rateLimits.inForce(name);
          return [
            name,
            { most, window_seconds: windowMs / 1000, usual, until: until?.toISOString() ?? null },
          ];
        }),
      ) as z.input<typeof state>['data']['limits'],
      waiting: rateLimits.waiting().map(({ limit, subject, retryAfterMs }) => ({
        limit,
        subject,
        seconds: Math.ceil(retryAfterMs / 1000),
      })),
    },
  });
  const common = { paths: ['/api/limits'], access: admin, answer: state } as const;

  declareRoute(app, {
    ...common,
    method: 'GET',
    summary: 'What people and addresses may ask, and who waits',
    async handle() {
      rateLimits.adopt(await readLimits(db, now()));
      return answer();
    },
  });
  declareRoute(app, {
    ...common,
    method: 'PUT',
    summary: 'Changes some limits, at once and until an end',
    body: changedLimits,
    async handle({ body }) {
      rateLimits.adopt(await changeLimits(db, { by: TOKEN_ACTOR, changes: body }, now()));
      return answer();
    },
  });
}
