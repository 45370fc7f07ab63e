import { once } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLog } from '../../../src/log.ts';
import { every } from '../../../src/time/every.ts';
import { hearLog } from '../../support/heard-log.ts';
import { watch } from '../../support/watch.ts';

const log = createLog({ level: 'silent', pretty: false });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

test.each([
  ['later', 0],
  ['at once', 1],
] as const)('a task whose first run is %s runs once an interval', async (first, before) => {
  const task = vi.fn(async () => {});
  const stop = every(1000, 'sweep', task, log, first);
  expect(task).toHaveBeenCalledTimes(before);
  await vi.advanceTimersByTimeAsync(3000);
  expect(task).toHaveBeenCalledTimes(before + 3);
  await stop();
});

test('a task goes on after a failure', async () => {
  const task = vi.fn(() => Promise.reject(new Error('database away')));
  const stop = every(1000, 'sweep', task, log);
  await vi.advanceTimersByTimeAsync(2000);
  expect(task).toHaveBeenCalledTimes(2);
  await stop();
});

test('a task never runs twice at once, and the stop waits for the run under way', async () => {
  const run = Promise.withResolvers<void>();
  const task = vi.fn(() => run.promise);
  const stop = every(1000, 'sweep', task, log);
  await vi.advanceTimersByTimeAsync(5000);
  expect(task).toHaveBeenCalledTimes(1);
  const stopped = watch(stop());
  await vi.advanceTimersByTimeAsync(5000);
  expect(stopped.state).toBe('pending');
  run.resolve();
  await vi.advanceTimersByTimeAsync(0);
  expect(stopped.state).toBe('done');
  expect(task).toHaveBeenCalledTimes(1);
});

test('a stop aborts the run under way, which is not called a failure for that', async () => {
  const heard = hearLog();
  const stop = every(
    1000,
    'sweep',
    (signal) => once(signal, 'abort').then(() => signal.throwIfAborted()),
    heard.log,
  );
  await vi.advanceTimersByTimeAsync(1000);
  await stop();
  expect(heard.errors()).toEqual([]);
});
