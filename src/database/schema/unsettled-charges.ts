import { sql } from 'drizzle-orm';
import { bigint, check, pgTable, text, timestamp, unique } from 'drizzle-orm/pg-core';

export const CHARGE_KINDS = ['payment', 'refund'] as const;
export type ChargeKind = (typeof CHARGE_KINDS)[number];

/**
 * Money that moved and that could not be written down where it belongs: a copy of what Telegram reported, once
 * for each charge and direction. Whether it has been settled since is not kept here, because `payments` say so.
 * It refers to no other table and its numbers are wide: whatever kept the charge out of `payments` must not
 * keep it out of here.
 */
export const unsettledCharges = pgTable(
  'unsettled_charges',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** `payment`: it arrived; `refund`: it went back to the buyer. */
    kind: text({ enum: CHARGE_KINDS }).notNull(),
    chargeId: text('charge_id').notNull(),
    providerChargeId: text('provider_charge_id'),
    userId: bigint('user_id', { mode: 'number' }).notNull(),
    /** The locale that fits the person; null where their Telegram says nothing. */
    language: text(),
    /** What the invoice carried. */
    payload: text().notNull(),
    currency: text().notNull(),
    amount: bigint({ mode: 'number' }).notNull(),
    paidUntil: timestamp('paid_until', { withTimezone: true, precision: 3 }),
    source: text({ enum: ['update', 'reconciliation'] }).notNull(),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
    /** Until then somebody is about to tell the buyer and the admins. */
    tellingUntil: timestamp('telling_until', { withTimezone: true, precision: 3 }),
    /** Null until they have been told. */
    toldAt: timestamp('told_at', { withTimezone: true, precision: 3 }),
  },
  (table) => [
    unique('unsettled_charges_charge').on(table.chargeId, table.kind),
    check('unsettled_charges_kind', sql`${table.kind} in ('payment', 'refund')`),
  ],
);
