/** Numbers of the process: what counts, what is asked for, and what is never said. */
import { expect, test } from 'vitest';
import { figuresOf, flatFigures } from '../../../src/monitoring/figures.ts';
import { METRICS, reading } from '../../../src/monitoring/metrics.ts';
import { createMonitor } from '../../../src/monitoring/monitor.ts';
import { createStatementWatch, nameOf } from '../../../src/monitoring/statements.ts';
import { timeJobs, timeRequests, timeUpdates } from '../../../src/monitoring/timings.ts';
import { createWindow, WINDOW_MS } from '../../../src/monitoring/window.ts';
import { hearLog } from '../../support/heard-log.ts';

function createClock() {
  let at = 1_000;
  return {
    now: () => at,
    pass(ms: number): void {
      at += ms;
    },
  };
}

/** The lines of a metric that carry a number. */
async function linesOf(monitor: ReturnType<typeof createMonitor>, name: string): Promise<string[]> {
  return (await monitor.text()).split('\n').filter((line) => new RegExp(`^${name}[ {]`).test(line));
}

test('what happened more than five minutes ago counts no more', () => {
  const clock = createClock();
  const window = createWindow(clock.now);
  for (let index = 0; index < 19; index++) window.add(100, false);
  window.add(2_000, true);
  clock.pass(20_000);
  const { count, errors, averageMs, errorRate, perSecond } = window.lately();
  expect({ count, errors, averageMs, errorRate, perSecond }).toEqual({
    count: 20,
    errors: 1,
    averageMs: (19 * 100 + 2_000) / 20,
    errorRate: 5,
    perSecond: 1,
  });
  clock.pass(WINDOW_MS);
  expect(window.lately()).toMatchObject({ count: 0, averageMs: null, p95Ms: null, errorRate: null });
});

test('quantiles of the last minutes are right to a quarter, and never above the longest', () => {
  const clock = createClock();
  const window = createWindow(clock.now);
  for (let ms = 1; ms <= 1_000; ms++) window.add(ms, false);
  const { p50Ms, p95Ms } = window.lately();
  expect(p50Ms).toBeGreaterThanOrEqual(500);
  expect(p50Ms).toBeLessThanOrEqual(625);
  expect(p95Ms).toBeGreaterThanOrEqual(950);
  expect(p95Ms).toBeLessThanOrEqual(1_000);
});

test('a part that cannot say its numbers leaves out its own, and what it said before stands no more', async () => {
  const heard = hearLog();
  const monitor = createMonitor({ log: heard.log });
  let broken = false;
  monitor.watch('locks', () => {
    if (broken) throw new Error('gone');
    return [reading('user_locks', 3, { state: 'active' })];
  });
  monitor.watch('pool', () => [reading('db_connections_max', 20, {})]);
  await monitor.sample();
  expect(await linesOf(monitor, 'user_locks')).toEqual(['user_locks{state="active"} 3']);
  broken = true;
  await monitor.sample();
  expect(await linesOf(monitor, 'user_locks')).toEqual([]);
  expect(await linesOf(monitor, 'db_connections_max')).toEqual(['db_connections_max 20']);
  expect(monitor.latestOf('user_locks')).toBeNull();
});

test('a count that a part keeps itself is told as it stands, however often it is asked', async () => {
  const monitor = createMonitor({ log: hearLog().log });
  let repeated = 4;
  monitor.watch('intake', () => [reading('intake_updates_repeated_total', repeated, {})]);
  await monitor.sample();
  await monitor.sample();
  repeated = 7;
  await monitor.sample();
  expect(await linesOf(monitor, 'intake_updates_repeated_total')).toEqual([
    'intake_updates_repeated_total 7',
  ]);
});

