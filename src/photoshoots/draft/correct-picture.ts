/** Photoshoots of one picture that begin with a picture that was delivered: corrections of it, and others like it. */
import { and, eq, sql } from 'drizzle-orm';
import { NOTHING_AWAITED } from '../../customers/stop-waiting.ts';
import type { Database } from '../../database/client.ts';
import { photoshoots, processedImages, styles, users } from '../../database/schema/index.ts';
import { AppError } from '../../errors.ts';
import type { Queue } from '../../queue/queue.ts';
import { WISH_LENGTH } from '../limits.ts';
import type { Draft } from '../photoshoot.ts';
import { readStyles } from '../read-photoshoot.ts';
import type { Picture } from '../run/start-photoshoot.ts';
import { CORRECTION_NUMBER } from '../styles/style-numbers.ts';
import type { Wish } from '../words/read-wish.ts';
import { copyAsDraft, expiryOf, lockOriginal } from './copy-as-draft.ts';
import { sourceKeyOfTap } from './find-placed.ts';
import { lockDraft } from './lock-draft.ts';
import { type PlacedPhotoshoot, placeDraft } from './place-draft.ts';

type DraftDeps = { db: Database; draftTtlMs: number };

/**
 * The person's next text message says what is to be changed in this picture.
 * @throws AppError not-found
 */
export async function expectCorrection(
  db: Database,
  input: { pictureId: number; userId: number },
): Promise<Picture> {
  return db.transaction(async (tx) => {
    const picture = await readOwnDelivered(tx, input);
    await tx
      .update(users)
      .set({ ...NOTHING_AWAITED, correctingPictureId: input.pictureId })
      .where(eq(users.id, input.userId));
    return picture;
  });
}

/**
 * Opens a draft of one picture that changes a delivered one as the words say. Nothing is reserved before it is placed.
 * @param input.sourceKey names the message: handled twice, it makes one draft
 * @returns the draft's id
 * @throws AppError not-found, style-text-length
 */
export async function openCorrection(
  deps: DraftDeps,
  input: { pictureId: number; userId: number; title: string; wish: Wish; sourceKey: string },
  now: Date,
): Promise<number> {
  refuseLength(input.wish);
  return deps.db.transaction(async (tx) => {
    const picture = await readOwnDelivered(tx, input);
    await lockOriginal(tx, picture.photoshootId, input.userId);
    const [made] = await tx
      .select({ id: photoshoots.id })
      .from(photoshoots)
      .where(eq(photoshoots.sourceKey, input.sourceKey));
    if (made !== undefined) return made.id;
    const { photoshootId } = picture;
    const draft = await copyAsDraft(tx, { ...input, photoshootId, expiresAt: expiryOf(deps, now) });
    await beginWith(tx, draft, picture.id);
    await putWords(tx, draft.id, input);
    await tx.update(users).set(NOTHING_AWAITED).where(eq(users.id, input.userId));
    return draft.id;
  });
}

/**
 * Other words for a correction that is not placed yet, or only another format.
 * @throws AppError not-found, draft-expired, awaiting-payment, already-placed, style-text-length
 */
export async function rewordCorrection(
  db: Database,
  input: { draftId: number; userId: number; title: string; wish: Wish },
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const draft = await lockDraft(tx, input.draftId, input.userId, now);
    if (input.wish.words === '' && input.wish.ratio !== null) {
      await tx.update(photoshoots).set({ ratio: input.wish.ratio }).where(eq(photoshoots.id, draft.id));
      return;
    }
    refuseLength(input.wish);
    await putWords(tx, draft.id, input);
  });
}

/**
 * Another picture of the same album is meant.
 * @throws AppError not-found, draft-expired, awaiting-payment, already-placed
 */
export async function retargetCorrection(
  db: Database,
  input: { draftId: number; userId: number; pictureId: number },
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const draft = await lockDraft(tx, input.draftId, input.userId, now);
    const picture = await readOwnDelivered(tx, input);
    await beginWith(tx, draft, picture.id);
  });
}

/**
 * “More like this”: one picture in the style of a delivered one, from the photos and that picture, placed at once.
 * It costs what every picture costs, and nothing but the difference in size where that one drifted (`costOfNext`).
 * @param input.callbackId the tap: handled twice, it makes one photoshoot
 * @throws AppError not-found, already-placed, not-enough-credits
 */
