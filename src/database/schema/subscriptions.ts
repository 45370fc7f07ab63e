import { bigint, boolean, index, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, timestamptz } from './columns.ts';
import { orders } from './orders.ts';
import { users } from './users.ts';

/** A monthly subscription: one row an order; its charges are payments. */
export const subscriptions = pgTable(
  'subscriptions',
  {
    orderId: bigint('order_id', { mode: 'number' })
      .primaryKey()
      .references(() => orders.id),
    userId: bigint('user_id', { mode: 'number' })
      .notNull()
      .references(() => users.id),
    /** The first charge: what editUserStarSubscription asks for. */
    firstChargeId: text('first_charge_id').notNull(),
    paidUntil: timestamptz('paid_until').notNull(),
    /** True: it ends with the paid period. */
    cancelled: boolean().notNull().default(false),
    createdAt: createdAt(),
  },
  (table) => [index('idx_subscriptions_user').on(table.userId)],
);
