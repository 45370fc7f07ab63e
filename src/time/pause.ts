/**
 * Waits `delayMs` milliseconds. True when they have passed, false as soon as `signal` aborts: cockatiel's
 * own back-off cannot be cut short. Leaves neither timer nor listener.
 */
export function pause(delayMs: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const end = (passed: boolean) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cut);
      resolve(passed);
    };
    const cut = () => end(false);
    const timer = setTimeout(() => end(true), delayMs);
    signal.addEventListener('abort', cut, { once: true });
  });
}
