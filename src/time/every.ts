import { toError } from '../errors.ts';
import type { Log } from '../log.ts';

/**
 * Upkeep of this process: runs `task` every `intervalMs`, never twice at once, and goes on after a failure.
 * @param task gets a signal that aborts with the stop; the signal's reason, thrown, is no failure
 * @param first whether the first run is now, or after one interval
 * @returns a stop that waits for a run under way
 */
export function every(
  intervalMs: number,
  name: string,
  task: (signal: AbortSignal) => Promise<unknown>,
  log: Log,
  first: 'at once' | 'later' = 'later',
): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  let running: Promise<unknown> | null = null;
  const tell = (error: unknown) => {
    if (signal.aborted && error === signal.reason)
      log.info({ task: name }, 'an upkeep task ended with the process');
    else log.error({ err: toError(error), task: name }, 'an upkeep task failed');
  };
  const run = () => {
    running ??= task(signal)
      .catch(tell)
      .finally(() => {
        running = null;
      });
  };
  const timer = setInterval(run, intervalMs).unref();
  if (first === 'at once') run();
  return async () => {
    clearInterval(timer);
    stopping.abort();
    await running;
  };
}
