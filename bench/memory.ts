/**
 * Memory over a day's photoshoots: one order after the other, JPEG from a provider that answers soon, and what the system
 * gives the process after each five hundred, its garbage collected. It ends after five thousand, or when its time is
 * over, and says how many there were.
 */
import { type BenchRow, isQuick, printRows, progress } from './row.ts';
import type { Usage } from './support/child.ts';
import { withPostgres } from './support/postgres.ts';
import { chooseStyles, create, draft, lostRow, openShop } from './support/shop.ts';

const STEP = isQuick() ? 20 : 500;
const STEPS = isQuick() ? 3 : 10;
const TIME_MS = 250_000;
const PROVIDER_MS = 50;
/** Enough to keep two cores busy. */
const AT_A_TIME = 12;
const GROWTH_LIMIT = 1.1;

export async function run(): Promise<BenchRow[]> {
  return withPostgres('memory', async (databases) => {
    const databaseUrl = await databases.create('memory');
    const shop = await openShop(databaseUrl, { IMAGE_FORMAT: 'jpeg' }, { providerMs: PROVIDER_MS });
    const megabytes: number[] = [];
    const startedAt = performance.now();
    try {
      while (megabytes.length < STEPS && performance.now() - startedAt < TIME_MS) {
        const first = megabytes.length * STEP + 1;
        const people = Array.from({ length: STEP }, (_, index) => first + index).values();
        const lane = async () => {
          for (const person of people) {
            const card = await draft(shop, person, 0);
            await chooseStyles(shop, card, 1);
            await create(shop, card, 1, 0);
          }
        };
        await Promise.all(Array.from({ length: AT_A_TIME }, lane));
        const { rssBytes } = await shop.app.ask<Usage>({ settle: true });
        megabytes.push(rssBytes / 1e6);
        progress(`${megabytes.length * STEP} photoshoots: ${(rssBytes / 1e6).toFixed(0)} MB`);
      }
      const seconds = (performance.now() - startedAt) / 1000;
      return [
        memoryRow(megabytes),
        await lostRow(databaseUrl, megabytes.length * STEP, shop.provider),
        {
          what: `photoshoots one after the other, ${AT_A_TIME} at a time`,
          measured: `${((megabytes.length * STEP) / seconds).toFixed(1)}/s`,
          against: '–',
          ratio: (megabytes.length * STEP) / seconds,
          limit: '–',
          ok: true,
        },
      ];
    } finally {
      await shop.close();
    }
  });
}

/** @param megabytes after each step */
function memoryRow(megabytes: readonly number[]): BenchRow {
  const [first = Number.NaN] = megabytes;
  const last = megabytes.at(-1) ?? Number.NaN;
  const growth = last / first;
  return {
    what: `memory of the process after ${megabytes.length * STEP} photoshoots, garbage collected`,
    measured: `${last.toFixed(0)} MB`,
    against: `${first.toFixed(0)} MB after ${STEP}; at most ${Math.max(...megabytes).toFixed(0)} MB`,
    ratio: growth,
    limit: `≤ ${GROWTH_LIMIT}×`,
    ok: growth <= GROWTH_LIMIT,
  };
}

if (import.meta.main) printRows(await run());
