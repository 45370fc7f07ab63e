import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { pause } from '../../../src/time/pause.ts';
import { watch } from '../../support/watch.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

test('a pause is true when its time has passed, and not before', async () => {
  const { signal } = new AbortController();
  const outcomes = [watch(pause(1000, signal)), watch(pause(1000, null))];
  await vi.advanceTimersByTimeAsync(999);
  expect(outcomes.map(({ state }) => state)).toEqual(['pending', 'pending']);
  await vi.advanceTimersByTimeAsync(1);
  expect(outcomes.map(({ value }) => value)).toEqual([true, true]);
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});

test('a pause is false as soon as its signal aborts', async () => {
  const controller = new AbortController();
  const outcome = watch(pause(1000, controller.signal));
  await vi.advanceTimersByTimeAsync(500);
  controller.abort();
  await vi.advanceTimersByTimeAsync(0);
  expect(outcome.value).toBe(false);
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
});

test('a pause under a signal that has aborted does not begin', async () => {
  await expect(pause(1000, AbortSignal.abort())).resolves.toBe(false);
});
