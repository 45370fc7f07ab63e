/** What became of holding pictures against their photos, and what it means for their price. */
import { and, eq, isNull } from 'drizzle-orm';
import { isSellersWords } from '../ai/write-prompts.ts';
import { returnCredit } from '../billing/refunds/return-credit.ts';
import type { Database } from '../database/client.ts';
import { photoshoots, processedImages, users } from '../database/schema/index.ts';
import { DRIFTS, type Likeness, UNMEASURED } from '../imaging/likeness.ts';
import { CREDITS_PER_PICTURE } from './limits.ts';
import type { Picture } from './run/start-photoshoot.ts';

/** Keeps a verdict, the first one only. */
export async function recordLikeness(db: Database, pictureId: number, likeness: Likeness): Promise<void> {
  await db
    .update(processedImages)
    .set(likenessColumns(likeness))
    .where(and(eq(processedImages.id, pictureId), isNull(processedImages.likeness)));
}

export function likenessColumns(likeness: Likeness): Pick<Picture, 'likeness' | 'likenessReasons'> {
  switch (likeness.kind) {
    case 'same':
      return { likeness: 'same', likenessReasons: null };
    case 'drifted':
      return { likeness: 'drifted', likenessReasons: likeness.drifts.join(' ') };
    case 'not-measured':
      return { likeness: 'not-measured', likenessReasons: likeness.reason };
  }
}

/** The verdict on a picture; null where there is none. */
export function likenessOf({
  likeness,
  likenessReasons,
}: Pick<Picture, 'likeness' | 'likenessReasons'>): Likeness | null {
  const words = (likenessReasons ?? '').split(' ');
  switch (likeness) {
    case null:
      return null;
    case 'same':
      return { kind: 'same' };
    case 'drifted':
      return { kind: 'drifted', drifts: DRIFTS.filter((drift) => words.includes(drift)) };
    case 'not-measured':
      return {
        kind: 'not-measured',
        reason: UNMEASURED.find((reason) => words.includes(reason)) ?? 'unfinished',
      };
  }
}

export type { Likeness };

type Judged = Pick<Picture, 'likeness' | 'styleOrigin' | 'givenBackAt'>;

/**
 * Whether the house stands in for a picture: it drifted by itself. Where the seller's own words say how it looks they
 * may have asked for the difference, and every “make it red” would be free.
 */
export function isOurDrift({ likeness, styleOrigin }: Pick<Judged, 'likeness' | 'styleOrigin'>): boolean {
  return likeness === 'drifted' && !isSellersWords(styleOrigin);
}

/** Credits that one more picture costs which corrects this one or is made like it. */
export function costOfNext(picture: Judged): number {
  return isOurDrift(picture) && picture.givenBackAt === null ? 0 : CREDITS_PER_PICTURE;
}

/** The same of a picture by its id. */
export async function readCostOfNext(db: Database, pictureId: number): Promise<number> {
  const [picture] = await db.select().from(processedImages).where(eq(processedImages.id, pictureId));
  return picture === undefined ? CREDITS_PER_PICTURE : costOfNext(picture);
}

/**
 * Gives back the credit of a drifted picture that the next one begins with, so that the next one costs nothing; once.
 * @param tx the transaction that places the next one
 */
export async function payForNext(
  tx: Database,
  { pictureId, userId }: { pictureId: number; userId: number },
  now: Date,
): Promise<void> {
  // As in giveBack: the person's row is the lock, so that the credit comes back once.
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('no key update');
  const [picture] = await tx
    .select()
    .from(processedImages)
    .where(and(eq(processedImages.id, pictureId), eq(processedImages.userId, userId)));
  if (picture?.state !== 'delivered' || costOfNext(picture) !== 0) return;
  await tx
    .update(processedImages)
    .set({ givenBackAt: now, givenBackReason: 'drifted' })
    .where(eq(processedImages.id, pictureId));
  const { photoshootId } = picture;
  await returnCredit(tx, { userId, kind: 'give-back', photoshootId, pictureId });
}

/** Whether the credit of a drifted picture came back for this photoshoot, at the moment when it was placed. */
export async function wasPaidByDrift(db: Database, photoshootId: number): Promise<boolean> {
  const paid = await db
    .select({ id: processedImages.id })
    .from(photoshoots)
    .innerJoin(processedImages, eq(processedImages.id, photoshoots.basedOnPictureId))
    .where(
      and(
        eq(photoshoots.id, photoshootId),
        eq(processedImages.givenBackAt, photoshoots.placedAt),
        eq(processedImages.givenBackReason, 'drifted'),
      ),
    );
  return paid.length > 0;
}
