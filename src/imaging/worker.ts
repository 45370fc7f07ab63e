/**
 * What runs in the threads: bytes in, bytes out. Failures are returned, not thrown: an AppError would lose its
 * class on the way between threads, and so a rejected call means exactly one thing, a thread that was lost.
 */
import { move, transferableSymbol, valueSymbol } from 'piscina';
import { toError } from '../errors.ts';
import { type FileWish, makeFile } from './channel-file.ts';
import { isolateProduct, makeCutOut, makeWhiteFile, type WhiteWish } from './cut-out-files.ts';
import { drawSvg } from './draw-svg.ts';
import type { planRatio } from './fit.ts';
import type { ImageKind } from './inspect.ts';
import {
  makeJpegOriginal,
  makeOriginal,
  makeThumbnail,
  prepareImage,
  readLook,
  readRgb,
  reshapePicture,
  type ThumbnailSize,
} from './operations.ts';

/** `broken-file` blames the bytes, `fault` our code. The message is for the log. */
export type ImageOutcome<T> = { made: T } | { failed: 'broken-file' | 'fault'; message: string };

export type ImageTask = { bytes: Uint8Array; kind: ImageKind };

/** A photo ready for a provider, and what it lacks. */
export async function prepare({ bytes, kind }: ImageTask) {
  return settle(async () => {
    const prepared = await prepareImage(bytes, kind);
    return { value: prepared, buffers: [prepared.jpeg.buffer] };
  });
}

/** A finished picture as a file to keep, and its thumbnail. */
export async function original({ bytes, kind }: ImageTask) {
  return settle(async () => {
    const made = await makeOriginal(bytes, kind);
    return { value: made, buffers: [made.file.buffer, made.thumbnail.buffer] };
  });
}

/** The same as JPEG. */
export async function jpegOriginal({ bytes, kind }: ImageTask) {
  return settle(async () => {
    const made = await makeJpegOriginal(bytes, kind);
    return { value: made, buffers: [made.file.buffer, made.thumbnail.buffer] };
  });
}

/** What a picture looks like. */
export async function look({ bytes, kind }: ImageTask) {
  return settle(async () => ({ value: await readLook(bytes, kind), buffers: [] }));
}

/** An SVG of ours as PNG. */
export async function drawPng({ bytes, width }: { bytes: Uint8Array; width: number }) {
  return settle(async () => {
    const png = await drawSvg(bytes, width);
    return { value: png, buffers: [png.buffer] };
  });
}

/** A finished picture in one of the sizes to look at. */
export async function thumbnail({ bytes, kind, size }: ImageTask & { size: ThumbnailSize }) {
  return settle(async () => {
    const made = await makeThumbnail(bytes, kind, size);
    return { value: made, buffers: [made.jpeg.buffer] };
  });
}

/** The pixels of a picture, for measuring. */
export async function pixels({ bytes, kind, side }: ImageTask & { side: number }) {
  return settle(async () => {
    const read = await readRgb(bytes, kind, side);
    return { value: read, buffers: [read.pixels.buffer] };
  });
}

/** A finished picture in another ratio. */
export async function reshape({ bytes, kind, plan }: ImageTask & { plan: ReturnType<typeof planRatio> }) {
  return settle(async () => {
    const made = await reshapePicture(bytes, kind, plan);
    return { value: made, buffers: [made.picture.buffer] };
  });
}

/** A picture as a file of a sales channel, or why there is none. */
export async function channelFile({ bytes, kind, wish }: ImageTask & { wish: FileWish }) {
  return settle(async () => {
    const made = await makeFile(bytes, kind, wish);
    return { value: made, buffers: made.kind === 'made' ? [made.jpeg.buffer] : [] };
  });
}

/** The product of a picture alone on white, or why not. */
export async function whiteFile({ bytes, kind, wish }: ImageTask & { wish: WhiteWish }) {
  return settle(async () => {
    const made = await makeWhiteFile(bytes, kind, wish);
    return { value: made, buffers: made.kind === 'made' ? [made.jpeg.buffer] : [] };
  });
}

/** Whether a model's cut-out is one. */
export async function isolate({ bytes, kind }: ImageTask) {
  return settle(async () => {
    const made = await isolateProduct(bytes, kind);
    return { value: made, buffers: made.kind === 'lifted' ? [made.picture.buffer] : [] };
  });
}

/** The product of a picture cut out, or why not. */
export async function cutOut({ bytes, kind, generated }: ImageTask & { generated: boolean }) {
  return settle(async () => {
    const made = await makeCutOut(bytes, kind, { generated });
    return {
      value: made,
      buffers: made.kind === 'made' ? [made.transparent.buffer, made.shadow.buffer, made.white.buffer] : [],
    };
  });
}

/** The outcome of an operation, its buffers marked for transfer instead of copying. */
async function settle<T>(
  operation: () => Promise<{ value: T; buffers: ArrayBuffer[] }>,
): Promise<ImageOutcome<T>> {
  try {
    const { value, buffers } = await operation();
    const outcome = { [transferableSymbol]: buffers, [valueSymbol]: { made: value } };
    // Piscina unwraps a moved value on its way out, so the caller receives the ImageOutcome itself.
    return move(outcome) as unknown as ImageOutcome<T>;
  } catch (thrown) {
    const error = toError(thrown);
    // Codecs throw plain Errors; these two come from a mistake in our code.
    const isFault = error instanceof TypeError || error instanceof ReferenceError;
    return { failed: isFault ? 'fault' : 'broken-file', message: error.message };
  }
}
