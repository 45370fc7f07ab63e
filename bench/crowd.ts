/**
 * A thousand sellers in the same moment, with one to four pictures each: not how quick it is, but whether all of it
 * arrives, when 200 workers and everybody's taps share a pool of 20 connections to the database.
 */
import { type BenchRow, isQuick, printRows, progress } from './row.ts';
import { withPostgres } from './support/postgres.ts';
import { chooseStyles, create, draft, lostRow, openShop } from './support/shop.ts';

const SELLERS = isQuick() ? 50 : 1000;
/** Pictures of a provider that takes two seconds, from the first photo to the last album, cards included. */
const PICTURES_AN_HOUR = 10_000;
const picturesOf = (person: number) => 1 + (person % 4);

export async function run(): Promise<BenchRow[]> {
  return withPostgres('a thousand sellers at once', async (databases) => {
    const databaseUrl = await databases.create('crowd');
    const shop = await openShop(databaseUrl, { ASYNC_WORKERS: '200', DB_POOL_MAX_SIZE: '20' });
    const people = Array.from({ length: SELLERS }, (_, index) => index + 1);
    const pictures = people.reduce((sum, person) => sum + picturesOf(person), 0);
    const startedAt = performance.now();
    let done = 0;
    try {
      await Promise.all(
        people.map(async (person) => {
          const card = await draft(shop, person, 0);
          await chooseStyles(shop, card, picturesOf(person));
          await create(shop, card, picturesOf(person), 0);
          done += 1;
          if (done % 100 === 0) progress(`${done} of ${SELLERS} sellers`);
        }),
      );
      const seconds = (performance.now() - startedAt) / 1000;
      // The last taps and outcomes are still being written down.
      await shop.app.ask({ settle: true });
      return [
        await lostRow(databaseUrl, pictures, shop.provider),
        {
          what: `${SELLERS} sellers, first photo to last album`,
          measured: `${seconds.toFixed(0)} s`,
          against: '–',
          ratio: seconds,
          limit: '–',
          ok: true,
        },
        {
          what: 'pictures an hour, at that pace',
          measured: ((pictures * 3600) / seconds).toFixed(0),
          against: '–',
          ratio: (pictures * 3600) / seconds,
          limit: `≥ ${PICTURES_AN_HOUR}`,
          ok: (pictures * 3600) / seconds >= PICTURES_AN_HOUR,
        },
      ];
    } finally {
      await shop.close();
    }
  });
}

if (import.meta.main) printRows(await run());
