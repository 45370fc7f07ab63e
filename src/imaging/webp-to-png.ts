import { CompressionType, FilterType } from '@napi-rs/image';
import { transform } from './transformer.ts';

/** Bits of the VP8X chunk (WebP container specification) that announce what only sharp can obey. */
const PROFILE = 0x20;
const EXIF = 0x08;
const ANIMATION = 0x02;

/**
 * True for a WebP file that is nothing but one picture in sRGB: no colour profile to apply, no orientation to
 * obey, no frames to choose from. That is what the providers send.
 */
export function isPlainWebp(bytes: Uint8Array): boolean {
  const chunk = Buffer.from(bytes.subarray(12, 16)).toString('latin1');
  const flags = chunk === 'VP8X' ? (bytes[20] ?? 0) : 0;
  return (flags & (PROFILE | EXIF | ANIMATION)) === 0;
}

/**
 * A plain WebP as PNG, pixel for pixel what sharp decodes, in the calling thread (not in libuv's pool).
 * Fast deflate behind the Paeth filter takes 43 ms of CPU for 1024×1024 where sharp's default takes 74, and
 * makes a file a third smaller (bench/convert.ts). Throws when the file cannot be decoded.
 */
export function plainWebpToPng(webp: Uint8Array): Uint8Array {
  return transform(webp, (transformer) =>
    transformer.pngSync({ compressionType: CompressionType.Fast, filterType: FilterType.Paeth }),
  );
}
