/** The samples of a day: written together, read as series, trends and uptime, and swept. */
import { beforeEach, expect, test } from 'vitest';
import { performanceSamples } from '../../../src/database/schema/index.ts';
import { createHistory } from '../../../src/monitoring/history.ts';
import { hearLog } from '../../support/heard-log.ts';
import { openFileScene } from '../../support/scene.ts';

const scene = await openFileScene();
const { db } = scene;
const NOW = new Date('2026-11-26T12:00:00Z');
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const ago = (ms: number) => new Date(NOW.getTime() - ms);
const open = (of = db) => createHistory(of, { intervalMs: MINUTE_MS, log: hearLog().log });

beforeEach(() => db.delete(performanceSamples));

test('a figure over time is the mean of all processes in each step, and says nothing where it was not known', async () => {
  const [one, other] = [open(), open()];
  await one.record({ at: ago(25 * MINUTE_MS), figures: { cpu_percent: 10 } });
  await other.record({ at: ago(24 * MINUTE_MS), figures: { cpu_percent: 30 } });
  await one.record({ at: ago(15 * MINUTE_MS), figures: { memory_percent: 50 } });
  await one.record({ at: ago(5 * MINUTE_MS), figures: { cpu_percent: 80 } });
  await one.record({ at: ago(40 * MINUTE_MS), figures: { cpu_percent: 99 } });
  expect(await one.series('cpu_percent', ago(30 * MINUTE_MS), NOW, 3)).toEqual([
    { at: '2026-11-26T11:30:00.000Z', value: 20 },
    { at: '2026-11-26T11:50:00.000Z', value: 80 },
  ]);
});

test('a trend sets the last hour beside the hours before it', async () => {
  const history = open();
  await history.record({ at: ago(3 * HOUR_MS), figures: { cpu_percent: 20, error_rate: 0 } });
  await history.record({ at: ago(2 * HOUR_MS), figures: { cpu_percent: 40 } });
  await history.record({ at: ago(HOUR_MS / 2), figures: { cpu_percent: 45, error_rate: 2, active_jobs: 1 } });
  await history.record({ at: ago(30 * HOUR_MS), figures: { cpu_percent: 99 } });
  expect(await history.trends(NOW)).toEqual([
    { name: 'active_jobs', lastHour: 1, before: null, change: null },
    { name: 'cpu_percent', lastHour: 45, before: 30, change: 50 },
    { name: 'error_rate', lastHour: 2, before: 0, change: null },
  ]);
});

test('uptime is the share of the time since the first sample in which any process took one', async () => {
  const [one, other] = [open(), open()];
  expect(await one.uptime(NOW)).toBeNull();
  // Ten minutes, of which two are missing; one minute has both processes.
  for (const minutes of [9, 8, 7, 4, 3]) await one.record({ at: ago(minutes * MINUTE_MS), figures: {} });
  for (const minutes of [4, 2, 1]) await other.record({ at: ago(minutes * MINUTE_MS), figures: {} });
  await other.record({ at: ago(0), figures: {} });
  expect(await one.uptime(NOW)).toBe(80);
});

test('samples that could not be written wait, and are written together with the next', async () => {
  const heard = hearLog();
  let away = true;
  const reached = new Proxy(db, {
    get: (target, name) => {
      if (name === 'insert' && away) throw new Error('the database is away');
      return Reflect.get(target, name);
    },
  });
  const history = createHistory(reached, { intervalMs: MINUTE_MS, log: heard.log });
  expect(await history.record({ at: ago(2 * MINUTE_MS), figures: { cpu_percent: 1 } })).toBe(0);
  expect(await history.record({ at: ago(MINUTE_MS), figures: { cpu_percent: 2 } })).toBe(0);
  away = false;
  expect(await history.record({ at: NOW, figures: { cpu_percent: 3 } })).toBe(3);
  expect(await history.record({ at: ago(-MINUTE_MS), figures: { cpu_percent: 4 } })).toBe(1);
  expect(await db.$count(performanceSamples)).toBe(4);
});

test('samples of more than a day ago are swept', async () => {
  const history = open();
  await history.record({ at: ago(26 * HOUR_MS), figures: {} });
  await history.record({ at: ago(24 * HOUR_MS), figures: {} });
  expect(await history.sweep(NOW)).toBe(1);
  expect(await db.$count(performanceSamples)).toBe(1);
});
