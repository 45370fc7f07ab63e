import { sql } from 'drizzle-orm';
import { boolean, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { timestamptz } from './columns.ts';

/** The processes that take updates in, each alive while it says so: one row for all that it holds. */
export const intakeProcesses = pgTable(
  'intake_processes',
  {
    id: text().primaryKey(),
    /** True for the one that polls Telegram; there is only one at a time. */
    polls: boolean().notNull(),
    beatAt: timestamptz('beat_at').notNull().defaultNow(),
  },
  (table) => [uniqueIndex('intake_processes_polling').on(table.polls).where(sql`${table.polls}`)],
);
