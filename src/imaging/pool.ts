import { AppError } from '../errors.ts';
import type { Log } from '../log.ts';
import { AI_LABEL_XMP } from './ai-label.ts';
import type { FileWish, MadeFile, NoFile } from './channel-file.ts';
import type { CutOutFiles, Isolated, Unsure, WhiteWish } from './cut-out-files.ts';
import { planRatio } from './fit.ts';
import { type Inspection, inspectImage } from './inspect.ts';
import {
  CUT_OUT_BYTES,
  costOf,
  DRAWING_BYTES,
  FILE_BYTES_PER_PIXEL,
  FINISHED_PICTURE,
  type Limits,
  MIB,
  MOST_THREADS,
  SELLER_PHOTO,
  THREAD_DEADLINE_MS,
} from './limits.ts';
import type { Rgb } from './measure-likeness.ts';
import type { OriginalPicture, PreparedPhoto, ThumbnailSize } from './operations.ts';
import { labelJpeg } from './plain-jpeg.ts';
import type { Jpeg } from './sharp.ts';
import { createThreads, type RunTask } from './threads.ts';
import type { ImageOutcome, ImageTask } from './worker.ts';

export type { PreparedPhoto };

/**
 * The only door to pictures. Bytes that are handed in stay the caller's (they are copied once, when a thread is
 * free) and must not be changed until the call settles; bytes that come out are transferred, not copied.
 *
 * A conversion begins when a thread is free and its memory fits beside that of the others; until then it waits.
 * Each throws AppErrors: those of `inspect`; `image-unreadable` for a file that cannot be decoded, takes too long
 * or kills its thread; `imaging-busy` when the pool is closing; `unexpected` for a fault of ours. An aborted one
 * throws the signal's reason.
 */
