/** The thresholds of alerts, read and changed over HTTP: at once, kept, and written down as an owner's act. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  changedThresholds,
  RULE_NAMES,
  type RuleName,
  type Thresholds,
  thresholdsWith,
} from '../alerts/thresholds.ts';
import type { Database } from '../database/client.ts';
import { changeThresholds, TOKEN_ACTOR } from '../owners/change-thresholds.ts';
import { readSetting } from '../owners/settings.ts';
import type { AdminOnly } from './admin-only.ts';
import { declareRoute } from './route.ts';

const threshold = z.object({ warning: z.number(), critical: z.number().nullable() });
const answer = z.object({
  status: z.literal('success'),
  data: z.record(z.enum(RULE_NAMES as readonly [RuleName, ...RuleName[]]), threshold),
});

/** Adds `GET` and `PUT` of the thresholds; the latter takes some of them and leaves the others as they are. */
export function registerThresholds(
  app: FastifyInstance,
  { db, admin, now = () => new Date() }: Readonly<{ db: Database; admin: AdminOnly; now?: () => Date }>,
): void {
  const common = { paths: ['/api/performance/thresholds'], access: admin, answer } as const;
  const success = (data: Thresholds) => ({ status: 'success' as const, data });
  declareRoute(app, {
    ...common,
    method: 'GET',
    summary: 'When the figures are too high or too low',
    handle: async () => success(thresholdsWith(await readSetting(db, 'thresholds', now()))),
  });
  declareRoute(app, {
    ...common,
    method: 'PUT',
    summary: 'Changes some thresholds, at once and for good',
    body: changedThresholds,
    handle: async ({ body }) =>
      success(await changeThresholds(db, { by: TOKEN_ACTOR, changes: body }, now())),
  });
}
