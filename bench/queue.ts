/** How soon a job starts on an idle queue, and how fast a backlog drains: our queue, on a PostgreSQL server. */
import { setTimeout as delay } from 'node:timers/promises';
import { type DatabaseHandle, openDatabase } from '../src/database/client.ts';
import { createLog } from '../src/log.ts';
import { createQueue, type Queue } from '../src/queue/queue.ts';
import { type BenchRow, describe, median, printRows, progress, quantile, rounds } from './row.ts';
import { withPostgres } from './support/postgres.ts';

const ROUNDS = rounds(5);
/** ASYNC_WORKERS: the default, and what a busy shop has. */
const WORKERS = [10, 100] as const;
const STARTS = 100;
/** Between two starts, so that every one finds the workers asleep. */
const PAUSE_MS = 15;
const BACKLOG = 2000;
/** Milliseconds at the 50th and at the 99th percentile. */
const START_LIMIT_MS = { p50: 20, p99: 50 };
const DRAIN_AT_LEAST = 500;

type Round = { startMs: number[]; drainedPerSecond: number };

export async function run(): Promise<BenchRow[]> {
  return withPostgres('the queue', async (databases) => {
    const log = createLog({ level: 'warn', pretty: false });
    const database = await openDatabase(
      {
        kind: 'server',
        url: await databases.create('queue'),
        directUrl: null,
        poolMaxSize: 20,
        connectTimeoutMs: 30_000,
        recycleMs: 3_600_000,
        queryTimeoutMs: 30_000,
      },
      log,
    );
    try {
      const rows: BenchRow[] = [];
      for (const workers of WORKERS) {
        const results: Round[] = [];
        for (let round = 0; round < ROUNDS; round++) {
          results.push(await playRound(database, workers, () => createQueue(database.queue, log)));
          progress(`${workers} workers: round ${round + 1} of ${ROUNDS}`);
        }
        rows.push(...rowsOf(workers, results));
      }
      return rows;
    } finally {
      await database.close();
    }
  });
}

async function playRound(database: DatabaseHandle, workers: number, open: () => Queue): Promise<Round> {
  const queue = open();
  await queue.start();
  try {
    await fill(database, queue);
    let ran = 0;
    let onRun: (id: number) => void = () => {};
    const drained = new Promise<void>((resolve) => {
      onRun = () => {
        ran += 1;
        if (ran === BACKLOG) resolve();
      };
    });
    const startedAt = performance.now();
    await queue.work('run-photoshoot', workers, async ({ photoshootId }) => onRun(photoshootId));
    await drained;
    const drainedPerSecond = (BACKLOG * 1000) / (performance.now() - startedAt);

    const startMs: number[] = [];
    for (let id = 0; id < STARTS; id++) {
      await delay(PAUSE_MS);
      const started = Promise.withResolvers<void>();
      onRun = () => started.resolve();
      const enqueuedAt = performance.now();
      await queue.enqueue(database.db, 'run-photoshoot', { photoshootId: id });
      await started.promise;
      startMs.push(performance.now() - enqueuedAt);
    }
    return { startMs, drainedPerSecond };
  } finally {
    await queue.stop(5000);
  }
}

async function fill(database: DatabaseHandle, queue: Queue): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < BACKLOG) {
      next += 1;
      await queue.enqueue(database.db, 'run-photoshoot', { photoshootId: next });
    }
  };
  await Promise.all(Array.from({ length: 10 }, lane));
}

function rowsOf(workers: number, results: readonly Round[]): BenchRow[] {
  const p50s = results.map(({ startMs }) => quantile(startMs, 0.5));
  const p99s = results.map(({ startMs }) => quantile(startMs, 0.99));
  const drained = results.map(({ drainedPerSecond }) => drainedPerSecond);
  return [
    {
      what: `job start on an idle queue, ${workers} workers, p50`,
      measured: `${describe(p50s)} ms`,
      against: '–',
      ratio: median(p50s),
      limit: `≤ ${START_LIMIT_MS.p50} ms`,
      ok: median(p50s) <= START_LIMIT_MS.p50,
    },
    {
      what: `job start on an idle queue, ${workers} workers, p99`,
      measured: `${describe(p99s)} ms`,
      against: '–',
      ratio: median(p99s),
      limit: `≤ ${START_LIMIT_MS.p99} ms`,
      ok: median(p99s) <= START_LIMIT_MS.p99,
    },
    {
      what: `backlog of ${BACKLOG} drained, ${workers} workers`,
      measured: `${describe(drained, 0)}/s`,
      against: '–',
      ratio: median(drained),
      limit: `≥ ${DRAIN_AT_LEAST}/s`,
      ok: median(drained) >= DRAIN_AT_LEAST,
    },
  ];
}

if (import.meta.main) printRows(await run());
