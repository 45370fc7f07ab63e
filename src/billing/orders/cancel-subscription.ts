/**
 * Ending a subscription at the end of the period that is paid. Telegram is told first, outside a transaction
 * and as often as it takes, because it renews; then the row says so.
 */
import { and, asc, eq, exists, gt, isNotNull, lt, notExists } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Database } from '../../database/client.ts';
import { orders, subscriptions, users } from '../../database/schema/index.ts';
import { AppError } from '../../errors.ts';

/** What editUserStarSubscription needs. */
export type EndingSubscription = { orderId: number; userId: number; chargeId: string };

const columns = {
  orderId: subscriptions.orderId,
  userId: subscriptions.userId,
  chargeId: subscriptions.firstChargeId,
};

/**
 * The subscription that is to be ended.
 * @param input.userId whose it has to be; null when an admin asks
 * @throws AppError not-found: none, over, cancelled already, or somebody else's
 */
export async function readRenewing(
  db: Database,
  input: { orderId: number; userId: number | null },
  now: Date,
): Promise<EndingSubscription> {
  const [renewing] = await db
    .select(columns)
    .from(subscriptions)
    .where(
      and(
        isRenewing(now),
        eq(subscriptions.orderId, input.orderId),
        input.userId === null ? undefined : eq(subscriptions.userId, input.userId),
      ),
    );
  if (renewing === undefined) throw new AppError('not-found', 'there is no such subscription that renews');
  return renewing;
}

/**
 * A subscription that ends with the paid period and may go on after it: nothing was refunded, and no other one renews.
 * @throws AppError not-found
 */
export async function readEnding(
  db: Database,
  input: { orderId: number; userId: number },
  now: Date,
): Promise<EndingSubscription> {
  const other = alias(subscriptions, 'other');
  const [ending] = await db
    .select(columns)
    .from(subscriptions)
    .innerJoin(orders, eq(orders.id, subscriptions.orderId))
    .where(
      and(
        eq(subscriptions.orderId, input.orderId),
        eq(subscriptions.userId, input.userId),
        eq(subscriptions.cancelled, true),
        gt(subscriptions.paidUntil, now),
        eq(orders.state, 'paid'),
        notExists(
          db
            .select({ orderId: other.orderId })
            .from(other)
            .where(
              and(
                eq(other.userId, subscriptions.userId),
                eq(other.cancelled, false),
                gt(other.paidUntil, now),
              ),
            ),
        ),
      ),
    );
  if (ending === undefined) throw new AppError('not-found', 'there is no such subscription that ends');
  return ending;
}

/** Telegram has been told. @returns false when it was cancelled before */
export async function markCancelled(db: Database, orderId: number): Promise<boolean> {
  const marked = await db
    .update(subscriptions)
    .set({ cancelled: true })
    .where(and(eq(subscriptions.orderId, orderId), eq(subscriptions.cancelled, false)))
    .returning({ orderId: subscriptions.orderId });
  return marked.length > 0;
}

/** Subscriptions whose money went back and that would be renewed all the same. */
export async function readRefundedButRenewing(db: Database, now: Date): Promise<EndingSubscription[]> {
  return db
    .select(columns)
    .from(subscriptions)
    .innerJoin(orders, eq(orders.id, subscriptions.orderId))
    .where(and(isRenewing(now), eq(orders.state, 'refunded')))
    .orderBy(asc(subscriptions.orderId));
}

/** Subscriptions of people whose data is about to be deleted: whoever leaves pays no more. */
export async function readLeaversRenewing(db: Database, now: Date): Promise<EndingSubscription[]> {
  return db
    .select(columns)
    .from(users)
    .innerJoin(subscriptions, eq(subscriptions.userId, users.id))
    .where(and(isRenewing(now), isNotNull(users.deletionDueAt)))
    .orderBy(asc(subscriptions.orderId));
}

/** Subscriptions of people who have an earlier one that renews as well, so that they would pay twice a month. */
export async function readSurplus(db: Database, now: Date): Promise<EndingSubscription[]> {
  const earlier = alias(subscriptions, 'earlier');
  return db
    .select(columns)
    .from(subscriptions)
    .where(
      and(
        isRenewing(now),
        exists(
          db
            .select({ orderId: earlier.orderId })
            .from(earlier)
            .where(
              and(
                eq(earlier.userId, subscriptions.userId),
                lt(earlier.orderId, subscriptions.orderId),
                eq(earlier.cancelled, false),
                gt(earlier.paidUntil, now),
              ),
            ),
        ),
      ),
    )
    .orderBy(asc(subscriptions.orderId));
}

function isRenewing(now: Date) {
  return and(eq(subscriptions.cancelled, false), gt(subscriptions.paidUntil, now));
}
