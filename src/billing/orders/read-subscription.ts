import { and, asc, desc, eq, gt } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { subscriptions } from '../../database/schema/index.ts';

export type Subscription = typeof subscriptions.$inferSelect;

/** The subscription that is paid for now, if there is one; of several one that renews, since it can be ended. */
export async function readSubscription(
  db: Database,
  userId: number,
  now: Date,
): Promise<Subscription | null> {
  const [running] = await db
    .select()
    .from(subscriptions)
    .where(and(eq(subscriptions.userId, userId), gt(subscriptions.paidUntil, now)))
    .orderBy(asc(subscriptions.cancelled), desc(subscriptions.paidUntil))
    .limit(1);
  return running ?? null;
}
