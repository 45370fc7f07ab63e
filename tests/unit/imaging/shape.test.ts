/** What a provider made, in the ratio that was ordered. */
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { createImagePool } from '../../../src/imaging/pool.ts';
import { photographic, silentLog } from './pictures.ts';

const pool = createImagePool({ threads: 1, memoryBytes: 1e9, log: silentLog });
afterAll(() => pool.close());

const asWebp = async (picture: Buffer) => sharp(picture).webp({ quality: 90 }).toBuffer();
const pixelsOf = (picture: Uint8Array) => sharp(picture).raw().toBuffer();

test('stays byte for byte where it has the ratio, also one that was rounded to sixteen pixels', async () => {
  for (const [width, height, ratio] of [
    [384, 512, 3 / 4],
    [576, 1024, 9 / 16],
    [512, 640, 4 / 5],
    [510, 640, 4 / 5],
  ] as const) {
    const picture = await asWebp(await photographic(width, height));
    const shaped = await pool.shape(picture, ratio);
    expect(shaped).toMatchObject({ width, height, change: 'whole' });
    expect(Buffer.from(shaped.picture).equals(picture)).toBe(true);
  }
});

test.each([
  ['2:3', '9:16', 1024, 1536, 864, 1536],
  ['2:3', '4:5', 1024, 1536, 1024, 1280],
  ['3:2', '16:9', 1536, 1024, 1536, 864],
  ['3:2', '4:3', 1536, 1024, 1365, 1024],
] as const)(
  'of %s is cut to %s in the middle, without a further loss',
  async (_from, to, w, h, width, height) => {
    const picture = await asWebp(await photographic(w, h));
    const [across = 1, down = 1] = to.split(':').map(Number);
    const shaped = await pool.shape(picture, across / down);
    expect(shaped).toMatchObject({ width, height, change: 'cut' });
    const [left, top] = [Math.floor((w - width) / 2), Math.floor((h - height) / 2)];
    const middle = await sharp(picture).extract({ left, top, width, height }).raw().toBuffer();
    expect((await pixelsOf(shaped.picture)).equals(middle)).toBe(true);
  },
);

test('is extended where more than a quarter would be cut off, and is whole in the middle of it', async () => {
  const picture = await asWebp(await photographic(640, 640));
  const shaped = await pool.shape(picture, 9 / 16);
  expect(shaped).toMatchObject({ width: 640, height: 1138, change: 'extended' });
  const middle = await sharp(shaped.picture)
    .extract({ left: 0, top: 249, width: 640, height: 640 })
    .raw()
    .toBuffer();
  expect(middle.equals(await pixelsOf(picture))).toBe(true);
});

test('keeps its transparency, whichever way it comes to the ratio', async () => {
  const product = await sharp({ create: { width: 200, height: 200, channels: 4, background: '#306090' } })
    .extend({ top: 100, bottom: 100, left: 100, right: 100, background: { r: 0, g: 0, b: 0, alpha: 0 } })
    .png()
    .toBuffer();
  for (const ratio of [4 / 5, 9 / 16]) {
    const { picture } = await pool.shape(product, ratio);
    const { data, info } = await sharp(picture).raw().toBuffer({ resolveWithObject: true });
    expect(info.channels).toBe(4);
    expect(data[3]).toBe(0);
    expect(data[(Math.floor(info.height / 2) * info.width + Math.floor(info.width / 2)) * 4 + 3]).toBe(255);
  }
});
