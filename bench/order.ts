/**
 * What one order costs, from the photo to the album: processor time of the whole process and of its kinds of threads,
 * transactions and statements. Sellers come a few at a time, so that nothing waits, and the provider answers soon: what
 * is measured is work, which a busy machine blurs less than waits.
 */
import postgres from 'postgres';
import { type BenchRow, describe, median, printRows, rounds } from './row.ts';
import type { Usage } from './support/child.ts';
import { withPostgres } from './support/postgres.ts';
import { chooseStyles, create, type Draft, draft, openShop, type Shop } from './support/shop.ts';

const PROVIDER_MS = 200;
const ROUNDS = rounds(5);
const WARM_UP_ROUNDS = 2;
/** Orders of one round, and how many are under way at a time. */
const ORDERS = 30;
const AT_A_TIME = 3;
const IDLE_MS = 5000;
/** `format`: IMAGE_FORMAT. */
const ORDERED: readonly Ordered[] = [
  { pictures: 1, format: 'webp' },
  { pictures: 1, format: 'jpeg' },
  { pictures: 4, format: 'webp' },
];
type Ordered = Readonly<{ pictures: number; format: 'webp' | 'jpeg' }>;
/** Of the version before decision 042, which took 112 ms on a quiet machine and counted 57–71 transactions. */
const LIMIT_MS = { webp: 56, jpeg: 38 };
const LIMIT_IDLE = 9;

/** What an interval cost, by the process and by the database. */
type Cost = {
  cpuMs: number;
  threads: Readonly<Record<string, number>>;
  transactions: number;
  statements: number;
};
type Round = { photo: Cost; taps: Cost; order: Cost };

export async function run(): Promise<BenchRow[]> {
  return withPostgres(
    'what one order costs',
    async (databases) => {
      const rows: BenchRow[] = [];
      for (const order of ORDERED) {
        const databaseUrl = await databases.create(`order_${order.pictures}_${order.format}`);
        rows.push(...(await measureOrders(databaseUrl, order)));
      }
      return rows;
    },
    { shared_preload_libraries: 'pg_stat_statements', 'pg_stat_statements.track_utility': 'off' },
  );
}

async function measureOrders(databaseUrl: string, { pictures, format }: Ordered): Promise<BenchRow[]> {
  const books = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  const shop = await openShop(
    databaseUrl,
    { ASYNC_WORKERS: '10', IMAGE_FORMAT: format },
    { providerMs: PROVIDER_MS },
  );
  const measure = meter(shop, books);
  let person = 0;
  const playRound = async (): Promise<Round> => {
    const people = Array.from({ length: ORDERS }, () => ++person);
    const drafts: Draft[] = [];
    const photo = await measure(() =>
      aFewAtATime(people, async (one) => drafts.push(await draft(shop, one, 0))),
    );
    const taps = await measure(() => aFewAtATime(drafts, (one) => chooseStyles(shop, one, pictures)));
    const order = await measure(() => aFewAtATime(drafts, (one) => create(shop, one, pictures, 0)));
    return { photo, taps, order };
  };
  try {
    await books`create extension pg_stat_statements`;
    for (let round = 0; round < WARM_UP_ROUNDS; round++) await playRound();
    const played: Round[] = [];
    for (let round = 0; round < ROUNDS; round++) played.push(await playRound());
    const idle = await measure(() => new Promise((resolve) => setTimeout(resolve, IDLE_MS)));
    return [
      ...orderRows({ pictures, format }, played),
      ...(pictures === 1 && format === 'webp' ? idleRows(idle) : []),
    ];
  } finally {
    await shop.close();
    await books.end();
  }
}

