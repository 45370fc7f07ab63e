/** Orders as an owner looks at them. */
import { and, desc, eq } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { type OrderState, orders, users } from '../../database/schema/index.ts';
import type { Rows } from '../../owners/page.ts';

export type OrderEntry = Pick<
  typeof orders.$inferSelect,
  'id' | 'userId' | 'kind' | 'state' | 'packageName' | 'credits' | 'currency' | 'amount' | 'createdAt'
> & { buyer: string };

/** The newest orders: of everybody or of one person, in any state or in one. */
export async function readOrders(
  db: Database,
  { userId, state, limit, offset }: { userId: number | null; state: OrderState | null } & Rows,
): Promise<OrderEntry[]> {
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
      ),
    )
    .orderBy(desc(orders.createdAt), desc(orders.id))
    .limit(limit)
    .offset(offset);
}
