import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { oneOf, timestamptz } from './columns.ts';

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
    /** The process (`intake_processes`) that works on it; null: whoever looks around first. */
    owner: text(),
    /** When its handler has ended at the latest; null while none has begun. Until then nobody takes it over. */
    handledUntil: timestamptz('handled_until'),
    /** How many processes died while they handled it. */
    deaths: integer().notNull().default(0),
    /** How often it was given up; more than once where an owner had it tried again. */
    failures: integer().notNull().default(0),
    /** Why it was given up: a word such as an error's code, nothing of what people wrote. */
    fault: text(),
    receivedAt: timestamptz('received_at').notNull().defaultNow(),
  },
  (table) => [
    index('idx_telegram_updates_waiting')
      .on(table.lane, table.updateId)
      .where(sql`${table.state} = 'waiting'`),
    index('idx_telegram_updates_dead').on(table.updateId).where(sql`${table.state} = 'dead'`),
    index('idx_telegram_updates_received').on(table.receivedAt),
    oneOf(table.state, UPDATE_STATES),
  ],
);
