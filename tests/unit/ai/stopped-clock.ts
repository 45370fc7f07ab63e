/** A clock that stands still but for the test, so that no limit is reached because the machine is busy. */
import { setImmediate } from 'node:timers/promises';
import { onTestFinished, vi } from 'vitest';

/** Longer than any test makes the clock run: a limit that a test is not about. */
export const NEVER_MS = 2_000_000_000;

/** Limits and back-offs of this test pass only by `until`; sockets and servers are as quick as they are. */
export function stopClock() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  return {
    /** Lets `stepMs` pass again and again, and what came by the sockets be read in between, until it is so. */
    async until(isSo: () => boolean, stepMs: number): Promise<void> {
      while (!isSo()) {
        await vi.advanceTimersByTimeAsync(stepMs);
        await setImmediate();
      }
    },
  };
}
