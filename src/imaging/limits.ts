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
 * Decoded, 50 megapixels are 150 MB, and each thread may hold one such picture. The largest photos of phones
 * (48 megapixels) pass. HEIC costs the most, because libheif keeps a copy: 500 MB for 48 megapixels, 130 for 12.
 */
const MOST_PIXELS = 50 * MEGAPIXEL;

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
 * honest photo (48 megapixels of HEIC) takes 4 on the two noisy cores this was measured on, one of 12 takes 1.
 */
export const CONVERSION_SECONDS = 15;

/**
 * What does not stop by itself is ended with its thread after this many milliseconds of running (waiting does
 * not count). It is later than CONVERSION_SECONDS, so that a thread is lost only to a codec that hangs.
 */
export const THREAD_DEADLINE_MS = 20_000;

/**
 * sharp runs its native code in libuv's pool of four threads (Node's default), which `fs` and DNS need too.
 * Each of our threads holds at most one of the four, so with three one is always left for the rest of the
 * process: with all four taken every look-up waits 60 to 450 ms.
 */
export const MOST_THREADS = 3;