/** Measures what an interval costs until all that it began is over. */
function meter(shop: Shop, books: postgres.Sql) {
  const read = async () => {
    const usage = await shop.app.ask<Usage>({});
    const [counted] = await books<[{ transactions: number; statements: number }]>`
      select (select xact_commit + xact_rollback from pg_stat_database where datname = current_database())::int
          as transactions,
        (select sum(calls) from pg_stat_statements join pg_database on oid = dbid where datname = current_database())::int
          as statements`;
    return { ...usage, ...counted };
  };
  return async (work: () => Promise<unknown>): Promise<Cost> => {
    const before = await read();
    await work();
    // A backend tells what it counted a second after it did.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const after = await read();
    const threads = Object.entries(after.threads).map(
      ([name, us]) => [name, (us - (before.threads[name] ?? 0)) / 1000] as const,
    );
    return {
      cpuMs: (after.cpuUs - before.cpuUs) / 1000,
      threads: Object.fromEntries(threads),
      transactions: after.transactions - before.transactions,
      statements: after.statements - before.statements,
    };
  };
}

async function aFewAtATime<T>(things: readonly T[], work: (thing: T) => Promise<unknown>): Promise<void> {
  const waiting = things.values();
  const lane = async () => {
    for (const thing of waiting) await work(thing);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, lane));
}

function orderRows({ pictures, format }: Ordered, played: readonly Round[]): BenchRow[] {
  const each = (read: (round: Round) => number) => played.map((round) => read(round) / ORDERS);
  const what = `one order of ${pictures === 1 ? 'one picture' : `${pictures} pictures`}, ${format === 'webp' ? 'WebP' : 'JPEG'}`;
  const cpu = each(({ photo, taps, order }) => photo.cpuMs + taps.cpuMs + order.cpuMs);
  const parts = (['photo', 'taps', 'order'] as const)
    .map((part) => `${part} ${median(each((round) => round[part].cpuMs)).toFixed(1)}`)
    .join(', ');
  const names = [...new Set(played.flatMap(({ order }) => Object.keys(order.threads)))];
  const threads = names
    .map((name) => ({
      name,
      ms: median(
        each(({ photo, taps, order }) => sum([photo, taps, order].map((cost) => cost.threads[name] ?? 0))),
      ),
    }))
    .filter(({ ms }) => ms >= 0.5)
    .map(({ name, ms }) => `${name} ${ms.toFixed(1)}`)
    .join(', ');
  const count = (name: 'transactions' | 'statements') =>
    each(({ photo, taps, order }) => photo[name] + taps[name] + order[name]);
  const counted = (name: 'transactions' | 'statements') =>
    (['photo', 'taps', 'order'] as const)
      .map((part) => `${part} ${median(each((round) => round[part][name])).toFixed(0)}`)
      .join(', ');
  const row = (figure: string, values: readonly number[], unit: string, against: string): BenchRow => ({
    what: `${figure}, ${what}`,
    measured: `${describe(values)}${unit}`,
    against,
    ratio: median(values),
    limit: '–',
    ok: true,
  });
  const limitMs = LIMIT_MS[format];
  const cost = row('processor time', cpu, ' ms', `${parts}; by threads: ${threads}`);
  return [
    pictures === 1 ? { ...cost, limit: `≤ ${limitMs} ms`, ok: median(cpu) <= limitMs } : cost,
    row('transactions', count('transactions'), '', counted('transactions')),
    row('statements', count('statements'), '', counted('statements')),
  ];
}

function idleRows(idle: Cost): BenchRow[] {
  const seconds = (IDLE_MS + 1500) / 1000;
  const row = (what: string, value: number, unit: string): BenchRow => ({
    what: `${what} a second, idle`,
    measured: `${value.toFixed(1)}${unit}`,
    against: '–',
    ratio: value,
    limit: '–',
    ok: true,
  });
  return [
    {
      ...row('transactions', idle.transactions / seconds, ''),
      limit: `≤ ${LIMIT_IDLE}`,
      ok: idle.transactions / seconds <= LIMIT_IDLE,
    },
    row('statements', idle.statements / seconds, ''),
    row('processor time', idle.cpuMs / seconds, ' ms'),
  ];
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

if (import.meta.main) printRows(await run());
