/**
 * What one order costs, from the photo to the album: processor time of the whole process and of its kinds of threads,
 * transactions and statements. Sellers come a few at a time, so that nothing waits, and the provider answers soon: what
 * is measured is work, which a busy machine blurs less than waits. Every contestant is an app of its own, and they take
 * turns in two groups. `BENCH_BEFORE` names the folder of an earlier version's checkout, with its packages, that takes turns with them.
 */
import postgres from 'postgres';
import { type BenchRow, describe, isQuick, median, medianRatio, printRows, progress, rounds } from './row.ts';
import type { Usage } from './support/child.ts';
import { type Databases, withPostgres } from './support/postgres.ts';
import { chooseStyles, create, type Draft, draft, openShop, type Shop } from './support/shop.ts';
import { VERSION_BEFORE } from './support/versions.ts';

const PROVIDER_MS = 200;
const ROUNDS = rounds(5);
/** Until the code is compiled: after a hundred orders an order costs two thirds of what it costs after thirty. */
const WARM_UP_ROUNDS = isQuick() ? 0 : 4;
/** Orders of one round, and how many are under way at a time. */
const ORDERS = isQuick() ? 6 : 24;
const AT_A_TIME = 3;
const IDLE_MS = 5000;
/** What backends counted and have not told yet, those that have nothing to do tell ten seconds later (PostgreSQL 15). */
const UNTOLD_MS = 11_000;
/**
 * Those of a group take turns; of its first one the others say what they cost more or less. Each waits while the others
 * of its group have theirs, and finds the processor's caches empty: what is compared stands in a small group.
 */
const GROUPS: readonly (readonly Contestant[])[] = [
  [
    ...(VERSION_BEFORE === null
      ? []
      : [
          {
            name: 'one picture, WebP, the version before',
            pictures: 1,
            format: 'webp',
            version: VERSION_BEFORE,
          } as const,
        ]),
    { name: 'one picture, WebP', pictures: 1, format: 'webp' },
    { name: 'one picture, JPEG', pictures: 1, format: 'jpeg' },
  ],
  [
    { name: 'one picture, WebP, none unfinished before it', pictures: 1, format: 'webp', partials: false },
    { name: 'one picture, WebP, held against its photo', pictures: 1, format: 'webp', truthCheck: 'mark' },
    { name: 'four pictures, WebP', pictures: 4, format: 'webp' },
    { name: 'four pictures, JPEG', pictures: 4, format: 'jpeg' },
  ],
];
/**
 * `format`: IMAGE_FORMAT; `truthCheck`: TRUTH_CHECK, off unless told; `partials`: sent unless told; `version`: a folder,
 * this version's unless told.
 */
type Contestant = Readonly<{
  name: string;
  pictures: number;
  format: 'webp' | 'jpeg';
  partials?: boolean;
  truthCheck?: 'mark';
  version?: string;
}>;
type Stand = Readonly<{
  contestant: Contestant;
  shop: Shop;
  measure: Measure;
  played: Round[];
  close: () => Promise<void>;
}>;
type Measure = (work: () => Promise<unknown>) => Promise<Cost>;
/** Of the version before decision 042 (commit 57fa0bd), which takes turns where BENCH_BEFORE names it. */
const LIMIT_OF_BEFORE = { webp: 1 / 2, jpeg: 1 / 3 };
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
      for (const group of GROUPS) rows.push(...(await playGroup(databases, group)));
      return rows;
    },
    { shared_preload_libraries: 'pg_stat_statements', 'pg_stat_statements.track_utility': 'off' },
  );
}