export async function makeMoreLike(
  deps: DraftDeps & { queue: Queue },
  input: { pictureId: number; userId: number; callbackId: string },
  now: Date,
): Promise<PlacedPhotoshoot> {
  return deps.db.transaction(async (tx) => {
    const picture = await readOwnDelivered(tx, input);
    await lockOriginal(tx, picture.photoshootId, input.userId);
    const sourceKey = sourceKeyOfTap('more', input.callbackId);
    const { photoshootId } = picture;
    const { userId } = input;
    const copied = { photoshootId, userId, sourceKey, expiresAt: expiryOf(deps, now) };
    const draft = await copyAsDraft(tx, copied);
    await beginWith(tx, draft, picture.id);
    const look = await readLook(tx, picture);
    await tx
      .update(styles)
      .set({ chosen: sql`${styles.prompt} = ${look.stylePrompt} and ${styles.origin} = ${look.styleOrigin}` })
      .where(eq(styles.photoshootId, draft.id));
    const [style] = (await readStyles(tx, draft.id)).filter(({ chosen }) => chosen);
    if (style === undefined) throw new Error(`the style of picture ${picture.id} is gone`);
    const single: Draft = { ...draft, pictureCount: 1, basedOnPictureId: picture.id };
    return placeDraft({ db: tx, queue: deps.queue }, { draft: single, chosen: [style] }, now);
  });
}

/**
 * Back to the version before a correction. Costs nothing; both pictures stay.
 * @returns the picture before
 * @throws AppError not-found for a picture that corrects none
 */
export async function undoCorrection(
  db: Database,
  input: { pictureId: number; userId: number },
  now: Date,
): Promise<Picture> {
  return db.transaction(async (tx) => {
    const picture = await readOwnDelivered(tx, input);
    const beforeId = await readBasis(tx, picture.photoshootId);
    if (beforeId === null) throw new AppError('not-found', 'the picture corrects none');
    await tx.update(processedImages).set({ undoneAt: now }).where(eq(processedImages.id, picture.id));
    return readOwnDelivered(tx, { pictureId: beforeId, userId: input.userId });
  });
}

async function beginWith(tx: Database, draft: Draft, pictureId: number): Promise<void> {
  const basis = { basedOnPictureId: pictureId, pictureCount: 1, repeatOf: null, cutOutOf: null };
  await tx.update(photoshoots).set(basis).where(eq(photoshoots.id, draft.id));
}

async function putWords(tx: Database, draftId: number, { title, wish }: { title: string; wish: Wish }) {
  const words = { title, prompt: wish.words, chosen: true };
  // The looks that were chosen before are in the picture already.
  await tx.update(styles).set({ chosen: false }).where(eq(styles.photoshootId, draftId));
  await tx
    .insert(styles)
    .values({ photoshootId: draftId, number: CORRECTION_NUMBER, origin: 'correction', ...words })
    .onConflictDoUpdate({ target: [styles.photoshootId, styles.number], set: words });
  if (wish.ratio !== null) {
    await tx.update(photoshoots).set({ ratio: wish.ratio }).where(eq(photoshoots.id, draftId));
  }
}

/** The look of a picture: of a correction the one that the first picture of its chain was made in. */
async function readLook(tx: Database, picture: Picture): Promise<Picture> {
  if (picture.styleOrigin !== 'correction') return picture;
  const beforeId = await readBasis(tx, picture.photoshootId);
  if (beforeId === null) throw new Error(`picture ${picture.id} is a correction and corrects none`);
  return readLook(tx, await readOwnDelivered(tx, { pictureId: beforeId, userId: picture.userId }));
}

async function readBasis(tx: Database, photoshootId: number): Promise<number | null> {
  const [row] = await tx
    .select({ basedOnPictureId: photoshoots.basedOnPictureId })
    .from(photoshoots)
    .where(eq(photoshoots.id, photoshootId));
  return row?.basedOnPictureId ?? null;
}

/** @throws AppError not-found, also for somebody else's picture and one that never arrived */
async function readOwnDelivered(
  tx: Database,
  { pictureId, userId }: { pictureId: number; userId: number },
): Promise<Picture> {
  const [picture] = await tx
    .select()
    .from(processedImages)
    .where(
      and(
        eq(processedImages.id, pictureId),
        eq(processedImages.userId, userId),
        eq(processedImages.state, 'delivered'),
      ),
    );
  if (picture === undefined) throw new AppError('not-found', 'this person has no such picture');
  return picture;
}

function refuseLength({ words }: Wish): void {
  const { min, max } = WISH_LENGTH;
  const length = [...words].length;
  if (length >= min && length <= max) return;
  throw new AppError('style-text-length', 'the words are too few or too many', {
    details: { min, max, length },
  });
}
