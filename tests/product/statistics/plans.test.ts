/** How the server finds what owners ask for and what sweeps look for, on tables that have grown. */
import { eq, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { beginSubscribing } from '../../../src/billing/orders/begin-subscribing.ts';
import { expireOrders } from '../../../src/billing/orders/expire-orders.ts';
import { readOrders } from '../../../src/billing/orders/order-list.ts';
import { readHeldPayments, readPayments } from '../../../src/billing/orders/payment-lists.ts';
import { readOpenRefunds } from '../../../src/billing/orders/reconcile-payments.ts';
import { sweepOrders } from '../../../src/billing/orders/sweep-orders.ts';
import { readParts } from '../../../src/billing/refunds/read-parts.ts';
import { listPeople } from '../../../src/customers/list-people.ts';
import { readCustomer } from '../../../src/customers/read-customer.ts';
import type { Database } from '../../../src/database/client.ts';
import * as schema from '../../../src/database/schema/index.ts';
import { countIdeas } from '../../../src/photoshoots/draft/ask-for-ideas.ts';
import { expireDrafts } from '../../../src/photoshoots/draft/expire-drafts.ts';
import { findMadeBefore } from '../../../src/photoshoots/draft/find-made-before.ts';
import { readBeforePlacing } from '../../../src/photoshoots/draft/find-placed.ts';
import { isAnyDraftWaiting } from '../../../src/photoshoots/draft/is-any-draft-waiting.ts';
import { readHistory, readLatestDelivered } from '../../../src/photoshoots/history.ts';
import { listPictures } from '../../../src/photoshoots/list-pictures.ts';
import { sweepPictureFiles } from '../../../src/photoshoots/originals.ts';
import { readCard, readErrand } from '../../../src/photoshoots/read-photoshoot.ts';
import { isAnyPictureDue } from '../../../src/photoshoots/run/is-any-picture-due.ts';
import { readBeforeMaking } from '../../../src/photoshoots/run/read-before-making.ts';
import { readOutcome } from '../../../src/photoshoots/run/read-outcome.ts';
import { releaseAllLeases } from '../../../src/photoshoots/run/start-photoshoot.ts';
import {
  placeInLine,
  readLine,
  readMedianPictureMs,
  readPlace,
} from '../../../src/photoshoots/run/waiting-line.ts';
import { createPresentReader, type RepliedMessage } from '../../../src/photoshoots/words/read-present.ts';
import { readDueDeletions } from '../../../src/privacy/erase-person.ts';
import { SWEEPS } from '../../../src/privacy/sweeps.ts';
import { readChartFigures } from '../../../src/statistics/chart-figures.ts';
import { readCohorts } from '../../../src/statistics/cohorts.ts';
import { claimConversions, readConversions } from '../../../src/statistics/conversions.ts';
import { readOverview } from '../../../src/statistics/overview.ts';
import { PERIODS, periodOf } from '../../../src/statistics/period.ts';
import { readProviderSpending } from '../../../src/statistics/provider-spending.ts';
import { rollUp } from '../../../src/statistics/roll-up.ts';
import { readSources } from '../../../src/statistics/sources.ts';
import { createServerDatabase } from '../../support/database.ts';
import { LARGE_SELLER, writeLargeHistory } from '../../support/large-history.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** Tables that only grow (files of pictures go with their retention), and indexes whose condition keeps what is over out of them. */
const GROWING = [
  'attributions',
  'broadcast_readers',
  'credit_entries',
  'events',
  'orders',
  'owner_requests',
  'payments',
  'photoshoot_photos',
  'photoshoots',
  'processed_images',
  'provider_attempts',
  'refund_parts',
  'support_messages',
  'support_tickets',
  'users',
];
const OF_WHAT_IS_OPEN = [
  'idx_payments_open',
  'idx_photoshoots_open',
  'idx_photoshoots_unpaid',
  'idx_photoshoots_unplaced',
  'idx_photoshoots_untold',
  'idx_photoshoots_user_open',
];

/** The newest photoshoot of the history is a draft of the largest seller. */
const LARGE_DRAFT = 60_000;
const STYLE = { number: 1, origin: 'proposed', title: 'Neon', prompt: 'A prompt', chosen: true } as const;

type Node = {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Index Cond'?: string;
  Plans?: Node[];
};
type Statement = { query: string; params: unknown[] };

const source = inject('testDatabase');

describe.skipIf(source.kind === 'embedded')('on tables that have grown', async () => {
  if (source.kind === 'embedded') return;
  const server = await createServerDatabase(source.url);
  const heard: Statement[] = [];
  const client = postgres(server.url, { max: 1, onnotice: () => {} });
  const db: Database = drizzle(client, {
    schema,
    logger: { logQuery: (query, params) => heard.push({ query, params }) },
  });
  const now = new Date();
  await writeLargeHistory(db, { pictures: 120_000, perDay: 500 });
  await rollUp(db, { timeZone: 'Europe/Berlin' }, new Date(now.getTime() - 20 * MINUTE_MS));
  await client`vacuum analyze daily_figures`;
  const month = { since: new Date(now.getTime() - 30 * DAY_MS), until: now };
  const few = { limit: 26, offset: 0 };
  const counting = { timeZone: 'Europe/Berlin', starsUsdRate: 0.013 };
  afterAll(async () => {
    await client.end();
    await server.drop();
  });

  const asked: Record<string, () => Promise<unknown>> = {
    ...Object.fromEntries(
      PERIODS.map((name) => [
        `the overview, ${name}`,
        () => readOverview(db, { ...counting, period: periodOf(name, counting.timeZone, now) }, now),
      ]),
    ),
    cohorts: () => readCohorts(db, { timeZone: counting.timeZone, weeks: 8 }, now),
    ...Object.fromEntries(
      PERIODS.map((name) => [
        `charts, ${name}`,
        () =>
          readChartFigures(
            db,
            { timeZone: counting.timeZone, period: periodOf(name, counting.timeZone, now) },
            now,
          ),
      ]),
    ),
    'the spending of a day': () => readProviderSpending(db, counting.timeZone, now),
    'the roll-up of today': () => rollUp(db, counting, now),
    sources: () => readSources(db, new Date(now.getTime() - HOUR_MS)),
    conversions: () => readConversions(db, { since: new Date(now.getTime() - HOUR_MS), limit: 1000 }),
    'conversions to upload': () =>
      claimConversions(db, { since: new Date(now.getTime() - HOUR_MS), limit: 100 }, now),
    'the checkout of a subscription': beginSubscription,
    payments: () => readPayments(db, { userId: null, state: null, limit: 10, offset: 0 }),
    'payments of a person': () => readPayments(db, { userId: 7, state: null, limit: 10, offset: 0 }),
    'the newest payments of a month': () =>
      readPayments(db, { userId: null, state: 'credited', during: month, limit: 26, offset: 0 }),
    'the oldest orders of a month': () =>
      readOrders(db, { userId: null, state: null, during: month, order: 'oldest', limit: 26, offset: 0 }),
    'orders in a state': () => readOrders(db, { userId: null, state: 'pending', limit: 26, offset: 0 }),
    people: () => listPeople(db, { during: month, limit: 26, offset: 0 }),
    'pictures that arrived': () =>
      listPictures(db, { list: 'delivered', userId: null, during: month, ...few }),
    'pictures that are not right': () => listPictures(db, { list: 'not-right', userId: null, ...few }),
    'pictures of a person': () => listPictures(db, { list: 'delivered', userId: 7, ...few }),
    'pictures of a style': () =>
      listPictures(db, { list: 'delivered', userId: null, style: 'Neon', during: month, ...few }),
    'pictures of a style, of a person': () =>
      listPictures(db, { list: 'delivered', userId: 7, style: 'Neon', ...few }),
    'parts of a payment': () => readParts(db, 7),
    'held payments': () => readHeldPayments(db, { limit: 10, offset: 0 }),
    'open refunds': () => readOpenRefunds(db, now),
    'the median of times': () => readMedianPictureMs(db),
    'the line': () => readLine(db),
    'what is known before anything is placed': () =>
      readBeforePlacing(db, { userId: 7, request: { draftId: 50 } }),
    'the place of whoever orders': () => db.select(placeInLine(db, 7)).from(sql`(select 1) as one`),
    'a place in line': () => readPlace(db, 50),
    'the card of a draft': () => readCard(db, 50),
    'what was made before of the same photo': async () => {
      const { photoshoot, photos } = await readCard(db, LARGE_DRAFT);
      if (photoshoot.state !== 'draft') throw new Error('there is no draft');
      const card = { photoshoot, photos, styles: [{ ...STYLE, photoshootId: LARGE_DRAFT }] };
      await findMadeBefore(db, { card, models: ['openai/test-model'] });
    },
    'how many ideas a photo has had': () => countIdeas(db, { id: LARGE_DRAFT, userId: LARGE_SELLER }),
    'what a job begins with': () => readErrand(db, 50),
    'what is known before pictures are made': () => readBeforeMaking(db, 50),
    'how an order ended': () => readOutcome(db, 50),
    'whether a draft waits': () => isAnyDraftWaiting(db, now),
    'whether a picture is due': () => isAnyPictureDue(db),
    'expiring drafts': () => expireDrafts(db, now),
    'releasing leases': () => releaseAllLeases(db),
    'expiring orders': () => expireOrders(db, now),
    'sweeping orders': () => sweepOrders(db, now),
    'sweeping broadcasts': () => SWEEPS.broadcasts(db, new Date(0)),
    'sweeping owners’ words': () => SWEEPS['owner-words'](db, new Date(0)),
    'sweeping files': () => sweepPictureFiles(db, new Date(now.getTime() - 30 * DAY_MS)),
    // Nothing is so old: it is the search that must not read everything.
    'forgetting history': () => SWEEPS.history(db, new Date(0)),
    'forgetting drafts': () => SWEEPS.drafts(db, new Date(0)),
    'sweeping tickets': () => SWEEPS.tickets(db, new Date(0)),
    'deletions that are due': () => readDueDeletions(db, 20, now),
    'the history of a large seller': () => readHistory(db, { userId: LARGE_SELLER, page: 1, pageSize: 8 }),
    'the newest picture of a large seller': () => readLatestDelivered(db, LARGE_SELLER),
    'what words of a large seller are about': () => hearWords(null),
    'what a reply of a large seller is about': () =>
      hearWords({ messageId: 7, fileIds: ['file'], photoshootId: 50 }),
  };
  async function hearWords(reply: RepliedMessage | null): Promise<void> {
    const customer = await readCustomer(db, LARGE_SELLER);
    if (customer === undefined) throw new Error('there is no large seller');
    heard.length = 0;
    await createPresentReader(db, () => now)({ customer, reply });
  }
  async function beginSubscription(): Promise<void> {
    const [order] = await db.select().from(schema.orders).where(eq(schema.orders.id, 10));
    if (order === undefined) throw new Error('there is no order');
    await db.transaction((tx) => beginSubscribing(tx, { ...order, userId: 7, state: 'pending' }, now));
  }
  const used = new Set<string>();

  test.each(Object.keys(asked))('%s reads no table from end to end', async (name) => {
    heard.length = 0;
    await asked[name]?.();
    const modes = heard.some(({ query }) => query.includes('force_custom_plan'))
      ? ['force_custom_plan']
      : ['force_custom_plan', 'force_generic_plan'];
    const statements = heard
      .splice(0)
      .filter(({ query }) => /^(select|with|update|delete|insert)\b/i.test(query));
    expect(statements.length).toBeGreaterThan(0);
    // As it is planned for these values, and as it is planned once for all.
    for (const mode of modes) {
      const plans = [];
      for (const statement of statements) plans.push({ statement, plan: await explain(statement, mode) });
      const whole = plans.flatMap(({ statement, plan }) =>
        wholeReads(plan).map((read) => `${mode}: ${read} in ${statement.query.slice(0, 300)}`),
      );
      expect(whole).toEqual([]);
      for (const { plan } of plans) for (const index of indexesOf(plan)) used.add(index);
    }
  });

  test('each index that owners’ questions were promised serves one of them', () => {
    expect(PROMISED.filter((index) => !used.has(index))).toEqual([]);
  });

  async function explain({ query, params }: Statement, mode: string): Promise<Node> {
    return client.begin(async (tx) => {
      await tx.unsafe(`set local plan_cache_mode = ${mode}`);
      await tx.unsafe(`prepare asked as ${query}`);
      const values = params.map((value) =>
        value === null ? 'null' : `'${textOf(value).replaceAll("'", "''")}'`,
      );
      const list = values.length === 0 ? '' : `(${values.join(', ')})`;
      const [row] = await tx.unsafe(`explain (format json) execute asked${list}`);
      await tx.unsafe('deallocate asked');
      return row?.['QUERY PLAN'][0].Plan;
    });
  }
});

const PROMISED = [
  'idx_processed_images_created',
  'idx_processed_images_user_created',
  'idx_processed_images_style',
  'idx_processed_images_user_style',
  'idx_orders_created',
  'idx_orders_paid',
  'idx_orders_status_created',
  'idx_orders_user_status',
];

function textOf(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value);
}

