import { createRequire } from 'node:module';
import { readHeifProfile } from './heif-boxes.ts';
import { SELLER_PHOTO } from './limits.ts';
import { wrapInTiff } from './tiff.ts';

/** Objects of C++ behind libheif's bindings; only libheif looks inside. */
type Opaque = object;

/** What is used of libheif-js; its own types leave the results of these functions open. */
type Libheif = {
  heif_error_code: { heif_error_Ok: Opaque };
  heif_colorspace: { heif_colorspace_RGB: Opaque };
  heif_chroma: { heif_chroma_interleaved_RGB: Opaque; heif_chroma_interleaved_RGBA: Opaque };
  heif_context_alloc(): Opaque;
  heif_context_read_from_memory(context: Opaque, bytes: Uint8Array): { code: Opaque; message: string };
  /** A handle, or a heif_error (which has a code). */
  heif_js_context_get_primary_image_handle(context: Opaque): Opaque | { code: Opaque; message: string };
  heif_image_handle_get_width(handle: Opaque): number;
  heif_image_handle_get_height(handle: Opaque): number;
  heif_image_handle_has_alpha_channel(handle: Opaque): number;
  heif_js_decode_image2(
    handle: Opaque,
    colorspace: Opaque,
    chroma: Opaque,
  ): { channels: Channel[] } | { code: Opaque; message: string };
};

/** A plane of pixels; `stride` is the length of a row in bytes, which may be more than its pixels need. */
type Channel = { width: number; height: number; stride: number; data: Uint8Array };

type LibheifFactory = (options: { print: () => void; printErr: () => void }) => Libheif;

const require = createRequire(import.meta.url);

/**
 * A fresh WebAssembly instance for each photo, 20 ms: the memory of an instance grows and never shrinks (hundreds of
 * megabytes after one large photo), and a codec that stumbled over a hostile file is not used again.
 * The library is loaded when the first HEIC photo comes; its node entry reads a path relative to the working
 * directory, so the bundle with the binary inside is taken.
 */
function startLibheif(): Libheif {
  const start: LibheifFactory = require('libheif-js/libheif-wasm/libheif-bundle.js');
  const silent = () => undefined; // libheif writes what it thinks of a file to the console
  return start({ print: silent, printErr: silent });
}

/**
 * The main picture of a HEIC file as an uncompressed TIFF with its ICC profile, which sharp can open: sharp's
 * own libheif has no HEVC. Rotation and mirroring are already applied (in HEIC they are properties of the
 * picture; its EXIF orientation is to be ignored). Blocks its thread. Throws an Error when it cannot be decoded.
 */
export function decodeHeic(bytes: Uint8Array): Uint8Array {
  const { pixels, width, height, channels } = decodePixels(bytes);
  return wrapInTiff({ pixels, width, height, channels, profile: readHeifProfile(bytes) });
}

function decodePixels(bytes: Uint8Array) {
  const libheif = startLibheif();
  const context = libheif.heif_context_alloc();
  const read = libheif.heif_context_read_from_memory(context, bytes);
  if (read.code !== libheif.heif_error_code.heif_error_Ok) throw new Error(`libheif: ${read.message}`);
  const handle = libheif.heif_js_context_get_primary_image_handle(context);
  if ('code' in handle) throw new Error(`libheif: ${handle.message}`);
  const declared = libheif.heif_image_handle_get_width(handle) * libheif.heif_image_handle_get_height(handle);
  if (declared > SELLER_PHOTO.pixels) throw new Error(`libheif: ${declared} pixels are too many`);
  const channels: 3 | 4 = libheif.heif_image_handle_has_alpha_channel(handle) === 0 ? 3 : 4;
  const { heif_chroma_interleaved_RGB, heif_chroma_interleaved_RGBA } = libheif.heif_chroma;
  const decoded = libheif.heif_js_decode_image2(
    handle,
    libheif.heif_colorspace.heif_colorspace_RGB,
    channels === 3 ? heif_chroma_interleaved_RGB : heif_chroma_interleaved_RGBA,
  );
  if ('code' in decoded) throw new Error(`libheif: ${decoded.message}`);
  const [plane] = decoded.channels;
  if (plane === undefined) throw new Error('libheif: no pixels');
  return { pixels: packRows(plane, channels), width: plane.width, height: plane.height, channels };
}

/** The rows without the padding between them. */
function packRows({ data, width, height, stride }: Channel, channels: 3 | 4): Uint8Array {
  const rowBytes = width * channels;
  if (stride === rowBytes) return data;
  const packed = new Uint8Array(rowBytes * height);
  for (let row = 0; row < height; row++) {
    packed.set(data.subarray(row * stride, row * stride + rowBytes), row * rowBytes);
  }
  return packed;
}
