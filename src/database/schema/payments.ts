import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { createdAt, oneOf, timestamptz } from './columns.ts';
import { orders } from './orders.ts';
import { users } from './users.ts';

export const PAYMENT_STATES = ['credited', 'held', 'refunding', 'refunded', 'charged-back'] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];

export const PAYMENT_SOURCES = ['update', 'reconciliation'] as const;
export type PaymentSource = (typeof PAYMENT_SOURCES)[number];

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
    /** Of the amount, what went back in parts (`refund_parts`). */
    givenBack: integer('given_back').notNull().default(0),
    /** Of the credits, those that went with the parts (`billing/refunds/parts.ts` has the rule). */
    reclaimed: integer().notNull().default(0),
    /** Why it is held: what did not fit. */
    heldReason: text('held_reason'),
    /** `update`: Telegram told us; `reconciliation`: found among the transactions, the update was lost. */
    source: text({ enum: PAYMENT_SOURCES }).notNull(),
    /** Of a subscription: until when this charge pays; one charge a period is credited. */
    paidUntil: timestamptz('paid_until'),
    createdAt: createdAt(),
    refundRequestedAt: timestamptz('refund_requested_at'),
    refundedAt: timestamptz('refunded_at'),
    /**
     * Set when its refund took back less than it bought, by the clock of the database: the pictures that were
     * ordered until then pay the rest as their credits come back. How much that is stands in the ledger.
     */
    owedSince: timestamptz('owed_since'),
    /** The admin who refunded it. */
    refundedBy: bigint('refunded_by', { mode: 'number' }),
  },
  (table) => [
    unique('payments_charge').on(table.telegramPaymentChargeId),
    unique('payments_period').on(table.orderId, table.paidUntil),
    index('idx_payments_user_created').on(table.userId, table.createdAt),
    index('idx_payments_created').on(table.createdAt),
    index('idx_payments_refunded').on(table.refundedAt).where(sql`${table.refundedAt} is not null`),
    index('idx_payments_refunded_by').on(table.refundedBy).where(sql`${table.refundedBy} is not null`),
    index('idx_payments_open').on(table.state).where(sql`${table.state} in ('held', 'refunding')`),
    oneOf(table.state, PAYMENT_STATES),
    check(
      'payments_parts',
      sql`${table.givenBack} between 0 and ${table.amount} and ${table.reclaimed} between 0 and ${table.credits}`,
    ),
  ],
);
