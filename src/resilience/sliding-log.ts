/**
 * What each subject of one limit has done lately, in memory. Every event stands in it with its own time, so any stretch
 * as long as the window holds at most as many as the limit, wherever it begins.
 */

/** An event that is asked about: at most `most` in any `windowMs` milliseconds. `id` names it: a repeat is not counted. */
export type Asked = Readonly<{ subject: string; id: string; most: number; windowMs: number }>;

/** `known`: this very event was counted before. `retryAfterMs`: then the next one has room, if nothing else comes. */
export type Counted = Readonly<
  { kind: 'taken' | 'known'; used: number } | { kind: 'full'; used: number; retryAfterMs: number }
>;

/** Who was refused, and for how long they were told to wait. */
export type Refused = Readonly<{ subject: string; retryAfterMs: number }>;

type Subject = {
  /** When each event came, by its id, the oldest first. */
  readonly events: Map<string, number>;
  /** Until then the subject has been told to wait. */
  toldUntil: number;
};

/** More subjects than this in one window: the one that was quiet for longest is forgotten. */
const MOST_SUBJECTS = 100_000;

/** @param now milliseconds of a clock that is never set back */
export function createSlidingLog(now: () => number) {
  /** The quiet ones first. */
  const subjects = new Map<string, Subject>();

  function subjectOf(name: string): Subject {
    const known = subjects.get(name);
    if (known !== undefined) subjects.delete(name);
    else if (subjects.size >= MOST_SUBJECTS) forgetQuietest();
    const subject = known ?? { events: new Map<string, number>(), toldUntil: Number.NEGATIVE_INFINITY };
    subjects.set(name, subject);
    return subject;
  }

  function forgetQuietest(): void {
    const [quietest] = subjects.keys();
    if (quietest !== undefined) subjects.delete(quietest);
  }

  return {
    /** Counts an event if there is room for it. */
    take({ subject, id, most, windowMs }: Asked): Counted {
      const at = now();
      const { events } = subjectOf(subject);
      dropOld(events, at - windowMs);
      if (events.has(id)) return { kind: 'known', used: events.size };
      if (events.size < most) {
        events.set(id, at);
        return { kind: 'taken', used: events.size };
      }
      // A limit that was lowered may be exceeded already: room comes when as many are over as are too many.
      const nextOver = [...events.values()][events.size - most] ?? at;
      return { kind: 'full', used: events.size, retryAfterMs: nextOver + windowMs - at };
    },

    /** Takes an event out again that somebody else has no room for. */
    giveBack(subject: string, id: string): void {
      subjects.get(subject)?.events.delete(id);
    },

    /** Notes a refusal. @returns whether the subject is to be told: what it was told last has passed */
    refuse(subject: string, retryAfterMs: number): boolean {
      const refused = subjectOf(subject);
      const at = now();
      if (at < refused.toldUntil) return false;
      refused.toldUntil = at + retryAfterMs;
      return true;
    },

    /** Nobody has to wait for what was told: the limit is another one. */
    forgetTold(): void {
      for (const subject of subjects.values()) subject.toldUntil = Number.NEGATIVE_INFINITY;
    },

    /** How many subjects have done something within the window. */
    active(windowMs: number): number {
      const since = now() - windowMs;
      let count = 0;
      for (const { events } of subjects.values()) if (newestOf(events) > since) count += 1;
      return count;
    },

    /** Those who have to wait, the longest wait first. */
    refused(): readonly Refused[] {
      const at = now();
      return [...subjects]
        .filter(([, { toldUntil }]) => toldUntil > at)
        .map(([subject, { toldUntil }]) => ({ subject, retryAfterMs: toldUntil - at }))
        .sort((one, other) => other.retryAfterMs - one.retryAfterMs);
    },

    /** Forgets those of whom nothing counts any more. @returns how many */
    sweep(windowMs: number): number {
      const at = now();
      let swept = 0;
      for (const [name, { events, toldUntil }] of subjects) {
        dropOld(events, at - windowMs);
        if (events.size > 0 || toldUntil > at) continue;
        subjects.delete(name);
        swept += 1;
      }
      return swept;
    },

    /** Drops all that is known of a subject. */
    forget(subject: string): void {
      subjects.delete(subject);
    },

    size: () => subjects.size,
  };
}

/** An event stands at the end of its window for the last time just before it. */
function dropOld(events: Map<string, number>, until: number): void {
  for (const [id, at] of events) {
    if (at > until) return;
    events.delete(id);
  }
}

function newestOf(events: Map<string, number>): number {
  let newest = Number.NEGATIVE_INFINITY;
  for (const at of events.values()) newest = at;
  return newest;
}
