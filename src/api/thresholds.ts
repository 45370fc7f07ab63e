/** The thresholds of alerts, read and changed over HTTP: at once, kept, and written down as an owner's act. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { changedThresholds, thresholdsWith } from '../alerts/thresholds.ts';
import type { Database } from '../database/client.ts';
import { changeThresholds, TOKEN_ACTOR } from '../owners/change-thresholds.ts';
import { readSetting } from '../owners/settings.ts';
import type { AdminOnly } from './admin-only.ts';

const PATH = '/api/performance/thresholds';

/** Adds `GET` and `PUT` of the thresholds; the latter takes some of them and leaves the others as they are. */
export function registerThresholds(
  app: FastifyInstance,
  { db, admin, now = () => new Date() }: Readonly<{ db: Database; admin: AdminOnly; now?: () => Date }>,
): void {
  app.get(PATH, admin, async () => ({
    status: 'success',
    data: thresholdsWith(await readSetting(db, 'thresholds', now())),
  }));

  app.put(PATH, admin, async (request, reply) => {
    const read = changedThresholds.safeParse(request.body);
    if (!read.success) return reply.code(400).send({ status: 'error', error: z.prettifyError(read.error) });
    const data = await changeThresholds(db, { by: TOKEN_ACTOR, changes: read.data }, now());
    return { status: 'success', data };
  });
}
