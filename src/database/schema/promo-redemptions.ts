import { sql } from 'drizzle-orm';
import { bigint, index, integer, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { createdAt, timestamptz } from './columns.ts';
import { orders } from './orders.ts';
import { promoCodes } from './promo-codes.ts';
import { users } from './users.ts';

/** One use of a code by one person; a percentage waits here for the next purchase. */
export const promoRedemptions = pgTable(
  'promo_redemptions',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    code: text()
      .notNull()
      .references(() => promoCodes.code),
    userId: bigint('user_id', { mode: 'number' })
      .notNull()
      .references(() => users.id),
    /** The person's how-manieth use of this code, from 1: two at once meet the same number. */
    number: integer().notNull(),
    /** The message that asked: an update that is handled twice uses the code once. */
    key: text().notNull(),
    /** Of a percentage: the order that it belongs to, from its checkout on; null while it is free. */
    orderId: bigint('order_id', { mode: 'number' }).references(() => orders.id),
    /** Of a percentage: when a purchase used it up. */
    usedAt: timestamptz('used_at'),
    createdAt: createdAt(),
  },
  (table) => [
    unique('promo_redemptions_number').on(table.code, table.userId, table.number),
    unique('promo_redemptions_key').on(table.key),
    unique('promo_redemptions_order').on(table.orderId),
    index('idx_promo_redemptions_user').on(table.userId),
    // The discounts that wait for a person's next purchase.
    index('idx_promo_redemptions_unused').on(table.userId).where(sql`${table.usedAt} is null`),
  ],
);
