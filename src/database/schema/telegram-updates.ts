import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';

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
    handledUntil: timestamp('handled_until', { withTimezone: true, precision: 3 }),
    /** How many processes died while they handled it. */
    deaths: integer().notNull().default(0),
    /** How often it was given up; more than once where an owner had it tried again. */
    failures: integer().notNull().default(0),
    /** Why it was given up: a word such as an error's code, nothing of what people wrote. */
    fault: text(),
    receivedAt: timestamp('received_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [
    index('idx_telegram_updates_waiting')
      .on(table.lane, table.updateId)
      .where(sql`${table.state} = 'waiting'`),
    index('idx_telegram_updates_dead').on(table.updateId).where(sql`${table.state} = 'dead'`),
    index('idx_telegram_updates_received').on(table.receivedAt),
    check('telegram_updates_state', sql`${table.state} in ('waiting', 'done', 'dead')`),
  ],
);

/** The processes that take updates in, each alive while it says so: one row for all that it holds. */
export const intakeProcesses = pgTable(
  'intake_processes',
  {
    id: text().primaryKey(),
    /** True for the one that polls Telegram; there is only one at a time. */
    polls: boolean().notNull(),
    beatAt: timestamp('beat_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [uniqueIndex('intake_processes_polling').on(table.polls).where(sql`${table.polls}`)],
);
