/** What became of holding pictures against their photos, and what it means for their price. */
import { and, count, eq, isNull, ne, or, sql } from 'drizzle-orm';
import { isSellersWords } from '../ai/write-prompts.ts';
import { returnCredits } from '../billing/refunds/return-credits.ts';
import type { Database } from '../database/client.ts';
import {
  type PictureSize,
  photoshoots,
  processedImages,
  providerAttempts,
  users,
} from '../database/schema/index.ts';
import { DRIFTS as MEASURED_DRIFTS, type Likeness as Measured, UNMEASURED } from '../imaging/likeness.ts';
import type { Label } from './judge-label.ts';
import { costOf, worthOf } from './picture-price.ts';
import type { Picture } from './run/start-photoshoot.ts';

/** In what a product differs: what pixels tell, and what a label reads. The order is that of what is said. */
export const DRIFTS = [...MEASURED_DRIFTS, 'label'] as const;
type Drift = (typeof DRIFTS)[number];

/** What pixels say of a picture, and what its label says beside it. */
export type Likeness = (
  | Exclude<Measured, { kind: 'drifted' }>
  | { kind: 'drifted'; drifts: readonly Drift[] }
) & { label: Label };

/** One verdict of both: a label that reads otherwise is a drift, and no label that was read makes up for another one. */
export function likenessBy(measured: Measured, label: Label): Likeness {
  if (label.kind !== 'differs') return { ...measured, label };
  const drifts = measured.kind === 'drifted' ? measured.drifts : [];
  return { kind: 'drifted', drifts: [...drifts, 'label'], label };
}

/**
 * Keeps a verdict, the first one only, and adds what it has cost to the cost of the picture.
 * @param costMicroUsd of the calls that read its label; null for a model without a price, as of pictures
 */
export async function recordLikeness(
  db: Database,
  pictureId: number,
  likeness: Likeness,
  costMicroUsd: number | null,
): Promise<void> {
  await db
    .update(processedImages)
    .set({
      ...likenessColumns(likeness),
      costMicroUsd: sql`${processedImages.costMicroUsd} + ${costMicroUsd}::bigint`,
    })
    .where(and(eq(processedImages.id, pictureId), isNull(processedImages.likeness)));
}

type Columns = Pick<Picture, 'likeness' | 'likenessReasons' | 'label' | 'labelInPhoto' | 'labelInPicture'>;

function likenessColumns({ label, ...likeness }: Likeness): Columns {
  return {
    likeness: likeness.kind,
    likenessReasons: reasonsOf(likeness),
    label: label.kind,
    labelInPhoto: label.kind === 'differs' ? label.photo : null,
    labelInPicture: label.kind === 'differs' ? label.picture : null,
  };
}

function reasonsOf(likeness: Measured | { kind: 'drifted'; drifts: readonly Drift[] }): string | null {
  switch (likeness.kind) {
    case 'same':
      return null;
    case 'drifted':
      return likeness.drifts.join(' ');
    case 'not-measured':
      return likeness.reason;
  }
}

/** How often the label of a picture was read by a model, as far as it may have been paid for. */
export async function countLabelCalls(
  db: Database,
  { id: pictureId, photoshootId }: Pick<Picture, 'id' | 'photoshootId'>,
): Promise<number> {
  const [row] = await db
    .select({ calls: count() })
    .from(providerAttempts)
    .where(
      and(
        eq(providerAttempts.photoshootId, photoshootId),
        eq(providerAttempts.pictureId, pictureId),
        eq(providerAttempts.purpose, 'label'),
        ne(providerAttempts.state, 'failed'),
      ),
    );
  return row?.calls ?? 0;
}

/** The verdict on a picture; null where there is none. */
export function likenessOf(picture: Columns): Likeness | null {
  const { likeness, likenessReasons } = picture;
  const words = (likenessReasons ?? '').split(' ');
  const label = labelOf(picture);
  switch (likeness) {
    case null:
      return null;
    case 'same':
      return { kind: 'same', label };
    case 'drifted':
      return { kind: 'drifted', drifts: DRIFTS.filter((drift) => words.includes(drift)), label };
    case 'not-measured': {
      const reason = UNMEASURED.find((one) => words.includes(one)) ?? 'unfinished';
      return { kind: 'not-measured', reason, label };
    }
  }
}

function labelOf({ label, labelInPhoto, labelInPicture }: Columns): Label {
  // Of who has left, the words are gone.
  if (label === 'differs') return { kind: label, photo: labelInPhoto ?? '', picture: labelInPicture ?? '' };
  return { kind: label ?? 'not-read' };
}

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

/**
 * Credits that came back for this photoshoot at the moment when it was placed: of a drifted picture that it begins
 * with, or of one that was not right and is made once more.
 */
export async function readPaidByBefore(db: Database, photoshootId: number): Promise<number> {
  const pictures = await db
    .select({ credits: processedImages.credits, creditsSaved: processedImages.creditsSaved })
    .from(photoshoots)
    .innerJoin(
      processedImages,
      or(
        eq(processedImages.id, photoshoots.redoOfPictureId),
        and(
          eq(processedImages.id, photoshoots.basedOnPictureId),
          eq(processedImages.givenBackReason, 'drifted'),
        ),
      ),
    )
    .where(and(eq(photoshoots.id, photoshootId), eq(processedImages.givenBackAt, photoshoots.placedAt)));
  return pictures.reduce((sum, picture) => sum + worthOf(picture), 0);
}
