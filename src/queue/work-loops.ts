import type { PgBoss } from 'pg-boss';

/**
 * How many loops wait for work beside those that are at it. A notification wakes every waiting loop, and each
 * then asks the database: four to eight that waited asked seven times for a job, these ask three times
 * (bench/queue.ts, bench/order.ts). Between the two bounds nothing is started or ended, so that a backlog of short
 * jobs runs on steady loops.
 */
const WAITING = { least: 1, most: 2 };
/** Whoever is not woken by a notification is woken by the queue's look at all its jobs; this covers for both. */
const POLLING = { pollingIntervalSeconds: 30, notifyPollingIntervalSeconds: 30 };

export type WorkLoops = ReturnType<typeof createWorkLoops>;

/**
 * Loops of one job each over the jobs of one kind, up to `concurrency`. A loop that takes a job has another
 * one wait in its place; one that is done and not needed ends.
 * @param run works on one job; what it throws makes the queue try the job again
 */
export function createWorkLoops<Data extends object>(
  boss: PgBoss,
  name: string,
  concurrency: number,
  run: (data: Data, signal: AbortSignal) => Promise<void>,
) {
  let loops = 0;
  const ids = new Set<string>();
  let busy = 0;
  /** When each job in hand was begun, on performance.now()'s clock; the first is the oldest. */
  const begun = new Set<{ at: number }>();
  let stopping = false;
  /** Ends of loops that were not needed any more; the last job of each may still be written down as done. */
  const ending = new Set<Promise<void>>();
  const tooFew = () => loops < Math.min(concurrency, busy + WAITING.least);
  const tooMany = () => loops > busy + WAITING.most;

  async function addLoop(): Promise<void> {
    loops += 1;
    const id: string = await boss.work<Data>(name, { batchSize: 1, ...POLLING }, async ([job]) => {
      if (job === undefined) return;
      busy += 1;
      const beginning = { at: performance.now() };
      begun.add(beginning);
      // Looks for another job right after this one, also where others wait: a notification wakes a loop once and not once
      // a job, and what came with it may be more than they take. Left out “where others have looked”, a backlog of short
      // jobs drained by two for each look of the queue (bench/queue.ts).
      boss.notifyWorker(id);
      try {
        if (!stopping && tooFew()) await addLoop();
        await run(job.data, job.signal);
      } finally {
        busy -= 1;
        begun.delete(beginning);
        if (!stopping && tooMany()) endLoop(id);
      }
    });
    ids.add(id);
  }

  function endLoop(id: string): void {
    loops -= 1;
    ids.delete(id);
    // It ends with the job that it is in, so this cannot be awaited there.
    const end = boss.offWork(name, { id, wait: true }).finally(() => ending.delete(end));
    ending.add(end);
  }

  return {
    async start(): Promise<void> {
      while (tooFew()) await addLoop();
    },

    /** There is a job of which no notification was heard: every loop looks for it, those at work when they are done. */
    look(): void {
      for (const id of ids) boss.notifyWorker(id);
    },

    /** How long ago the oldest job in hand was begun, in milliseconds; null when there is none. */
    oldestMs(): number | null {
      const [oldest] = begun;
      return oldest === undefined ? null : performance.now() - oldest.at;
    },

    /** Takes no more jobs; resolves when none is running. */
    async stop(): Promise<void> {
      stopping = true;
      await Promise.all([...ending, boss.offWork(name, { wait: true })]);
    },
  };
}
