/** Photos, pictures and words whose time is over: their person stays, and what was moved stays counted. */
import { and, asc, isNotNull, isNull, lt, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { isOneOf } from '../database/is-one-of.ts';
import {
  marketplacePacks,
  photoshootPhotos,
  photoshoots,
  pictureFiles,
  processedImages,
  providerAttempts,
  styles,
} from '../database/schema/index.ts';
import { emptyRows } from './empty-rows.ts';

/** One transaction's worth. */
const AT_ONCE = 200;

/** Of photos that were never ordered with. @returns of how many photoshoots */
export async function forgetDrafts(db: Database, before: Date): Promise<number> {
  return forgetAll(db, and(isOneOf(photoshoots.state, ['expired']), lt(photoshoots.expiresAt, before)));
}

/** Of photoshoots that are over. @returns of how many */
export async function forgetHistory(db: Database, before: Date): Promise<number> {
  return forgetAll(db, and(isNotNull(photoshoots.finishedAt), lt(photoshoots.finishedAt, before)));
}

async function forgetAll(db: Database, which: SQL | undefined): Promise<number> {
  for (let total = 0; ; ) {
    const forgotten = await forgetSome(db, which);
    total += forgotten;
    if (forgotten < AT_ONCE) return total;
  }
}

async function forgetSome(db: Database, which: SQL | undefined): Promise<number> {
  return db.transaction(async (tx) => {
    const over = await tx
      .select({ id: photoshoots.id })
      .from(photoshoots)
      .where(and(which, isNull(photoshoots.forgottenAt)))
      .orderBy(asc(photoshoots.id))
      .limit(AT_ONCE)
      // What another process forgets just now is forgotten.
      .for('update', { skipLocked: true });
    if (over.length === 0) return 0;
    // The list travels as text: the two drivers write arrays in different ways.
    const ids = sql`${`{${over.map(({ id }) => id).join(',')}}`}::text::bigint[]`;
    await emptyRows(tx, 'styles', sql`${styles.photoshootId} = any(${ids})`, null);
    await emptyRows(tx, 'photoshootPhotos', sql`${photoshootPhotos.photoshootId} = any(${ids})`, null);
    await emptyRows(tx, 'marketplacePacks', sql`${marketplacePacks.photoshootId} = any(${ids})`, null);
    await emptyRows(tx, 'providerAttempts', sql`${providerAttempts.photoshootId} = any(${ids})`, null);
    const pictures = sql`select ${processedImages.id} from ${processedImages}
      where ${processedImages.photoshootId} = any(${ids})`;
    await emptyRows(tx, 'pictureFiles', sql`${pictureFiles.pictureId} in (${pictures})`, null);
    await emptyRows(tx, 'processedImages', sql`${processedImages.photoshootId} = any(${ids})`, null);
    await emptyRows(tx, 'photoshoots', sql`${photoshoots.id} = any(${ids})`, null);
    return over.length;
  });
}
