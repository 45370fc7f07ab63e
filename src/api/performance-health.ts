import { breachesOf, thresholdsWith } from '../alerts/thresholds.ts';
import type { Database } from '../database/client.ts';
import type { PartHealth } from '../health.ts';
import { figuresOf, flatFigures } from '../monitoring/figures.ts';
import type { Monitor } from '../monitoring/monitor.ts';
import { readSetting } from '../owners/settings.ts';

/**
 * How this process does against the owner's thresholds: degraded where a figure is beyond one. Never unhealthy by
 * itself: a restart cures no load.
 */
export async function performanceHealth(
  { db, monitor }: Readonly<{ db: Database; monitor: Monitor }>,
  now: Date,
): Promise<PartHealth> {
  const thresholds = thresholdsWith(await readSetting(db, 'thresholds', now));
  const breaches = breachesOf([flatFigures(figuresOf(monitor))], thresholds);
  if (breaches.length === 0) return { status: 'ok' };
  const note = breaches.map(({ rule, level, value, limit }) => `${rule} ${value} (${level}: ${limit})`);
  return { status: 'degraded', note: note.join(', '), facts: { breaches } };
}
