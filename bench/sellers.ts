/**
 * A hundred sellers at once. Vitrine as a whole runs in a process of its own, with a webhook, on a PostgreSQL server,
 * with a provider that takes two seconds; the sellers and the doubles of Telegram and of the provider are in this
 * process, and cost it little.
 *
 * The wait for an album is the time from the moment at which a seller's tap on Create leaves until the Bot API has the
 * whole picture, minus the provider's two seconds. Everything else counts: the inbox, the order and its credits, the
 * queue, the picture's way into the database, its view, the upload. The wait for a card is that from the photo to the
 * card with the proposals, minus the same two seconds.
 *
 * In a *rush* all hundred do it in the same moment; in *trade* each at a random moment of twenty seconds. Other rushes
 * are in rush.ts.
 */
import { type BenchRow, describe, median, printRows, progress, quantile, rounds } from './row.ts';
import { withPostgres } from './support/postgres.ts';
import { lostRow, openShop } from './support/shop.ts';
import { playWave, sellersInTurn, viewsAlone, type Wave, waitsRow } from './support/waves.ts';

const SELLERS = 100;
/** The memory after the later half of them is compared with that after the first half. */
const RUSHES = rounds(6);
const TRADES = rounds(2);
const TRADE_MS = 20_000;
/** Milliseconds at the 95th percentile, with WebP from the provider, and growth of memory. */
const WAIT_LIMIT_MS = { rush: 2500, trade: 500 };
/** From the photo to its card, at the median, of the documents (S3-47). */
const CARD_LIMIT_MS = 400;
const GROWTH_LIMIT = 1.05;

export async function run(): Promise<BenchRow[]> {
  return withPostgres('a hundred sellers at once', async (databases) => {
    const databaseUrl = await databases.create('sellers');
    const shop = await openShop(databaseUrl, { ASYNC_WORKERS: '100' });
    const people = sellersInTurn(SELLERS);
    try {
      await playWave(shop, people(), { withinMs: 0 });
      const rushes: Wave[] = [];
      for (let wave = 0; wave < RUSHES; wave++) {
        rushes.push(await playWave(shop, people(), { withinMs: 0 }));
        progress(`rush ${wave + 1} of ${RUSHES}`);
      }
      const trades: Wave[] = [];
      for (let wave = 0; wave < TRADES; wave++) {
        trades.push(await playWave(shop, people(), { withinMs: TRADE_MS }));
        progress(`trade ${wave + 1} of ${TRADES}`);
      }
      const orders = SELLERS * (1 + RUSHES + TRADES);
      const floorMs = await viewsAlone(shop.pictures.webp, SELLERS);
      return [
        waitsRow(`${SELLERS} sellers in the same moment`, rushes, {
          limitMs: WAIT_LIMIT_MS.rush,
          beside: `their pictures’ views alone ${floorMs.toFixed(0)} ms`,
        }),
        waitsRow(`${SELLERS} sellers within ${TRADE_MS / 1000} s`, trades, { limitMs: WAIT_LIMIT_MS.trade }),
        cardRow(trades),
        await lostRow(databaseUrl, orders, shop.provider),
        ...memoryRows(rushes),
        costRow(trades),
      ];
    } finally {
      await shop.close();
    }
  });
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

/** None of a single rush. */
function memoryRows(rushes: readonly Wave[]): BenchRow[] {
  if (rushes.length < 2) return [];
  const megabytes = rushes.map(({ rssBytes }) => rssBytes / 1e6);
  const first = megabytes.slice(0, megabytes.length / 2);
  const later = megabytes.slice(megabytes.length / 2);
  // Medians: single waves differ by a twentieth either way, and only a trend is growth. The spread is shown.
  const growth = median(later) / median(first);
  return [
    {
      what: `memory of the process after waves of ${SELLERS}, garbage collected, the later ones`,
      measured: `${describe(later, 0)} MB`,
      against: `${describe(first, 0)} MB after the first ones`,
      ratio: growth,
      limit: `≤ ${GROWTH_LIMIT}×`,
      ok: growth <= GROWTH_LIMIT,
    },
  ];
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
