import { crc32, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAppError } from '../../../src/errors.ts';
import { createImagePool } from '../../../src/imaging/pool.ts';
import { animation, bmp, fixture, fourFields, photographic, silentLog } from './pictures.ts';

const pool = createImagePool({ threads: 2, memoryBytes: 1e9, log: silentLog });
let honest: Record<string, Buffer> = {};

beforeAll(async () => {
  const picture = () => sharp(photo);
  const photo = await photographic(240, 180);
  honest = {
    jpeg: await picture().jpeg().toBuffer(),
    progressive: await picture().jpeg({ progressive: true }).toBuffer(),
    cmyk: await picture().toColourspace('cmyk').jpeg().toBuffer(),
    png: await picture().png().toBuffer(),
    png16: await picture().toColourspace('rgb16').png().toBuffer(),
    webp: await picture().webp().toBuffer(),
    lossless: await picture().webp({ lossless: true }).toBuffer(),
    gif: await picture().gif().toBuffer(),
    tiff: await picture().tiff({ compression: 'lzw' }).toBuffer(),
    avif: await picture().avif().toBuffer(),
    bmp: await bmp(24, 'bottom-up'),
    heic: Buffer.from(fixture('p3-transparent.heic')),
    animatedGif: await animation('gif'),
    animatedWebp: await animation('webp'),
  };
});

afterAll(async () => {
  // After everything above both threads still work, and none had to be replaced.
  const png = await fourFields();
  expect(await Promise.all([pool.prepare(png), pool.prepare(png)])).toHaveLength(2);
  expect(pool.statistics()).toMatchObject({ running: 0, waiting: 0, replacedThreads: 0 });
  await pool.close();
});

/** 'made', or the code of the AppError that refused the file; anything else fails the test. */
async function fateOf(convert: () => Promise<unknown>): Promise<string> {
  try {
    await convert();
    return 'made';
  } catch (error) {
    if (!isAppError(error) || error.code === 'unexpected') throw error;
    return error.code;
  }
}

const fateOfPhoto = (bytes: Uint8Array) => fateOf(() => pool.prepare(bytes));
const fateOfPicture = (bytes: Uint8Array) => fateOf(() => pool.original(bytes));

/** A PNG chunk with its right checksum. */
function pngChunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

describe('a hostile file', () => {
  test('cut at any of forty places is refused, or made where all pixels are there', async () => {
    for (const [kind, file] of Object.entries(honest)) {
      const cuts = Array.from({ length: 40 }, (_, index) =>
        file.subarray(0, Math.floor((file.length * index) / 40)),
      );
      const fates = await Promise.all(cuts.map(fateOfPhoto));
      // A first frame may be whole in the first half of an animation; all else lacks pixels.
      if (!kind.startsWith('animated')) expect([kind, fates[20]]).toEqual([kind, 'image-unreadable']);
      for (const fate of fates)
        expect(['made', 'image-unreadable', 'image-kind-unsupported']).toContain(fate);
    }
  });

  test('cut in the middle is refused as a finished picture too', async () => {
    for (const kind of ['jpeg', 'png', 'webp', 'lossless']) {
      const file = honest[kind] ?? Buffer.alloc(0);
      expect([kind, await fateOfPicture(file.subarray(0, file.length / 2))]).toEqual([
        kind,
        'image-unreadable',
      ]);
    }
  });

  test('with bytes changed at random places is made or refused', async () => {
    const kinds = Object.keys(honest);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...kinds),
        fc.array(fc.record({ place: fc.double({ min: 0, max: 0.999, noNaN: true }), byte: fc.nat(255) }), {
          minLength: 1,
          maxLength: 12,
        }),
        async (kind, changes) => {
          const file = Buffer.from(honest[kind] ?? []);
          for (const { place, byte } of changes) file[Math.floor(place * file.length)] = byte;
          await fateOfPhoto(file);
          await fateOfPicture(file);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('of random bytes is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
        expect(await fateOfPhoto(bytes)).toMatch(/^image-/);
      }),
      { numRuns: 200 },
    );
  });

  test('that declares a small picture and holds a huge one is refused', async () => {
    const black = (width: number, height: number) =>
      sharp({ create: { width, height, channels: 3, background: '#000' } });
    // A GIF whose frame is larger than its screen.
    const gif = await black(200, 200).gif().toBuffer();
    const frame = gif.indexOf(Buffer.from([0x2c, 0, 0, 0, 0, 200, 0, 200, 0]));
    expect(frame).toBeGreaterThan(0);
    Buffer.from([0xff, 0xff, 0xff, 0xff]).copy(gif, frame + 5);
    // A WebP whose container says 160×128 and whose picture says 16383×16383.
    const webp = await sharp(await fourFields())
      .ensureAlpha(0.5)
      .webp({ lossless: true })
      .toBuffer();
    const extended = Buffer.concat([
      webp.subarray(0, 12),
      Buffer.from('VP8X\x0a\0\0\0\x10\0\0\0\x9f\0\0\x7f\0\0', 'latin1'),
      webp.subarray(12),
    ]);
    const vp8l = extended.lastIndexOf('VP8L');
    extended.writeUInt32LE(0x0fffffff | (1 << 28), vp8l + 9);
    for (const lie of [gif, extended]) {
      expect(await fateOfPhoto(lie)).toMatch(/^image-(unreadable|too-large)$/);
      expect(await fateOfPicture(lie)).toMatch(/^image-(unreadable|too-large)$/);
    }
  });

  test('whose compressed text or pixels swell to a gigabyte takes no such memory', async () => {
    const zeros = deflateSync(Buffer.alloc(64 * 1024 * 1024));
    const png = honest.png ?? Buffer.alloc(0);
    const head = png.subarray(0, 33);
    const text = pngChunk('zTXt', Buffer.concat([Buffer.from('Comment\0\0'), zeros]));
    const swollen = Buffer.concat([head, pngChunk('IDAT', zeros), pngChunk('IEND', Buffer.alloc(0))]);
    const hidden = Buffer.concat([head, ...Array<Buffer>(16).fill(text), png.subarray(33)]);
    const peakMegabytes = () => process.resourceUsage().maxRSS / 1024;
    const before = peakMegabytes();
    expect(await Promise.all([swollen, hidden].map(fateOfPhoto))).toEqual(['made', 'made']);
    expect(peakMegabytes() - before).toBeLessThan(300);
  });

  test('that pretends to be a HEIC is refused', async () => {
    const heic = honest.heic ?? Buffer.alloc(0);
    const blind = Buffer.from(heic);
    blind.write('xxxx', blind.indexOf('hvcC'));
    expect(await fateOfPhoto(blind)).toBe('image-unreadable');
    const halved = Buffer.from(heic);
    halved.fill(0, halved.length / 2);
    expect(await fateOfPhoto(halved)).toMatch(/^(made|image-unreadable)$/);
  });

  test('by the hundred, all at once, is refused within the line', async () => {
    const files = Object.values(honest).flatMap((file) =>
      Array.from({ length: 10 }, (_, index) =>
        file.subarray(0, Math.floor(file.length * (0.3 + index * 0.05))),
      ),
    );
    const fates = await Promise.all(files.map(fateOfPhoto));
    expect(fates).toHaveLength(140);
    expect(new Set(fates).has('imaging-busy')).toBe(false);
  });
});
