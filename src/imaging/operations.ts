import { AI_LABEL_XMP, labelPng } from './ai-label.ts';
import { COACH_SIDE, judgePhoto, type PhotoFault } from './coach.ts';
import { extend } from './extend.ts';
import type { planRatio } from './fit.ts';
import type { ImageKind } from './inspect.ts';
import { lookOf } from './look.ts';
import { labelJpeg, stripJpeg } from './plain-jpeg.ts';
import {
  fitInto,
  fromPixels,
  type Jpeg,
  open,
  putOnGround,
  type RawPicture,
  readPixels,
  type Sharp,
  toJpeg,
} from './sharp.ts';
import { isPlainWebp, mayBeTransparent, plainWebpToFiles, plainWebpToPng } from './webp-to-png.ts';

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
  // An unfinished picture, for the seconds until the next one.
  preview: { side: 640, quality: 80 },
  // The picture to look at in the album; Telegram scales photos down to 1280.
  large: { side: 1280, quality: 90 },
  // The same of what no model has made.
  unlabelled: { side: 1280, quality: 90 },
} as const;

export type ThumbnailSize = keyof typeof THUMBNAILS;

/** Of a JPEG that is passed on as it came: with more bytes a pixel it is smaller when it is encoded again. */
const PASSED_BYTES_PER_PIXEL = 0.5;

/** A photo as the providers get it, what it lacks most (null for a good one), and what it looks like (look.ts). */
export type PreparedPhoto = Jpeg & { fault: PhotoFault | null; look: string };

/**
 * A seller's photo as the providers get it: upright, sRGB, a cut-out on a plain ground, longest side at most 1920, JPEG 85, and
 * nothing of the file but its pixels (sharp strips metadata and converts to sRGB unless told otherwise). What is so
 * already, as Telegram sends photos, stays as it came but for its metadata. Either way it is decoded once.
 */
export async function prepareImage(bytes: Uint8Array, kind: ImageKind): Promise<PreparedPhoto> {
  const passed = kind === 'jpeg' ? await passThrough(bytes) : null;
  // Decoded small, and to the end: what is broken fails here.
  if (passed !== null) return judged(passed, open(bytes, kind));
  const image = await putOnGround(fitInto(open(bytes, kind), PREPARED_SIDE));
  const prepared = await readPixels(image);
  return judged(await toJpeg(fromPixels(prepared), PREPARED_QUALITY), fromPixels(prepared));
}

async function passThrough(bytes: Uint8Array): Promise<Jpeg | null> {
  const { width, height } = await open(bytes, 'jpeg').metadata();
  const isSmall =
    Math.max(width, height) <= PREPARED_SIDE && bytes.byteLength <= width * height * PASSED_BYTES_PER_PIXEL;
  const jpeg = isSmall ? stripJpeg(bytes) : null;
  return jpeg === null ? null : { jpeg, width, height };
}

/** @param image the photo once more, which is made small for it */
async function judged(prepared: Jpeg, image: Sharp): Promise<PreparedPhoto> {
  const copy = lumaOf(await readPixels(fitInto(image, COACH_SIDE)));
  const { width, height } = prepared;
  // A side that was made smaller was long enough: only what came small is small.
  const wasReduced = Math.max(width, height) === PREPARED_SIDE;
  const source = wasReduced ? { width: PREPARED_SIDE, height: PREPARED_SIDE } : { width, height };
  return { ...prepared, fault: judgePhoto(copy, source), look: lookOf(copy) };
}

function lumaOf({ pixels, width, height }: RawPicture): { luma: Uint8Array; width: number; height: number } {
  const luma = new Uint8Array(width * height);
  for (let at = 0, from = 0; at < luma.length; at += 1, from += 3)
    // ITU-R BT.601, of the values as they are stored, in parts of 65,536: 0.299, 0.587, 0.114, rounded.
    luma[at] =
      (19_595 * (pixels[from] ?? 0) +
        38_470 * (pixels[from + 1] ?? 0) +
        7_471 * (pixels[from + 2] ?? 0) +
        32_768) >>
      16;
  return { luma, width, height };
}

/** Far more pixels than the grid of look.ts has, and so few that a JPEG is decoded small. */
const LOOK_SIDE = 160;

/** What a picture looks like (look.ts). */
export async function readLook(bytes: Uint8Array, kind: ImageKind): Promise<string> {
  return lookOf(lumaOf(await readPixels(await putOnGround(fitInto(open(bytes, kind), LOOK_SIDE)))));
}

/** A finished picture as a file to keep, and its thumbnail. */
export type OriginalPicture = {
  file: Uint8Array<ArrayBuffer>;
  kind: 'png' | 'jpeg';
  thumbnail: Uint8Array<ArrayBuffer>;
};

/**
 * A finished picture as labelled PNG, without loss: same pixels, same size, transparency kept; what is a JPEG stays
 * one, bit for bit. A plain WebP is decoded once for both files. Files that are neither take sharp's way: level 2 with
 * adaptive filters, the smallest that still takes about as long as sharp's default.
 */
export async function makeOriginal(bytes: Uint8Array, kind: ImageKind): Promise<OriginalPicture> {
  if (kind === 'webp' && isPlainWebp(bytes) && !mayBeTransparent(bytes)) {
    const { png, thumbnail } = plainWebpToFiles(bytes, THUMBNAILS.medium);
    return { file: labelPng(png), kind: 'png', thumbnail };
  }
  const { jpeg: thumbnail } = await makeThumbnail(bytes, kind, 'medium');
  const labelled = kind === 'jpeg' ? labelJpeg(bytes, AI_LABEL_XMP) : null;
  if (labelled !== null) return { file: labelled, kind: 'jpeg', thumbnail };
  return { file: labelPng(await encodePng(bytes, kind)), kind: 'png', thumbnail };
}

/** No difference to the PNG can be seen beside it, at a quarter of its bytes. */
const JPEG_QUALITY = 95;

/**
 * A finished picture as labelled JPEG in sRGB, same size, fine print in its own colours (4:4:4), transparency on a
 * ground as in `prepareImage`, and its thumbnail. What is a JPEG stays one, bit for bit.
 */
export async function makeJpegOriginal(bytes: Uint8Array, kind: ImageKind): Promise<OriginalPicture> {
  if (kind === 'jpeg') return makeOriginal(bytes, kind);
  const picture = await readPixels(await putOnGround(open(bytes, kind)));
  const data = await fromPixels(picture)
    // The profile says that the numbers are sRGB.
    .withIccProfile('srgb')
    .withXmp(AI_LABEL_XMP)
    .jpeg({ quality: JPEG_QUALITY, chromaSubsampling: '4:4:4' })
    .toBuffer();
  const { side, quality } = THUMBNAILS.medium;
  const { jpeg: thumbnail } = await toJpeg(fitInto(fromPixels(picture), side), quality);
  return { file: new Uint8Array(data), kind: 'jpeg', thumbnail };
}

async function encodePng(bytes: Uint8Array, kind: ImageKind): Promise<Uint8Array> {
  if (kind === 'webp' && isPlainWebp(bytes)) return plainWebpToPng(bytes);
  return open(bytes, kind).png({ compressionLevel: 2, adaptiveFiltering: true }).toBuffer();
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
  // WebP without loss takes seconds, twenty times as long; this is as in `makeOriginal`.
  const png = (await reshape()).png({ compressionLevel: 2, adaptiveFiltering: true });
  const { data, info } = await png.toBuffer({ resolveWithObject: true });
  return { picture: new Uint8Array(data), width: info.width, height: info.height };
}
