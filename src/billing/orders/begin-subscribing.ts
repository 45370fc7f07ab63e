import { and, eq, gt } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { orders, subscriptions, users } from '../../database/schema/index.ts';
import type { Order } from './create-order.ts';

/** How long a payment may be under way before another one may be tried. */
const UNDER_WAY_MS = 120_000;
/** A renewal may come a little before the end of the period; what comes earlier is an old link, paid once more. */
const EARLY_RENEWAL_MS = 86_400_000;

/**
 * A subscription is about to be paid, or to renew. A person has one that renews: Telegram would renew each, and
 * nobody wants two. `tx` holds the order's lock; the person's row is locked too, so that of several checkouts at
 * once the second one sees the first.
 * @returns false when one renews already, or its payment is under way
 */
export async function beginSubscribing(tx: Database, order: Order, now: Date): Promise<boolean> {
  if (order.state === 'paid') {
    const soon = new Date(now.getTime() + EARLY_RENEWAL_MS);
    const isPaid = and(eq(subscriptions.orderId, order.id), gt(subscriptions.paidUntil, soon));
    return (await tx.$count(subscriptions, isPaid)) === 0;
  }
  const { userId } = order;
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('no key update');
  const renews = and(
    eq(subscriptions.userId, userId),
    eq(subscriptions.cancelled, false),
    gt(subscriptions.paidUntil, now),
  );
  const isUnderWay = and(
    eq(orders.userId, userId),
    eq(orders.kind, 'subscription'),
    eq(orders.state, 'pending'),
    gt(orders.checkoutAt, new Date(now.getTime() - UNDER_WAY_MS)),
  );
  if ((await tx.$count(subscriptions, renews)) + (await tx.$count(orders, isUnderWay)) > 0) return false;
  await tx.update(orders).set({ checkoutAt: now }).where(eq(orders.id, order.id));
  return true;
}
