import { AI_LABEL_XMP, labelPng } from './ai-label.ts';
import { COACH_SIDE, judgePhoto, type PhotoFault } from './coach.ts';
import { extend } from './extend.ts';
import type { planRatio } from './fit.ts';
import type { ImageKind } from './inspect.ts';
import {
  fitInto,
  fromPixels,
  type Jpeg,
  open,
  putOnGround,
  readPixels,
  type Sharp,
  toJpeg,
} from './sharp.ts';
import { isPlainWebp, plainWebpToPng } from './webp-to-png.ts';

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
  // The same of what no model has made.
  preview: { side: 1280, quality: 90 },
} as const;

export type ThumbnailSize = keyof typeof THUMBNAILS;

/**
 * A seller's photo as the providers get it: upright, sRGB, a cut-out on a plain ground, longest side at most 1920, JPEG 85, and
 * nothing of the file but its pixels (sharp strips metadata and converts to sRGB unless told otherwise).
 */
export async function prepareImage(bytes: Uint8Array, kind: ImageKind): Promise<Jpeg> {
  const image = open(bytes, kind);
  return toJpeg(await putOnGround(fitInto(image, PREPARED_SIDE)), PREPARED_QUALITY);
}

/** What a prepared photo lacks, or null. */
export async function judgePrepared(bytes: Uint8Array, kind: ImageKind): Promise<PhotoFault | null> {
  const { width, height } = await open(bytes, kind).metadata();
  const { pixels, ...copy } = await readPixels(fitInto(open(bytes, kind), COACH_SIDE));
  const luma = new Uint8Array(copy.width * copy.height);
  for (let at = 0; at < luma.length; at += 1) {
    const [red = 0, green = 0, blue = 0] = [pixels[at * 3], pixels[at * 3 + 1], pixels[at * 3 + 2]];
    // ITU-R BT.601, of the values as they are stored.
    luma[at] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
  }
  // A side that was made smaller was long enough: only what came small is small.
  const wasReduced = Math.max(width, height) === PREPARED_SIDE;
  const source = wasReduced ? { width: PREPARED_SIDE, height: PREPARED_SIDE } : { width, height };
  return judgePhoto({ luma, ...copy }, source);
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

/** A picture's pixels: RGB in sRGB, three bytes each, longest side at most `side`. */
export async function readRgb(
  bytes: Uint8Array,
  kind: ImageKind,
  side: number,
): Promise<{ pixels: Uint8Array<ArrayBuffer>; width: number; height: number }> {
  const { pixels, width, height } = await readPixels(await putOnGround(fitInto(open(bytes, kind), side)));
  return { pixels: new Uint8Array(pixels), width, height };
}

/** A finished picture made smaller, to look at. The large size bears the label. */
export async function makeThumbnail(bytes: Uint8Array, kind: ImageKind, size: ThumbnailSize): Promise<Jpeg> {
  const { side, quality } = THUMBNAILS[size];
  const image = await putOnGround(fitInto(open(bytes, kind), side));
  return toJpeg(size === 'large' ? image.withXmp(AI_LABEL_XMP) : image, quality);
}

export type Reshaped = {
  picture: Uint8Array<ArrayBuffer>;
  width: number;
  height: number;
};

/** A finished picture brought to a ratio, as PNG, so that nothing more is lost. Transparency stays. */
export async function reshapePicture(
  bytes: Uint8Array,
  kind: ImageKind,
  { change, size }: ReturnType<typeof planRatio>,
): Promise<Reshaped> {
  const image = open(bytes, kind);
  const { hasAlpha, autoOrient: source } = await image.metadata();
  const left = Math.floor(Math.abs(source.width - size.width) / 2);
  const top = Math.floor(Math.abs(source.height - size.height) / 2);
  const reshape = async (): Promise<Sharp> => {
    if (change !== 'extended') return image.extract({ left, top, ...size });
    if (!hasAlpha) return fromPixels(await extend(await readPixels(image), size));
    const [right, bottom] = [size.width - source.width - left, size.height - source.height - top];
    return image.extend({ left, top, right, bottom, background: { r: 255, g: 255, b: 255, alpha: 0 } });
  };
  // WebP without loss takes seconds, twenty times as long; this is as in `encodePng`.
  const png = (await reshape()).png({ compressionLevel: 2, adaptiveFiltering: true });
  const { data, info } = await png.toBuffer({ resolveWithObject: true });
  return { picture: new Uint8Array(data), width: info.width, height: info.height };
}
