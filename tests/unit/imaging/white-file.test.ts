/** What a sure cut-out becomes, measured: white, share of the frame, transparency, label. */
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { createImagePool } from '../../../src/imaging/pool.ts';
import { presetOf } from '../../../src/marketplaces/presets.ts';
import { silentLog } from './pictures.ts';

const pool = createImagePool({ threads: 1, memoryBytes: 1e9, log: silentLog });
afterAll(() => pool.close());

/** A blue jar of half the height on a plain grey ground. */
const jar = (side: number, ground = '#d9d9d6') =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="0 0 100 100"><rect width="100" height="100" fill="${ground}"/><rect x="32" y="25" width="36" height="52" rx="5" fill="#2457a6"/></svg>`,
    ),
  )
    .removeAlpha()
    .jpeg({ quality: 95 })
    .toBuffer();

const amazon = presetOf('amazon-main');

test('Amazon’s main picture is pure white around a product of at least 85 % of the frame, in the middle of it', async () => {
  const made = await pool.whiteFile(await jar(1600), { ...amazon, generated: true });
  if (made.kind !== 'made') throw new Error(made.kind);
  const { data, info } = await sharp(made.jpeg).raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  expect(amazon.sizes).toContainEqual({ width, height });
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      if ((data[(y * width + x) * 3] ?? 0) > 200) continue;
      [left, right, top, bottom] = [
        Math.min(left, x),
        Math.max(right, x),
        Math.min(top, y),
        Math.max(bottom, y),
      ];
    }
  expect((bottom - top + 1) / height).toBeGreaterThanOrEqual(0.85);
  expect((bottom - top + 1) / height).toBeLessThanOrEqual(1 - 2 * amazon.margin + 0.01);
  expect(Math.abs(left - (width - 1 - right))).toBeLessThanOrEqual(6);
  // But for the blocks of a JPEG that touch the product, every pixel is 255.
  const near = 16;
  let tinted = 0;
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      if (x > left - near && x < right + near && y > top - near && y < bottom + near) continue;
      for (let channel = 0; channel < 3; channel += 1)
        if (data[(y * width + x) * 3 + channel] !== 255) tinted += 1;
    }
  expect(tinted).toBe(0);
  const metadata = await sharp(made.jpeg).metadata();
  expect(metadata).toMatchObject({ format: 'jpeg', space: 'srgb', density: 72 });
  expect(metadata.xmp?.includes('trainedAlgorithmicMedia')).toBe(true);
  expect(made.jpeg.byteLength).toBeLessThanOrEqual(amazon.maxBytes);
});

test('a cut-out of the seller’s own photo carries no label', async () => {
  const made = await pool.whiteFile(await jar(1600), { ...amazon, generated: false });
  if (made.kind !== 'made') throw new Error(made.kind);
  expect((await sharp(made.jpeg).metadata()).xmp).toBeUndefined();
});

test('a product of too few pixels is not enlarged beyond measure, but said to be too small', async () => {
  expect(await pool.whiteFile(await jar(600), { ...amazon, generated: true })).toMatchObject({
    kind: 'too-small',
  });
});

test('a product that cannot be told from its ground is not put on white', async () => {
  const made = await pool.whiteFile(await jar(1600, '#2a5aa8'), { ...amazon, generated: true });
  expect(made.kind).toBe('unsure');
});

test('a cut-out is a PNG with nothing around the product, and a JPEG on white with a soft shadow', async () => {
  const made = await pool.cutOut(await jar(1000), { generated: true });
  if (made.kind !== 'made') throw new Error(made.doubt);
  const png = sharp(made.transparent);
  expect(await png.metadata()).toMatchObject({ format: 'png', width: 1000, height: 1000, hasAlpha: true });
  expect((await png.metadata()).xmp?.includes('trainedAlgorithmicMedia')).toBe(true);
  const { data } = await png.raw().toBuffer({ resolveWithObject: true });
  const alphaAt = (x: number, y: number) => data[(y * 1000 + x) * 4 + 3];
  expect([alphaAt(100, 100), alphaAt(500, 500), alphaAt(500, 900)]).toEqual([0, 255, 0]);
  const shadow = await sharp(made.shadow).raw().toBuffer();
  const lightAt = (x: number, y: number) => shadow[(y * 1000 + x) * 3] ?? 0;
  expect([lightAt(5, 5), lightAt(990, 500)]).toEqual([255, 255]);
  expect(lightAt(500, 782)).toBeGreaterThan(150);
  expect(lightAt(500, 782)).toBeLessThan(245);
});