/** Every read of a growing table that goes through all of it, in words. What a limit ends early does not. */
function wholeReads(node: Node, isLimited = false): string[] {
  const limited = isLimited || node['Node Type'] === 'Limit';
  const below = (node.Plans ?? []).flatMap((child) => wholeReads(child, limited && !isBlocking(node)));
  return [...below, ...wholeRead(node, limited)];
}

function wholeRead(node: Node, isLimited: boolean): string[] {
  const { 'Node Type': type, 'Relation Name': table, 'Index Name': index } = node;
  if (type === 'Seq Scan' && table !== undefined && GROWING.includes(table)) return [`Seq Scan of ${table}`];
  if (
    !/^(Index|Index Only|Bitmap Index) Scan$/.test(type) ||
    node['Index Cond'] !== undefined ||
    index === undefined
  )
    return [];
  if (isLimited || OF_WHAT_IS_OPEN.includes(index)) return [];
  return GROWING.some((name) => index.includes(name)) ? [`all of ${index}`] : [];
}

/** It takes in everything before it gives anything. */
function isBlocking({ 'Node Type': type }: Node): boolean {
  return ['Sort', 'Aggregate', 'Hash', 'WindowAgg'].includes(type);
}

function indexesOf(node: Node): string[] {
  const own = node['Index Name'];
  return [...(own === undefined ? [] : [own]), ...(node.Plans ?? []).flatMap(indexesOf)];
}
