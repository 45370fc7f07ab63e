import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { OverdueError, waitAtMost, withDeadline, withTimeLimit } from '../../../src/time/deadline.ts';
import { watch } from '../../support/watch.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(0);

/** Work that obeys its signal, and says by what it was ended. */
function hang(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
  );
}

/** Work that never hears of anything. */
const deaf = () => new Promise<never>(() => {});

describe.each([
  [
    'a time limit',
    (limitMs: number, parent: AbortSignal | null, work: (signal: AbortSignal) => Promise<unknown>) =>
      withTimeLimit({ limitMs, parent }, work),
  ],
  ['a deadline', withDeadline],
] as const)('%s', (_, limited) => {
  test('gives back what the work gives, or throws what it throws', async () => {
    await expect(limited(1000, null, async () => 'picture')).resolves.toBe('picture');
    await expect(limited(1000, null, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });

  test('ends the work when its time is over, and not before', async () => {
    const outcome = watch(limited(1000, null, hang));
    await vi.advanceTimersByTimeAsync(999);
    expect(outcome.state).toBe('pending');
    await vi.advanceTimersByTimeAsync(1);
    expect(outcome.error).toEqual(new OverdueError(1000));
  });

  test('ends the work with the parent and its reason, and leaves no listener', async () => {
    const parent = new AbortController();
    const outcome = watch(limited(1000, parent.signal, hang));
    const reason = new Error('cancelled');
    parent.abort(reason);
    await settle();
    expect(outcome.error).toBe(reason);
    expect(getEventListeners(parent.signal, 'abort')).toHaveLength(0);
  });

  test('leaves no listener when the work has ended by itself', async () => {
    const { signal } = new AbortController();
    await limited(1000, signal, async () => {});
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});

describe('a time limit', () => {
  test('waits for work that takes its time to obey', async () => {
    const tidied = Promise.withResolvers<string>();
    const outcome = watch(withTimeLimit({ limitMs: 1000, parent: null }, () => tidied.promise));
    await vi.advanceTimersByTimeAsync(5000);
    expect(outcome.state).toBe('pending');
    tidied.resolve('all the same');
    await settle();
    expect(outcome.state).toBe('done');
  });

  test('begins anew with each sign of life, and with none after the end', async () => {
    let startAnew = () => {};
    const outcome = watch(
      withTimeLimit({ limitMs: 1000, parent: null }, (signal, again) => {
        startAnew = again;
        return hang(signal);
      }),
    );
    for (let sign = 0; sign < 3; sign += 1) {
      await vi.advanceTimersByTimeAsync(999);
      startAnew();
    }
    expect(outcome.state).toBe('pending');
    await vi.advanceTimersByTimeAsync(1000);
    expect(outcome.state).toBe('failed');
    startAnew();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('of null leaves the work to its parent', async () => {
    const parent = new AbortController();
    const outcome = watch(withTimeLimit({ limitMs: null, parent: parent.signal }, hang));
    await vi.advanceTimersByTimeAsync(1_000_000);
    expect(outcome.state).toBe('pending');
    parent.abort();
    await settle();
    expect(outcome.state).toBe('failed');
  });

  test.each([
    ['its time is over', () => vi.advanceTimersByTimeAsync(1000)],
    ['its parent aborts', async (parent: AbortController) => parent.abort()],
  ])('aborts with the reason that was asked for when %s', async (_, end) => {
    const parent = new AbortController();
    const reason = () => 'the words of this floor';
    const outcome = watch(withTimeLimit({ limitMs: 1000, parent: parent.signal, reason }, hang));
    await end(parent);
    await settle();
    expect(outcome.error).toBe('the words of this floor');
  });

  test('hands work whose parent has aborted already a signal that says so', async () => {
    const seen = await withTimeLimit({ limitMs: 1000, parent: AbortSignal.abort('gone') }, async (signal) => [
      signal.aborted,
      signal.reason,
    ]);
    expect(seen).toEqual([true, 'gone']);
  });
});

describe('a deadline', () => {
  test('frees the caller from work that does not obey', async () => {
    const late = watch(withDeadline(1000, null, deaf));
    const parent = new AbortController();
    const cut = watch(withDeadline(5000, parent.signal, deaf));
    await vi.advanceTimersByTimeAsync(1000);
    parent.abort('cancelled');
    await settle();
    expect([late.error, cut.error]).toEqual([new OverdueError(1000), 'cancelled']);
  });

  test('is what the caller is told, whatever the work answers to its abort', async () => {
    const outcome = watch(
      withDeadline(1000, null, (signal) =>
        hang(signal).catch(() => Promise.reject(new Error('socket hang up'))),
      ),
    );
    await vi.advanceTimersByTimeAsync(1000);
    expect(outcome.error).toBeInstanceOf(OverdueError);
  });

  test('under a parent that has aborted does not begin the work', async () => {
    const work = vi.fn(deaf);
    await expect(withDeadline(1000, AbortSignal.abort('gone'), work)).rejects.toBe('gone');
    expect(work).not.toHaveBeenCalled();
  });

  test('lets nobody hear of a failure that comes after it', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const work = Promise.withResolvers<never>();
    const outcome = watch(withDeadline(1000, null, () => work.promise));
    await vi.advanceTimersByTimeAsync(1000);
    expect(outcome.state).toBe('failed');
    work.reject(new Error('too late'));
    vi.useRealTimers();
    // Node tells of an unhandled rejection once the microtasks are done.
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
    vi.useFakeTimers();
  });
});

describe('waiting at most so long', () => {
  test.each([
    ['with a promise that is kept', () => Promise.resolve('done')],
    ['with one that is broken', () => Promise.reject(new Error('broken'))],
  ])('ends %s', async (_, make) => {
    const outcome = watch(waitAtMost(1000, make()));
    await settle();
    expect(outcome.state).toBe('done');
  });

  test('ends when the time is over', async () => {
    const outcome = watch(waitAtMost(1000, deaf()));
    await vi.advanceTimersByTimeAsync(999);
    expect(outcome.state).toBe('pending');
    await vi.advanceTimersByTimeAsync(1);
    expect(outcome.state).toBe('done');
  });
});
