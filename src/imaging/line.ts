import { AppError } from '../errors.ts';

/** The line in front of the threads: who may run, who waits. */
export type Line = ReturnType<typeof createLine>;

/**
 * A first-come line for `places` tasks whose weights sum up to `capacity` at the most. Nobody overtakes, so that a
 * heavy task is not passed by light ones for ever. It has no end: who waits is a job in flight, and their number is
 * bounded. It stands before piscina because piscina knows no weights, and does not tell when a task begins to
 * run, which is when its time must begin to count.
 */
export function createLine({ places, capacity }: { places: number; capacity: number }) {
  const waiting = new Set<{ weight: number; enter: () => void; refuse: (reason: unknown) => void }>();
  let running = 0;
  let taken = 0;
  let closed = false;
  const empty = Promise.withResolvers<void>();

  const hasRoom = (weight: number) => running < places && taken + weight <= capacity;
  const take = (weight: number) => {
    running += 1;
    taken += weight;
  };

  /**
   * Resolves when a place is the caller's, who must leave() it with the same weight.
   * @param weight more than the capacity counts as all of it: such a task runs alone
   * @throws AppError imaging-busy when the line is closed; the signal's reason when it is aborted while waiting
   */
  async function enter(weight: number, signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (closed) throw closing();
    if (waiting.size === 0 && hasRoom(bounded(weight))) return take(bounded(weight));
    await new Promise<void>((resolve, reject) => {
      const giveUp = () => {
        person.refuse(signal?.reason);
        admit(); // it may have been what the next ones were waiting behind
      };
      const stepOut = () => {
        waiting.delete(person);
        signal?.removeEventListener('abort', giveUp);
      };
      const person = {
        weight: bounded(weight),
        enter() {
          stepOut();
          take(person.weight);
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

  function bounded(weight: number): number {
    return Math.min(weight, capacity);
  }

  /** Lets in who has waited longest, for as long as there is room for the next one. */
  function admit(): void {
    for (const person of waiting) {
      if (!hasRoom(person.weight)) return;
      person.enter();
    }
  }

  function leave(weight: number): void {
    running -= 1;
    taken -= bounded(weight);
    admit();
    if (closed && running === 0) empty.resolve();
  }

  /** Sends away who waits; resolves when the last place is left. */
  async function close(): Promise<void> {
    closed = true;
    for (const person of waiting) person.refuse(closing());
    if (running === 0) empty.resolve();
    await empty.promise;
  }

  return { enter, leave, close, counts: () => ({ running, waiting: waiting.size }) };
}

function closing(): AppError {
  return new AppError('imaging-busy', 'the image pool is closing');
}
