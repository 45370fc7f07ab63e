/** The count that several processes share: a question to a server that may be away, and must cost nobody anything then. */
import type { Log } from '../log.ts';
import { withDeadline } from '../time/deadline.ts';
import type { Asked } from './sliding-log.ts';

export type SharedQuestion = Asked & Readonly<{ limit: string }>;
export type SharedAnswer = Readonly<
  { allowed: true; used: number } | { allowed: false; used: number; retryAfterMs: number }
>;

/** A server that counts: it answers for all processes by its own clock. */
export type CountingServer = Readonly<{
  name: 'Redis' | 'PostgreSQL';
  /** Known to be away without a question. */
  isAway: () => boolean;
  /** Counts the event if there is room for it, in one step. @throws where it could not be asked */
  take: (question: SharedQuestion) => Promise<SharedAnswer>;
  /** Drops what counts no more, where that does not go by itself. @returns how much */
  sweep: () => Promise<number>;
  /** Drops what counts of a subject, under the limits of these names. @throws where it could not be asked */
  forget: (limits: readonly string[], subject: string) => Promise<void>;
}>;

export type SharedCount = ReturnType<typeof createSharedCount>;

/** A person waits for it. */
const ANSWER_LIMIT_MS = 400;
/** After a failure the server is left alone for this long: one that is frozen costs the whole limit each time. */
const REST_MS = 1_000;

/** @param now milliseconds of a clock that is never set back */
export function createSharedCount(
  server: CountingServer,
  log: Log,
  now: () => number = () => performance.now(),
) {
  let restUntil = Number.NEGATIVE_INFINITY;
  let failures = 0;
  let told = false;
  const isAway = () => server.isAway() || now() < restUntil;

  function failed(error: unknown): void {
    failures += 1;
    restUntil = now() + REST_MS;
    // Once for an outage, however often it is tried again.
    if (!told)
      log.warn({ err: error, server: server.name }, 'limits are not shared: each process counts for itself');
    told = true;
  }

  return {
    server: server.name,

    /** Null where it cannot be asked now: whoever asks counts alone meanwhile. Never rejects, and ends within half a second. */
    async take(question: SharedQuestion): Promise<SharedAnswer | null> {
      if (isAway()) return null;
      try {
        const answer = await withDeadline(ANSWER_LIMIT_MS, null, () => server.take(question));
        if (told) log.info({ server: server.name }, 'limits are shared again');
        told = false;
        return answer;
      } catch (error) {
        failed(error);
        return null;
      }
    },

    sweep: server.sweep,

    /** Never rejects: what cannot be dropped now is over when its window is. */
    async forget(limits: readonly string[], subject: string): Promise<void> {
      if (isAway()) return;
      await withDeadline(ANSWER_LIMIT_MS, null, () => server.forget(limits, subject)).catch(failed);
    },

    statistics: () => ({ away: isAway(), failures }),
  };
}
