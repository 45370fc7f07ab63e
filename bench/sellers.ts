/**
 * A hundred sellers at once. Vitrine as a whole runs in a process of its own, with a webhook, on a PostgreSQL
 * server, with 100 workers and a provider that takes two seconds; the sellers and the doubles of Telegram and
 * of the provider are in this process, and cost it little.
 *
 * The wait for an album is the time from the moment at which a seller's tap on Create leaves until the Bot API
 * has the whole picture, minus the provider's two seconds. Everything else counts: the inbox, the order and
 * its credits, the queue, fetching and preparing the photo, moderation, the conversion, the upload. The wait
 * for a card is that from the photo to the card with the proposals, minus the same two seconds.
 *
 * In a *rush* all hundred do it in the same moment; in *trade* each at a random moment of twenty seconds. What a
 * machine needs to convert a rush's pictures and nothing else is measured beside it.
 */
import { availableParallelism } from 'node:os';
import { createImagePool } from '../src/imaging/pool.ts';
import { createLog } from '../src/log.ts';
import { type BenchRow, describe, median, printRows, quantile, rounds } from './row.ts';
import type { Usage } from './support/child.ts';
import { withPostgres } from './support/postgres.ts';
import { chooseStyles, create, draft, lostRow, openShop, type Shop } from './support/shop.ts';

const SELLERS = 100;
/** The memory after the later half of them is compared with that after the first half. */
const RUSHES = 6;
const TRADES = rounds(3);
const TRADE_MS = 20_000;
/** Milliseconds at the 95th percentile, with WebP from the provider, and growth of memory. */
const WAIT_LIMIT_MS = { rush: 2500, trade: 500 };
/** From the photo to its card, at the median, of the documents (S3-47). */
const CARD_LIMIT_MS = 400;
const GROWTH_LIMIT = 1.05;

/** Milliseconds beyond the provider's time, and the app's memory when all is over and the garbage gone. */
type Wave = { cardWaits: number[]; albumWaits: number[]; rssBytes: number; cpuMs: number };

export async function run(): Promise<BenchRow[]> {
  return withPostgres('a hundred sellers at once', async (databases) => {
    const databaseUrl = await databases.create('sellers');
    const shop = await openShop(databaseUrl, { ASYNC_WORKERS: '100' });
    const people = sellersInTurn();
    try {
      await playWave(shop, people(), 0);
      const rushes: Wave[] = [];
      for (let wave = 0; wave < RUSHES; wave++) rushes.push(await playWave(shop, people(), 0));
      const trades: Wave[] = [];
      for (let wave = 0; wave < TRADES; wave++) trades.push(await playWave(shop, people(), TRADE_MS));
      const orders = SELLERS * (1 + RUSHES + TRADES);
      return [
        rushRow(rushes, await convertAlone(shop.photo, shop.picture)),
        tradeRow(trades),
        cardRow(trades),
        await lostRow(databaseUrl, orders, shop.provider),
        memoryRow(rushes),
        costRow(trades),
      ];
    } finally {
      await shop.close();
    }
  });
}

/** New people for every wave, so that nobody's limits or books get in the way. */
function sellersInTurn(): () => number[] {
  let last = 0;
  return () => Array.from({ length: SELLERS }, () => ++last);
}

async function playWave(shop: Shop, people: readonly number[], withinMs: number): Promise<Wave> {
  const before = await shop.app.ask<Usage>({});
  const cards = await Promise.all(people.map((person) => draft(shop, person, Math.random() * withinMs)));
  await Promise.all(cards.map((card) => chooseStyles(shop, card, 1)));
  const albumWaits = await Promise.all(cards.map((card) => create(shop, card, 1, Math.random() * withinMs)));
  const after = await shop.app.ask<Usage>({ settle: true });
  return {
    cardWaits: cards.map(({ waitMs }) => waitMs),
    albumWaits,
    rssBytes: after.rssBytes,
    cpuMs: (after.cpuUs - before.cpuUs) / 1000 / people.length,
  };
}

/** Of images under conversion: more than all of them take. */
const IMAGE_MEMORY = 1024 ** 3;

