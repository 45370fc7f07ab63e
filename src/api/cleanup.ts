/** All that is cleaned up by and by, once and now. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Database } from '../database/client.ts';
import { TOKEN_ACTOR } from '../owners/change-thresholds.ts';
import { recordUpkeep } from '../owners/record-upkeep.ts';
import { type SweepReport, sumOf } from '../time/sweep.ts';
import type { AdminOnly } from './admin-only.ts';
import { declareRoute } from './route.ts';

const counts = { removed: z.number(), bytes: z.number().describe('of memory and disk') };

/**
 * Adds `POST /cleanup` and `/api/cleanup`, for the owner's token: each step with how many things it removed and how many
 * bytes of memory and disk that freed, or that it failed, which keeps no other from running.
 * @param options.cleanUp runs every step; whoever asks meanwhile gets the answer of the same run
 */
export function registerCleanup(
  app: FastifyInstance,
  {
    db,
    cleanUp,
    admin,
    now = () => new Date(),
  }: Readonly<{
    db: Database;
    cleanUp: () => Promise<readonly SweepReport[]>;
    admin: AdminOnly;
    now?: () => Date;
  }>,
): void {
  declareRoute(app, {
    method: 'POST',
    paths: ['/cleanup', '/api/cleanup'],
    access: admin,
    summary: 'Runs every clean-up now, and says what each removed',
    answer: z.object({
      status: z.enum(['success', 'partial']),
      timestamp: z.iso.datetime(),
      data: z.object({
        ...counts,
        failed: z.number(),
        steps: z.array(z.object({ name: z.string(), failed: z.boolean(), ...counts })),
      }),
    }),
    async handle() {
      const steps = await cleanUp();
      const sum = sumOf(steps);
      const { removed, bytes } = sum;
      await recordUpkeep(db, { by: TOKEN_ACTOR, act: 'clean-up', object: 'all', done: { removed, bytes } });
      return {
        status: sum.failed > 0 ? ('partial' as const) : ('success' as const),
        timestamp: now().toISOString(),
        data: { ...sum, steps: [...steps] },
      };
    },
  });
}
