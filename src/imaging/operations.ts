import sharp, { type Sharp } from 'sharp';
import { AI_LABEL_XMP, labelPng } from './ai-label.ts';
import { decodeBmp } from './bmp.ts';
import { chooseGround } from './ground.ts';
import { decodeHeic } from './heic.ts';
import type { ImageKind } from './inspect.ts';
import { CONVERSION_SECONDS, FINISHED_PICTURE } from './limits.ts';
import { isPlainWebp, plainWebpToPng } from './webp-to-png.ts';

// One thread of libvips per conversion: the pool's threads are what runs side by side.
sharp.concurrency(1);
// Every picture is different and read once.
sharp.cache(false);

/** A JPEG in memory of its own, so that it can be transferred, and its sides in pixels. */
export type Jpeg = { jpeg: Uint8Array<ArrayBuffer>; width: number; height: number };

/** The longest side that providers make use of; more costs upload time and input tokens only. */
const PREPARED_SIDE = 1920;
/** Below it JPEG blurs a label's small print, above it files grow and the model sees no more. */
const PREPARED_QUALITY = 85;

/** Longest side and JPEG quality of each thumbnail. */
const THUMBNAILS = {
  // Lists and contact sheets.
  small: { side: 160, quality: 80 },
  // Telegram's bounds for a document's thumbnail: 320 pixels, JPEG under 200 kB.
  medium: { side: 320, quality: 80 },
  // The picture to look at in the album; Telegram scales photos down to 1280.
  large: { side: 1280, quality: 90 },
} as const;

export type ThumbnailSize = keyof typeof THUMBNAILS;

/**
 * Opens the first frame. Broken and cut files fail when they are read; mere warnings pass, because many
 * cameras write files that libjpeg warns about. The header's size was checked before; the limit here is for
 * files whose inner size differs from the header's.
 */
function open(bytes: Uint8Array, kind: ImageKind): Sharp {
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
function fitInto(image: Sharp, side: number): Sharp {
  return image.resize({
    width: side,
    height: side,
    fit: 'inside',
    withoutEnlargement: true,
    kernel: 'lanczos3',
  });
}

/** The picture without transparency: a cut-out on a ground on which it can be seen. */
async function putOnGround(image: Sharp): Promise<Sharp> {
  const { hasAlpha } = await image.metadata();
  if (!hasAlpha) return image;
  const { data, info } = await image
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return sharp(data, { raw: info }).flatten({ background: chooseGround(data) });
}

/**
 * The end of each JPEG pipeline. The bytes are copied once, inside the worker: what sharp returns belongs to
 * native memory and cannot be transferred. (`toUint8Array` of sharp 0.35.5 could be, but it never frees its
 * memory: 2 MB for each picture.)
 */
async function toJpeg(image: Sharp, quality: number): Promise<Jpeg> {
  const { data, info } = await image.jpeg({ quality }).toBuffer({ resolveWithObject: true });
  return { jpeg: new Uint8Array(data), width: info.width, height: info.height };
}

/**
 * A seller's photo as the providers get it: upright, sRGB, a cut-out on a plain ground, longest side at most 1920, JPEG 85, and
 * nothing of the file but its pixels (sharp strips metadata and converts to sRGB unless told otherwise).
 */
export async function prepareImage(bytes: Uint8Array, kind: ImageKind): Promise<Jpeg> {
  const image = open(bytes, kind);
  return toJpeg(await putOnGround(fitInto(image, PREPARED_SIDE)), PREPARED_QUALITY);
}

/**
 * A finished picture as labelled PNG, without loss: same pixels, same size, transparency kept. Files that
 * are no plain WebP take sharp's way: level 2 with adaptive filters, the smallest that still takes
 * about as long as sharp's default.
 */
export async function encodePng(bytes: Uint8Array, kind: ImageKind): Promise<Uint8Array<ArrayBuffer>> {
  if (kind === 'webp' && isPlainWebp(bytes)) return labelPng(plainWebpToPng(bytes));
  const image = open(bytes, kind);
  return labelPng(await image.png({ compressionLevel: 2, adaptiveFiltering: true }).toBuffer());
}

/** A finished picture made smaller, to look at. The large size bears the label. */
export async function makeThumbnail(bytes: Uint8Array, kind: ImageKind, size: ThumbnailSize): Promise<Jpeg> {
  const { side, quality } = THUMBNAILS[size];
  const image = await putOnGround(fitInto(open(bytes, kind), side));
  return toJpeg(size === 'large' ? image.withXmp(AI_LABEL_XMP) : image, quality);
}
