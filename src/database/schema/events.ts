import { bigint, index, integer, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { createdAt, oneOf, timestamptz } from './columns.ts';
import { users } from './users.ts';

export const EVENT_KINDS = [
  'start',
  'photo',
  'first-picture',
  'paywall-seen',
  'invoice',
  'paid',
  'second-purchase',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** The funnel: what a person did first, or each time, as the key says. */
export const events = pgTable(
  'events',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    userId: bigint('user_id', { mode: 'number' })
      .notNull()
      .references(() => users.id),
    kind: text({ enum: EVENT_KINDS }).notNull(),
    /** `start:<user>` for what counts once a person, `paid:<payment>` for what counts each time. */
    key: text().notNull(),
    /** Of a payment: its amount and currency. */
    amount: integer(),
    currency: text(),
    /** When it was handed to the analytics endpoint. */
    uploadedAt: timestamptz('uploaded_at'),
    createdAt: createdAt(),
  },
  (table) => [
    unique('events_key').on(table.key),
    index('idx_events_kind_created').on(table.kind, table.createdAt),
    index('idx_events_user').on(table.userId),
    oneOf(table.kind, EVENT_KINDS),
  ],
);
