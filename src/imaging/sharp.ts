/** The one door to sharp: how pictures are opened, brought to pixels and written. */
import sharp, { type Color, type Sharp } from 'sharp';
import { decodeBmp } from './bmp.ts';
import { chooseGround } from './ground.ts';
import { decodeHeic } from './heic.ts';
import type { ImageKind } from './inspect.ts';
import { CONVERSION_SECONDS, FINISHED_PICTURE } from './limits.ts';

/** A picture that is opened, with what is still to be done with it. */
export type { Sharp };

// One thread of libvips per conversion: the pool's threads are what runs side by side.
sharp.concurrency(1);
// Every picture is different and read once.
sharp.cache(false);

/** A JPEG in memory of its own, so that it can be transferred, and its sides in pixels. */
export type Jpeg = { jpeg: Uint8Array<ArrayBuffer>; width: number; height: number };

/**
 * Opens the first frame. Broken and cut files fail when they are read; mere warnings pass, because many
 * cameras write files that libjpeg warns about. The header's size was checked before; the limit here is for
 * files whose inner size differs from the header's.
 */
export function open(bytes: Uint8Array, kind: ImageKind): Sharp {
  return sharp(readableBySharp(bytes, kind), {
    failOn: 'error',
    limitInputPixels: FINISHED_PICTURE.pixels,
    unlimited: false,
    page: 0,
    pages: 1,
  })
    .autoOrient()
    .timeout({ seconds: CONVERSION_SECONDS });
}

/** The file itself, or a TIFF of its pixels where sharp has no decoder. */
function readableBySharp(bytes: Uint8Array, kind: ImageKind): Uint8Array {
  switch (kind) {
    case 'heic':
      return decodeHeic(bytes);
    case 'bmp':
      return decodeBmp(bytes);
    default:
      return bytes;
  }
}

/** Made smaller until the longest side fits, never larger. */
export function fitInto(image: Sharp, side: number): Sharp {
  return image.resize({
    width: side,
    height: side,
    fit: 'inside',
    withoutEnlargement: true,
    kernel: 'lanczos3',
  });
}

/** The picture without transparency: a cut-out on a ground on which it can be seen. */
export async function putOnGround(image: Sharp): Promise<Sharp> {
  const { hasAlpha } = await image.metadata();
  if (!hasAlpha) return image;
  const { data, info } = await image
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const cutOut = { pixels: data, width: info.width, height: info.height };
  return fromPixels(cutOut, 4).flatten({ background: chooseGround(data) });
}

/**
 * The end of each JPEG pipeline. Its Huffman tables are those of the standard: tables of its own make a file 6 %
 * smaller and take a quarter of the time (bench/convert.ts). The bytes are copied once, inside the worker: what sharp returns belongs to
 * native memory and cannot be transferred. (`toUint8Array` of sharp 0.35.5 could be, but it never frees its
 * memory: 2 MB for each picture.)
 */
export async function toJpeg(image: Sharp, quality: number): Promise<Jpeg> {
  const { data, info } = await image
    .jpeg({ quality, optimiseCoding: false })
    .toBuffer({ resolveWithObject: true });
  return { jpeg: new Uint8Array(data), width: info.width, height: info.height };
}

/** RGB of 8 bits in sRGB, three bytes a pixel. */
export type RawPicture = { pixels: Buffer; width: number; height: number };

export async function readPixels(image: Sharp): Promise<RawPicture> {
  const { data, info } = await image
    .toColourspace('srgb')
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { pixels: data, width: info.width, height: info.height };
}

/** A picture of bare pixels: light alone, RGB, or RGB with transparency. */
export function fromPixels(
  { pixels, width, height }: { pixels: Uint8Array; width: number; height: number },
  channels: 1 | 3 | 4 = 3,
): Sharp {
  return sharp(pixels, { raw: { width, height, channels } }).timeout({ seconds: CONVERSION_SECONDS });
}

/** A frame of one colour. */
export function frameOf(size: { width: number; height: number }, colour: Color): Sharp {
  return sharp({ create: { ...size, channels: 3, background: colour } });
}

/** An SVG of ours, which refers to nothing outside of it, drawn at so many dots an inch. */
export function openSvg(svg: Uint8Array, density?: number): Sharp {
  return sharp(svg, density === undefined ? {} : { density }).timeout({ seconds: CONVERSION_SECONDS });
}

/** A letter in a font of a file. */
export function writeLetter(font: string, fontfile: string): Sharp {
  return sharp({ text: { text: 'a', font, fontfile } });
}
