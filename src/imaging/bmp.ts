import { wrapInTiff } from './tiff.ts';
import { transform } from './transformer.ts';

/**
 * A BMP as an uncompressed TIFF, which sharp can open: libvips reads BMP only with a library that sharp is built
 * without. Blocks its thread. Throws when it cannot be decoded.
 */
export function decodeBmp(bytes: Uint8Array): Uint8Array {
  const { pixels, width, height } = transform(bytes, (transformer) => ({
    pixels: transformer.rawPixelsSync(),
    ...transformer.metadataSync(),
  }));
  const channels = pixels.byteLength / (width * height);
  if (channels !== 3 && channels !== 4) throw new Error(`a BMP of ${channels} bytes a pixel`);
  return wrapInTiff({ pixels, width, height, channels, profile: undefined });
}
