import type { Log } from '../log.ts';
import { judge, type Likeness, type Measures } from './likeness.ts';
import type { CompareOutcome, CompareTask } from './likeness-worker.ts';
import { MIB } from './limits.ts';
import type { ImagePool } from './pool.ts';
import { createThreads, type Threads } from './threads.ts';

/**
 * What comparing takes beside the pool: the package in its thread and the features of two pictures, measured 370 MB
 * (docs/decisions/037). One thread has it, because each that did would take as much.
 */
export const COMPARISON_BYTES = 400 * MIB;

/** Longest sides at which products are looked for: larger ones bring more features and no better verdict. */
const PHOTO_SIDE = 800;
const PICTURE_SIDE = 1024;
/** Of several views the first so many: each costs as much as the picture itself. */
const MOST_VIEWS = 3;
/** Of the slowest machine this was tried on, a comparison took 7 seconds, and the first one reads the package. */
const DEADLINE_MS = 30_000;

export type Comparison = {
  /**
   * Whether a picture shows the product of these photos. Where several views are there, the one that most of is found
   * again of counts.
   * @param photos prepared JPEGs
   * @throws AppError as the pool does; the signal's reason
   */
  compare(photos: readonly Uint8Array[], picture: Uint8Array, signal: AbortSignal): Promise<Likeness>;
  close(): Promise<void>;
};

/** The thread starts, and reads its package, with the first comparison. Whoever creates it closes it. */
export function createComparison({ images, log }: { images: ImagePool; log: Log }): Comparison {
  let threads: Threads | null = null;
  const start = () =>
    createThreads({
      worker: new URL('./likeness-worker.ts', import.meta.url),
      threads: 1,
      memoryBytes: COMPARISON_BYTES,
      deadlineMs: DEADLINE_MS,
      log,
    });

  async function measure(photo: Uint8Array, picture: CompareTask['picture'], signal: AbortSignal) {
    const { pixels: bytes, width, height } = await images.pixels(photo, PHOTO_SIDE, signal);
    threads ??= start();
    const task: CompareTask = { bytes, width, height, picture };
    const outcome = await threads.run<CompareTask, CompareOutcome>('compare', task, {
      cost: COMPARISON_BYTES,
      signal,
    });
    if ('measures' in outcome) return outcome.measures;
    log.warn({ reason: outcome.failed }, 'a picture could not be compared with its photo');
    return null;
  }

  return {
    async compare(photos, picture, signal) {
      const shown = await images.pixels(picture, PICTURE_SIDE, signal);
      let best: Measures | null = null;
      for (const photo of photos.slice(0, MOST_VIEWS)) {
        const measures = await measure(photo, shown, signal);
        if (measures !== null && measures.matches > (best?.matches ?? -1)) best = measures;
      }
      return best === null ? { kind: 'not-measured', reason: 'unfinished' } : judge(best);
    },
    close: async () => threads?.close(),
  };
}
