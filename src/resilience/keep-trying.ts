import { toError } from '../errors.ts';
import type { Log } from '../log.ts';
import { type BackOff, backOffMs } from '../time/back-off.ts';
import { pause } from '../time/pause.ts';

/** About a minute in all: longer than a database takes to restart. */
const REPETITIONS = 14;
const BACK_OFF: BackOff = { firstBackOffMs: 250, longestBackOffMs: 8_000 };

/**
 * Tries a write again and again, for what would be lost with it: a picture that was paid for, an album that
 * was sent. The write must be one that changes nothing the second time, because a commit whose answer was
 * lost may have happened. No signal ends it: the less time is left, the more the write matters.
 * @param purpose for the log, such as “keep a picture”
 * @throws what the write throws when it fails for the last time
 */
export async function keepTrying<T>(log: Log, purpose: string, write: () => Promise<T>): Promise<T> {
  for (let failures = 1; failures <= REPETITIONS; failures += 1) {
    try {
      return await write();
    } catch (error) {
      log.warn({ err: toError(error), purpose }, 'a write that matters failed and is tried again');
      await pause(backOffMs(failures, BACK_OFF), null);
    }
  }
  return write();
}
