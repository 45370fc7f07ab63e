/** Orders as an owner looks at them. */
import { and, asc, desc, eq } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { type OrderState, orders, users } from '../../database/schema/index.ts';
import { within } from '../../database/within.ts';
import { ALWAYS, type Listing } from '../../owners/page.ts';

export type OrderEntry = Pick<
  typeof orders.$inferSelect,
  'id' | 'userId' | 'kind' | 'state' | 'packageName' | 'credits' | 'currency' | 'amount' | 'createdAt'
> & { buyer: string };

/** Orders by their age: of everybody or of one person, in any state or in one. */
export async function readOrders(
  db: Database,
  {
    userId,
    state,
    during = ALWAYS,
    order = 'newest',
    limit,
    offset,
  }: { userId: number | null; state: OrderState | null } & Listing,
): Promise<OrderEntry[]> {
  const inOrder = order === 'newest' ? desc : asc;
  return db
    .select({
      id: orders.id,
      userId: orders.userId,
      kind: orders.kind,
      state: orders.state,
      packageName: orders.packageName,
      credits: orders.credits,
      currency: orders.currency,
      amount: orders.amount,
      createdAt: orders.createdAt,
      buyer: users.firstName,
    })
    .from(orders)
    .innerJoin(users, eq(users.id, orders.userId))
    .where(
      and(
        userId === null ? undefined : eq(orders.userId, userId),
        state === null ? undefined : eq(orders.state, state),
        within(orders.createdAt, during),
      ),
    )
    .orderBy(inOrder(orders.createdAt), inOrder(orders.id))
    .limit(limit)
    .offset(offset);
}
