import sharp, { type Sharp } from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { createImagePool } from '../../../src/imaging/pool.ts';
import {
  animation,
  bmp,
  type Field,
  fixture,
  fourFields,
  photographic,
  shownFields,
  silentLog,
} from './pictures.ts';

const pool = createImagePool({ threads: 2, memoryBytes: 1e9, log: silentLog });
afterAll(() => pool.close());

const READING_ORDER: Field[] = ['red', 'green', 'blue', 'white'];

const pixelsOf = (picture: Uint8Array) => sharp(picture).raw().toBuffer();

describe('prepare', () => {
  test('leaves the bytes that were sent usable', async () => {
    const sent = await fourFields();
    const before = Buffer.from(sent);
    await pool.prepare(sent);
    expect(sent.equals(before)).toBe(true);
  });

  test('makes a baseline sRGB JPEG without any metadata', async () => {
    const place = 'secret place 52.5200 N';
    const sent = await sharp(await fourFields())
      .withExif({ IFD0: { ImageDescription: place } })
      .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/">${place}</x:xmpmeta>`)
      .jpeg()
      .toBuffer();
    expect(sent.includes(place)).toBe(true);
    const { jpeg } = await pool.prepare(sent);
    const metadata = await sharp(jpeg).metadata();
    expect(metadata).toMatchObject({ format: 'jpeg', space: 'srgb', channels: 3 });
    expect([metadata.exif, metadata.xmp, metadata.iptc, metadata.icc]).toEqual(Array(4).fill(undefined));
    expect(Buffer.from(jpeg).includes('secret place')).toBe(false);
  });

  test('passes on what is so already, with nothing of it but its picture', async () => {
    const telegrams = await sharp(await photographic(640, 480))
      .jpeg({ quality: 87, progressive: true })
      .toBuffer();
    const comment = Buffer.from([0xff, 0xfe, 0, 8, ...Buffer.from('secret')]);
    const sent = Buffer.concat([
      telegrams.subarray(0, 2),
      comment,
      telegrams.subarray(2),
      Buffer.from('tail'),
    ]);
    const { jpeg, width, height } = await pool.prepare(sent);
    expect([width, height]).toEqual([640, 480]);
    expect(telegrams.equals(jpeg)).toBe(true);
    await expect(pool.prepare(telegrams.subarray(0, telegrams.length / 2))).rejects.toMatchObject({
      code: 'image-unreadable',
    });
  });

  test('leaves the tail of a polyglot behind', async () => {
    const tail = Buffer.from('PK\x03\x04 payload.sh rm -rf');
    const jpeg = await sharp(await fourFields())
      .jpeg()
      .toBuffer();
    const prepared = await pool.prepare(Buffer.concat([jpeg, tail]));
    expect(Buffer.from(prepared.jpeg).includes('payload')).toBe(false);
    expect(await shownFields(prepared.jpeg)).toEqual(READING_ORDER);
  });

  // What a viewer sees of red, green / blue, white stored with each EXIF orientation.
  test.each<[number, Field[]]>([
    [1, ['red', 'green', 'blue', 'white']],
    [2, ['green', 'red', 'white', 'blue']],
    [3, ['white', 'blue', 'green', 'red']],
    [4, ['blue', 'white', 'red', 'green']],
    [5, ['red', 'blue', 'green', 'white']],
    [6, ['blue', 'red', 'white', 'green']],
    [7, ['white', 'green', 'blue', 'red']],
    [8, ['green', 'white', 'red', 'blue']],
  ])('shows EXIF orientation %i upright', async (orientation, upright) => {
    const sent = await sharp(await fourFields())
      .withMetadata({ orientation })
      .jpeg({ quality: 95 })
      .toBuffer();
    const { jpeg, width, height } = await pool.prepare(sent);
    expect(await shownFields(jpeg)).toEqual(upright);
    expect([width, height]).toEqual(orientation < 5 ? [160, 128] : [128, 160]);
  });

  test('makes the longest side 1920 and never enlarges', async () => {
    const wide = await sharp(await photographic(400, 200))
      .resize(3000, 1500)
      .jpeg()
      .toBuffer();
    expect(await pool.prepare(wide)).toMatchObject({ width: 1920, height: 960 });
    expect(await pool.prepare(await fourFields())).toMatchObject({ width: 160, height: 128 });
  });

  test('puts transparent pictures on white', async () => {
    const clear = await sharp({
      create: { width: 200, height: 200, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    const { jpeg } = await pool.prepare(clear);
    expect(await shownFields(jpeg)).toEqual(Array(4).fill('white'));
  });

  /** A disc of this colour, cut out: half of the picture's side wide. The colours of the disc's middle and the corner. */
  async function groundUnder(colour: string, encode: (picture: Sharp) => Sharp): Promise<[number, number]> {
    const disc = `<svg width="400" height="400"><circle cx="200" cy="200" r="100" fill="${colour}"/></svg>`;
    const { jpeg } = await pool.prepare(await encode(sharp(Buffer.from(disc))).toBuffer());
    const { data, info } = await sharp(jpeg).greyscale().raw().toBuffer({ resolveWithObject: true });
    return [data[200 * info.width + 200] ?? 0, data[20 * info.width + 20] ?? 0];
  }

  test.each<[string, string, number]>([
    ['white', '#ffffff', 119],
    ['cream', '#f3ead8', 119],
    ['pale blue', '#dde6f4', 119],
    ['black', '#101010', 255],
    ['red', '#c02020', 255],
    ['grey', '#777777', 255],
  ])('keeps a %s product that was cut out visible', async (_, colour, ground) => {
    for (const encode of [
      (picture: Sharp) => picture.png(),
      (picture: Sharp) => picture.png({ palette: true }),
      (picture: Sharp) => picture.toColourspace('rgb16').png(),
      (picture: Sharp) => picture.webp({ lossless: true }),
      (picture: Sharp) => picture.gif(),
      (picture: Sharp) => picture.avif({ quality: 95 }),
    ]) {
      const [product, behind] = await groundUnder(colour, encode);
      expect(Math.abs(behind - ground)).toBeLessThan(6);
      expect(Math.abs(product - behind)).toBeGreaterThan(80);
    }
  });

  test.each<[string, (picture: Sharp) => Sharp]>([
    ['a JPEG', (picture) => picture.jpeg({ quality: 95 })],
    ['a progressive JPEG', (picture) => picture.jpeg({ quality: 95, progressive: true })],
    ['a PNG of 16 bits', (picture) => picture.toColourspace('rgb16').png()],
    ['a PNG with a palette', (picture) => picture.png({ palette: true })],
    ['a PNG in Display P3', (picture) => picture.withIccProfile('p3').png()],
    ['a lossless WebP', (picture) => picture.webp({ lossless: true })],
    ['a GIF', (picture) => picture.gif()],
    ['a TIFF', (picture) => picture.tiff()],
    ['a TIFF of 16 bits', (picture) => picture.toColourspace('rgb16').tiff({ compression: 'deflate' })],
    ['an AVIF', (picture) => picture.avif({ quality: 95 })],
  ])('shows the colours of %s as they are', async (_, encode) => {
    const { jpeg } = await pool.prepare(await encode(sharp(await fourFields())).toBuffer());
    expect(await shownFields(jpeg)).toEqual(READING_ORDER);
    expect((await sharp(jpeg).metadata()).space).toBe('srgb');
  });

  test('turns CMYK into sRGB', async () => {
    const sent = await sharp(await fourFields())
      .toColourspace('cmyk')
      .jpeg()
      .toBuffer();
    expect((await sharp(sent).metadata()).space).toBe('cmyk');
    const { jpeg } = await pool.prepare(sent);
    expect((await sharp(jpeg).metadata()).space).toBe('srgb');
    // Ink cannot show these colours exactly; which colour is where must hold.
    const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
    const [red = 0, green = 0, blue = 0] = data.subarray((20 * info.width + 20) * 3);
    expect(red).toBeGreaterThan(Math.max(green, blue) + 80);
  });

  test('decodes HEIC in Display P3 with an alpha channel to the right colours', async () => {
    const { jpeg, width, height } = await pool.prepare(fixture('p3-transparent.heic'));
    expect([width, height]).toEqual([160, 128]);
    expect(await shownFields(jpeg)).toEqual(READING_ORDER);
  });

  test.each([
    [24, 'bottom-up'],
    [24, 'top-down'],
    [32, 'bottom-up'],
    [32, 'top-down'],
  ] as const)('reads a BMP of %i bits, %s', async (bits, rows) => {
    const { jpeg, width, height } = await pool.prepare(await bmp(bits, rows));
    expect([width, height]).toEqual([160, 128]);
    expect(await shownFields(jpeg)).toEqual(READING_ORDER);
  });

  test('turns a HEIC portrait upright', async () => {
    const { jpeg, width, height } = await pool.prepare(fixture('turned.heic'));
    expect([width, height]).toEqual([128, 160]);
    expect(await shownFields(jpeg)).toEqual(['blue', 'red', 'white', 'green']);
  });

  test.each(['gif', 'webp'] as const)('takes the first frame of an animated %s', async (kind) => {
    const { jpeg, width, height } = await pool.prepare(await animation(kind));
    expect([width, height]).toEqual([120, 120]);
    expect(await shownFields(jpeg)).toEqual(Array(4).fill('red'));
  });
});

describe('toPng', () => {
  test.each<[string, (picture: Sharp) => Sharp]>([
    ['WebP', (picture) => picture.webp({ quality: 90 })],
    ['lossless WebP', (picture) => picture.webp({ lossless: true })],
    ['WebP with transparency', (picture) => picture.ensureAlpha(0.4).webp()],
    ['PNG', (picture) => picture.png()],
    ['JPEG', (picture) => picture.jpeg()],
  ])('keeps every pixel of a %s', async (name, encode) => {
    const made = await encode(sharp(await photographic(300, 200))).toBuffer();
    const { file, kind, thumbnail } = await pool.original(made);
    expect(kind).toBe(name === 'JPEG' ? 'jpeg' : 'png');
    expect((await sharp(file).metadata()).format).toBe(kind);
    expect(await pixelsOf(file)).toEqual(await pixelsOf(made));
    expect(await sharp(thumbnail).metadata()).toMatchObject({ format: 'jpeg', width: 300, height: 200 });
  });

  test('converts a WebP with a colour profile to sRGB', async () => {
    const made = await sharp(await fourFields())
      .withIccProfile('p3')
      .webp({ lossless: true })
      .toBuffer();
    const { file: png } = await pool.original(made);
    expect(await shownFields(png)).toEqual(READING_ORDER);
    expect((await sharp(png).metadata()).hasProfile).toBe(false);
  });

  test('is no larger than 1.3 times what sharp makes of the same photographic picture', async () => {
    const made = await sharp(await photographic(600, 400))
      .webp({ quality: 90 })
      .toBuffer();
    const peer = await sharp(made).png().toBuffer();
    expect((await pool.original(made)).file.byteLength).toBeLessThan(1.3 * peer.byteLength);
  });

  test.each(['webp', 'jpeg'] as const)('labels a %s picture as made by a model', async (format) => {
    const { file: png } = await pool.original(
      await sharp(await fourFields())
        .toFormat(format)
        .toBuffer(),
    );
    expect((await sharp(png).metadata()).xmp?.toString()).toContain(
      'digitalsourcetype/trainedAlgorithmicMedia',
    );
  });

  test('refuses a broken picture', async () => {
    const made = await sharp(await photographic(300, 300))
      .webp()
      .toBuffer();
    await expect(pool.original(made.subarray(0, made.length / 2))).rejects.toMatchObject({
      code: 'image-unreadable',
    });
  });
});

/** The first table that says how coarse a JPEG is: its quality as a decoder sees it (ITU-T T.81, B.2.4.1). */
function quantisationOf(jpeg: Uint8Array): Buffer {
  const file = Buffer.from(jpeg);
  const at = file.indexOf(Buffer.from([0xff, 0xdb]));
  return file.subarray(at, at + 2 + 2 + 65);
}

describe('an original as JPEG', () => {
  test.each<[string, (picture: Sharp) => Sharp]>([
    ['WebP', (picture) => picture.webp({ quality: 90 })],
    ['PNG', (picture) => picture.png()],
    ['WebP with a colour profile', (picture) => picture.withIccProfile('p3').webp({ lossless: true })],
    ['JPEG', (picture) => picture.jpeg({ quality: 95, chromaSubsampling: '4:4:4' })],
  ])('of a %s has its size, its colours in sRGB and the label', async (name, encode) => {
    const made = await encode(sharp(await photographic(300, 200))).toBuffer();
    const { file, kind, thumbnail } = await pool.jpegOriginal(made);
    const metadata = await sharp(file).metadata();
    expect(kind).toBe('jpeg');
    expect(metadata).toMatchObject({
      format: 'jpeg',
      width: 300,
      height: 200,
      space: 'srgb',
      chromaSubsampling: '4:4:4',
    });
    expect(metadata.xmp?.toString()).toContain('digitalsourcetype/trainedAlgorithmicMedia');
    expect(await sharp(thumbnail).metadata()).toMatchObject({ format: 'jpeg', width: 300, height: 200 });
    const [before, after] = [await pixelsOf(made), await pixelsOf(file)];
    if (name === 'JPEG') expect(after).toEqual(before);
    const off = before.reduce((sum, value, at) => sum + Math.abs(value - (after[at] ?? 0)), 0);
    // In steps of 256, of a picture that is half noise.
    expect(off / before.length).toBeLessThan(4);
    const peer = sharp(await photographic(300, 200)).jpeg({ quality: 95 });
    expect(quantisationOf(file)).toEqual(quantisationOf(await peer.toBuffer()));
  });

  test('of a cut-out stands on a ground', async () => {
    const made = await sharp(await photographic(300, 200))
      .ensureAlpha(0)
      .webp()
      .toBuffer();
    expect((await sharp((await pool.jpegOriginal(made)).file).metadata()).hasAlpha).toBe(false);
  });
});

describe('thumbnails', () => {
  async function thumbnails(picture: Uint8Array) {
    const [small, medium, large] = await Promise.all([
      pool.thumbnail(picture, 'small'),
      pool.thumbnail(picture, 'medium'),
      pool.thumbnail(picture, 'large'),
    ]);
    return { small, medium, large };
  }

  test('keep the ratio at 160, 320 and 1280 pixels of the longest side', async () => {
    const made = await sharp(await photographic(300, 200))
      .resize(1536, 1024)
      .webp()
      .toBuffer();
    expect(await thumbnails(made)).toMatchObject({
      small: { width: 160, height: 107 },
      medium: { width: 320, height: 213 },
      large: { width: 1280, height: 853 },
    });
  });

  test('of a JPEG for the album are its own pixels, with the label and without other metadata', async () => {
    const made = await sharp(await photographic(1152, 1536))
      .jpeg({ quality: 95 })
      .toBuffer();
    const { jpeg, width, height } = await pool.thumbnail(made, 'large');
    expect([width, height]).toEqual([1152, 1536]);
    expect(await pixelsOf(jpeg)).toEqual(await pixelsOf(made));
    expect((await sharp(jpeg).metadata()).xmp?.toString()).toContain('trainedAlgorithmicMedia');
    const turned = await sharp(made).withMetadata({ orientation: 6 }).toBuffer();
    expect(await pool.thumbnail(turned, 'large')).toMatchObject({ width: 1280, height: 960 });
  });

  test('never enlarge', async () => {
    const made = await sharp(await photographic(200, 300))
      .webp()
      .toBuffer();
    expect(await thumbnails(made)).toMatchObject({
      small: { width: 107, height: 160 },
      medium: { width: 200, height: 300 },
      large: { width: 200, height: 300 },
    });
  });

  test('fit Telegram’s 200 kB for the medium one, even of pure noise', async () => {
    const noise = { type: 'gaussian', mean: 128, sigma: 120 } as const;
    const made = await sharp({ create: { width: 320, height: 320, channels: 3, background: '#888', noise } })
      .webp({ lossless: true })
      .toBuffer();
    expect((await pool.thumbnail(made, 'medium')).jpeg.byteLength).toBeLessThan(200_000);
  });

  test('are sRGB JPEGs of which only the large one bears the label, and nothing else', async () => {
    const made = await sharp(await fourFields())
      .withExif({ IFD0: { Copyright: 'somebody' } })
      .toColourspace('rgb16')
      .png()
      .toBuffer();
    const { small, medium, large } = await thumbnails(made);
    for (const thumbnail of [small, medium, large]) {
      const metadata = await sharp(thumbnail.jpeg).metadata();
      expect(metadata).toMatchObject({ format: 'jpeg', space: 'srgb' });
      expect(metadata.exif).toBeUndefined();
      expect(await shownFields(thumbnail.jpeg)).toEqual(READING_ORDER);
    }
    expect((await sharp(large.jpeg).metadata()).xmp?.toString()).toContain('trainedAlgorithmicMedia');
    expect((await sharp(small.jpeg).metadata()).xmp).toBeUndefined();
  });

  test('show transparent pictures on white, grey ones too', async () => {
    const clear = await sharp({
      create: { width: 200, height: 200, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0 } },
    })
      .webp({ lossless: true })
      .toBuffer();
    expect(await shownFields((await pool.thumbnail(clear, 'small')).jpeg)).toEqual(Array(4).fill('white'));
    const grey = await sharp(await photographic(200, 200))
      .greyscale()
      .png()
      .toBuffer();
    expect(await pool.thumbnail(grey, 'large')).toMatchObject({ width: 200, height: 200 });
  });
});

describe('the pool', () => {
  /** An AVIF that says that it has this many pixels a side; nothing but its header is read. */
  async function avifOf(side: number): Promise<Buffer> {
    const avif = await sharp(await fourFields())
      .avif()
      .toBuffer();
    const sides = avif.indexOf('ispe') + 8;
    avif.writeUInt32BE(side, sides);
    avif.writeUInt32BE(side, sides + 4);
    return avif;
  }

  test('refuses what needs more memory than there is, whatever its length', async () => {
    const own = createImagePool({ threads: 1, memoryBytes: 800e6, log: silentLog });
    const bomb = await avifOf(7070);
    expect(bomb.length).toBeLessThan(10_000);
    expect(() => own.inspect(bomb)).toThrow(expect.objectContaining({ code: 'image-too-heavy' }));
    await expect(own.prepare(bomb)).rejects.toMatchObject({ code: 'image-too-heavy' });
    expect(own.inspect(await avifOf(4000))).toMatchObject({ kind: 'avif' });
    await own.close();
  });

  test('takes one heavy picture at a time, and throws away none of those that wait', async () => {
    const own = createImagePool({ threads: 2, memoryBytes: 64 * 1024 * 1024, log: silentLog });
    const heavy = await sharp(await photographic(300, 300))
      .resize(1300, 1300)
      .avif({ effort: 0 })
      .toBuffer();
    const all = Array.from({ length: 6 }, () => own.prepare(heavy));
    expect(own.statistics()).toMatchObject({ running: 1, waiting: 5 });
    expect(await Promise.all(all)).toHaveLength(6);
    await own.close();
  });

  test('counts what it did, broken files as failures', async () => {
    const own = createImagePool({ threads: 1, memoryBytes: 1e9, log: silentLog });
    const png = await fourFields();
    await own.prepare(png);
    await expect(own.prepare(png.subarray(0, 400))).rejects.toMatchObject({ code: 'image-unreadable' });
    expect(own.statistics()).toEqual({
      threads: 1,
      running: 0,
      waiting: 0,
      completed: 1,
      failed: 1,
      replacedThreads: 0,
    });
    await own.close();
  });

  test('leaves one of libuv’s four threads to the rest of the process', async () => {
    const own = createImagePool({ threads: 16, memoryBytes: 1e9, log: silentLog });
    expect(own.statistics().threads).toBe(3);
    await own.close();
  });
});
