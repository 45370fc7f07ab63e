/** What each of the owner's questions reads, of a history of half a year and of one that is four times as long. */
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { describe, expect, inject, test } from 'vitest';
import { readOrders } from '../../../src/billing/orders/order-list.ts';
import { readHeldPayments, readPayments } from '../../../src/billing/orders/payment-lists.ts';
import { listPeople } from '../../../src/customers/list-people.ts';
import type { Database } from '../../../src/database/client.ts';
import * as schema from '../../../src/database/schema/index.ts';
import { listPictures } from '../../../src/photoshoots/list-pictures.ts';
import { readBrief } from '../../../src/statistics/brief.ts';
import { readChartFigures } from '../../../src/statistics/chart-figures.ts';
import { readCohorts } from '../../../src/statistics/cohorts.ts';
import { readOverview } from '../../../src/statistics/overview.ts';
import { PERIODS, periodOf } from '../../../src/statistics/period.ts';
import { readPerson } from '../../../src/statistics/person.ts';
import { readProviderSpending } from '../../../src/statistics/provider-spending.ts';
import { rollUp } from '../../../src/statistics/roll-up.ts';
import { readSources } from '../../../src/statistics/sources.ts';
import { readWhatWaits } from '../../../src/statistics/what-waits.ts';
import { createServerDatabase } from '../../support/database.ts';
import { writeLargeHistory } from '../../support/large-history.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const PER_DAY = 100;
/** So many days are behind the longest period and the one before it, and behind what cohorts are followed for. */
const SIZES = [20_000, 80_000];
/** An index that is one level deeper, and no more, for each of the rows that a statement looks up. */
const DEEPER = 1.4;
/** A small table that is read whole while it has a page, and the rows of a year that a long history has more. */
const SPARE_PAGES = 50;
/** Times are those of a thousand, each looked up; in a short history reading everything may be cheaper. */
const PAGES_OF_SAMPLE = 1_000 * 5;
const counting = { timeZone: 'Europe/Berlin', starsUsdRate: 0.013 };

type Ask = (db: Database, now: Date) => Promise<unknown>;
const page = { limit: 26, offset: 0 };
const month = (now: Date) => ({ since: new Date(now.getTime() - 30 * DAY_MS), until: now });

const QUESTIONS: Record<string, Ask> = {
  ...Object.fromEntries(
    PERIODS.map((name): [string, Ask] => [
      `the overview, ${name}`,
      (db, now) => readOverview(db, { ...counting, period: periodOf(name, counting.timeZone, now) }, now),
    ]),
  ),
  // Those of all time draw each of its days.
  ...Object.fromEntries(
    PERIODS.filter((name) => name !== 'all').map((name): [string, Ask] => [
      `the charts, ${name}`,
      (db, now) =>
        readChartFigures(
          db,
          { timeZone: counting.timeZone, period: periodOf(name, counting.timeZone, now) },
          now,
        ),
    ]),
  ),
  'the digest': (db, now) =>
    readBrief(db, { timeZone: counting.timeZone, period: periodOf('today', counting.timeZone, now) }, now),
  'who returns': (db, now) => readCohorts(db, { timeZone: counting.timeZone, weeks: 8 }, now),
  'the sources of a month': (db, now) => readSources(db, month(now).since),
  'the spending of a day': (db, now) => readProviderSpending(db, counting.timeZone, now),
  'what waits': (db) => readWhatWaits(db),
  'a person': (db, now) => readPerson(db, 7, now),
  payments: (db, now) => readPayments(db, { userId: null, state: null, during: month(now), ...page }),
  orders: (db, now) => readOrders(db, { userId: null, state: null, during: month(now), ...page }),
  people: (db, now) => listPeople(db, { during: month(now), ...page }),
  pictures: (db, now) => listPictures(db, { list: 'delivered', userId: null, during: month(now), ...page }),
  'held payments': (db) => readHeldPayments(db, page),
};

const source = inject('testDatabase');

describe.skipIf(source.kind === 'embedded')('the owner’s questions', () => {
  test('read as many pages of a long history as of a short one', { timeout: 600_000 }, async () => {
    if (source.kind === 'embedded') return;
    const [small = {}, large = {}] = await Promise.all(
      SIZES.map((pictures) => pagesOf(source.url, pictures)),
    );
    const grown = Object.keys(QUESTIONS).flatMap((name) =>
      (small[name] ?? []).flatMap(({ query, pages }, index) => {
        const more = large[name]?.[index];
        const limit = query.includes('percentile_cont') ? PAGES_OF_SAMPLE : pages * DEEPER + SPARE_PAGES;
        return more === undefined || more.pages > limit
          ? [`${name}: ${pages} pages, then ${more?.pages}: ${query.slice(0, 200)}`]
          : [];
      }),
    );
    expect(grown).toEqual([]);
    expect(Object.values(small).flat().length).toBeGreaterThan(Object.keys(QUESTIONS).length);
  });
});

type Read = { query: string; pages: number };

/** The pages that each statement of each question touches, whether they were in memory or not. */
async function pagesOf(templateUrl: string, pictures: number): Promise<Record<string, Read[]>> {
  const server = await createServerDatabase(templateUrl);
  const heard: { query: string; params: unknown[] }[] = [];
  const client = postgres(server.url, { max: 1, onnotice: () => {} });
  try {
    const db: Database = drizzle(client, {
      schema,
      logger: { logQuery: (query, params) => heard.push({ query, params }) },
    });
    await writeLargeHistory(db, { pictures, perDay: PER_DAY });
    const now = new Date();
    await rollUp(db, counting, new Date(now.getTime() - 20 * MINUTE_MS));
    await client`vacuum analyze daily_figures`;
    await client`vacuum analyze summed_figures`;
    const pages: Record<string, Read[]> = {};
    for (const [name, ask] of Object.entries(QUESTIONS)) {
      heard.length = 0;
      await ask(db, now);
      const statements = heard.splice(0).filter(({ query }) => /^(select|with)\b/i.test(query));
      pages[name] = [];
      for (const statement of statements) pages[name].push(await pagesRead(client, statement));
    }
    return pages;
  } finally {
    await client.end();
    await server.drop();
  }
}

async function pagesRead(
  client: postgres.Sql,
  { query, params }: { query: string; params: unknown[] },
): Promise<Read> {
  const [row] = await client.begin(async (tx) => {
    // As `planAnew` has it for those of them that count.
    await tx.unsafe('set local plan_cache_mode = force_custom_plan; set local jit = off');
    return tx.unsafe(
      `explain (analyze, buffers, format json) ${query}`,
      params.map((value) => (value instanceof Date ? value.toISOString() : value)) as string[],
    );
  });
  const plan = row?.['QUERY PLAN'][0].Plan;
  return { query, pages: plan['Shared Hit Blocks'] + plan['Shared Read Blocks'] };
}
