import { AppError } from '../errors.ts';

/**
 * The line in front of the threads: first come, first served, for `places` places, with at most `maxWaiting`
 * in it. It stands before piscina because piscina 5.3 bounds its own queue only for tasks without an
 * AbortSignal, and does not tell when a task begins to run, which is when its time must begin to count.
 */
export function createLine({ places, maxWaiting }: { places: number; maxWaiting: number }) {
  const waiting = new Set<{ enter: () => void; refuse: (reason: unknown) => void }>();
  let taken = 0;
  let closed = false;
  const empty = Promise.withResolvers<void>();

  /**
   * Resolves when a place is the caller's, who must leave() it. Throws an AppError `imaging-busy` when the
   * line is full or closed, and the signal's reason when it is aborted while waiting.
   */
  async function enter(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (closed) throw closing();
    if (taken < places) {
      taken += 1;
      return;
    }
    if (waiting.size >= maxWaiting)
      throw new AppError('imaging-busy', `${waiting.size} pictures are waiting`);
    await new Promise<void>((resolve, reject) => {
      const giveUp = () => person.refuse(signal?.reason);
      const stepOut = () => {
        waiting.delete(person);
        signal?.removeEventListener('abort', giveUp);
      };
      const person = {
        enter() {
          stepOut();
          resolve();
        },
        refuse(reason: unknown) {
          stepOut();
          reject(reason);
        },
      };
      waiting.add(person);
      signal?.addEventListener('abort', giveUp);
    });
  }

  /** Gives the place to whoever has waited longest. */
  function leave(): void {
    const [next] = waiting;
    if (next !== undefined) {
      next.enter(); // the place changes hands: `taken` stays
      return;
    }
    taken -= 1;
    if (closed && taken === 0) empty.resolve();
  }

  /** Sends away who waits; resolves when the last place is left. */
  async function close(): Promise<void> {
    closed = true;
    for (const person of waiting) person.refuse(closing());
    if (taken === 0) empty.resolve();
    await empty.promise;
  }

  return { enter, leave, close, counts: () => ({ running: taken, waiting: waiting.size }) };
}

function closing(): AppError {
  return new AppError('imaging-busy', 'the image pool is closing');
}