/** The rows of a group; what idleness costs is measured of this version, when the first one is over. */
async function playGroup(databases: Databases, group: readonly Contestant[]): Promise<BenchRow[]> {
  const stands: Stand[] = [];
  try {
    for (const contestant of group) stands.push(await openStand(databases, contestant));
    await playAll(stands);
    const [first] = stands;
    const own = stands.find(({ contestant }) => contestant.version === undefined);
    if (first === undefined || own === undefined) throw new Error('nobody of this version takes turns');
    const rows = stands.flatMap((stand) => orderRows(stand, first));
    if (group !== GROUPS[0]) return rows;
    await new Promise((resolve) => setTimeout(resolve, UNTOLD_MS));
    const idle = await own.measure(() => new Promise((resolve) => setTimeout(resolve, IDLE_MS)));
    return [...rows, ...idleRows(idle)];
  } finally {
    for (const { close } of stands) await close();
  }
}

async function openStand(databases: Databases, contestant: Contestant): Promise<Stand> {
  const { format, partials = true, truthCheck = 'off', version } = contestant;
  const name = `order_${GROUPS.flat().indexOf(contestant)}`;
  // Another version brings its own tables.
  const databaseUrl = await (version === undefined ? databases.create(name) : databases.createEmpty(name));
  const books = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  await books`create extension pg_stat_statements`;
  const shop = await openShop(
    databaseUrl,
    { IMAGE_FORMAT: format, TRUTH_CHECK: truthCheck },
    { providerMs: PROVIDER_MS, partials, ...(version === undefined ? {} : { version }) },
  );
  const close = async () => {
    await shop.close();
    await books.end();
  };
  return { contestant, shop, measure: meter(shop, books), played: [], close };
}

/** Each round begins with another one. */
async function playAll(stands: readonly Stand[]): Promise<void> {
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
    const first = round % stands.length;
    for (const stand of [...stands.slice(first), ...stands.slice(0, first)]) {
      const played = await playRound(stand, round * ORDERS);
      if (round >= WARM_UP_ROUNDS) stand.played.push(played);
      progress(`${stand.contestant.name}: round ${round + 1} of ${WARM_UP_ROUNDS + ROUNDS}`);
    }
  }
}

/** @param before people of the rounds before, of whom none comes again */
async function playRound({ contestant, shop, measure }: Stand, before: number): Promise<Round> {
  const { pictures } = contestant;
  const people = Array.from({ length: ORDERS }, (_, index) => before + index + 1);
  const drafts: Draft[] = [];
  const photo = await measure(() =>
    aFewAtATime(people, async (one) => drafts.push(await draft(shop, one, 0))),
  );
  const taps = await measure(() => aFewAtATime(drafts, (one) => chooseStyles(shop, one, pictures)));
  const order = await measure(() => aFewAtATime(drafts, (one) => create(shop, one, pictures, 0)));
  return { photo, taps, order };
}

/** Measures what an interval costs until all that it began is over. */
function meter(shop: Shop, books: postgres.Sql): Measure {
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

function orderRows({ contestant, played }: Stand, first: Stand): BenchRow[] {
  const { name, pictures, format, partials = true, truthCheck } = contestant;
  const each = (read: (round: Round) => number) => played.map((round) => read(round) / ORDERS);
  const cpuOf = ({ photo, taps, order }: Round) => photo.cpuMs + taps.cpuMs + order.cpuMs;
  const cpu = each(cpuOf);
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
    what: `${figure}, an order of ${name}`,
    measured: `${describe(values)}${unit}`,
    against,
    ratio: median(values),
    limit: '–',
    ok: true,
  });
  const limit = LIMIT_OF_BEFORE[format];
  const isBefore = contestant.version !== undefined;
  const isHeld =
    first.contestant.version !== undefined &&
    !isBefore &&
    pictures === 1 &&
    partials &&
    truthCheck === undefined;
  const ofFirst = medianRatio(
    cpu,
    first.played.map((round) => cpuOf(round) / ORDERS),
  );
  const cost = row(
    'processor time',
    cpu,
    ' ms',
    `${ofFirst.toFixed(2)}× of the first; ${parts}; by threads: ${threads}`,
  );
  return [
    isHeld
      ? { ...cost, ratio: ofFirst, limit: `≤ ${limit.toFixed(2)}× of before`, ok: ofFirst <= limit }
      : cost,
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