export type ImagePool = {
  /**
   * Kind and sides of a seller's photo from its bytes, header only, sides as stored (before an orientation tag
   * turns them). Throws `image-kind-unsupported` (SVG, PDF, video, text, …), `image-too-large`, `image-too-small`,
   * `image-too-narrow` (a strip), `image-too-heavy` where decoding it would take more memory than the pool has, or
   * `image-unreadable`.
   */
  inspect(bytes: Uint8Array): Inspection;
  /**
   * Upright, sRGB, longest side ≤ 1920 and never enlarged, JPEG 85, first frame, no metadata; a cut-out on white, or
   * on grey where white would swallow it. A JPEG that is all this keeps its own pixels. With it comes what the photo
   * lacks most, measured on a small copy.
   */
  prepare(bytes: Uint8Array, signal?: AbortSignal): Promise<PreparedPhoto>;
  /**
   * Waits until no picture is under conversion, and lets none begin beside `work`, whose `prepare` takes one photo
   * after the other: for those in whose company a process died.
   */
  alone<T>(work: (prepare: ImagePool['prepare']) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /**
   * A provider's picture as a file to keep, labelled as made by a model, and its medium thumbnail: a WebP or PNG as PNG
   * without loss, a JPEG as it came.
   */
  original(picture: Uint8Array, signal?: AbortSignal): Promise<OriginalPicture>;
  /** The same as JPEG in sRGB (quality 95, 4:4:4), transparency on a ground as in `prepare`; a JPEG as it came. */
  jpegOriginal(picture: Uint8Array, signal?: AbortSignal): Promise<OriginalPicture>;
  /**
   * A JPEG by its longest side, on a ground as in `prepare`, never enlarged: small 160, medium 320 (under 200 kB, as Telegram wants
   * a document's thumbnail), large 1280 (quality 90, labelled as made by a model; a JPEG of up to 2560
   * pixels is only labelled), unlabelled the same of what no model has made, preview 640.
   */
  thumbnail(picture: Uint8Array, size: ThumbnailSize, signal?: AbortSignal): Promise<Jpeg>;
  /** The pixels of a picture on its longest side of at most `side`: RGB in sRGB, three bytes each. */
  pixels(picture: Uint8Array, side: number, signal?: AbortSignal): Promise<Rgb>;
  /** What a picture looks like, as 64 of `0` and `1`: of pictures that look alike most of them agree (look.ts). */
  look(picture: Uint8Array, signal?: AbortSignal): Promise<string>;
  /**
   * A provider's picture in the ratio that was ordered: as it came where it has it, else a PNG, cut in the middle, or
   * extended on its own ground where more than a quarter would be cut off.
   * @param ratio width divided by height
   */
  shape(
    picture: Uint8Array,
    ratio: number,
    signal?: AbortSignal,
  ): Promise<{
    picture: Uint8Array;
    width: number;
    height: number;
    change: 'whole' | 'cut' | 'extended';
  }>;
  /**
   * A finished picture as a file of a sales channel: the first of the sizes that it is large enough for (enlarged
   * 1.25× at most), cut or extended to exactly these pixels, JPEG in sRGB of the best quality that keeps the limit,
   * labelled where a model made it. Or why there is none.
   */
  channelFile(picture: Uint8Array, wish: FileWish, signal?: AbortSignal): Promise<MadeFile | NoFile>;
  /**
   * As `channelFile`, with the product alone in the middle of pure white (255): only where its ground is plain and it
   * is sure where the product ends, else `unsure`.
   */
  whiteFile(picture: Uint8Array, wish: WhiteWish, signal?: AbortSignal): Promise<MadeFile | NoFile | Unsure>;
  /**
   * Whether a picture that was ordered as a cut-out is one: by its own transparency, or on a ground so plain that it
   * is taken away; else `unsure`.
   */
  isolate(picture: Uint8Array, signal?: AbortSignal): Promise<Isolated>;
  /**
   * The product cut out, as PNG with transparency and as JPEG on white with a soft shadow and without; or `unsure`. A
   * picture with transparency is taken as it is cut out already.
   */
  cutOut(
    picture: Uint8Array,
    wish: { generated: boolean },
    signal?: AbortSignal,
  ): Promise<CutOutFiles | Unsure>;
  /** An SVG of ours (charts/) as PNG, so many pixels wide, in the font that comes with the product. */
  drawPng(svg: string, width: number, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
  /** Figures since the start; `failed` counts broken files, lost threads and aborted work that was running. */
  statistics(): {
    threads: number;
    running: number;
    waiting: number;
    completed: number;
    failed: number;
    replacedThreads: number;
  };
  /** Lets running work finish and refuses what waits. */
  close(): Promise<void>;
};

/**
 * Starts `threads` image threads (at most MOST_THREADS, see there). Whoever creates the pool closes it.
 * @param options.memoryBytes what the pictures under conversion may take together
 */
export function createImagePool(options: { threads: number; memoryBytes: number; log: Log }): ImagePool {
  const { log } = options;
  const count = Math.min(options.threads, MOST_THREADS);
  if (count < options.threads) {
    log.warn({ asked: options.threads, used: count }, 'fewer image threads: libuv has no more to spare');
  }
  const threads = createThreads({
    worker: new URL('./worker.ts', import.meta.url),
    threads: count,
    memoryBytes: options.memoryBytes,
    deadlineMs: THREAD_DEADLINE_MS,
    log,
  });
  let brokenFiles = 0;

  type Worker = typeof import('./worker.ts');
  /** What an operation wants to know beside the picture. */
  type Wishes<Name extends keyof Worker> = Omit<Parameters<Worker[Name]>[0], keyof ImageTask>;
  type Made<Name extends keyof Worker> =
    Awaited<ReturnType<Worker[Name]>> extends ImageOutcome<infer Value> ? Value : never;

  async function convert<Name extends keyof Worker>(
    name: Name,
    { bytes, limits, ...wishes }: { bytes: Uint8Array; limits: Limits } & Wishes<Name>,
    signal: AbortSignal | undefined,
    { run = threads.run, workBytes = 0 }: { run?: RunTask; workBytes?: number } = {},
  ): Promise<Made<Name>> {
    const header = inspect(bytes, limits);
    const cost = costOf(header, bytes.byteLength) + workBytes;
    const task: ImageTask = { bytes, kind: header.kind, ...wishes };
    const outcome = await run<ImageTask, ImageOutcome<Made<Name>>>(name, task, { cost, signal });
    return madeOf(outcome, `${name} of a ${header.kind} file`);
  }

  function madeOf<T>(outcome: ImageOutcome<T>, what: string): T {
    if ('made' in outcome) return outcome.made;
    brokenFiles += 1;
    const code = outcome.failed === 'fault' ? 'unexpected' : 'image-unreadable';
    throw new AppError(code, `${what}: ${outcome.message}`);
  }

  function inspect(bytes: Uint8Array, limits: Limits): Inspection {
    const header = inspectImage(bytes, limits);
    const cost = costOf(header, bytes.byteLength);
    if (cost > options.memoryBytes) {
      const [megabytes, limit] = [Math.ceil(cost / MIB), Math.floor(options.memoryBytes / MIB)];
      throw new AppError('image-too-heavy', `a ${header.kind} file needs ${megabytes} MB of ${limit}`, {
        details: { megabytes, limit },
      });
    }
    return header;
  }

  return {
    inspect: (bytes) => inspect(bytes, SELLER_PHOTO),
    prepare: (bytes, signal) => convert('prepare', { bytes, limits: SELLER_PHOTO }, signal),
    alone: (work, signal) =>
      threads.alone(
        (run) => work((bytes, own) => convert('prepare', { bytes, limits: SELLER_PHOTO }, own, { run })),
        signal,
      ),
    jpegOriginal: (bytes, signal) => convert('jpegOriginal', { bytes, limits: FINISHED_PICTURE }, signal),
    original: (bytes, signal) => convert('original', { bytes, limits: FINISHED_PICTURE }, signal),
    async thumbnail(bytes, size, signal) {
      const { kind, width, height } = inspect(bytes, FINISHED_PICTURE);
      // Telegram makes of it what it makes of every photo; labelling takes a twentieth of a millisecond.
      const isShown = size === 'large' && kind === 'jpeg' && Math.max(width, height) <= SHOWN_SIDE;
      const jpeg = isShown ? labelJpeg(bytes, AI_LABEL_XMP) : null;
      if (jpeg !== null) return { jpeg, width, height };
      return convert('thumbnail', { bytes, size, limits: FINISHED_PICTURE }, signal);
    },
    pixels: (bytes, side, signal) => convert('pixels', { bytes, side, limits: FINISHED_PICTURE }, signal),
    look: (bytes, signal) => convert('look', { bytes, limits: FINISHED_PICTURE }, signal),
    async shape(bytes, ratio, signal) {
      const { width, height } = inspect(bytes, FINISHED_PICTURE);
      const plan = planRatio({ width, height }, ratio);
      const { change, size } = plan;
      if (change === 'whole') return { picture: bytes, width, height, change };
      const workBytes = frameBytes([size]);
      return {
        change,
        ...(await convert('reshape', { bytes, plan, limits: FINISHED_PICTURE }, signal, { workBytes })),
      };
    },
    channelFile: (bytes, wish, signal) =>
      convert('channelFile', { bytes, wish, limits: FINISHED_PICTURE }, signal, {
        workBytes: frameBytes(wish.sizes),
      }),
    whiteFile: (bytes, wish, signal) =>
      convert('whiteFile', { bytes, wish, limits: FINISHED_PICTURE }, signal, {
        workBytes: frameBytes(wish.sizes) + CUT_OUT_BYTES,
      }),
    cutOut: (bytes, { generated }, signal) =>
      convert('cutOut', { bytes, generated, limits: FINISHED_PICTURE }, signal, { workBytes: CUT_OUT_BYTES }),
    async drawPng(svg, width, signal) {
      const task = { bytes: Buffer.from(svg), width };
      const terms = { cost: DRAWING_BYTES, signal };
      const outcome = await threads.run<typeof task, ImageOutcome<Made<'drawPng'>>>('drawPng', task, terms);
      return madeOf(outcome, 'a drawing');
    },
    isolate: (bytes, signal) =>
      convert('isolate', { bytes, limits: FINISHED_PICTURE }, signal, { workBytes: CUT_OUT_BYTES }),
    statistics() {
      const { completed, failed, ...rest } = threads.statistics();
      // To the threads a broken file is a task done; to the reader of the figures it is a failure.
      return { ...rest, completed: completed - brokenFiles, failed: failed + brokenFiles };
    },
    close: () => threads.close(),
  };
}

/** The longest side of a photo that Telegram takes without making it smaller for those who look closely. */
const SHOWN_SIDE = 2560;

/** What the largest frame takes that a file may have. */
function frameBytes(sizes: FileWish['sizes']): number {
  return Math.max(...sizes.map(({ width, height }) => width * height)) * FILE_BYTES_PER_PIXEL;
}
