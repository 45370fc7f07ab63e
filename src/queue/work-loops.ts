import type { PgBoss } from 'pg-boss';

/**
 * Whoever is not woken by a notification is woken by the queue's look at all its jobs, every second; this covers for
 * both.
 */
const POLLING = { pollingIntervalSeconds: 300, notifyPollingIntervalSeconds: 300 };

export type WorkLoops = ReturnType<typeof createWorkLoops>;

/**
 * Loops of one job each over the jobs of one kind, up to `concurrency`. One of them waits beside those that are at work:
 * a notification wakes each that waits, and each then asks the database.
 *
 * A notification wakes a loop once and not once a job, so what came with it may be more than was taken: after each job
 * that is taken somebody looks for another one. That is the loop that waits, or a further one that waits from then on;
 * where all are at work it is the first that is done. A look that finds nothing is the last, so a job costs two of them,
 * and a backlog drains without waiting for the queue's own (bench/queue.ts).
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
  /** Those of them without a job. */
  const waiting = new Set<string>();
  /** A job was taken after which nobody could look for another. */
  let isLookOwed = false;
  /** When each job in hand was begun, on performance.now()'s clock; the first is the oldest. */
  const begun = new Set<{ at: number }>();
  let stopping = false;
  /** Ends of loops that were not needed any more; the last job of each may still be written down as done. */
  const ending = new Set<Promise<void>>();

  async function addLoop(): Promise<void> {
    loops += 1;
    // It begins with a look.
    const id: string = await boss.work<Data>(name, { batchSize: 1, ...POLLING }, async ([job]) => {
      if (job === undefined) return;
      waiting.delete(id);
      const beginning = { at: performance.now() };
      begun.add(beginning);
      try {
        if (!stopping) await haveLooked();
        await run(job.data, job.signal);
      } finally {
        begun.delete(beginning);
        if (!stopping) waitOrEnd(id);
      }
    });
    ids.add(id);
    waiting.add(id);
  }

  async function haveLooked(): Promise<void> {
    const [other] = waiting;
    if (other !== undefined) boss.notifyWorker(other);
    else if (loops < concurrency) await addLoop();
    else isLookOwed = true;
  }

  function waitOrEnd(id: string): void {
    if (waiting.size > 0 && !isLookOwed) {
      endLoop(id);
      return;
    }
    waiting.add(id);
    if (isLookOwed) boss.notifyWorker(id);
    isLookOwed = false;
  }

  function endLoop(id: string): void {
    loops -= 1;
    ids.delete(id);
    // It ends with the job that it is in, so this cannot be awaited there.
    const end = boss.offWork(name, { id, wait: true }).finally(() => ending.delete(end));
    ending.add(end);
  }

  return {
    start: addLoop,

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
