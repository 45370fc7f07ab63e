import { AppError } from '../errors.ts';
import {
  type Header,
  isBmp,
  readBmpHeader,
  readGifHeader,
  readJpegHeader,
  readPngHeader,
  readTiffHeader,
  readWebpHeader,
} from './headers.ts';
import { heifKindOf, readHeifHeader } from './heif-boxes.ts';
import { type Limits, MEGAPIXEL, MIB } from './limits.ts';

export type ImageKind = 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff' | 'bmp' | 'heic' | 'avif';

/** What the header says; sides as stored (an orientation tag is obeyed only by the conversions). */
export type Inspection = { kind: ImageKind } & Header;

const HEADER_READERS: Record<ImageKind, (view: DataView) => Header> = {
  jpeg: readJpegHeader,
  png: readPngHeader,
  webp: readWebpHeader,
  gif: readGifHeader,
  tiff: readTiffHeader,
  bmp: readBmpHeader,
  heic: readHeifHeader,
  avif: readHeifHeader,
};

/**
 * Kind and size of a picture from its first bytes and its header; no name is asked and no pixel decoded, so it
 * costs microseconds and is safe on the main thread. It throws an AppError:
 * `image-kind-unsupported` for anything that is not one of the kinds (SVG, PDF, video, text),
 * `image-unreadable` for a header that is cut or contradicts itself,
 * `image-too-large`, `image-too-small` and `image-too-narrow` by the limits.
 */
export function inspectImage(bytes: Uint8Array, limits: Limits): Inspection {
  if (bytes.byteLength > limits.bytes) {
    throw new AppError('image-too-large', `${bytes.byteLength} bytes`, {
      details: { megabytes: Math.ceil(bytes.byteLength / MIB), limit: Math.floor(limits.bytes / MIB) },
    });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kind = kindOf(bytes, view);
  if (kind === undefined) {
    const first = Buffer.from(bytes.subarray(0, 8)).toString('hex');
    throw new AppError('image-kind-unsupported', `no picture begins with the bytes ${first}`);
  }
  const header = readHeader(view, kind);
  checkSides(header, limits);
  return { kind, ...header };
}

function readHeader(view: DataView, kind: ImageKind): Header {
  try {
    const header = HEADER_READERS[kind](view);
    if (header.width === 0 || header.height === 0) throw new RangeError('a side of no pixels');
    return header;
  } catch (error) {
    // Reading past the end of a DataView is a RangeError; anything else is a fault of ours.
    if (!(error instanceof RangeError)) throw error;
    throw new AppError('image-unreadable', `broken ${kind} header: ${error.message}`, { cause: error });
  }
}

/** The kind by the magic bytes, or undefined. */
function kindOf(bytes: Uint8Array, view: DataView): ImageKind | undefined {
  // The next byte should begin a marker, and is junk in files that viewers open all the same.
  if (beginsWith(bytes, [0xff, 0xd8])) return 'jpeg';
  if (beginsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png';
  if (beginsWith(bytes, ascii('GIF87a')) || beginsWith(bytes, ascii('GIF89a'))) return 'gif';
  if (beginsWith(bytes, ascii('RIFF')) && beginsWith(bytes.subarray(8), ascii('WEBP'))) return 'webp';
  // The number 42 after the byte order; BigTIFF (43) is no format of photos.
  if (beginsWith(bytes, [0x49, 0x49, 42, 0]) || beginsWith(bytes, [0x4d, 0x4d, 0, 42])) return 'tiff';
  if (isBmp(view)) return 'bmp';
  return heifKindOf(view);
}

function ascii(text: string): number[] {
  return [...text].map((letter) => letter.charCodeAt(0));
}

function beginsWith(bytes: Uint8Array, expected: readonly number[]): boolean {
  return expected.every((byte, index) => bytes[index] === byte);
}

function checkSides({ width, height }: Header, limits: Limits): void {
  const details = { width, height };
  if (width * height > limits.pixels) {
    throw new AppError('image-too-large', `${width}×${height} pixels`, {
      details: { ...details, megapixels: Math.floor(limits.pixels / MEGAPIXEL) },
    });
  }
  const shortest = Math.min(width, height);
  if (Math.max(width, height) > shortest * limits.sideRatio) {
    throw new AppError('image-too-narrow', `${width}×${height} pixels`, {
      details: { ...details, sideRatio: limits.sideRatio },
    });
  }
  if (shortest < limits.shortestSide) {
    throw new AppError('image-too-small', `${width}×${height} pixels`, {
      details: { ...details, shortestSide: limits.shortestSide },
    });
  }
}
