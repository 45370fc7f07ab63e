import { setTimeout as delay } from 'node:timers/promises';
import { toError } from '../errors.ts';
import type { Log } from '../log.ts';

/** About a minute in all: longer than a database takes to restart. */
const PAUSES_MS = [250, 500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000, 8_000, 8_000] as const;

/**
 * Tries a write again and again, for what would be lost with it: a picture that was paid for, an album that
 * was sent. The write must be one that changes nothing the second time, because a commit whose answer was
 * lost may have happened.
 * @param purpose for the log, such as “keep a picture”
 * @throws what the write throws when it fails for the last time
 */
export async function insist<T>(log: Log, purpose: string, write: () => Promise<T>): Promise<T> {
  for (const pauseMs of PAUSES_MS) {
    try {
      return await write();
    } catch (error) {
      log.warn({ err: toError(error), purpose }, 'a write that matters failed and is tried again');
      await delay(pauseMs, undefined, { ref: false });
    }
  }
  return write();
}
