import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, oneOf, timestamptz } from './columns.ts';
import { users } from './users.ts';

export const ORDER_STATES = ['pending', 'paid', 'cancelled', 'expired', 'refunded'] as const;
export type OrderState = (typeof ORDER_STATES)[number];
export const ORDER_KINDS = ['package', 'subscription'] as const;
export type OrderKind = (typeof ORDER_KINDS)[number];

/** A purchase of a package: what was offered, at what price, to whom. It keeps its own copy of all three. */
export const orders = pgTable(
  'orders',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    userId: bigint('user_id', { mode: 'number' })
      .notNull()
      .references(() => users.id),
    kind: text({ enum: ORDER_KINDS }).notNull(),
    state: text({ enum: ORDER_STATES }).notNull().default('pending'),
    packageName: text('package_name').notNull(),
    credits: integer().notNull(),
    /** `XTR` (Stars), or the currency of card payments. */
    currency: text().notNull(),
    /** Whole Stars, or the currency's smallest unit; after a promo code's discount. */
    amount: integer().notNull(),
    /** The photoshoot that waits for this payment and starts by itself when it lands. */
    photoshootId: bigint('photoshoot_id', { mode: 'number' }),
    /** The redemption whose percentage this price has been lowered by. */
    promoRedemptionId: bigint('promo_redemption_id', { mode: 'number' }),
    /** The message with the invoice; null for an invoice link. */
    invoiceMessageId: bigint('invoice_message_id', { mode: 'number' }),
    createdAt: createdAt(),
    expiresAt: timestamptz('expires_at').notNull(),
    /** Of a subscription: when its last checkout was agreed to; its payment may be under way. */
    checkoutAt: timestamptz('checkout_at'),
    paidAt: timestamptz('paid_at'),
  },
  (table) => [
    index('idx_orders_created').on(table.createdAt),
    index('idx_orders_paid').on(table.paidAt),
    index('idx_orders_status_created').on(table.state, table.createdAt),
    index('idx_orders_user_status').on(table.userId, table.state),
    index('idx_orders_photoshoot').on(table.photoshootId),
    oneOf(table.state, ORDER_STATES),
    oneOf(table.kind, ORDER_KINDS),
    check('orders_positive', sql`${table.credits} > 0 and ${table.amount} > 0`),
  ],
);
