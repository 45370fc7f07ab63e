import { Mutex } from 'async-mutex';

type UserLockStatistics = Readonly<{
  /** Locks held now. */
  active: number;
  /** The most locks held at one time. */
  peak: number;
  /** Entries that the sweeps have dropped so far. */
  swept: number;
  /** People with an entry now, held or idle. */
  entries: number;
}>;

export type UserLocks = Readonly<{
  /** Takes the lock if it is free; the caller calls the given function once to let it go. */
  tryAcquire: (userId: number) => Promise<(() => void) | 'busy'>;
  /** Drops entries that nobody holds or used lately. Gives how many. */
  sweep: (now?: number) => number;
  statistics: () => UserLockStatistics;
}>;

type Entry = { readonly mutex: Mutex; lastUsedAt: number };

/**
 * One lock for each person, in this process: a second attempt is told so at once, people go on side by side.
 * Entries stay for `idleMs` milliseconds on the clock `now` (the lock of a busy person need
 * not be made anew); the owner calls `sweep` from time to time.
 */
export function createUserLocks(options: Readonly<{ idleMs?: number; now?: () => number }> = {}): UserLocks {
  const { idleMs = 300_000, now = () => performance.now() } = options;
  const entries = new Map<number, Entry>();
  let active = 0;
  let peak = 0;
  let swept = 0;

  async function tryAcquire(userId: number): Promise<(() => void) | 'busy'> {
    const entry = entries.get(userId) ?? { mutex: new Mutex(), lastUsedAt: now() };
    entries.set(userId, entry);
    if (entry.mutex.isLocked()) return 'busy';
    active += 1;
    peak = Math.max(peak, active);
    // A free mutex is taken within the call of acquire(), before anyone else can ask.
    const release = await entry.mutex.acquire();
    let released = false;
    return () => {
      if (released) return;
      released = true;
      active -= 1;
      entry.lastUsedAt = now();
      release();
    };
  }

  function sweep(at: number = now()): number {
    let dropped = 0;
    for (const [userId, entry] of entries) {
      if (entry.mutex.isLocked() || at - entry.lastUsedAt <= idleMs) continue;
      entries.delete(userId);
      dropped += 1;
    }
    swept += dropped;
    return dropped;
  }

  return {
    tryAcquire,
    sweep,
    statistics: () => ({ active, peak, swept, entries: entries.size }),
  };
}
