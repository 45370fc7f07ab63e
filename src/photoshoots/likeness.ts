/** What became of holding pictures against their photos, and what it means for their price. */
import { and, eq, isNull } from 'drizzle-orm';
import { isSellersWords } from '../ai/write-prompts.ts';
import { returnCredits } from '../billing/refunds/return-credits.ts';
import type { Database } from '../database/client.ts';
import { type PictureSize, photoshoots, processedImages, users } from '../database/schema/index.ts';
import { DRIFTS, type Likeness, UNMEASURED } from '../imaging/likeness.ts';
import { costOf, worthOf } from './picture-price.ts';
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

type Judged = Pick<Picture, 'likeness' | 'styleOrigin'>;
type Priced = Judged & Pick<Picture, 'givenBackAt' | 'credits' | 'creditsSaved'>;

/** Whether a picture still waits for its verdict. A cut-out gets none: it has no scene to be judged in. */
export function isToBeCompared({ likeness, styleOrigin }: Judged): boolean {
  return likeness === null && styleOrigin !== 'cut-out';
}

/**
 * Whether the house stands in for a picture: it drifted by itself. Where the seller's own words say how it looks they
 * may have asked for the difference, and every “make it red” would be free.
 */
export function isOurDrift({ likeness, styleOrigin }: Judged): boolean {
  return likeness === 'drifted' && !isSellersWords(styleOrigin);
}

/** Credits that come back of a picture when the next one begins with it: what it was worth where it drifted, once. */
function owedFor(picture: Priced): number {
  return isOurDrift(picture) && picture.givenBackAt === null ? worthOf(picture) : 0;
}

/** Credits that one more picture of this size costs which corrects this one or is made like it. */
export function costOfNext(picture: Priced, size: PictureSize): number {
  return costOf(1, size, owedFor(picture));
}

/** The same of a picture by its id. */
export async function readCostOfNext(db: Database, pictureId: number, size: PictureSize): Promise<number> {
  const [picture] = await db.select().from(processedImages).where(eq(processedImages.id, pictureId));
  return picture === undefined ? costOf(1, size) : costOfNext(picture, size);
}

/**
 * Gives back what a drifted picture was worth that the next one begins with, once.
 * @param tx the transaction that places the next one
 * @returns credits that came back, of which the next one is paid
 */
export async function payForNext(
  tx: Database,
  { pictureId, userId }: { pictureId: number; userId: number },
  now: Date,
): Promise<number> {
  // As in giveBack: the person's row is the lock, so that the credits come back once.
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('no key update');
  const [picture] = await tx
    .select()
    .from(processedImages)
    .where(and(eq(processedImages.id, pictureId), eq(processedImages.userId, userId)));
  if (picture?.state !== 'delivered') return 0;
  const credits = owedFor(picture);
  if (credits === 0) return 0;
  await tx
    .update(processedImages)
    .set({ givenBackAt: now, givenBackReason: 'drifted' })
    .where(eq(processedImages.id, pictureId));
  const { photoshootId } = picture;
  await returnCredits(tx, { userId, kind: 'give-back', photoshootId, pictureId, credits });
  return credits;
}

/** Credits of a drifted picture that came back for this photoshoot, at the moment when it was placed. */
export async function readPaidByDrift(db: Database, photoshootId: number): Promise<number> {
  const [drifted] = await db
    .select({ credits: processedImages.credits, creditsSaved: processedImages.creditsSaved })
    .from(photoshoots)
    .innerJoin(processedImages, eq(processedImages.id, photoshoots.basedOnPictureId))
    .where(
      and(
        eq(photoshoots.id, photoshootId),
        eq(processedImages.givenBackAt, photoshoots.placedAt),
        eq(processedImages.givenBackReason, 'drifted'),
      ),
    );
  return drifted === undefined ? 0 : worthOf(drifted);
}
