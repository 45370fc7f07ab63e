/** Each file of each preset is measured: pixels, bytes, colour space, label. */
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { planFit } from '../../../src/imaging/fit.ts';
import { createImagePool } from '../../../src/imaging/pool.ts';
import { PRESETS } from '../../../src/marketplaces/presets.ts';
import { photographic, silentLog } from './pictures.ts';

const pool = createImagePool({ threads: 2, memoryBytes: 1e9, log: silentLog });
afterAll(() => pool.close());

const small = photographic(300, 300);

const AI_LABEL = 'digitalsourcetype/trainedAlgorithmicMedia';

describe.each(PRESETS.map((preset) => [preset.id, preset] as const))('a file for %s', (_id, preset) => {
  const { sizes, maxBytes } = preset;

  test.each(sizes.map((size) => [`${size.width}×${size.height}`, size] as const))(
    'has exactly %s pixels, keeps the limit, is sRGB and carries the label',
    async (_name, size) => {
      const [width, height] = [Math.ceil(size.width / 1.2), Math.ceil(size.height / 1.2)];
      const picture = await sharp(await small)
        .resize(width, height, { fit: 'fill' })
        .jpeg()
        .toBuffer();
      const made = await pool.channelFile(picture, { sizes, maxBytes, generated: true });
      if (made.kind !== 'made') throw new Error(made.kind);
      expect(made).toMatchObject({ ...size, change: 'whole' });
      expect(made.jpeg.byteLength).toBeLessThanOrEqual(maxBytes);
      const metadata = await sharp(made.jpeg).metadata();
      expect(metadata).toMatchObject({ ...size, format: 'jpeg', space: 'srgb', channels: 3, density: 72 });
      expect(metadata.isProgressive).toBe(false);
      // The name stands in UTF-16.
      expect(metadata.icc?.toString('latin1').replaceAll('\0', '')).toContain('sRGB');
      expect(metadata.xmp?.includes(AI_LABEL)).toBe(true);
    },
  );
});

test('a picture that no model made carries no label', async () => {
  const wish = { sizes: [{ width: 900, height: 1200 }], maxBytes: 1e7, generated: false };
  const made = await pool.channelFile(await photographic(900, 1200), wish);
  if (made.kind !== 'made') throw new Error(made.kind);
  expect((await sharp(made.jpeg).metadata()).xmp).toBeUndefined();
});

test('quality goes down only until the limit is kept, and what cannot keep it is not made', async () => {
  const picture = await photographic(900, 1200);
  const make = (maxBytes: number) =>
    pool.channelFile(picture, { sizes: [{ width: 900, height: 1200 }], maxBytes, generated: true });
  const [free, tight] = [await make(1e7), await make(300_000)];
  if (free.kind !== 'made' || tight.kind !== 'made') throw new Error('not made');
  expect(free.quality).toBe(92);
  expect(tight.quality).toBeLessThan(92);
  expect(tight.jpeg.byteLength).toBeLessThanOrEqual(300_000);
  expect(await make(5000)).toEqual({ kind: 'too-heavy' });
});

test('a picture that is too small for every size says how large one would have to be', async () => {
  const picture = await photographic(768, 1024);
  const made = await pool.channelFile(picture, {
    sizes: [
      { width: 3000, height: 2250 },
      { width: 2000, height: 1500 },
    ],
    maxBytes: 1e7,
    generated: true,
  });
  // Extended, since a cut would leave little of it: 1500 rows, of which a quarter of 1200 may be enlargement.
  expect(made).toEqual({ kind: 'too-small', needs: { width: 900, height: 1200 } });
});

test('colours of another profile and of CMYK arrive as sRGB', async () => {
  const red = { create: { width: 400, height: 400, channels: 3, background: '#c83232' } } as const;
  const wish = { sizes: [{ width: 400, height: 400 }], maxBytes: 1e7, generated: true };
  for (const sent of [
    await sharp(red).withIccProfile('p3').jpeg({ quality: 100 }).toBuffer(),
    await sharp(red).toColourspace('cmyk').withIccProfile('cmyk').jpeg({ quality: 100 }).toBuffer(),
    await sharp(red).toColourspace('rgb16').png().toBuffer(),
  ]) {
    const made = await pool.channelFile(sent, wish);
    if (made.kind !== 'made') throw new Error(made.kind);
    const pixel = await sharp(made.jpeg).raw().toBuffer();
    for (const [channel, value] of [200, 50, 50].entries())
      expect(Math.abs((pixel[channel] ?? 0) - value)).toBeLessThan(20);
  }
});

test('a grey picture has three channels', async () => {
  const grey = await sharp({ create: { width: 400, height: 400, channels: 3, background: '#777' } })
    .toColourspace('b-w')
    .png()
    .toBuffer();
  const made = await pool.channelFile(grey, {
    sizes: [{ width: 400, height: 400 }],
    maxBytes: 1e7,
    generated: true,
  });
  if (made.kind !== 'made') throw new Error(made.kind);
  expect(await sharp(made.jpeg).metadata()).toMatchObject({ space: 'srgb', channels: 3 });
});

describe('a picture of another shape', () => {
  const square = { width: 1000, height: 1000 };

  test.each([
    [square, { width: 900, height: 1200 }, 'cut'],
    [square, { width: 960, height: 1200 }, 'cut'],
    [square, { width: 1080, height: 1920 }, 'extended'],
    [{ width: 1600, height: 900 }, square, 'extended'],
    [{ width: 1001, height: 1000 }, square, 'whole'],
  ])('of %j becomes %j: %s', (source, size, change) => {
    expect(planFit(source, [size])).toMatchObject({ kind: 'fits', size, change });
  });

  test('is extended on its own ground where that is plain', async () => {
    const picture = await sharp({
      create: { width: 1000, height: 1000, channels: 3, background: '#e8dfd2' },
    })
      .composite([
        {
          input: {
            create: { width: 400, height: 400, channels: 3, background: '#204080' },
          },
        },
      ])
      .png()
      .toBuffer();
    const made = await pool.channelFile(picture, {
      sizes: [{ width: 1080, height: 1920 }],
      maxBytes: 1e7,
      generated: true,
    });
    if (made.kind !== 'made') throw new Error(made.kind);
    expect(made.change).toBe('extended');
    const { data } = await sharp(made.jpeg).raw().toBuffer({ resolveWithObject: true });
    for (const row of [0, 200, 419, 421, 1500, 1919])
      for (const [channel, value] of [0xe8, 0xdf, 0xd2].entries())
        expect(Math.abs((data[row * 1080 * 3 + channel] ?? 0) - value)).toBeLessThanOrEqual(1);
  });

  test('is extended on a blurred copy where its border shows something', async () => {
    const made = await pool.channelFile(await photographic(1000, 1000), {
      sizes: [{ width: 1080, height: 1920 }],
      maxBytes: 1e7,
      generated: true,
    });
    if (made.kind !== 'made') throw new Error(made.kind);
    const detail = async (top: number) => {
      const edges = await sharp(made.jpeg)
        .extract({ left: 0, top, width: 1080, height: 300 })
        .greyscale()
        .convolve({ width: 3, height: 3, kernel: [0, -1, 0, -1, 4, -1, 0, -1, 0], offset: 128, scale: 1 })
        .png()
        .toBuffer();
      return (await sharp(edges).stats()).channels[0]?.stdev ?? 0;
    };
    expect(await detail(60)).toBeLessThan((await detail(800)) / 2);
  });
});
