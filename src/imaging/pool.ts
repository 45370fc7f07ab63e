import { AppError } from '../errors.ts';
import type { Log } from '../log.ts';
import { type Inspection, inspectImage } from './inspect.ts';
import { FINISHED_PICTURE, type Limits, MOST_THREADS, SELLER_PHOTO, THREAD_DEADLINE_MS } from './limits.ts';
import type { ThumbnailSize } from './operations.ts';
import { createThreads } from './threads.ts';
import type { Outcome, Task } from './worker.ts';

/** A JPEG and its sides in pixels. */
type Jpeg = { jpeg: Uint8Array; width: number; height: number };

/**
 * The only door to pictures. Bytes that are handed in stay the caller's (they are copied once, when a thread is
 * free) and must not be changed until the call settles; bytes that come out are transferred, not copied.
 *
 * Every conversion throws AppErrors: those of `inspect`; `image-unreadable` for a file that cannot be decoded,
 * takes too long or kills its thread; `imaging-busy` when `maxQueue` pictures wait already or the pool is
 * closing; `unexpected` for a fault of ours. An aborted one throws the signal's reason.
 */
export type ImagePool = {
  /**
   * Kind and sides of a seller's photo from its bytes, header only, sides as stored (before an orientation tag
   * turns them). Throws `image-kind-unsupported` (SVG, PDF, video, text, …), `image-too-large`,
   * `image-too-small` (also for a side ratio over 20) or `image-unreadable`.
   */
  inspect(bytes: Uint8Array): Inspection;
  /** Upright, sRGB, on white, longest side ≤ 1920 and never enlarged, JPEG 85, first frame, no metadata. */
  prepare(bytes: Uint8Array, signal?: AbortSignal): Promise<Jpeg>;
  /** A provider's picture (WebP; PNG and JPEG too) as PNG without loss, labelled as made by a model. */
  toPng(picture: Uint8Array, signal?: AbortSignal): Promise<Uint8Array>;
  /**
   * A JPEG by its longest side, on white, never enlarged: small 160, medium 320 (under 200 kB, as Telegram wants
   * a document's thumbnail), large 1280 (quality 90, labelled as made by a model).
   */
  thumbnail(picture: Uint8Array, size: ThumbnailSize, signal?: AbortSignal): Promise<Jpeg>;
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
 * Starts `threads` image threads (at most MOST_THREADS, see there) with a line of `maxQueue` places before
 * them. Whoever creates the pool closes it.
 */
export function createImagePool(options: { threads: number; maxQueue: number; log: Log }): ImagePool {
  const { log } = options;
  const count = Math.min(options.threads, MOST_THREADS);
  if (count < options.threads) {
    log.warn({ asked: options.threads, used: count }, 'fewer image threads: libuv has no more to spare');
  }
  const threads = createThreads({
    worker: new URL('./worker.ts', import.meta.url),
    threads: count,
    maxWaiting: options.maxQueue,
    deadlineMs: THREAD_DEADLINE_MS,
    log,
  });
  let brokenFiles = 0;

  type Worker = typeof import('./worker.ts');
  /** What an operation wants to know beside the picture. */
  type Wishes<Name extends keyof Worker> = Omit<Parameters<Worker[Name]>[0], keyof Task>;
  type Made<Name extends keyof Worker> =
    Awaited<ReturnType<Worker[Name]>> extends Outcome<infer Value> ? Value : never;

  async function convert<Name extends keyof Worker>(
    name: Name,
    { bytes, limits, ...wishes }: { bytes: Uint8Array; limits: Limits } & Wishes<Name>,
    signal: AbortSignal | undefined,
  ): Promise<Made<Name>> {
    const { kind } = inspectImage(bytes, limits);
    const outcome = await threads.run<Task, Outcome<Made<Name>>>(name, { bytes, kind, ...wishes }, signal);
    if ('made' in outcome) return outcome.made;
    brokenFiles += 1;
    const code = outcome.failed === 'fault' ? 'unexpected' : 'image-unreadable';
    throw new AppError(code, `${name} of a ${kind} file: ${outcome.message}`);
  }

  return {
    inspect: (bytes) => inspectImage(bytes, SELLER_PHOTO),
    prepare: (bytes, signal) => convert('prepare', { bytes, limits: SELLER_PHOTO }, signal),
    toPng: (bytes, signal) => convert('toPng', { bytes, limits: FINISHED_PICTURE }, signal),
    thumbnail: (bytes, size, signal) =>
      convert('thumbnail', { bytes, size, limits: FINISHED_PICTURE }, signal),
    statistics() {
      const { completed, failed, ...rest } = threads.statistics();
      // To the threads a broken file is a task done; to the reader of the figures it is a failure.
      return { ...rest, completed: completed - brokenFiles, failed: failed + brokenFiles };
    },
    close: () => threads.close(),
  };
}
