/**
 * Sellers who press Create in the same moment, in every shape that a shop may meet: few and many, one picture and
 * four, WebP and JPEG, on a server that waits for its disk, and at the pace that Telegram asks for. Each is an app and a
 * database of its own, one after the other; what stands beside a figure was measured in the same run.
 */
import { type BenchRow, isQuick, printRows, progress } from './row.ts';
import { usePostgres, withPostgres } from './support/postgres.ts';
import { lostRow, openShop } from './support/shop.ts';
import { playWave, sellersInTurn, viewsAlone, type Wave, waitsRow } from './support/waves.ts';

const WAVES = isQuick() ? 1 : 3;

/** `settings`: of the server; `limitMs` at the 95th percentile, null for what is only shown. */
type Rush = Readonly<{
  name: string;
  sellers: number;
  pictures: number;
  format: 'webp' | 'jpeg';
  limitMs: number | null;
  waves?: number;
  paced?: boolean;
  isDurable?: boolean;
}>;

const RUSHES: readonly Rush[] = [
  { name: 'WebP', sellers: 10, pictures: 1, format: 'webp', limitMs: null },
  { name: 'JPEG', sellers: 10, pictures: 1, format: 'jpeg', limitMs: null },
  { name: 'JPEG', sellers: 100, pictures: 1, format: 'jpeg', limitMs: 1200 },
  // A quarter of the 18.2 s of the version before decision 042.
  { name: 'four WebPs each', sellers: 100, pictures: 4, format: 'webp', limitMs: 4550, waves: 2 },
  { name: 'four JPEGs each', sellers: 100, pictures: 4, format: 'jpeg', limitMs: 4550, waves: 2 },
  {
    name: 'WebP, PostgreSQL with fsync',
    sellers: 100,
    pictures: 1,
    format: 'webp',
    limitMs: null,
    isDurable: true,
  },
  {
    name: 'WebP, at Telegram’s 30 a second',
    sellers: 100,
    pictures: 1,
    format: 'webp',
    limitMs: null,
    paced: true,
    waves: 1,
  },
];

export async function run(): Promise<BenchRow[]> {
  return withPostgres('rushes', async () => {
    const rows: BenchRow[] = [];
    for (const rush of RUSHES) rows.push(...(await play(rush)));
    return rows;
  });
}

async function play(rush: Rush): Promise<BenchRow[]> {
  const { name, pictures, format, limitMs, paced = false, isDurable = false } = rush;
  const sellers = isQuick() ? 10 : rush.sellers;
  const waves = isQuick() ? 1 : (rush.waves ?? WAVES);
  const rows = await usePostgres(
    async (databases) => {
      const databaseUrl = await databases.create('rush');
      const shop = await openShop(databaseUrl, { ASYNC_WORKERS: '100', IMAGE_FORMAT: format }, { paced });
      const people = sellersInTurn(sellers);
      try {
        // A small one compiles; at Telegram's pace a whole one would take minutes.
        await playWave(shop, people().slice(0, 10), { withinMs: 0, pictures });
        const played: Wave[] = [];
        for (let wave = 0; wave < waves; wave++) {
          played.push(await playWave(shop, people(), { withinMs: 0, pictures }));
          progress(`${sellers} sellers, ${name}: wave ${wave + 1} of ${waves}`);
        }
        const floorMs = await viewsAlone(shop.pictures[format], sellers * pictures);
        const ordered = (Math.min(10, sellers) + sellers * waves) * pictures;
        const lost = await lostRow(databaseUrl, ordered, shop.provider);
        const who = `${sellers} sellers in the same moment, ${name}`;
        return [
          waitsRow(who, played, { limitMs, beside: `their pictures’ views alone ${floorMs.toFixed(0)} ms` }),
          ...(lost.ok ? [] : [{ ...lost, what: `${lost.what}: ${who}` }]),
        ];
      } finally {
        await shop.close();
      }
    },
    isDurable ? { fsync: 'on' } : {},
  );
  return rows ?? [];
}

if (import.meta.main) printRows(await run());
