/**
 * The lines that updates stand in, in memory: one line a lane. A lane's items run one after the other, lanes
 * side by side, at most `concurrency` at once; a lane that has had its turn goes behind the others.
 */
export type Lines<T extends Standing> = Readonly<{
  /** Puts the item at the end of its lane's line. */
  join(item: T): void;
  /** Starts the item past every line and every bound. */
  overtake(item: T): void;
  /** Takes those out of a lane's line that have not started, and gives them back. */
  clear(lane: number): readonly T[];
  /** Starts nothing more; what runs goes on. */
  close(): void;
  /** Resolves when nothing runs: after `close`, for good. */
  idle(): Promise<void>;
  waiting(): number;
  running(): number;
  /** When the oldest unfinished item came, or null when there is none. */
  oldestSince(): number | null;
}>;

/** `since` on performance.now()'s clock. */
export type Standing = Readonly<{ lane: number; since: number }>;

/** @param run never rejects */
export function createLines<T extends Standing>(
  concurrency: number,
  run: (item: T) => Promise<void>,
): Lines<T> {
  /** Who waits in each lane that has one running or ready; a lane without either is not here. */
  const lines = new Map<number, T[]>();
  /** The first of each line that may start. */
  const ready: T[] = [];
  /** In the order of arrival, so the oldest is the first. */
  const unfinished = new Set<T>();
  let running = 0;
  let overtaking = 0;
  let closed = false;
  let idlers: (() => void)[] = [];

  function startReady(): void {
    while (!closed && running < concurrency) {
      const item = ready.shift();
      if (item === undefined) return;
      running += 1;
      void finishInLine(item);
    }
  }

  async function finishInLine(item: T): Promise<void> {
    await run(item);
    running -= 1;
    const next = lines.get(item.lane)?.shift();
    if (next === undefined) lines.delete(item.lane);
    else ready.push(next);
    left(item);
  }

  async function finishAlone(item: T): Promise<void> {
    overtaking += 1;
    await run(item);
    overtaking -= 1;
    left(item);
  }

  function left(item: T): void {
    unfinished.delete(item);
    startReady();
    if (running + overtaking > 0) return;
    for (const resolve of idlers) resolve();
    idlers = [];
  }

  return {
    join(item) {
      unfinished.add(item);
      const line = lines.get(item.lane);
      if (line !== undefined) {
        line.push(item);
        return;
      }
      lines.set(item.lane, []);
      ready.push(item);
      startReady();
    },
    overtake(item) {
      unfinished.add(item);
      if (!closed) void finishAlone(item);
    },
    clear(lane) {
      const line = lines.get(lane) ?? [];
      for (const item of line) unfinished.delete(item);
      return line.splice(0);
    },
    close() {
      closed = true;
    },
    idle() {
      if (running + overtaking === 0) return Promise.resolve();
      return new Promise((resolve) => idlers.push(resolve));
    },
    waiting: () => unfinished.size - running - overtaking,
    running: () => running + overtaking,
    oldestSince() {
      const [oldest] = unfinished;
      return oldest?.since ?? null;
    },
  };
}
