/** Figures above their thresholds become alerts that begin, worsen and end, over all processes. */
import { beforeEach, expect, test } from 'vitest';
import type { Alert } from '../../../src/alerts/alert.ts';
import { createAlerts } from '../../../src/alerts/alerts.ts';
import { alerts, performanceSamples, settings } from '../../../src/database/schema/index.ts';
import { createHistory } from '../../../src/monitoring/history.ts';
import { setSetting } from '../../../src/owners/settings.ts';
import { watchPerformance } from '../../../src/pipeline/watch-performance.ts';
import type { QuietHours } from '../../../src/time/quiet-hours.ts';
import { hearLog } from '../../support/heard-log.ts';
import { openFileScene } from '../../support/scene.ts';

const scene = await openFileScene();
const { db } = scene;
const MINUTE_MS = 60_000;
const INTERVAL_MS = 30_000;
// Alerts ask the clock when they are raised.
const NOW = Date.now();

beforeEach(async () => {
  await db.delete(alerts);
  await db.delete(performanceSamples);
  await db.delete(settings);
});

/** The owners' ears, and two processes that take samples. */
function stage(quietHours: QuietHours | null = null) {
  const told: string[] = [];
  const tell = async ({ key, occasion, details }: Alert) => {
    told.push(`${occasion} ${key} ${details.value}`);
    return true;
  };
  const { log } = hearLog();
  const open = () => createHistory(db, { intervalMs: INTERVAL_MS, log });
  const [one, other] = [open(), open()];
  const all = createAlerts({ db, tell, tellChannels: async () => {}, log });
  return {
    told,
    async sample(afterMs: number, figures: Record<string, number>, more: Record<string, number> = {}) {
      const now = new Date(NOW + afterMs);
      await one.record({ at: now, figures });
      await other.record({ at: now, figures: more });
      await watchPerformance({ db, alerts: all, history: one, quietHours }, now);
      await all.tellDue(now);
    },
  };
}

test('what is too high for a minute is told once, and its end as well', async () => {
  const { told, sample } = stage();
  await sample(0, { cpu_percent: 85 });
  await sample(INTERVAL_MS, { cpu_percent: 85 });
  expect(told).toEqual([]);
  await sample(2 * MINUTE_MS, { cpu_percent: 90 });
  await sample(3 * MINUTE_MS, { cpu_percent: 85 });
  expect(told).toEqual(['new performance-warning:cpu 85']);
  await sample(4 * MINUTE_MS, { cpu_percent: 20 });
  expect(told).toEqual(['new performance-warning:cpu 85', 'over performance-warning:cpu 85']);
});

test('a peak of a moment is told to nobody', async () => {
  const { told, sample } = stage();
  await sample(0, { memory_percent: 99 });
  await sample(INTERVAL_MS, { memory_percent: 50 });
  await sample(3 * MINUTE_MS, { memory_percent: 50 });
  expect(told).toEqual([]);
});

test('what gets worse is told anew, and no other process takes it back', async () => {
  const { told, sample } = stage();
  await sample(0, { memory_percent: 10 }, { memory_percent: 85 });
  await sample(2 * MINUTE_MS, { memory_percent: 10 }, { memory_percent: 85 });
  expect(told).toEqual(['new performance-warning:memory 85']);
  await sample(3 * MINUTE_MS, { memory_percent: 10 }, { memory_percent: 97 });
  await sample(5 * MINUTE_MS, { memory_percent: 10 }, { memory_percent: 97 });
  expect(told.slice(1)).toEqual(['over performance-warning:memory 85', 'new performance-critical:memory 97']);
});

test('the owner’s own thresholds count from the next sample on', async () => {
  const { told, sample } = stage();
  await sample(0, { disk_usage_percent: 60 });
  const value = { disk: { warning: 50, critical: 90 } };
  await setSetting(db, { by: 1, key: 'thresholds', value, why: null, until: null }, new Date(NOW));
  await sample(MINUTE_MS, { disk_usage_percent: 60 });
  await sample(3 * MINUTE_MS, { disk_usage_percent: 60 });
  expect(told).toEqual(['new performance-warning:disk 60']);
});

test('in quiet hours a warning waits for their end, and what is critical does not', async () => {
  const hour = new Date(NOW).getUTCHours();
  const { told, sample } = stage({ from: hour, to: (hour + 3) % 24, timeZone: 'UTC' });
  await sample(0, { cpu_percent: 85, memory_percent: 97 });
  await sample(5 * MINUTE_MS, { cpu_percent: 85, memory_percent: 97 });
  expect(told).toEqual(['new performance-critical:memory 97']);
});
