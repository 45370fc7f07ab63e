import { eq } from 'drizzle-orm';
import { NOTHING_AWAITED } from '../../customers/stop-waiting.ts';
import type { Database } from '../../database/client.ts';
import { styles, users } from '../../database/schema/index.ts';
import { AppError } from '../../errors.ts';
import { lockDraft } from '../draft/lock-draft.ts';
import { OWN_STYLE_LENGTH, WISH_LENGTH } from '../limits.ts';
import { OWN_STYLE_NUMBER, SURPRISE_NUMBER } from './style-numbers.ts';
import { refuseTooMany } from './toggle-style.ts';

export type AddedStyle = { draftId: number; userId: number; title: string; prompt: string };

/**
 * The person's next text message describes a style for this draft.
 * @throws AppError not-found, draft-expired, already-placed, too-many-styles before they write in vain
 */
export async function expectOwnStyle(
  db: Database,
  draftId: number,
  userId: number,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockDraft(tx, draftId, userId, now);
    await refuseOneTooMany(tx, draftId, OWN_STYLE_NUMBER);
    await tx
      .update(users)
      .set({ ...NOTHING_AWAITED, describingDraftId: draftId })
      .where(eq(users.id, userId));
  });
}

/**
 * Adds the style that the seller described, chosen, in place of an earlier one.
 * @throws AppError style-text-length, not-found, draft-expired, already-placed, too-many-styles
 */
export async function addOwnStyle(db: Database, style: AddedStyle, now: Date): Promise<void> {
  await putOwnStyle(db, style, OWN_STYLE_LENGTH, now);
}

/**
 * The same for words that nobody asked for, which may be fewer.
 * @throws AppError style-text-length, not-found, draft-expired, already-placed, too-many-styles
 */
export async function addWishedStyle(db: Database, style: AddedStyle, now: Date): Promise<void> {
  await putOwnStyle(db, style, WISH_LENGTH, now);
}

async function putOwnStyle(
  db: Database,
  style: AddedStyle,
  { min, max }: Readonly<{ min: number; max: number }>,
  now: Date,
): Promise<void> {
  const length = [...style.prompt].length;
  if (length < min || length > max) {
    throw new AppError('style-text-length', 'the description is too short or too long', {
      details: { min, max, length },
    });
  }
  await db.transaction(async (tx) => {
    await putStyle(tx, { ...style, number: OWN_STYLE_NUMBER, origin: 'own' }, now);
    await tx.update(users).set(NOTHING_AWAITED).where(eq(users.id, style.userId));
  });
}

/** “Surprise me”: one style that the seller did not pick, chosen, in place of an earlier surprise. */
export async function addSurprise(db: Database, style: AddedStyle, now: Date): Promise<void> {
  await db.transaction((tx) => putStyle(tx, { ...style, number: SURPRISE_NUMBER, origin: 'surprise' }, now));
}

async function putStyle(
  tx: Database,
  style: AddedStyle & { number: number; origin: 'own' | 'surprise' },
  now: Date,
): Promise<void> {
  const { draftId, userId, number, origin, title, prompt } = style;
  await lockDraft(tx, draftId, userId, now);
  await refuseOneTooMany(tx, draftId, number);
  await tx
    .insert(styles)
    .values({ photoshootId: draftId, number, origin, title, prompt, chosen: true })
    .onConflictDoUpdate({
      target: [styles.photoshootId, styles.number],
      set: { title, prompt, chosen: true },
    });
}

/** A style that takes the place of one that is chosen is not one more. @throws AppError too-many-styles */
async function refuseOneTooMany(tx: Database, draftId: number, number: number): Promise<void> {
  const existing = await tx.select().from(styles).where(eq(styles.photoshootId, draftId));
  if (!existing.some((other) => other.number === number && other.chosen)) refuseTooMany(existing);
}
