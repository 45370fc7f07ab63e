import { and, eq, gt, sql } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { referralRewards, users } from '../../database/schema/index.ts';
import { moveCredits } from '../ledger/move-credits.ts';

export type ReferralSettings = Readonly<{
  /** Credits for the first delivered picture of somebody new. */
  startReward: number;
  /** Per cent of the credits of each purchase. */
  purchasePercent: number;
  /** Credits that one person can earn by invitations in thirty days. */
  monthlyCap: number;
}>;

export type Reward = { inviterId: number /** Whole credits that were given now. */; credits: number };

const MONTH_MS = 30 * 86_400_000;

/**
 * Rewards whoever brought this person for their first delivered picture: once an invited person, whatever is
 * delivered later. Call it in the transaction that records the delivery.
 * @returns null when nobody brought them, or it was rewarded before
 */
export async function rewardFirstPicture(
  tx: Database,
  userId: number,
  settings: ReferralSettings,
  now: Date,
): Promise<Reward | null> {
  const { invitedBy: inviterId } = await lockPerson(tx, userId);
  if (inviterId === null) return null;
  // The invited person's row is locked, so what is not there now will not be there until this is written.
  const [earlier] = await tx
    .select({ id: referralRewards.id })
    .from(referralRewards)
    .where(
      and(
        eq(referralRewards.inviterId, inviterId),
        eq(referralRewards.invitedId, userId),
        eq(referralRewards.kind, 'start'),
      ),
    )
    .limit(1);
  if (earlier !== undefined) return null;
  const key = `reward:start:${userId}`;
  const hundredths = settings.startReward * 100;
  const earning = { inviterId, invitedId: userId, kind: 'start', paymentId: null, hundredths, key } as const;
  return earn(tx, earning, settings.monthlyCap, now);
}

/**
 * Rewards whoever brought the buyer with a share of the credits that were bought, once a payment. Call it in
 * the transaction of the payment.
 * @returns null when nobody brought the buyer, or this payment was rewarded before
 */
export async function rewardPurchase(
  tx: Database,
  purchase: { paymentId: number; userId: number; credits: number },
  settings: ReferralSettings,
  now: Date,
): Promise<Reward | null> {
  const { paymentId, userId, credits } = purchase;
  const { invitedBy: inviterId } = await lockPerson(tx, userId);
  if (inviterId === null) return null;
  const key = `reward:purchase:${paymentId}`;
  // A per cent of a credit is a hundredth of it.
  const hundredths = credits * settings.purchasePercent;
  const earning = { inviterId, invitedId: userId, kind: 'purchase', paymentId, hundredths, key } as const;
  return earn(tx, earning, settings.monthlyCap, now);
}

type Earning = {
  inviterId: number;
  invitedId: number;
  kind: 'start' | 'purchase';
  paymentId: number | null;
  hundredths: number;
  key: string;
};

/**
 * Turns what was earned into whole credits and carries the rest over. The inviter's row is locked from here
 * on, so the cap and the fraction are exact however many of the invited buy at once.
 * @returns null when this payment was rewarded before
 */
async function earn(tx: Database, earning: Earning, monthlyCap: number, now: Date): Promise<Reward | null> {
  const { hundredths, key, ...row } = earning;
  const { carried } = await lockPerson(tx, earning.inviterId);
  const room = Math.max(0, monthlyCap - (await readEarned(tx, earning.inviterId, now)));
  // What goes beyond the cap is lost; a fraction below the next credit is kept, for it is not a credit yet.
  const reached = Math.min(carried + hundredths, room * 100 + 99);
  const credits = Math.floor(reached / 100);
  const [recorded] = await tx
    .insert(referralRewards)
    .values({ ...row, hundredths: reached - carried, credits, createdAt: now })
    .onConflictDoNothing({ target: referralRewards.paymentId })
    .returning({ id: referralRewards.id });
  if (recorded === undefined) return null;
  await tx
    .update(users)
    .set({ rewardHundredths: reached % 100 })
    .where(eq(users.id, earning.inviterId));
  if (credits > 0) {
    const payment = earning.paymentId === null ? {} : { paymentId: earning.paymentId };
    await moveCredits(tx, { userId: earning.inviterId, kind: 'reward', credits, key, ...payment });
  }
  return { inviterId: earning.inviterId, credits };
}

/** Credits that this person has earned in the last thirty days. */
async function readEarned(tx: Database, inviterId: number, now: Date): Promise<number> {
  const [row] = await tx
    .select({ credits: sql`coalesce(sum(${referralRewards.credits}), 0)`.mapWith(Number) })
    .from(referralRewards)
    .where(
      and(
        eq(referralRewards.inviterId, inviterId),
        gt(referralRewards.createdAt, new Date(now.getTime() - MONTH_MS)),
      ),
    );
  return row?.credits ?? 0;
}

/**
 * What rewards have to know of a person, whose row stays locked until the transaction ends.
 * Always the invited person first and their inviter second: whoever invites was there before, so these locks
 * go up a tree and can never wait for each other in a circle. The lock leaves keys alone: a `for update` would
 * wait for every ledger entry that refers to the person and is not committed yet.
 */
export async function lockPerson(
  tx: Database,
  userId: number,
): Promise<{ invitedBy: number | null; carried: number; credits: number }> {
  const [person] = await tx
    .select({ invitedBy: users.invitedBy, carried: users.rewardHundredths, credits: users.credits })
    .from(users)
    .where(eq(users.id, userId))
    .for('no key update');
  if (person === undefined) throw new Error('a person of a reward is not there');
  return person;
}
