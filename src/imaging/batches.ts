/** Several images made small at once for an owner's tool, which comes back for them. */
import { eq, lt } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { type BatchImage, imageBatches } from '../database/schema/index.ts';
import { AppError, isAppError, toError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { ImagePool } from './pool.ts';

export const BATCH_SIZES = ['small', 'medium', 'large'] as const;
export type BatchSize = (typeof BATCH_SIZES)[number];

/** `lost`: its process ended before it did. */
export type Batch =
  | Readonly<{ status: 'working' | 'lost'; createdAt: Date }>
  | Readonly<{ status: 'done'; createdAt: Date; images: readonly BatchImage[] }>;

export type Batches = ReturnType<typeof createBatches>;

/** Their bytes are in memory, beside those of sellers' photos. */
const MOST_AT_ONCE = 2;
/** Far more than ten images take. */
const LOST_AFTER_MS = 10 * 60_000;
const KEPT_MS = 3_600_000;
/** The pool's own `large` says that a model made it, which is not so of what comes from outside. */
const POOL_SIZES = { small: 'small', medium: 'medium', large: 'unlabelled' } as const;

/**
 * Nothing of it is paid, so nothing has to outlive its process: what a killed one had in hand is said to be lost, and is
 * sent again.
 */
export function createBatches({
  db,
  images,
  log,
}: Readonly<{ db: Database; images: Pick<ImagePool, 'inspect' | 'thumbnail'>; log: Log }>) {
  const closing = new AbortController();
  const underWay = new Set<Promise<void>>();

  async function makeOne(bytes: Uint8Array, sizes: readonly BatchSize[]): Promise<BatchImage> {
    try {
      const { kind, width, height } = images.inspect(bytes);
      const thumbnails: Record<string, string> = {};
      for (const size of sizes) {
        const made = await images.thumbnail(bytes, POOL_SIZES[size], closing.signal);
        thumbnails[size] = Buffer.from(made.jpeg).toString('base64');
      }
      return { status: 'done', kind, width, height, thumbnails };
    } catch (error) {
      if (closing.signal.aborted) return { status: 'failed', code: 'cancelled' };
      if (isAppError(error) && error.code !== 'unexpected') return { status: 'failed', code: error.code };
      log.error({ err: toError(error) }, 'an image of a batch could not be made small');
      return { status: 'failed', code: 'unexpected' };
    }
  }

  async function work(id: string, files: readonly Uint8Array[], sizes: readonly BatchSize[]): Promise<void> {
    const made: BatchImage[] = [];
    // One after the other: sellers' photos go beside them.
    for (const bytes of files) made.push(await makeOne(bytes, sizes));
    await db
      .update(imageBatches)
      .set({ images: made, finishedAt: new Date() })
      .where(eq(imageBatches.id, id));
  }

  return {
    /**
     * Begins, and does not wait for the end.
     * @returns what it is asked for by
     * @throws AppError too-many-requests while as many are worked on as may be
     */
    async begin(files: readonly Uint8Array[], sizes: readonly BatchSize[]): Promise<string> {
      // Nothing is awaited between the look and the place that is taken.
      if (underWay.size >= MOST_AT_ONCE || closing.signal.aborted) {
        throw new AppError('too-many-requests', 'as many batches are worked on as may be');
      }
      const begun = Promise.withResolvers<string>();
      const job = (async () => {
        const [row] = await db.insert(imageBatches).values({}).returning({ id: imageBatches.id });
        if (row === undefined) throw new Error('a batch was not written');
        begun.resolve(row.id);
        await work(row.id, files, sizes);
      })().catch((error: unknown) => {
        begun.reject(error);
        log.error({ err: toError(error) }, 'a batch of images ended without a result');
      });
      underWay.add(job);
      void job.finally(() => underWay.delete(job));
      return begun.promise;
    },

    /** Null where there is none, or it is older than an hour. */
    async read(id: string, now: Date): Promise<Batch | null> {
      const [row] = await db.select().from(imageBatches).where(eq(imageBatches.id, id));
      if (row === undefined) return null;
      const { createdAt, images: made } = row;
      if (made !== null) return { status: 'done', createdAt, images: made };
      return {
        status: now.getTime() - createdAt.getTime() > LOST_AFTER_MS ? 'lost' : 'working',
        createdAt,
      };
    },

    /** @returns how many were too old at `now` */
    async sweep(now: Date): Promise<number> {
      const gone = await db
        .delete(imageBatches)
        .where(lt(imageBatches.createdAt, new Date(now.getTime() - KEPT_MS)))
        .returning({ id: imageBatches.id });
      return gone.length;
    },

    /** Ends what is worked on, and waits until that is written. */
    async close(): Promise<void> {
      closing.abort();
      await Promise.all(underWay);
    },
  };
}
