import { toError } from '../errors.ts';
import type { Log } from '../log.ts';

/**
 * Upkeep of this process: runs `task` every `intervalMs`, never twice at once, and goes on after a failure.
 * @param first whether the first run is now, or after one interval
 * @returns a stop that waits for a run under way
 */
export function every(
  intervalMs: number,
  name: string,
  task: () => Promise<unknown>,
  log: Log,
  first: 'at once' | 'later' = 'later',
): () => Promise<void> {
  let running: Promise<unknown> | null = null;
  const run = () => {
    running ??= task()
      .catch((error) => log.error({ err: toError(error), task: name }, 'an upkeep task failed'))
      .finally(() => {
        running = null;
      });
  };
  const timer = setInterval(run, intervalMs).unref();
  if (first === 'at once') run();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
