import { expect, test } from 'vitest';
import type { PartHealth } from '../../../src/health.ts';
import { intakeHealth } from '../../../src/intake/health.ts';

const well: PartHealth = { status: 'ok' };
const failing: PartHealth = { status: 'unhealthy', note: '5 polls failed in a row' };
const MINUTE_MS = 60_000;

test.each<[what: string, polling: PartHealth, late: boolean, oldestMs: number | null, PartHealth['status']]>([
  ['nothing waits', well, false, null, 'ok'],
  ['what waits came just now', well, false, 5_000, 'ok'],
  ['somebody has waited for two minutes', well, false, 2 * MINUTE_MS, 'degraded'],
  ['somebody has waited for eleven minutes', well, false, 11 * MINUTE_MS, 'unhealthy'],
  ['its heartbeat is late', well, true, null, 'unhealthy'],
  ['its polls fail', failing, false, null, 'unhealthy'],
])('when %s', (_, polling, late, oldestMs, status) => {
  const facts = { oldestUpdateMs: oldestMs, deadUpdates: 2 };
  expect(intakeHealth(polling, late, { oldestMs, dead: 2 })).toMatchObject({ status, facts });
});
