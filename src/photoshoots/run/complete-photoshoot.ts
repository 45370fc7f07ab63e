import { and, eq, sql, type WithSubquery } from 'drizzle-orm';
import { moveCredits } from '../../billing/ledger/move-credits.ts';
import { type ReferralSettings, rewardFirstPicture } from '../../billing/referrals/reward-inviter.ts';
import { returnCredits } from '../../billing/refunds/return-credits.ts';
import type { Database } from '../../database/client.ts';
import { photoshoots, processedImages, users } from '../../database/schema/index.ts';
import { firstStep, recordFirst } from '../../statistics/record-event.ts';
import { worthOf } from '../picture-price.ts';
import { takeLockedStep } from '../take-step.ts';
import type { Run } from './record-picture.ts';
import { type Ended, hasEnded, leaseEnd, type Picture, readPictures } from './start-photoshoot.ts';

export type SentPicture = {
  pictureId: number;
  fileId: string;
  messageId: number;
  /** What it looks like; null where nobody could say. */
  look: string | null;
};

export type Completion = {
  delivered: number;
  released: number;
  photoshoot: Ended;
};

/**
 * Notes that the album is about to be sent, and keeps the lease for its sending. If the process dies before the
 * sending is recorded, the next run finds this and says that the album may be a repeat.
 * @returns false when this run no longer has the photoshoot
 */
export async function beginDelivery(db: Database, { photoshootId, run }: Run): Promise<boolean> {
  const begun = await db
    .update(photoshoots)
    .set({ deliveryStartedAt: sql`coalesce(${photoshoots.deliveryStartedAt}, now())`, leaseUntil: leaseEnd })
    .where(
      and(eq(photoshoots.id, photoshootId), eq(photoshoots.run, run), eq(photoshoots.state, 'generating')),
    )
    .returning({ id: photoshoots.id });
  return begun.length > 0;
}

/** The sending is known not to have happened, so a next run must not speak of a repeat. */
export async function forgetDelivery(
  db: Database,
  { photoshootId, run }: Run,
  mayHaveBeenSentBefore: boolean,
): Promise<void> {
  if (mayHaveBeenSentBefore) return;
  await db
    .update(photoshoots)
    .set({ deliveryStartedAt: null })
    .where(and(eq(photoshoots.id, photoshootId), eq(photoshoots.run, run)));
}

/**
 * Ends a photoshoot: captures what each picture that was sent is worth and releases what is left of it, and the
 * credits of all others, in one transaction with the states. The run keeps it, so that nobody else tells how it ended. A person's first
 * picture is also a step of the funnel, and a reward for who brought them.
 * @param failureCode why, should nothing have been delivered
 * @returns null when this run no longer has the photoshoot; then nothing was changed
 */
export async function completePhotoshoot(
  { db, referral }: { db: Database; referral: ReferralSettings },
  { photoshootId, run }: Run,
  sent: readonly SentPicture[],
  failureCode: string,
): Promise<Completion | null> {
  return db.transaction(async (tx) => {
    const inviter = tx.select({ id: users.invitedBy }).from(users).where(eq(users.id, photoshoots.userId));
    const [row] = await tx
      .select({
        userId: photoshoots.userId,
        cancelRequestedAt: photoshoots.cancelRequestedAt,
        // Written when a person first comes, before any picture.
        isInvited: sql<boolean>`(${inviter}) is not null`,
      })
      .from(photoshoots)
      .where(
        and(eq(photoshoots.id, photoshootId), eq(photoshoots.run, run), eq(photoshoots.state, 'generating')),
      )
      .for('update');
    if (row === undefined) return null;
    const cancelled = row.cancelRequestedAt !== null;
    const pictures = await readPictures(tx, photoshootId);
    const arrived = pictures.filter(({ id }) => sent.some(({ pictureId }) => pictureId === id));
    for (const picture of pictures) {
      const move = { userId: row.userId, photoshootId, pictureId: picture.id };
      if (arrived.includes(picture)) await capture(tx, move, picture);
      else {
        await endUndelivered(tx, picture, cancelled, failureCode);
        await returnCredits(tx, { ...move, credits: picture.credits, kind: 'release' });
      }
    }
    const delivered = arrived.length;
    // What was rewarded was recorded in the same transaction.
    if (delivered > 0 && row.isInvited && (await recordFirst(tx, row.userId, 'first-picture')))
      await rewardFirstPicture(tx, row.userId, referral, new Date());
    const step = cancelled ? 'stop' : delivered > 0 ? 'complete' : 'fail';
    const end = {
      finishedAt: sql`now()`,
      ...(step === 'fail' ? { failureCode: firstFailure(pictures) ?? failureCode } : {}),
    };
    const beside = delivered === 0 ? [] : arrival(tx, { photoshootId, userId: row.userId }, sent);
    const photoshoot = await takeLockedStep(tx, step, photoshootId, end, beside);
    if (!hasEnded(photoshoot)) throw new Error(`“${step}” is no end of a photoshoot`);
    return { delivered, released: pictures.length - delivered, photoshoot };
  });
}

