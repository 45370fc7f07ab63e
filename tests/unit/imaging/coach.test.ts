/** What the pool says of photos before anything is spent on them. */
import { readFile } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { liftProduct } from '../../../sandbox/drawing/lift.ts';
import { drawPicture } from '../../../sandbox/drawing/picture.ts';
import { encode, readPixels } from '../../../sandbox/drawing.ts';
import { SAMPLE_PRODUCTS, sampleProductPhoto } from '../../../sandbox/sample-product.ts';
import { createImagePool } from '../../../src/imaging/pool.ts';
import { silentLog } from './pictures.ts';

const pool = createImagePool({ threads: 2, memoryBytes: 1e9, log: silentLog });
afterAll(() => pool.close());

const judge = async (photo: Uint8Array) => (await pool.prepare(photo)).fault;
/** As Telegram makes a photo smaller. */
const asTelegram = (photo: Uint8Array) =>
  sharp(photo).resize({ width: 1280, height: 1280, fit: 'inside' }).jpeg({ quality: 85 }).toBuffer();

/** Plain photos, and pictures of the same products in rooms, on tables and in the open. */
const photos = new Map<string, Uint8Array>();
const SCENES = ['white background', 'kitchen in the morning', 'dark slate', 'autumn leaves', 'beach', 'snow'];

beforeAll(async () => {
  photos.set(
    'the sample photo',
    await readFile(new URL('../../../docs/sample-product.jpg', import.meta.url)),
  );
  for (const name of SAMPLE_PRODUCTS) {
    const plain = await sampleProductPhoto(name);
    photos.set(name, plain);
    const lifted = await liftProduct(await readPixels(plain, 1280));
    if (lifted.kind !== 'product') throw new Error(`the ${name} could not be lifted`);
    for (const [variation, prompt] of SCENES.entries()) {
      const drawn = { product: lifted.product, prompt, width: 960, height: 1280, variation };
      photos.set(`${name}, ${prompt}`, await encode(await drawPicture(drawn), 'jpeg'));
    }
  }
});

describe('a good photo', () => {
  test('is left alone, as it was taken and as Telegram sends it', async () => {
    const faults: [string, unknown][] = [];
    for (const [name, photo] of photos)
      for (const sent of [photo, await asTelegram(photo)]) faults.push([name, await judge(sent)]);
    expect(faults.filter(([, fault]) => fault !== null)).toEqual([]);
    expect(faults).toHaveLength(2 * (1 + SAMPLE_PRODUCTS.length * (1 + SCENES.length)));
  });
});

describe.each(SAMPLE_PRODUCTS)('a photo of the %s', (name) => {
  const of = (spoil: (photo: Sharp) => Sharp) =>
    spoil(sharp(photos.get(name)))
      .jpeg({ quality: 90 })
      .toBuffer();

  test('that is taken in the dark', async () => {
    expect(await judge(await of((photo) => photo.linear(0.45, 0)))).toBe('dark');
  });

  test('that is out of focus by half a per cent of its side', async () => {
    expect(await judge(await of((photo) => photo.blur(1600 * 0.005)))).toBe('blurred');
  });

  test('as if through fog', async () => {
    expect(await judge(await of((photo) => photo.linear(0.2, 180)))).toBe('flat');
  });

  test('of a few hundred pixels', async () => {
    expect(await judge(await of((photo) => photo.resize({ width: 600 })))).toBe('tiny');
    // What is long and narrow and was made smaller by us came large.
    expect(
      await judge(await of((photo) => photo.resize({ width: 4000, height: 1500, fit: 'cover' }))),
    ).toBeNull();
  });
});
