import type { AlertKey } from '../alerts/alert.ts';
import type { Alerts } from '../alerts/alerts.ts';
import { readRaisedKeys } from '../alerts/read-alerts.ts';
import { type Breach, breachesOf, type Level, thresholdsWith } from '../alerts/thresholds.ts';
import type { Database } from '../database/client.ts';
import type { History } from '../monitoring/history.ts';
import { readSetting } from '../owners/settings.ts';
import { endOfQuiet, type QuietHours } from '../time/quiet-hours.ts';

const KINDS = ['performance-warning', 'performance-critical'] as const;
/** A figure that is too high for a moment wakes nobody: five minutes' figures that stay so for one minute more do. */
const STANDS_AFTER_MS = 60_000;

const keyOf = (level: Level, rule: Breach['rule']): AlertKey => `performance-${level}:${rule}`;

/**
 * What a schedule does after each sample: raises an alert for what is above its threshold, in all processes' latest
 * figures, and ends those of what is no more. What has become critical ends as a warning. A warning waits for the end
 * of the owner's quiet hours; what is critical does not.
 */
export async function watchPerformance(
  deps: Readonly<{
    db: Database;
    alerts: Pick<Alerts, 'raise' | 'resolve'>;
    history: Pick<History, 'latest'>;
    quietHours: QuietHours | null;
  }>,
  now: Date,
): Promise<void> {
  const { db, alerts, history, quietHours } = deps;
  const thresholds = thresholdsWith(await readSetting(db, 'thresholds', now));
  const breaches = breachesOf(await history.latest(now), thresholds);
  const standing = new Set(breaches.map(({ level, rule }) => keyOf(level, rule)));
  // One by one: each tells its own end.
  for (const key of await readRaisedKeys(db, KINDS)) if (!standing.has(key)) await alerts.resolve([key], now);
  for (const { rule, level, value, limit } of breaches) {
    const soon = new Date(now.getTime() + STANDS_AFTER_MS);
    const standsFrom = level === 'critical' || quietHours === null ? soon : endOfQuiet(soon, quietHours);
    await alerts.raise(keyOf(level, rule), { rule, value: rounded(value), limit }, { standsFrom });
  }
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
