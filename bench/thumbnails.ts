/**
 * Thumbnails of a hundred finished pictures through the pool, as many threads as the machine has cores: what an owner's
 * page of pictures takes.
 */
import { availableParallelism } from 'node:os';
import sharp from 'sharp';
import { SAMPLE_PRODUCTS, sampleProductPhoto } from '../sandbox/sample-product.ts';
import { createImagePool } from '../src/imaging/pool.ts';
import { createLog } from '../src/log.ts';
import { type BenchRow, describe, median, printRows, rounds } from './row.ts';

const PICTURES = 100;
const SIDE = 1024;
const ROUNDS = rounds(9);
/** A second, of the documents (S3-10). */
const LIMIT = 50;
const MEMORY = 1024 ** 3;

export async function run(): Promise<BenchRow[]> {
  const kinds = await Promise.all(SAMPLE_PRODUCTS.map(pictureOf));
  const pictures = Array.from(
    { length: PICTURES },
    (_, index) => kinds[index % kinds.length] ?? new Uint8Array(),
  );
  const log = createLog({ level: 'warn', pretty: false });
  const threads = availableParallelism();
  const pool = createImagePool({ threads, memoryBytes: MEMORY, log });
  try {
    // The threads start, and read their code.
    await Promise.all(kinds.map((picture) => pool.thumbnail(picture, 'medium')));
    const perSecond: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const begun = performance.now();
      await Promise.all(pictures.map((picture) => pool.thumbnail(picture, 'medium')));
      perSecond.push((PICTURES * 1000) / (performance.now() - begun));
    }
    return [
      {
        what: `thumbnails of ${PICTURES} WebP pictures of ${SIDE}×${SIDE}, ${threads} threads`,
        measured: `${describe(perSecond)} a second`,
        against: '–',
        ratio: median(perSecond),
        limit: `≥ ${LIMIT} a second`,
        ok: median(perSecond) >= LIMIT,
      },
    ];
  } finally {
    await pool.close();
  }
}

/** A picture as a provider sends it. */
async function pictureOf(product: (typeof SAMPLE_PRODUCTS)[number]): Promise<Uint8Array> {
  const photo = await sampleProductPhoto(product);
  return new Uint8Array(
    await sharp(photo).resize(SIDE, SIDE, { fit: 'cover' }).webp({ quality: 95 }).toBuffer(),
  );
}

if (import.meta.main) printRows(await run());