/** What was sent is paid for with what it is worth; what is left of what was reserved for it comes back. */
async function capture(
  tx: Database,
  move: Readonly<{ userId: number; photoshootId: number; pictureId: number }>,
  picture: Picture,
): Promise<void> {
  const { id, creditsSaved: saved } = picture;
  await moveCredits(tx, { ...move, credits: worthOf(picture), kind: 'capture', key: `capture:${id}` });
  if (saved > 0) await returnCredits(tx, { ...move, credits: saved, kind: 'release' });
}

/** That pictures arrived, and for a person's first ones the step in the funnel, to be written with the end. */
function arrival(
  tx: Database,
  { photoshootId, userId }: Readonly<{ photoshootId: number; userId: number }>,
  sent: readonly SentPicture[],
): WithSubquery[] {
  const arrived = tx
    .update(processedImages)
    .set({
      state: 'delivered',
      photoFileId: sql`message."fileId"`,
      photoMessageId: sql`message."messageId"`,
      look: sql`message.look::bit(64)`,
      deliveredAt: sql`now()`,
    })
    .from(
      sql`jsonb_to_recordset(${JSON.stringify(sent)}::text::jsonb)
        as message ("pictureId" bigint, "fileId" text, "messageId" bigint, look text)`,
    )
    .where(
      and(eq(processedImages.photoshootId, photoshootId), eq(processedImages.id, sql`message."pictureId"`)),
    )
    .returning({ id: processedImages.id });
  return [tx.$with('arrived').as(arrived), firstStep(tx, userId, 'first-picture')];
}

async function endUndelivered(
  tx: Database,
  picture: Picture,
  cancelled: boolean,
  failureCode: string,
): Promise<void> {
  if (picture.state !== 'waiting' && picture.state !== 'made') return;
  await tx
    .update(processedImages)
    .set(cancelled ? { state: 'cancelled' } : { state: 'failed', failureCode })
    .where(eq(processedImages.id, picture.id));
}

function firstFailure(pictures: readonly Picture[]): string | null {
  return pictures.find((picture) => picture.failureCode !== null)?.failureCode ?? null;
}

/**
 * The seller knows how the photoshoot ended: nothing is left to be done, and whoever told it gives it back.
 * @param run of whoever told it; what another one has stays theirs
 */
export async function rememberOutcomeTold(
  db: Database,
  photoshootId: number,
  run: number | null = null,
): Promise<void> {
  await db
    .update(photoshoots)
    .set({
      outcomeToldAt: sql`coalesce(${photoshoots.outcomeToldAt}, now())`,
      leaseUntil: sql`case when ${photoshoots.run} = ${run}::int then null else ${photoshoots.leaseUntil} end`,
    })
    .where(eq(photoshoots.id, photoshootId));
}
