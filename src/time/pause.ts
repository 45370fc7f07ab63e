/**
 * Waits `delayMs` milliseconds. True when they have passed, false as soon as `signal` aborts, where there is
 * one. Leaves neither timer nor listener. Not node:timers/promises: that rejects where this answers, and the
 * tests' clock does not reach it.
 */
export function pause(delayMs: number, signal: AbortSignal | null): Promise<boolean> {
  if (signal?.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const end = (passed: boolean) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cut);
      resolve(passed);
    };
    const cut = () => end(false);
    const timer = setTimeout(() => end(true), delayMs);
    signal?.addEventListener('abort', cut, { once: true });
  });
}
