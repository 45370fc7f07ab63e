import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createMemoryGuard } from '../../../src/resilience/memory-guard.ts';
import { hearLog } from '../../support/heard-log.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const MB = 1024 * 1024;

/** A process with a limit of 100 MB, whose caches hold something. */
function stage() {
  let used = 100 * MB;
  const heard = hearLog('trace');
  const trim = vi.fn(() => ({ removed: 2, bytes: 10 }));
  const guard = createMemoryGuard({ limitBytes: 100 * MB, trim, rss: () => used, log: heard.log });
  const use = (megabytes: number) => {
    used = megabytes * MB;
    guard.look();
  };
  return { guard, trim, use, ...heard };
}

/** Work that is begun, and ends when it is told to. */
function work(admit: <T>(work: () => Promise<T>) => Promise<T>) {
  const end = Promise.withResolvers<string>();
  const begun = vi.fn(() => end.promise);
  return { begun, done: admit(begun), end: () => end.resolve('done') };
}
const settle = () => vi.advanceTimersByTimeAsync(0);

describe('memory', () => {
  test('above its limit has caches give up what they can, at each look, and says so once', () => {
    const { use, trim, guard, lines } = stage();
    use(100);
    expect(trim).not.toHaveBeenCalled();
    use(101);
    use(101);
    expect(trim).toHaveBeenCalledTimes(2);
    expect(guard.isOver()).toBe(true);
    use(99);
    expect(guard.isOver()).toBe(false);
    const said = lines.map((line): string => JSON.parse(line).msg);
    expect(said).toEqual([
      'memory is above its limit: caches give up what they can',
      'memory is below its limit again',
    ]);
  });

  test('above its limit has new work wait until there is room, and lets one in at a time all the same', async () => {
    const { use, guard } = stage();
    use(101);
    const first = work(guard.admit);
    const second = work(guard.admit);
    await settle();
    expect([first.begun, second.begun].map(({ mock }) => mock.calls.length)).toEqual([1, 0]);
    use(80);
    await settle();
    expect(second.begun).toHaveBeenCalledOnce();
    for (const one of [first, second]) one.end();
    expect(await Promise.all([first.done, second.done])).toEqual(['done', 'done']);
  });

  test('that does not come back holds nobody up for longer than half a minute, nor a process that ends', async () => {
    const { use, guard } = stage();
    use(101);
    const [first, second] = [work(guard.admit), work(guard.admit)];
    await vi.advanceTimersByTimeAsync(29_999);
    expect(second.begun).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(second.begun).toHaveBeenCalledOnce();
    const third = work(guard.admit);
    await settle();
    expect(third.begun).not.toHaveBeenCalled();
    guard.close();
    await settle();
    expect(third.begun).toHaveBeenCalledOnce();
    for (const one of [first, second, third]) one.end();
    await Promise.all([first.done, second.done, third.done]);
  });
});
