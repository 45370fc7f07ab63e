import { toError } from '../errors.ts';
import type { Log } from '../log.ts';

/**
 * Upkeep of this process: runs `task` every `intervalMs`, never twice at once, and goes on after a failure.
 * @returns a stop that waits for a run under way
 */
export function every(
  intervalMs: number,
  name: string,
  task: () => Promise<unknown>,
  log: Log,
): () => Promise<void> {
  let running: Promise<unknown> | null = null;
  const timer = setInterval(() => {
    running ??= task()
      .catch((error) => log.error({ err: toError(error), task: name }, 'an upkeep task failed'))
      .finally(() => {
        running = null;
      });
  }, intervalMs).unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