test('updates, jobs and requests are counted by how they ended, and their errors go on', async () => {
  const clock = createClock();
  const monitor = createMonitor({ log: hearLog().log, now: clock.now });
  const handle = timeUpdates(monitor, async (fails: boolean) => {
    expect(monitor.lately('update').active).toBe(1);
    clock.pass(200);
    if (fails) throw new Error('no');
  });
  await handle(false);
  await expect(handle(true)).rejects.toThrow('no');
  await timeJobs(monitor)('run-photoshoot', async () => clock.pass(8_000));
  const answered = timeRequests(monitor)();
  clock.pass(30);
  answered({ method: 'GET', endpoint: null, status: 404 });
  expect(await linesOf(monitor, 'updates_total')).toEqual([
    'updates_total{status="done"} 1',
    'updates_total{status="failed"} 1',
  ]);
  expect(await linesOf(monitor, 'http_requests_total')).toEqual([
    'http_requests_total{method="GET",endpoint="none",status="404"} 1',
  ]);
  expect(figuresOf(monitor).application).toMatchObject({
    active_requests: 0,
    avg_response_time: 0.2,
    error_rate: 33.333,
    success_rate: 66.667,
    avg_processing_time: 8,
    job_error_rate: 0,
  });
});

test('percentages are for people, ratios for Prometheus, and what is not known is left out of what is kept', async () => {
  const monitor = createMonitor({ log: hearLog().log });
  monitor.watch('machine', () => [
    reading('system_cpu_ratio', 0.25, {}),
    reading('cache_operations_total', 80, { cache: 'a', operation: 'get', status: 'hit' }),
    reading('cache_operations_total', 15, { cache: 'a', operation: 'get', status: 'miss' }),
    reading('cache_operations_total', 5, { cache: 'b', operation: 'get', status: 'miss' }),
    reading('cache_operations_total', 700, { cache: 'b', operation: 'get', status: 'first' }),
    reading('cache_operations_total', 9, { cache: 'b', operation: 'evict', status: 'done' }),
  ]);
  await monitor.sample();
  const figures = figuresOf(monitor);
  expect(figures.system.cpu_percent).toBe(25);
  expect(figures.application.cache_hit_rate).toBe(80);
  expect(await linesOf(monitor, 'system_cpu_ratio')).toEqual(['system_cpu_ratio 0.25']);
  expect(flatFigures(figures)).toMatchObject({ cpu_percent: 25, cache_hit_rate: 80 });
  expect(flatFigures(figures)).not.toHaveProperty('memory_percent');
});

test('every metric has a help text and its name is one that Prometheus takes', async () => {
  const text = await createMonitor({ log: hearLog().log }).text();
  for (const [name, { kind }] of Object.entries(METRICS)) {
    expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
    const type = kind === 'gauge' ? 'gauge' : kind === 'seconds' ? 'histogram' : 'counter';
    expect(text).toContain(`# TYPE ${name} ${type}`);
    expect(text).toMatch(new RegExp(`# HELP ${name} \\S`));
  }
});

test.each([
  ['select "id" from "users" where "id" = $1', 'select users'],
  ['update "photoshoots" set "state" = $1', 'update photoshoots'],
  ['insert into telegram_updates (update_id) select 1', 'insert telegram_updates'],
  ['with beat as (update intake_processes set beat_at = now()) select 1', 'with intake_processes'],
  [
    'select person.id from unnest($1) as person, lateral (select p.id from photoshoots p) as n',
    'select photoshoots',
  ],
  ['select 1', 'select'],
  ['  DELETE FROM "credit_entries"', 'delete credit_entries'],
])('the statement %s is counted as %s', (text, name) => {
  expect(nameOf(text)).toBe(name);
});

test('a statement above the threshold is written down as slow, by its name and without its values', () => {
  const heard = hearLog();
  const clock = createClock();
  const monitor = createMonitor({ log: heard.log });
  const watch = createStatementWatch({ monitor, slowMs: 1_000, echo: false, log: heard.log, now: clock.now });
  const text = 'select pg_sleep($1) from "users"';
  const slow = watch.begin(text);
  clock.pass(1_000);
  slow(false);
  const quick = watch.begin(text);
  expect(watch.running()).toBe(1);
  clock.pass(999);
  quick(true);
  expect(heard.lines.map((line): unknown => JSON.parse(line))).toEqual([
    expect.objectContaining({ msg: 'Slow query', statement: 'select users', durationMs: 1_000 }),
  ]);
  expect(watch.all()).toEqual([
    { name: 'select users', count: 2, errors: 1, meanMs: 999.5, p95Ms: 1_000, maxMs: 1_000 },
  ]);
  expect(watch.slowest()).toEqual(watch.all());
});
