/** Waves of sellers, the limits of their waits, and the least that their pictures cost. */
import { availableParallelism } from 'node:os';
import { createImagePool } from '../../src/imaging/pool.ts';
import { createLog } from '../../src/log.ts';
import { type BenchRow, describe, median, quantile } from '../row.ts';
import type { Usage } from './child.ts';
import { chooseStyles, create, draft, type Shop } from './shop.ts';

/** Milliseconds beyond the provider's time, and the app's memory when all is over and the garbage gone. */
export type Wave = { cardWaits: number[]; albumWaits: number[]; rssBytes: number; cpuMs: number };

/** New people for every wave, so that nobody's limits or books get in the way. */
export function sellersInTurn(sellers: number): () => number[] {
  let last = 0;
  return () => Array.from({ length: sellers }, () => ++last);
}

/** Everybody sends a photo, chooses and presses Create, each time at a random moment of so many milliseconds. */
export async function playWave(
  shop: Shop,
  people: readonly number[],
  { withinMs, pictures = 1 }: { withinMs: number; pictures?: number },
): Promise<Wave> {
  const before = await shop.app.ask<Usage>({});
  const cards = await Promise.all(people.map((person) => draft(shop, person, Math.random() * withinMs)));
  await Promise.all(cards.map((card) => chooseStyles(shop, card, pictures)));
  const albumWaits = await Promise.all(
    cards.map((card) => create(shop, card, pictures, Math.random() * withinMs)),
  );
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

/**
 * Milliseconds for the views of so many pictures for their albums, in a process that does nothing else: what no design
 * can avoid between the provider's answer and the album. Photos are prepared before Create.
 */
export async function viewsAlone(picture: Buffer, pictures: number): Promise<number> {
  const log = createLog({ level: 'silent', pretty: false });
  const pool = createImagePool({ threads: availableParallelism(), memoryBytes: IMAGE_MEMORY, log });
  try {
    await pool.thumbnail(picture, 'large');
    const startedAt = performance.now();
    await Promise.all(Array.from({ length: pictures }, () => pool.thumbnail(picture, 'large')));
    return performance.now() - startedAt;
  } finally {
    await pool.close();
  }
}

/** The waits for albums against a limit in milliseconds at the 95th percentile; null for none. */
export function waitsRow(
  who: string,
  waves: readonly Pick<Wave, 'albumWaits'>[],
  { limitMs, beside }: { limitMs: number | null; beside?: string },
): BenchRow {
  const p50s = waves.map(({ albumWaits }) => quantile(albumWaits, 0.5));
  const p95s = waves.map(({ albumWaits }) => quantile(albumWaits, 0.95));
  return {
    what: `Create → album beyond the provider’s 2 s, ${who}, p95`,
    measured: `${describe(p95s, 0)} ms`,
    against: `p50 ${describe(p50s, 0)} ms${beside === undefined ? '' : `; ${beside}`}`,
    ratio: median(p95s),
    limit: limitMs === null ? '–' : `≤ ${limitMs} ms`,
    ok: limitMs === null || median(p95s) <= limitMs,
  };
}
