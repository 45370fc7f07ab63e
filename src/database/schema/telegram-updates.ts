import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

export const UPDATE_STATES = ['waiting', 'done', 'dead'] as const;

/**
 * The inbox: each update is here before Telegram is told that it arrived, and stays for a day so that a
 * repeat of it is recognised. The payload is dropped once it was handled.
 */
export const telegramUpdates = pgTable(
  'telegram_updates',
  {
    updateId: bigint('update_id', { mode: 'number' }).primaryKey(),
    /** What must stay in order: a chat, or a person where there is no chat. */
    lane: bigint({ mode: 'number' }).notNull(),
    payload: jsonb(),
    state: text({ enum: UPDATE_STATES }).notNull().default('waiting'),
    attempts: integer().notNull().default(0),
    /** The process that works on it; another one may take it once the lease has passed. */
    owner: text(),
    leaseUntil: timestamp('lease_until', { withTimezone: true, precision: 3 }),
    receivedAt: timestamp('received_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [
    index('idx_telegram_updates_waiting')
      .on(table.lane, table.updateId)
      .where(sql`${table.state} = 'waiting'`),
    index('idx_telegram_updates_received').on(table.receivedAt),
    check('telegram_updates_state', sql`${table.state} in ('waiting', 'done', 'dead')`),
  ],
);
