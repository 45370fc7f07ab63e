import { sql } from 'drizzle-orm';
import { bigint, index, integer, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { createdAt, oneOf } from './columns.ts';
import { users } from './users.ts';

export const CREDIT_ENTRY_KINDS = [
  'gift',
  'purchase',
  'reserve',
  'capture',
  'release',
  'give-back',
  'refund',
  'repay',
  'chargeback',
  'reward',
  'promo',
  'correction-up',
  'correction-down',
  'forfeit',
] as const;
export type CreditEntryKind = (typeof CREDIT_ENTRY_KINDS)[number];

/**
 * The ledger: append-only, one row for every movement of credits. `available` moves what the person can
 * spend, `reserved` what waits for work in progress; `users` keeps the sums of both.
 * A movement happens once, because its key is unique.
 */
export const creditEntries = pgTable(
  'credit_entries',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    userId: bigint('user_id', { mode: 'number' })
      .notNull()
      .references(() => users.id),
    kind: text({ enum: CREDIT_ENTRY_KINDS }).notNull(),
    available: integer().notNull(),
    reserved: integer('held').notNull(),
    /** What happened, such as `reserve:12` or `capture:34`; a repeat of it meets this key and changes nothing. */
    idempotencyKey: text('idempotency_key').notNull(),
    photoshootId: bigint('photoshoot_id', { mode: 'number' }),
    pictureId: bigint('picture_id', { mode: 'number' }),
    paymentId: bigint('payment_id', { mode: 'number' }),
    createdAt: createdAt(),
  },
  (table) => [
    unique('credit_entries_idempotency_key').on(table.idempotencyKey),
    index('idx_credit_entries_user_created').on(table.userId, table.createdAt),
    index('idx_credit_entries_photoshoot').on(table.photoshootId),
    // What brought a person credits, or took them away, apart from their pictures: a few rows each.
    index('idx_credit_entries_brought')
      .on(table.userId, table.id)
      .where(sql`${table.kind} not in ('reserve', 'capture', 'release', 'give-back')`),
    index('idx_credit_entries_brought_created')
      .on(table.createdAt)
      .where(sql`${table.kind} not in ('reserve', 'capture', 'release', 'give-back')`),
    oneOf(table.kind, CREDIT_ENTRY_KINDS),
  ],
);
