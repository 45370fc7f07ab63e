import { and, count, eq, gte, isNotNull, type SQL, sql } from 'drizzle-orm';
import { isSellersWords } from '../ai/write-prompts.ts';
import { returnCredits } from '../billing/refunds/return-credits.ts';
import type { Database } from '../database/client.ts';
import { isOneOf } from '../database/is-one-of.ts';
import { processedImages, STYLE_ORIGINS, users } from '../database/schema/index.ts';
import { AppError } from '../errors.ts';
import { isOurDrift } from './likeness.ts';
import { worthOf } from './picture-price.ts';

export const GIVE_BACK_REASONS = ['label', 'shape', 'look', 'other'] as const;
export type GiveBackReason = (typeof GIVE_BACK_REASONS)[number];

const DAY_MS = 86_400_000;

/**
 * The fair-use quota: pictures in a day, and per cent of all pictures that a person ever got. Who has few gets as
 * many back as a day allows before the share counts: a share of seven pictures is one, and says nothing of anybody.
 */
export type GiveBackQuota = { perDay: number; sharePercent: number };

/**
 * Whether a picture can be given back now: what “Not right” asks before it offers anything.
 * @throws AppError not-found, already-given-back, give-back-quota, give-back-share
 */
export async function refuseGiveBack(
  db: Database,
  input: { pictureId: number; userId: number } & GiveBackQuota,
  now: Date,
): Promise<void> {
  await readGivable(db, input, now);
}

/**
 * “Not right”: what a delivered picture cost comes back at once, within the fair-use quota, and beside it where the
 * check found that the picture had drifted.
 * @returns `credits` that it cost, and `repaid`: how many of them went to a purchase that was refunded
 * @throws AppError not-found, already-given-back, give-back-quota, give-back-share
 */
export async function giveBack(
  db: Database,
  input: { pictureId: number; userId: number } & GiveBackQuota,
  now: Date,
): Promise<{ credits: number; repaid: number }> {
  return db.transaction(async (tx) => takeBack(tx, input, now));
}

/**
 * The same as a part of something larger.
 * @param tx the transaction in which the credits come back
 */
export async function takeBack(
  tx: Database,
  input: { pictureId: number; userId: number } & GiveBackQuota,
  now: Date,
): Promise<{ credits: number; repaid: number }> {
  // The person's row is the lock that makes the quota exact when several pictures are reported at once.
  await tx.select({ id: users.id }).from(users).where(eq(users.id, input.userId)).for('no key update');
  const picture = await readGivable(tx, input, now);
  await tx.update(processedImages).set({ givenBackAt: now }).where(own(input));
  const { id: pictureId, photoshootId } = picture;
  const credits = worthOf(picture);
  const { userId } = input;
  const returned = { userId, kind: 'give-back', photoshootId, pictureId, credits } as const;
  return { credits, ...(await returnCredits(tx, returned)) };
}

async function readGivable(
  db: Database,
  input: { pictureId: number; userId: number } & GiveBackQuota,
  now: Date,
) {
  const [picture] = await db.select().from(processedImages).where(own(input));
  if (picture === undefined || picture.state !== 'delivered') {
    throw new AppError('not-found', 'this person has no such picture');
  }
  if (picture.givenBackAt !== null) throw new AppError('already-given-back', 'the credit is back already');
  // Ours to see, and seen: it is no favour.
  if (!isOurDrift(picture)) await keepQuota(db, input, now);
  return picture;
}

/** @throws AppError give-back-quota for the day's limit, give-back-share for the share of all */
async function keepQuota(
  db: Database,
  { userId, perDay, sharePercent }: { userId: number } & GiveBackQuota,
  now: Date,
): Promise<void> {
  const [row] = await db
    .select({
      delivered: count(),
      givenBack: countWhere(sql`${processedImages.givenBackAt} is not null and ${isFavour}`),
      today: countWhere(
        sql`${gte(processedImages.givenBackAt, new Date(now.getTime() - DAY_MS))} and ${isFavour}`,
      ),
    })
    .from(processedImages)
    .where(and(eq(processedImages.userId, userId), eq(processedImages.state, 'delivered')));
  const { delivered, givenBack, today } = row ?? { delivered: 0, givenBack: 0, today: 0 };
  const share = Math.max(perDay, Math.floor((delivered * sharePercent) / 100));
  if (today >= perDay) {
    throw new AppError('give-back-quota', 'the fair-use number of a day is reached', { details: { perDay } });
  }
  if (givenBack >= share) {
    throw new AppError('give-back-share', 'the fair-use share is reached', {
      details: { percent: sharePercent, perDay },
    });
  }
}

/** What a seller gave back of their own accord; what drifted by our doing takes nothing off their quota. */
const isFavour = sql`not (${processedImages.likeness} is not distinct from 'drifted'
  and ${isOneOf(
    processedImages.styleOrigin,
    STYLE_ORIGINS.filter((origin) => !isSellersWords(origin)),
  )})`;

function countWhere(condition: SQL) {
  return sql`count(*) filter (where ${condition})`.mapWith(Number);
}

/**
 * Keeps why, the first answer only; it feeds the quality figures.
 * @returns false when this person has given no such picture back
 */
export async function explainGiveBack(
  db: Database,
  input: { pictureId: number; userId: number; reason: GiveBackReason },
): Promise<boolean> {
  const explained = await db
    .update(processedImages)
    .set({ givenBackReason: sql`coalesce(${processedImages.givenBackReason}, ${input.reason})` })
    .where(and(own(input), isNotNull(processedImages.givenBackAt)))
    .returning({ id: processedImages.id });
  return explained.length > 0;
}

function own(input: { pictureId: number; userId: number }) {
  return and(eq(processedImages.id, input.pictureId), eq(processedImages.userId, input.userId));
}
