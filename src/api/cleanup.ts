/** All that is cleaned up by and by, once and now. */
import type { FastifyInstance } from 'fastify';
import { type SweepReport, sumOf } from '../time/sweep.ts';
import type { AdminOnly } from './admin-only.ts';

/**
 * Adds `POST /cleanup` and `/api/cleanup`, for the owner's token: each step with how many things it removed and how many
 * bytes of memory and disk that freed, or that it failed, which keeps no other from running.
 * @param options.cleanUp runs every step; whoever asks meanwhile gets the answer of the same run
 */
export function registerCleanup(
  app: FastifyInstance,
  { cleanUp, admin }: Readonly<{ cleanUp: () => Promise<readonly SweepReport[]>; admin: AdminOnly }>,
): void {
  for (const path of ['/cleanup', '/api/cleanup']) {
    app.post(path, admin, async () => {
      const steps = await cleanUp();
      const sum = sumOf(steps);
      return {
        status: sum.failed > 0 ? 'partial' : 'success',
        timestamp: new Date().toISOString(),
        data: { ...sum, steps },
      };
    });
  }
}
