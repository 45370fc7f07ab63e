/** Somebody wants their data deleted: what that costs them, and the days in which they may come back. */
import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import { endOrders } from '../billing/orders/end-orders.ts';
import { NOTHING_AWAITED } from '../customers/stop-waiting.ts';
import type { Database } from '../database/client.ts';
import { isOneOf } from '../database/is-one-of.ts';
import {
  orders,
  payments,
  photoshoots,
  processedImages,
  subscriptions,
  users,
} from '../database/schema/index.ts';
import { IN_WORK } from '../photoshoots/steps.ts';
import { takeStep } from '../photoshoots/take-step.ts';
import { COME_BACK_DAYS } from './retention.ts';

const DAY_MS = 86_400_000;

/** What a person would lose, or has to know before. */
export type Stake = {
  /** Credits that can be ordered with now, and those of pictures being made. */
  credits: number;
  reserved: number;
  pictures: number;
  /** Photoshoots that are being made. */
  atWork: number;
  payments: number;
  /** Payments that an owner still has to decide on, or whose refund is under way: the deletion waits for them. */
  openPayments: number;
  renews: boolean;
};

export async function readStake(db: Database, userId: number, now: Date): Promise<Stake> {
  const [person] = await db
    .select({ credits: users.credits, reserved: users.reservedCredits })
    .from(users)
    .where(eq(users.id, userId));
  const isTheirs = eq(payments.userId, userId);
  return {
    credits: Math.max(0, person?.credits ?? 0),
    reserved: person?.reserved ?? 0,
    pictures: await db.$count(
      processedImages,
      and(eq(processedImages.userId, userId), eq(processedImages.state, 'delivered')),
    ),
    atWork: await db.$count(
      photoshoots,
      and(eq(photoshoots.userId, userId), isOneOf(photoshoots.state, IN_WORK)),
    ),
    payments: await db.$count(payments, isTheirs),
    openPayments: await db.$count(payments, and(isTheirs, isOneOf(payments.state, ['held', 'refunding']))),
    renews:
      (await db.$count(
        subscriptions,
        and(
          eq(subscriptions.userId, userId),
          eq(subscriptions.cancelled, false),
          gt(subscriptions.paidUntil, now),
        ),
      )) > 0,
  };
}

/**
 * From now on nothing is sold to the person and nothing is told to them; what is being made ends as it would. Of two
 * taps the second one changes nothing.
 * @returns when the data is deleted; null for somebody who is not known
 */
export async function requestDeletion(db: Database, userId: number, now: Date): Promise<Date | null> {
  return db.transaction(async (tx) => {
    // In the order in which a payment locks them: orders, photoshoots, the person.
    await endOrders(tx, eq(orders.userId, userId), 'cancelled');
    await takeStep(tx, 'expire', eq(photoshoots.userId, userId));
    await tx.execute(sql`delete from broadcast_readers where user_id = ${userId} and state = 'waiting'`);
    await tx
      .update(users)
      .set({ ...NOTHING_AWAITED, deletionDueAt: new Date(now.getTime() + COME_BACK_DAYS * DAY_MS) })
      .where(and(eq(users.id, userId), isNull(users.deletionDueAt)));
    const [person] = await tx.select({ dueAt: users.deletionDueAt }).from(users).where(eq(users.id, userId));
    return person?.dueAt ?? null;
  });
}
