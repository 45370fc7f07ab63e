import { bigint, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { createdAt, oneOf, timestamptz } from './columns.ts';
import { PAYMENT_SOURCES } from './payments.ts';

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
    paidUntil: timestamptz('paid_until'),
    source: text({ enum: PAYMENT_SOURCES }).notNull(),
    createdAt: createdAt(),
    /** Until then somebody is about to tell the buyer and the admins. */
    tellingUntil: timestamptz('telling_until'),
    /** Null until they have been told. */
    toldAt: timestamptz('told_at'),
  },
  (table) => [
    unique('unsettled_charges_charge').on(table.chargeId, table.kind),
    oneOf(table.kind, CHARGE_KINDS),
  ],
);
