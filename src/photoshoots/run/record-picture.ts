import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { selectRows } from '../../database/rows.ts';
import { photoshoots, pictureFiles, processedImages, type Reshaping } from '../../database/schema/index.ts';

export type MadePicture = {
  pictureId: number;
  bytes: Uint8Array;
  provider: string;
  model: string;
  costMicroUsd: number | null;
  /** Of its credits what comes back when it is delivered: it was made smaller than it was ordered. */
  creditsSaved: number;
  /** Null where it came in the ratio that was ordered. */
  reshaped: Reshaping | null;
};

/**
 * Keeps a picture that was paid for, with its bytes, until it has been delivered.
 * @returns false when this run no longer has the photoshoot or the picture has an outcome already
 */
export async function recordMade(db: Database, run: Run, picture: MadePicture): Promise<boolean> {
  const { pictureId, bytes, ...columns } = picture;
  const made = db
    .update(processedImages)
    .set({ state: 'made', ...columns })
    .where(and(isWaiting(run, pictureId), sql`exists (select from held)`))
    .returning({ id: processedImages.id });
  // One statement instead of a transaction of three. The fence is waited for before the picture is looked at.
  const kept = await selectRows(
    db,
    sql`with held as ${fence(db, run)}, made as ${made}
      insert into ${pictureFiles} (picture_id, bytes)
      select made.id, ${sql.param(bytes, pictureFiles.bytes)}::bytea from made returning 1 as one`,
  );
  return kept.length > 0;
}

/**
 * Puts a picture that was made once more in the place of the first one, or only adds what the second one cost.
 * @param picture what is shown from now on, with the cost of both
 * @returns false when this run no longer has the photoshoot or the picture is not waiting to be delivered
 */
export async function recordRemade(db: Database, run: Run, picture: MadePicture): Promise<boolean> {
  const { pictureId, bytes, ...made } = picture;
  return db.transaction(async (tx) => {
    if (!(await holdRun(tx, run))) return false;
    const recorded = await tx
      .update(processedImages)
      .set(made)
      .where(
        and(
          eq(processedImages.id, pictureId),
          eq(processedImages.photoshootId, run.photoshootId),
          eq(processedImages.state, 'made'),
        ),
      )
      .returning({ id: processedImages.id });
    if (recorded.length === 0) return false;
    await tx.update(pictureFiles).set({ bytes }).where(eq(pictureFiles.pictureId, pictureId));
    return true;
  });
}

/** Writes down why there will be no picture; its credit is released when the photoshoot is completed. */
export async function recordUnmade(
  db: Database,
  run: Run,
  outcome: { pictureId: number; state: 'failed' | 'refused' | 'cancelled'; failureCode: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    if (!(await holdRun(tx, run))) return;
    await tx
      .update(processedImages)
      .set({ state: outcome.state, failureCode: outcome.failureCode })
      .where(isWaiting(run, outcome.pictureId));
  });
}

/** The bytes of a picture, or null when they are gone: fetched as originals, or too old. */
export async function readPictureBytes(db: Database, pictureId: number): Promise<Uint8Array | null> {
  const [file] = await db
    .select({ bytes: pictureFiles.bytes })
    .from(pictureFiles)
    .where(eq(pictureFiles.pictureId, pictureId));
  return file?.bytes ?? null;
}

export type Run = { photoshootId: number; run: number };

function isWaiting({ photoshootId }: Run, pictureId: number) {
  return and(
    eq(processedImages.id, pictureId),
    eq(processedImages.photoshootId, photoshootId),
    eq(processedImages.state, 'waiting'),
  );
}

/**
 * The fence: true only while this run is the photoshoot's newest. It stays so until the transaction ends,
 * because a worker that takes over has to wait for the row; pictures of one run do not wait for each other.
 */
async function holdRun(tx: Database, run: Run): Promise<boolean> {
  return (await fence(tx, run)).length > 0;
}

function fence(db: Database, { photoshootId, run }: Run) {
  return db
    .select({ id: photoshoots.id })
    .from(photoshoots)
    .where(
      and(eq(photoshoots.id, photoshootId), eq(photoshoots.run, run), eq(photoshoots.state, 'generating')),
    )
    .for('share');
}
