/**
 * What people and owners ask of a shop with a long history: a search by words and one by a picture over all of its
 * photoshoots, a page of one seller's history, and one photoshoot with all that its card shows.
 */
import { sql } from 'drizzle-orm';
import { type DatabaseHandle, openDatabase } from '../src/database/client.ts';
import { createLog } from '../src/log.ts';
import { readDelivered, readHistory } from '../src/photoshoots/history.ts';
import { readOwnPhotoshoot, readPhotos, readStyles } from '../src/photoshoots/read-photoshoot.ts';
import { readPictures } from '../src/photoshoots/run/start-photoshoot.ts';
import { readLooks, searchLooks } from '../src/photoshoots/search-looks.ts';
import { readFound, searchWords } from '../src/photoshoots/search-words.ts';
import { HISTORY_PAGE_SIZE } from '../src/screens/menu-cards.ts';
import { LARGE_SELLER, writeLargeHistory } from '../tests/support/large-history.ts';
import { type BenchRow, describe, isQuick, median, printRows, rounds } from './row.ts';
import { withPostgres } from './support/postgres.ts';

const PHOTOSHOOTS = isQuick() ? 2_000 : 100_000;
const PER_DAY = 2_000;
const ROUNDS = rounds(31);
/** Milliseconds at the median, of the documents (S3-47). */
const SEARCH_LIMIT_MS = 85;
const DETAILS_LIMIT_MS = 45;
const LOOK = '0110100110010110'.repeat(4);

export async function run(): Promise<BenchRow[]> {
  return withPostgres('the reads', async (databases) => {
    const database = await openDatabase(
      {
        kind: 'server',
        url: await databases.create('reads'),
        directUrl: null,
        poolMaxSize: 2,
        connectTimeoutMs: 30_000,
        recycleMs: 3_600_000,
        queryTimeoutMs: 600_000,
      },
      createLog({ level: 'warn', pretty: false }),
    );
    try {
      await fill(database);
      return await measureAll(database);
    } finally {
      await database.close();
    }
  });
}

/** Fifty things of twenty kinds, a photo for each photoshoot, and looks that differ. */
async function fill({ db }: DatabaseHandle): Promise<void> {
  await writeLargeHistory(db, { pictures: PHOTOSHOOTS * 2, perDay: PER_DAY });
  const bits = sql.raw(
    '((random() * 4294967295)::bigint::bit(32) || (random() * 4294967295)::bigint::bit(32))::bit(64)',
  );
  await db.execute(sql`update photoshoots set product_name =
    (array['Copper', 'Blue', 'Oak', 'Linen', 'Amber', 'Silver', 'Clay', 'Green', 'Glass', 'Silk'])[1 + id % 10] || ' ' ||
    (array['kettle', 'mug', 'lamp', 'scarf', 'vase', 'ring', 'bowl', 'bag', 'candle', 'chair'])[1 + id / 10 % 10]`);
  await db.execute(sql`update photoshoot_photos set look = ${bits}`);
  await db.execute(
    sql`update processed_images set look = ${bits}, photo_file_id = 'photo-' || id where state = 'delivered'`,
  );
  for (const table of ['photoshoots', 'photoshoot_photos', 'processed_images'])
    await db.execute(sql.raw(`vacuum analyze ${table}`));
}

async function measureAll({ db }: DatabaseHandle): Promise<BenchRow[]> {
  const many = PHOTOSHOOTS.toLocaleString('en');
  const of = { userId: LARGE_SELLER, page: 1, pageSize: HISTORY_PAGE_SIZE };
  const [newest] = (await readHistory(db, of)).entries;
  if (newest === undefined) throw new Error('the seller has no history');
  const one = { photoshootId: newest.photoshootId, userId: LARGE_SELLER };
  return [
    await rowOf(`search by words, ${many} photoshoots`, SEARCH_LIMIT_MS, async () =>
      readFound(db, await searchWords(db, { query: 'copper kettle', userId: null, limit: 20 })),
    ),
    await rowOf(`search by a picture, ${many} photoshoots`, SEARCH_LIMIT_MS, async () =>
      readLooks(db, await searchLooks(db, { look: LOOK, userId: null, limit: 20 })),
    ),
    await rowOf('a page of the history of a seller of two in a hundred', DETAILS_LIMIT_MS, () =>
      readHistory(db, of),
    ),
    await rowOf('one photoshoot with photos, styles and pictures', DETAILS_LIMIT_MS, async () => {
      await readOwnPhotoshoot(db, one.photoshootId, one.userId);
      await readPhotos(db, one.photoshootId);
      await readStyles(db, one.photoshootId);
      await readPictures(db, one.photoshootId);
      await readDelivered(db, one);
    }),
  ];
}

async function rowOf(what: string, limitMs: number, read: () => Promise<unknown>): Promise<BenchRow> {
  // The first one plans and opens.
  await read();
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const begun = performance.now();
    await read();
    times.push(performance.now() - begun);
  }
  return {
    what,
    measured: `${describe(times)} ms`,
    against: '–',
    ratio: median(times),
    limit: `≤ ${limitMs} ms at p50`,
    ok: median(times) <= limitMs,
  };
}

if (import.meta.main) printRows(await run());
