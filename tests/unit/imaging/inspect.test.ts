import fc from 'fast-check';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import { isAppError } from '../../../src/errors.ts';
import { inspectImage } from '../../../src/imaging/inspect.ts';
import { SELLER_PHOTO } from '../../../src/imaging/limits.ts';
import { prepareImage } from '../../../src/imaging/operations.ts';
import { animation, bmp, fixture, fourFields } from './pictures.ts';

const inspect = (bytes: Uint8Array) => inspectImage(bytes, SELLER_PHOTO);

/** The code of the AppError that inspecting throws; 'accepted' when it throws none. */
function verdictOf(bytes: Uint8Array): string {
  try {
    inspect(bytes);
    return 'accepted';
  } catch (error) {
    if (!isAppError(error)) throw error;
    return error.code;
  }
}

/** The bytes with big-endian (or little-endian) numbers written over them at offsets. */
function patched(bytes: Uint8Array, ...writes: { at: number; bytes: number[] }[]): Uint8Array {
  const copy = new Uint8Array(bytes);
  for (const write of writes) copy.set(write.bytes, write.at);
  return copy;
}

describe('inspect', () => {
  test('tells kind and sides of every accepted kind', async () => {
    const picture = sharp(await fourFields());
    const sides = { width: 160, height: 128, animated: false };
    expect(inspect(await picture.jpeg().toBuffer())).toMatchObject({ kind: 'jpeg', ...sides });
    expect(inspect(await picture.jpeg({ progressive: true }).toBuffer())).toMatchObject({
      kind: 'jpeg',
      ...sides,
    });
    expect(inspect(await picture.png().toBuffer())).toMatchObject({ kind: 'png', ...sides });
    expect(inspect(await picture.webp().toBuffer())).toMatchObject({ kind: 'webp', ...sides });
    expect(inspect(await picture.webp({ lossless: true }).toBuffer())).toMatchObject({
      kind: 'webp',
      ...sides,
    });
    expect(inspect(await picture.ensureAlpha(0.5).webp().toBuffer())).toMatchObject({
      kind: 'webp',
      ...sides,
    });
    expect(inspect(await picture.gif().toBuffer())).toMatchObject({ kind: 'gif', ...sides });
    expect(inspect(await picture.tiff().toBuffer())).toMatchObject({ kind: 'tiff', ...sides });
    expect(inspect(await picture.avif().toBuffer())).toMatchObject({ kind: 'avif', ...sides });
    expect(inspect(await bmp(24, 'bottom-up'))).toMatchObject({ kind: 'bmp', ...sides });
    expect(inspect(await bmp(32, 'top-down'))).toMatchObject({ kind: 'bmp', ...sides });
    expect(inspect(fixture('p3-transparent.heic'))).toMatchObject({ kind: 'heic', ...sides });
    expect(inspect(fixture('turned.heic'))).toMatchObject({ kind: 'heic', ...sides });
  });

  test('tells what decoding takes by how the kind is decoded, not by its size alone', async () => {
    const picture = sharp(await fourFields());
    const perPixel = async (encoded: Sharp) => inspect(await encoded.toBuffer()).bytesPerPixel;
    const inLines = await perPixel(picture.clone().jpeg());
    expect(inLines).toBe(1);
    expect(await perPixel(picture.clone().jpeg({ progressive: true }))).toBe(7);
    expect(await perPixel(picture.clone().toColourspace('cmyk').jpeg({ progressive: true }))).toBe(9);
    expect(await perPixel(picture.clone().png())).toBe(2);
    expect(await perPixel(picture.clone().png({ progressive: true }))).toBe(5);
    expect(await perPixel(picture.clone().toColourspace('rgb16').png({ progressive: true }))).toBe(8);
    expect(await perPixel(picture.clone().tiff({ tile: true }))).toBe(18);
    expect(await perPixel(picture.clone().avif())).toBe(18);
    expect(await perPixel(picture.clone().avif({ bitdepth: 12 }))).toBe(25);
    expect(inspect(fixture('turned.heic')).bytesPerPixel).toBe(14);
  });

  test('reads a slice of a larger buffer like a file of its own', async () => {
    const png = await fourFields();
    const shared = Buffer.concat([Buffer.alloc(7, 1), png, Buffer.alloc(9, 2)]);
    expect(inspect(shared.subarray(7, 7 + png.length))).toMatchObject({ kind: 'png', width: 160 });
  });

  test('knows an animation', async () => {
    expect(inspect(await animation('gif'))).toMatchObject({ kind: 'gif', animated: true });
    expect(inspect(await animation('webp'))).toMatchObject({ kind: 'webp', animated: true });
  });

  test('knows an animated PNG by its acTL chunk', async () => {
    const png = await fourFields();
    const acTL = Buffer.from('000000086163544c0000000200000000f38d9370', 'hex');
    const animated = Buffer.concat([png.subarray(0, 33), acTL, png.subarray(33)]);
    expect(inspect(animated)).toMatchObject({ kind: 'png', animated: true });
  });

  test('accepts a JPEG with fill bytes and many segments before its frame', async () => {
    const jpeg = await sharp(await fourFields())
      .jpeg()
      .toBuffer();
    const comment = Buffer.from('fffffffe0004abcd', 'hex'); // two fill bytes, COM, two bytes of text
    const odd = Buffer.concat([jpeg.subarray(0, 2), ...Array<Buffer>(300).fill(comment), jpeg.subarray(2)]);
    expect(inspect(odd)).toMatchObject({ kind: 'jpeg', width: 160, height: 128 });
  });

  test.each([
    ['zeros', Buffer.alloc(20)],
    ['text', Buffer.from('junk')],
    ['stuffed bytes', Buffer.from('ff00ff00', 'hex')],
    ['restart marks', Buffer.from('ffd0ffd7', 'hex')],
    ['fill bytes', Buffer.from('ffffff', 'hex')],
  ])('accepts a JPEG with %s before any of its segments, as viewers do', async (_, junk) => {
    const jpeg = await sharp(await fourFields())
      .jpeg()
      .toBuffer();
    const places: number[] = [];
    for (let at = 2; jpeg[at + 1] !== 0xd9 && at < jpeg.length; at += 2 + jpeg.readUInt16BE(at + 2)) {
      places.push(at);
      if (jpeg[at + 1] === 0xda) break;
    }
    expect(places.length).toBeGreaterThan(3);
    for (const at of places) {
      const odd = Buffer.concat([jpeg.subarray(0, at), junk, jpeg.subarray(at)]);
      expect(inspect(odd)).toMatchObject({ kind: 'jpeg', width: 160, height: 128 });
      await expect(prepareImage(odd, 'jpeg'), `junk at ${at}`).resolves.toMatchObject({ width: 160 });
    }
    const trailing = Buffer.concat([jpeg.subarray(0, -2), junk, jpeg.subarray(-2), junk]);
    expect((await prepareImage(trailing, inspect(trailing).kind)).width).toBe(160);
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['one byte', Buffer.from([0xff])],
    ['text', Buffer.from('just a text, sent as photo.jpg')],
    [
      'SVG named .jpg',
      Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="500"/>'),
    ],
    ['PDF', Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj')],
    ['a text of BMWs', Buffer.from('BMW 318i, built in 1995, one owner')],
    ['JPEG 2000', Buffer.from('0000000c6a5020200d0a870a', 'hex')],
    ['a JPEG 2000 codestream', Buffer.from('ff4fff5100290000', 'hex')],
    ['PSD', Buffer.from('8BPS\0\x01\0\0\0\0\0\0')],
    ['BigTIFF', Buffer.from('49492b0008000000', 'hex')],
    ['ZIP', Buffer.from('504b0304140000000800', 'hex')],
    [
      'MP4 video',
      Buffer.from('0000001866747970697 36f6d0000020069736f6d69736f32'.replaceAll(' ', ''), 'hex'),
    ],
    ['QuickTime video', Buffer.from('00000014667479707174202000000200717420200000', 'hex')],
    ['WAV sound', Buffer.from('RIFF\x24\x00\x00\x00WAVEfmt ', 'latin1')],
  ])('refuses %s as no picture', (_, bytes) => {
    expect(verdictOf(bytes)).toBe('image-kind-unsupported');
  });

  test('refuses sides that would decode to more than 50 megapixels, whatever the kind', async () => {
    const picture = sharp(await fourFields());
    const jpeg = await picture.jpeg().toBuffer();
    const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
    const heic = Buffer.from(fixture('p3-transparent.heic'));
    const ispe = heic.indexOf('ispe');
    const vp8x = await picture.ensureAlpha(0.5).webp().toBuffer();
    const bombs = {
      png: patched(await picture.png().toBuffer(), { at: 16, bytes: [0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60] }),
      jpeg: patched(jpeg, { at: frame + 5, bytes: [0xfd, 0xe8, 0xfd, 0xe8] }),
      gif: patched(await picture.gif().toBuffer(), { at: 6, bytes: [0xff, 0xff, 0xff, 0xff] }),
      webp: patched(vp8x, { at: 24, bytes: [0xff, 0x3f, 0, 0xff, 0x3f, 0] }),
      heic: patched(heic, { at: ispe + 8, bytes: [0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60] }),
    };
    for (const [kind, bytes] of Object.entries(bombs)) {
      expect([kind, verdictOf(bytes)]).toEqual([kind, 'image-too-large']);
    }
  });

  test('refuses files over 20 MiB before looking into them', () => {
    expect(verdictOf(new Uint8Array(20 * 1024 * 1024 + 1))).toBe('image-too-large');
    expect(verdictOf(new Uint8Array(20 * 1024 * 1024))).toBe('image-kind-unsupported');
  });

  test('refuses sides under 100 pixels, and strips longer than 20 times their width by a name of their own', async () => {
    const blank = (width: number, height: number) =>
      sharp({ create: { width, height, channels: 3, background: '#fff' } })
        .png()
        .toBuffer();
    expect(verdictOf(await blank(100, 2000))).toBe('accepted');
    expect(verdictOf(await blank(99, 500))).toBe('image-too-small');
    expect(verdictOf(await blank(100, 2001))).toBe('image-too-narrow');
    expect(verdictOf(await blank(8000, 390))).toBe('image-too-narrow');
    expect(verdictOf(await blank(1, 65_000))).toBe('image-too-narrow');
  });

  test('says the limits and the sides with the refusal', async () => {
    const small = await sharp({ create: { width: 50, height: 60, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    expect(() => inspect(small)).toThrow(
      expect.objectContaining({ details: { width: 50, height: 60, shortestSide: 100 } }),
    );
  });

  test('refuses a header that is cut at any place, and never anything but an AppError', async () => {
    const picture = sharp(await fourFields());
    const files = [
      await picture.jpeg().toBuffer(),
      await picture.png().toBuffer(),
      await picture.webp().toBuffer(),
      await picture.gif().toBuffer(),
      await picture.tiff().toBuffer(),
      Buffer.from(fixture('p3-transparent.heic')),
    ];
    for (const file of files) {
      for (let length = 0; length < Math.min(file.length, 700); length++) {
        expect(['accepted', 'image-unreadable', 'image-kind-unsupported']).toContain(
          verdictOf(file.subarray(0, length)),
        );
      }
      expect(verdictOf(file.subarray(0, 8))).not.toBe('accepted');
    }
  });

  test('answers random bytes behind every magic number with a verdict', () => {
    const magics = [
      Buffer.from('ffd8ff', 'hex'),
      Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      Buffer.from('GIF89a'),
      Buffer.from('RIFF\0\0\0\0WEBPVP8X'),
      Buffer.from('49492a0008000000', 'hex'),
      Buffer.from('0000001c6674797068656963000000006d69663168656963', 'hex'),
    ];
    fc.assert(
      fc.property(fc.constantFrom(...magics), fc.uint8Array({ maxLength: 400 }), (magic, rest) => {
        expect(verdictOf(Buffer.concat([magic, rest]))).toMatch(/^(accepted|image-)/);
      }),
      { numRuns: 2000 },
    );
  });

  test('gives up on a header of endless parts', () => {
    const empty = Buffer.from('fffe0002', 'hex');
    const endless = Buffer.concat([Buffer.from('ffd8', 'hex'), ...Array<Buffer>(50_000).fill(empty)]);
    expect(() => inspect(endless)).toThrow(/more than 20000 parts/);
  });
});
