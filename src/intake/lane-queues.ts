/**
 * The queues that updates stand in, in memory: one queue a lane. A lane's items run one after the other, lanes
 * side by side, at most `concurrency` at once; a lane that has had its turn goes behind the others.
 */

/** `since` on performance.now()'s clock. */
export type Queued = Readonly<{ lane: number; since: number }>;

/** What became of an item: it is through, or it must run again, before anything else of its lane. */
export type LaneTurn = 'through' | Readonly<{ againInMs: number }>;

type Lane<T> = { waiting: T[]; rest: NodeJS.Timeout | undefined };

/** @param run never rejects */
export function createLaneQueues<T extends Queued>(concurrency: number, run: (item: T) => Promise<LaneTurn>) {
  /** Every lane that has something unfinished, and what waits in it behind the item that runs. */
  const lanes = new Map<number, Lane<T>>();
  /** Lanes whose first item may start. */
  let ready: number[] = [];
  /** In the order of arrival, so the oldest is the first. */
  const unfinished = new Set<T>();
  let running = 0;
  let overtaking = 0;
  let stopped = false;
  let idlers: (() => void)[] = [];

  function startReady(): void {
    while (!stopped && running < concurrency) {
      const lane = ready.shift();
      if (lane === undefined) return;
      const item = lanes.get(lane)?.waiting.shift();
      if (item !== undefined) void runInLane(item);
    }
  }

  async function runInLane(item: T): Promise<void> {
    running += 1;
    const turn = await run(item);
    running -= 1;
    settle(item, turn);
  }

  async function runAtOnce(item: T): Promise<void> {
    overtaking += 1;
    const turn = await run(item);
    overtaking -= 1;
    settle(item, turn);
  }

  function settle(item: T, turn: LaneTurn): void {
    const lane = lanes.get(item.lane);
    if (turn === 'through') unfinished.delete(item);
    else lane?.waiting.unshift(item);
    if (lane !== undefined && lane.waiting.length > 0)
      rest(item.lane, lane, turn === 'through' ? 0 : turn.againInMs);
    else lanes.delete(item.lane);
    startReady();
    if (running + overtaking > 0) return;
    for (const resolve of idlers) resolve();
    idlers = [];
  }

  /** A lane that waits for its time holds no place. */
  function rest(number: number, lane: Lane<T>, ms: number): void {
    if (ms <= 0) ready.push(number);
    else {
      lane.rest = setTimeout(() => {
        ready.push(number);
        startReady();
      }, ms);
    }
  }

  function join(item: T): void {
    unfinished.add(item);
    const lane = lanes.get(item.lane);
    if (lane !== undefined) {
      lane.waiting.push(item);
      return;
    }
    lanes.set(item.lane, { waiting: [item], rest: undefined });
    ready.push(item.lane);
    startReady();
  }

  return {
    /** Puts the item at the end of its lane. */
    join,
    /** Starts the item, which has its lane to itself, past every bound. */
    overtake(item: T): void {
      if (stopped) {
        join(item);
        return;
      }
      unfinished.add(item);
      lanes.set(item.lane, { waiting: [], rest: undefined });
      void runAtOnce(item);
    },
    /** How many items of empty lanes would start at once. */
    freePlaces: () => (stopped ? 0 : Math.max(concurrency - running - ready.length, 0)),
    /** Starts nothing more until `resume`; what runs goes on. */
    hold(): void {
      stopped = true;
    },
    resume(): void {
      stopped = false;
      startReady();
    },
    /** Forgets what does not run, and starts nothing ever again. */
    close(): void {
      stopped = true;
      for (const lane of lanes.values()) clearTimeout(lane.rest);
      ready = [];
    },
    /** Resolves when nothing runs: after `hold`, for good. */
    idle(): Promise<void> {
      if (running + overtaking === 0) return Promise.resolve();
      return new Promise((resolve) => idlers.push(resolve));
    },
    has: (lane: number) => lanes.has(lane),
    /** The lanes that have something unfinished. */
    busy: () => [...lanes.keys()],
    /** What is unfinished in a lane, the running item not counted. */
    waitingIn: (lane: number) => lanes.get(lane)?.waiting.length ?? 0,
    waiting: () => unfinished.size - running - overtaking,
    running: () => running + overtaking,
    /** When the oldest unfinished item came, or null when there is none. */
    oldestSince(): number | null {
      const [oldest] = unfinished;
      return oldest?.since ?? null;
    },
  };
}
