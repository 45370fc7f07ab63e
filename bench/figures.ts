/**
 * What the owner's overview costs as the history grows: with its roll-up, against the same figures counted from all
 * rows by queries of their own. `BENCH_FIGURES_LARGE=1` adds a million and five million pictures (an hour, 15 GB).
 */
import { sql } from 'drizzle-orm';
import { type DatabaseHandle, openDatabase } from '../src/database/client.ts';
import { selectRows } from '../src/database/rows.ts';
import { createLog } from '../src/log.ts';
import { openBook } from '../src/statistics/book.ts';
import { countFigures, FIGURE_GROUPS } from '../src/statistics/figures.ts';
import { readOverview } from '../src/statistics/overview.ts';
import { addDays, dayAt, periodOf } from '../src/statistics/period.ts';
import { rollUp, startOf } from '../src/statistics/roll-up.ts';
import { writeLargeHistory } from '../tests/support/large-history.ts';
import { type BenchRow, describe, isQuick, median, printRows, progress, rounds } from './row.ts';
import { withPostgres } from './support/postgres.ts';

const TIME_ZONE = 'Europe/Berlin';
const PER_DAY = 20_000;
const ROUNDS = rounds(15);
/** Each of these counts everything; of the largest history once, which takes minutes. */
const separateRounds = (pictures: number) => (pictures < LARGEST ? rounds(3) : 1);
const LARGEST = 5_000_000;
const SIZES = isQuick()
  ? [10_000]
  : [30_000, 300_000, ...(process.env.BENCH_FIGURES_LARGE === '1' ? [1_000_000, LARGEST] : [])];
/** Of the overview with ten times as many pictures to the one before. */
const FLAT_LIMIT = 1.3;
/** What counting all rows must cost at least, as a multiple. */
const separateLimit = (pictures: number) => (pictures < LARGEST ? 10 : 35);
const PERIODS = ['today', '30', 'all'] as const;

type Result = {
  pictures: number;
  overviewMs: Record<(typeof PERIODS)[number], number[]>;
  separateMs: number[];
  firstMs: number;
  dailyMs: number;
  againMs: number;
};

export async function run(): Promise<BenchRow[]> {
  return withPostgres('the figures', async (databases) => {
    const results: Result[] = [];
    for (const pictures of SIZES) {
      const database = await openDatabase(
        {
          kind: 'server',
          url: await databases.create(`figures_${pictures}`),
          directUrl: null,
          poolMaxSize: 2,
          connectTimeoutMs: 30_000,
          recycleMs: 3_600_000,
          queryTimeoutMs: 1_800_000,
        },
        createLog({ level: 'warn', pretty: false }),
      );
      try {
        results.push(await measure(database, pictures));
        progress(`${pictures} pictures`);
      } finally {
        await database.close();
      }
    }
    return results.flatMap(rowsOf);
  });
}

async function measure({ db }: DatabaseHandle, pictures: number): Promise<Result> {
  await writeLargeHistory(db, { pictures, perDay: PER_DAY });
  progress(`${pictures} pictures are written`);
  const now = new Date();
  const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
  const timed = async (work: () => Promise<unknown>) => {
    const startedAt = performance.now();
    await work();
    return performance.now() - startedAt;
  };
  const firstMs = await timed(() => rollUp(db, { timeZone: TIME_ZONE }, now));
  const againMs = await timed(() => rollUp(db, { timeZone: TIME_ZONE }, later(6)));
  // As at midnight: the last 35 days are written anew.
  const dailyMs = await timed(() => rollUp(db, { timeZone: TIME_ZONE }, later(24 * 60)));
  await db.execute(sql`update roll_ups set through = ${later(-10).toISOString()}::timestamptz`);
  for (const table of ['daily_figures', 'summed_figures'])
    await db.execute(sql.raw(`vacuum analyze ${table}`));
  progress(`${pictures} pictures are rolled up`);
  const overviewMs: Record<(typeof PERIODS)[number], number[]> = { today: [], '30': [], all: [] };
  for (let round = 0; round < ROUNDS + 1; round++) {
    for (const name of PERIODS) {
      const period = periodOf(name, TIME_ZONE, now);
      const ms = await timed(() =>
        readOverview(db, { timeZone: TIME_ZONE, starsUsdRate: 0.013, period }, now),
      );
      // The first one plans and opens.
      if (round > 0) overviewMs[name].push(ms);
    }
  }
  const separateMs: number[] = [];
  for (let round = 0; round < separateRounds(pictures); round++)
    separateMs.push(await timed(() => countSeparately(db, now)));
  return { pictures, overviewMs, separateMs, firstMs, dailyMs, againMs };
}

/** The figures of all time from the rows, one query for each part, as a page without a roll-up asks. */
async function countSeparately(db: DatabaseHandle['db'], now: Date): Promise<void> {
  const ends = startOf(addDays(dayAt(now, TIME_ZONE), 1), TIME_ZONE);
  const begins = startOf('2000-01-01', TIME_ZONE);
  await openBook(db, { timeZone: TIME_ZONE, now }, async ({ tx }) => {
    for (const figures of FIGURE_GROUPS) {
      const rows = countFigures(figures, { begins, ends, timeZone: TIME_ZONE });
      await selectRows(
        tx,
        sql`select figure, dimension, sum(value)::float8 from (${rows}) as counted group by 1, 2`,
      );
    }
  });
}

function rowsOf(result: Result, index: number, all: readonly Result[]): BenchRow[] {
  const { pictures, overviewMs, separateMs } = result;
  const many = pictures.toLocaleString('en');
  const smaller = all[index - 1];
  const ofPeriod = (name: (typeof PERIODS)[number]): BenchRow => {
    const own = overviewMs[name];
    const before = smaller?.overviewMs[name];
    const ratio = before === undefined ? 1 : median(own) / median(before);
    return {
      what: `overview, ${name}, ${many} pictures`,
      measured: `${describe(own)} ms`,
      against:
        before === undefined ? '–' : `${describe(before)} ms with ${smaller?.pictures.toLocaleString('en')}`,
      ratio,
      limit: before === undefined ? '–' : `≤ ${FLAT_LIMIT}×`,
      ok: ratio <= FLAT_LIMIT,
    };
  };
  const gain = median(separateMs) / median(overviewMs.all);
  const isHeld = pictures >= 300_000;
  const limit = separateLimit(pictures);
  return [
    ...PERIODS.map(ofPeriod),
    {
      what: `overview, all, ${many} pictures, against queries of all rows`,
      measured: `${describe(overviewMs.all)} ms`,
      against: `${describe(separateMs, 0)} ms`,
      ratio: gain,
      limit: isHeld ? `≥ ${limit}×` : '–',
      ok: !isHeld || gain >= limit,
    },
    {
      what: `roll-up, ${many} pictures: from nothing / once a day / every ten minutes`,
      measured: [result.firstMs, result.dailyMs, result.againMs]
        .map((ms) => `${(ms / 1000).toFixed(1)} s`)
        .join(' / '),
      against: '–',
      ratio: 0,
      limit: '–',
      ok: true,
    },
  ];
}

if (import.meta.main) printRows(await run());
