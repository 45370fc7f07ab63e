/** What a picture looks like stays nearly the same while it is the same picture. */
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SAMPLE_PRODUCTS, type SampleProduct, sampleProductPhoto } from '../../../sandbox/sample-product.ts';
import { MIB } from '../../../src/imaging/limits.ts';
import { lookOf } from '../../../src/imaging/look.ts';
import { createImagePool, type ImagePool } from '../../../src/imaging/pool.ts';
import { createLog } from '../../../src/log.ts';
import { MOST_DISTANCE } from '../../../src/photoshoots/search-looks.ts';

let pool: ImagePool;
const photos = new Map<SampleProduct, Uint8Array>();
beforeAll(async () => {
  const log = createLog({ level: 'silent', pretty: false });
  pool = createImagePool({ threads: 1, memoryBytes: 500 * MIB, log });
  for (const product of SAMPLE_PRODUCTS) photos.set(product, await sampleProductPhoto(product));
});
afterAll(() => pool.close());

const photoOf = (product: SampleProduct) => photos.get(product) ?? new Uint8Array();
const distance = (one: string, other: string) => [...one].filter((bit, index) => bit !== other[index]).length;

const cut = async (photo: Uint8Array, share: number) => {
  const { width, height } = await sharp(photo).metadata();
  const [left, top] = [Math.round(width * share), Math.round(height * share)];
  return sharp(photo)
    .extract({ left, top, width: width - 2 * left, height: height - 2 * top })
    .jpeg({ quality: 70 })
    .toBuffer();
};

describe.each(SAMPLE_PRODUCTS)('the look of a %s', (product) => {
  test.each<[what: string, most: number, change: (photo: Uint8Array) => Promise<Uint8Array>]>([
    ['made smaller', 6, (photo) => sharp(photo).resize(400).jpeg({ quality: 70 }).toBuffer()],
    ['compressed again', 6, (photo) => sharp(photo).jpeg({ quality: 40 }).toBuffer()],
    ['kept as PNG', 6, (photo) => sharp(photo).png().toBuffer()],
    ['made lighter', 8, (photo) => sharp(photo).linear(1.15, 5).jpeg().toBuffer()],
    ['cut at its edges', MOST_DISTANCE, (photo) => cut(photo, 0.05)],
  ])('stays what it is when the photo is %s', async (_, most, change) => {
    const photo = photoOf(product);
    const look = await pool.look(photo);
    expect(look).toMatch(/^[01]{64}$/);
    expect(distance(look, await pool.look(await change(photo)))).toBeLessThanOrEqual(most);
  });

  test('is what preparing it says as well', async () => {
    const photo = photoOf(product);
    expect(distance((await pool.prepare(photo)).look, await pool.look(photo))).toBeLessThanOrEqual(8);
  });

  test('is none of another product', async () => {
    const look = await pool.look(photoOf(product));
    for (const other of SAMPLE_PRODUCTS.filter((one) => one !== product))
      expect(distance(look, await pool.look(photoOf(other)))).toBeGreaterThan(MOST_DISTANCE);
  });
});

test('a picture smaller than the grid, and one of a single colour, have a look', () => {
  const plain = (width: number, height: number) => ({
    luma: new Uint8Array(width * height).fill(200),
    width,
    height,
  });
  expect(lookOf(plain(3, 2))).toMatch(/^[01]{64}$/);
  expect(lookOf(plain(300, 20))).toMatch(/^[01]{64}$/);
});
