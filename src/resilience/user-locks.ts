import { Mutex } from 'async-mutex';

export type UserLockStatistics = Readonly<{
  /** Locks held now. */
  active: number;
  /** Callers in line now. */
  waiting: number;
  /** The most locks held at one time. */
  peak: number;
  /** Entries that the sweeps have dropped so far. */
  swept: number;
  /** People with an entry now, held or idle. */
  entries: number;
}>;

export type UserLocks = Readonly<{
  /** Runs `work` when everything asked for earlier for this person has ended. Not re-entrant. */
  runExclusive: <T>(userId: number, work: () => Promise<T> | T) => Promise<T>;
  /** Takes the lock if it is free; the caller calls the given function once to let it go. */
  tryAcquire: (userId: number) => Promise<(() => void) | 'busy'>;
  /** Drops entries that nobody holds, awaits or used lately. Gives how many. */
  sweep: (now?: number) => number;
  statistics: () => UserLockStatistics;
}>;

type Entry = { readonly mutex: Mutex; users: number; lastUsedAt: number };

/**
 * One lock for each person, in this process: what a person does happens one after the other, people go on
 * side by side. Entries stay for `idleMs` milliseconds on the clock `now` (the lock of a busy person need
 * not be made anew); the owner calls `sweep` from time to time.
 */
export function createUserLocks(options: Readonly<{ idleMs?: number; now?: () => number }> = {}): UserLocks {
  const { idleMs = 300_000, now = () => performance.now() } = options;
  const entries = new Map<number, Entry>();
  let active = 0;
  let waiting = 0;
  let peak = 0;
  let swept = 0;

  function enter(userId: number): Entry {
    const entry = entries.get(userId) ?? { mutex: new Mutex(), users: 0, lastUsedAt: now() };
    entries.set(userId, entry);
    // A user is a holder or a waiter: while there is one, the sweep leaves the entry alone.
    entry.users += 1;
    return entry;
  }

  function leave(entry: Entry): void {
    entry.users -= 1;
    entry.lastUsedAt = now();
  }

  function held(): void {
    active += 1;
    peak = Math.max(peak, active);
  }

  async function runExclusive<T>(userId: number, work: () => Promise<T> | T): Promise<T> {
    const entry = enter(userId);
    waiting += 1;
    try {
      return await entry.mutex.runExclusive(async () => {
        waiting -= 1;
        held();
        try {
          return await work();
        } finally {
          active -= 1;
        }
      });
    } finally {
      leave(entry);
    }
  }

  async function tryAcquire(userId: number): Promise<(() => void) | 'busy'> {
    if (entries.get(userId)?.mutex.isLocked()) return 'busy';
    const entry = enter(userId);
    held();
    // A free mutex is taken within the call of acquire(), before anyone else can ask.
    const release = await entry.mutex.acquire();
    let released = false;
    return () => {
      if (released) return;
      released = true;
      active -= 1;
      leave(entry);
      release();
    };
  }

  function sweep(at: number = now()): number {
    let dropped = 0;
    for (const [userId, entry] of entries) {
      if (entry.users > 0 || at - entry.lastUsedAt <= idleMs) continue;
      entries.delete(userId);
      dropped += 1;
    }
    swept += dropped;
    return dropped;
  }

  return {
    runExclusive,
    tryAcquire,
    sweep,
    statistics: () => ({ active, waiting, peak, swept, entries: entries.size }),
  };
}
