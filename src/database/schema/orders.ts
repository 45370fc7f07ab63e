import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  pgTable,
  text,
  timestamp,
  unique,
} from 'drizzle-orm/pg-core';
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
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
    expiresAt: timestamp('expires_at', { withTimezone: true, precision: 3 }).notNull(),
    paidAt: timestamp('paid_at', { withTimezone: true, precision: 3 }),
  },
  (table) => [
    index('idx_orders_created').on(table.createdAt),
    index('idx_orders_paid').on(table.paidAt),
    index('idx_orders_status_created').on(table.state, table.createdAt),
    index('idx_orders_user_status').on(table.userId, table.state),
    index('idx_orders_photoshoot').on(table.photoshootId),
    check('orders_state', sql`${table.state} in ('pending', 'paid', 'cancelled', 'expired', 'refunded')`),
    check('orders_kind', sql`${table.kind} in ('package', 'subscription')`),
    check('orders_positive', sql`${table.credits} > 0 and ${table.amount} > 0`),
  ],
);

export const PAYMENT_STATES = ['credited', 'held', 'refunding', 'refunded', 'charged-back'] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];

/** Money that arrived, once for each charge; what became of it is its state. */
export const payments = pgTable(
  'payments',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** Null for money that fits no order of ours: it is held, and the admins decide. */
    orderId: bigint('order_id', { mode: 'number' }).references(() => orders.id),
    userId: bigint('user_id', { mode: 'number' })
      .notNull()
      .references(() => users.id),
    telegramPaymentChargeId: text('telegram_payment_charge_id').notNull(),
    providerPaymentChargeId: text('provider_payment_charge_id'),
    currency: text().notNull(),
    amount: integer().notNull(),
    /** The credits that it bought; 0 while it is held. */
    credits: integer().notNull(),
    state: text({ enum: PAYMENT_STATES }).notNull(),
    /** Why it is held: what did not fit. */
    heldReason: text('held_reason'),
    /** `update`: Telegram told us; `reconciliation`: found among the transactions, the update was lost. */
    source: text({ enum: ['update', 'reconciliation'] }).notNull(),
    /** Of a subscription: until when this charge pays; one charge a period is credited. */
    paidUntil: timestamp('paid_until', { withTimezone: true, precision: 3 }),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
    refundRequestedAt: timestamp('refund_requested_at', { withTimezone: true, precision: 3 }),
    refundedAt: timestamp('refunded_at', { withTimezone: true, precision: 3 }),
    /** The admin who refunded it. */
    refundedBy: bigint('refunded_by', { mode: 'number' }),
  },
  (table) => [
    unique('payments_charge').on(table.telegramPaymentChargeId),
    unique('payments_period').on(table.orderId, table.paidUntil),
    index('idx_payments_user_created').on(table.userId, table.createdAt.desc()),
    index('idx_payments_created').on(table.createdAt),
    index('idx_payments_open').on(table.state).where(sql`${table.state} in ('held', 'refunding')`),
    check(
      'payments_state',
      sql`${table.state} in ('credited', 'held', 'refunding', 'refunded', 'charged-back')`,
    ),
  ],
);

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
    paidUntil: timestamp('paid_until', { withTimezone: true, precision: 3 }).notNull(),
    /** True: it ends with the paid period. */
    cancelled: boolean().notNull().default(false),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [index('idx_subscriptions_user').on(table.userId)],
);
