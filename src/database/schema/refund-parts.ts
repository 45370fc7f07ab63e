import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { timestamptz } from './columns.ts';
import { payments } from './payments.ts';

/**
 * Parts of card payments that owners have given back at the provider, one row each. Their sums stand in `payments`,
 * which never holds more of them than was paid.
 */
export const refundParts = pgTable(
  'refund_parts',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    paymentId: bigint('payment_id', { mode: 'number' })
      .notNull()
      .references(() => payments.id),
    /** The currency's smallest unit. */
    amount: integer().notNull(),
    /** The credits that go with it, whether they were there or are owed. */
    credits: integer().notNull(),
    /** What asked for it, such as `request:12`; a repeat of it meets this key and changes nothing. */
    key: text().notNull(),
    /** The owner who gave it back. */
    givenBy: bigint('given_by', { mode: 'number' }).notNull(),
    givenAt: timestamptz('given_at').notNull(),
  },
  (table) => [
    unique('refund_parts_key').on(table.key),
    index('idx_refund_parts_payment').on(table.paymentId),
    index('idx_refund_parts_given').on(table.givenAt),
    index('idx_refund_parts_given_by').on(table.givenBy),
    check('refund_parts_positive', sql`${table.amount} > 0 and ${table.credits} >= 0`),
  ],
);
