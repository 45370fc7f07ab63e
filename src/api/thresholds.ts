/** The thresholds of alerts, read and changed over HTTP: at once, kept, and written down as an owner's act. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { changedThresholds, type Thresholds, thresholdsWith } from '../alerts/thresholds.ts';
import type { Database } from '../database/client.ts';
import { readSetting, setSetting } from '../owners/settings.ts';
import type { AdminOnly } from './admin-only.ts';

/** Who acts where the token alone is shown: nobody's id is 0. */
const TOKEN_ACTOR = 0;
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
    const at = now();
    const before = await readSetting(db, 'thresholds', at);
    const value = { ...before, ...read.data };
    const [old, changed] = [thresholdsWith(before), thresholdsWith(value)];
    const names = Object.keys(read.data);
    const acted = { before: flat(old, names), after: flat(changed, names) };
    await setSetting(db, { by: TOKEN_ACTOR, key: 'thresholds', value, why: null, until: null, acted }, at);
    return { status: 'success', data: changed };
  });
}

/** `cpu.warning: 80`, of the rules that were changed. */
function flat(thresholds: Thresholds, names: readonly string[]): Record<string, number | null> {
  return Object.fromEntries(
    Object.entries(thresholds).flatMap(([name, { warning, critical }]) =>
      names.includes(name)
        ? [
            [`${name}.warning`, warning],
            [`${name}.critical`, critical],
          ]
        : [],
    ),
  );
}
