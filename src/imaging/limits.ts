/** Bounds that a file must keep before a pixel of it is decoded. */
export type Limits = {
  /** Length of the file. */
  bytes: number;
  /** Width × height as the header declares them. */
  pixels: number;
  /** Pixels of the shorter side, at the least. */
  shortestSide: number;
  /** Longer side divided by the shorter one, at the most. */
  sideRatio: number;
};

/** One MiB in bytes. */
export const MIB = 1024 * 1024;

/** A thousand thousand pixels, as cameras are sold. */
export const MEGAPIXEL = 1_000_000;

/**
 * The largest photos of phones (48 megapixels) pass. What they cost to decode is another question, which
 * `bytesPerPixel` of a header answers: 50 MB for a JPEG, 900 for an AVIF.
 */
const MOST_PIXELS = 50 * MEGAPIXEL;

/**
 * The part of what the process should stay within that pictures under conversion may take together. At the default
 * of a machine of 2 GB (1536 MB) an AVIF of 50 megapixels just passes, beside a process of 400 MB.
 */
export const IMAGING_SHARE = 0.6;

/** What a conversion takes beside the pixels: its lines, its result, buffers of the codec. */
const CONVERSION_BYTES = 16 * MIB;

/**
 * What a file of exact pixels takes beside the decoded picture, for each pixel of it: the scaled picture, the frame
 * that it stands in and the encoder's copy, three bytes each.
 */
export const FILE_BYTES_PER_PIXEL = 9;

/** The longest side at which a product is cut out; a larger picture is made smaller before. */
export const CUT_OUT_SIDE = 1400;
/** What cutting out takes: what a process grew by at this side, measured (363 MB), rounded up. */
export const CUT_OUT_BYTES = CUT_OUT_SIDE * CUT_OUT_SIDE * 190;

/**
 * Bytes of memory that converting a picture takes at its worst.
 * @param fileBytes length of the file, of which the thread has a copy
 */
export function costOf(
  header: { width: number; height: number; bytesPerPixel: number },
  fileBytes: number,
): number {
  return header.width * header.height * header.bytesPerPixel + fileBytes + CONVERSION_BYTES;
}

/** What a seller sends. */
export const SELLER_PHOTO: Limits = {
  // Telegram's getFile hands out nothing larger.
  bytes: 20 * MIB,
  pixels: MOST_PIXELS,
  // Less shows no product that a model could redraw with its label.
  shortestSide: 100,
  // Telegram's own bound for photos; a longer strip becomes a line of pixels once it is made smaller.
  sideRatio: 20,
};

/** What a provider made: only what would hurt the process is refused. */
export const FINISHED_PICTURE: Limits = {
  // The largest file a bot may send: the original goes out as a document.
  bytes: 50 * MIB,
  pixels: MOST_PIXELS,
  shortestSide: 1,
  sideRatio: Number.POSITIVE_INFINITY,
};

/**
 * A conversion stops by itself after this many seconds: libvips looks at the clock between rows. The slowest
 * honest photo (48 megapixels of HEIC) takes 4 on the two noisy cores this was measured on, one of 12 takes 1. The
 * time is the wall's, and a machine whose load is ten times its cores takes ten times as long: that is no hang.
 */
export const CONVERSION_SECONDS = 45;

/**
 * What does not stop by itself is ended with its thread after this many milliseconds of running (waiting does
 * not count). It is later than CONVERSION_SECONDS, so that a thread is lost only to a codec that hangs.
 */
export const THREAD_DEADLINE_MS = 60_000;

/**
 * sharp runs its native code in libuv's pool of four threads (Node's default), which `fs` and DNS need too.
 * Each of our threads holds at most one of the four, so with three one is always left for the rest of the
 * process: with all four taken every look-up waits 60 to 450 ms.
 */
export const MOST_THREADS = 3;

/** What drawing a chart takes: a canvas of some two megapixels, its PNG, and the fonts. Ours, so it is never larger. */
export const DRAWING_BYTES = 32 * MIB;
