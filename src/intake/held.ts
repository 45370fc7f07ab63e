/** Which updates this process holds, and how many more it may. */
export type Held = Readonly<{
  add(updateId: number): void;
  delete(updateId: number): void;
  ids(): readonly number[];
  /** How many more may be held; less than nothing when what may not wait came on top. */
  room(): number;
  /** Resolves with the room once it is worth a trip, a tenth of the capacity, or with 0 when the signal aborts. */
  untilRoom(signal: AbortSignal): Promise<number>;
}>;

export function createHeld(capacity: number): Held {
  const ids = new Set<number>();
  const worthATrip = Math.ceil(capacity / 10);
  let waiters: (() => void)[] = [];
  const room = () => capacity - ids.size;

  return {
    add: (updateId) => void ids.add(updateId),
    delete(updateId) {
      ids.delete(updateId);
      if (room() < worthATrip) return;
      for (const wake of waiters) wake();
      waiters = [];
    },
    ids: () => [...ids],
    room,
    async untilRoom(signal) {
      while (!signal.aborted) {
        if (room() >= worthATrip) return room();
        await new Promise<void>((resolve) => {
          const wake = () => {
            signal.removeEventListener('abort', wake);
            resolve();
          };
          waiters.push(wake);
          signal.addEventListener('abort', wake, { once: true });
        });
      }
      return 0;
    },
  };
}
