import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLog } from '../../../src/log.ts';
import { keepTrying } from '../../../src/resilience/keep-trying.ts';
import { watch } from '../../support/watch.ts';

const log = createLog({ level: 'silent', pretty: false });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

test('a write is kept up while the database is away, and gives what it gives in the end', async () => {
  const write = vi.fn<() => Promise<string>>().mockRejectedValue(new Error('database away'));
  const outcome = watch(keepTrying(log, 'keep a picture', write));
  // Whatever chance says, a database that is back after half a minute is still waited for.
  await vi.advanceTimersByTimeAsync(30_000);
  expect(outcome.state).toBe('pending');
  write.mockResolvedValue('kept');
  await vi.advanceTimersByTimeAsync(8_000);
  expect(outcome).toMatchObject({ state: 'done', value: 'kept' });
});

test('a write that never succeeds ends within two minutes with its own error', async () => {
  const write = vi.fn(() => Promise.reject(new Error('database away')));
  const outcome = watch(keepTrying(log, 'keep a picture', write));
  await vi.advanceTimersByTimeAsync(120_000);
  expect(outcome).toMatchObject({ state: 'failed', error: { message: 'database away' } });
});