/** Milliseconds for what a hundred orders convert, in a process that does nothing else. */
async function convertAlone(photo: Buffer, picture: Buffer): Promise<number> {
  const log = createLog({ level: 'silent', pretty: false });
  const pool = createImagePool({ threads: availableParallelism(), memoryBytes: IMAGE_MEMORY, log });
  try {
    await pool.thumbnail(picture, 'large');
    const startedAt = performance.now();
    const orders = Array.from({ length: SELLERS }, () => [
      pool.prepare(photo),
      pool.thumbnail(picture, 'large'),
    ]);
    await Promise.all(orders.flat());
    return performance.now() - startedAt;
  } finally {
    await pool.close();
  }
}

function rushRow(waves: readonly Wave[], aloneMs: number): BenchRow {
  const { p50s, p95s } = waits(waves);
  return {
    what: `Create → album beyond the provider’s 2 s, ${SELLERS} sellers in the same moment, p95`,
    measured: `${describe(p95s, 0)} ms`,
    against: `p50 ${describe(p50s, 0)} ms; their conversions alone ${aloneMs.toFixed(0)} ms`,
    ratio: median(p95s),
    ...withinLimit(p95s, WAIT_LIMIT_MS.rush),
  };
}

function tradeRow(waves: readonly Wave[]): BenchRow {
  const { p50s, p95s } = waits(waves);
  return {
    what: `Create → album beyond the provider’s 2 s, ${SELLERS} sellers within ${TRADE_MS / 1000} s, p95`,
    measured: `${describe(p95s, 0)} ms`,
    against: `p50 ${describe(p50s, 0)} ms`,
    ratio: median(p95s),
    ...withinLimit(p95s, WAIT_LIMIT_MS.trade),
  };
}

function withinLimit(p95s: readonly number[], limitMs: number): { limit: string; ok: boolean } {
  return { limit: `≤ ${limitMs} ms`, ok: median(p95s) <= limitMs };
}

function waits(waves: readonly Wave[]): { p50s: number[]; p95s: number[] } {
  return {
    p50s: waves.map(({ albumWaits }) => quantile(albumWaits, 0.5)),
    p95s: waves.map(({ albumWaits }) => quantile(albumWaits, 0.95)),
  };
}

function cardRow(trades: readonly Wave[]): BenchRow {
  const p95s = trades.map(({ cardWaits }) => quantile(cardWaits, 0.95));
  const p50s = trades.map(({ cardWaits }) => quantile(cardWaits, 0.5));
  return {
    what: `photo → card with proposals beyond the provider’s 2 s, ${SELLERS} sellers within ${TRADE_MS / 1000} s, p95`,
    measured: `${describe(p95s, 0)} ms`,
    against: `p50 ${describe(p50s, 0)} ms`,
    ratio: median(p95s),
    limit: `p50 ≤ ${CARD_LIMIT_MS} ms`,
    ok: median(p50s) <= CARD_LIMIT_MS,
  };
}

function memoryRow(rushes: readonly Wave[]): BenchRow {
  const megabytes = rushes.map(({ rssBytes }) => rssBytes / 1e6);
  const first = megabytes.slice(0, megabytes.length / 2);
  const later = megabytes.slice(megabytes.length / 2);
  // Medians: single waves differ by a twentieth either way, and only a trend is growth. The spread is shown.
  const growth = median(later) / median(first);
  return {
    what: `memory of the process after waves of ${SELLERS}, garbage collected, the later ones`,
    measured: `${describe(later, 0)} MB`,
    against: `${describe(first, 0)} MB after the first ones`,
    ratio: growth,
    limit: `≤ ${GROWTH_LIMIT}×`,
    ok: growth <= GROWTH_LIMIT,
  };
}

function costRow(trades: readonly Wave[]): BenchRow {
  const costs = trades.map(({ cpuMs }) => cpuMs);
  return {
    what: 'processor time of the process for one seller, photo to album',
    measured: `${describe(costs, 0)} ms`,
    against: '–',
    ratio: median(costs),
    limit: '–',
    ok: true,
  };
}

if (import.meta.main) printRows(await run());
