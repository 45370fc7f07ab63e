import { bigint, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { timestamptz } from './columns.ts';

/** What owners have set while the bot runs; what is not here is as the configuration says. */
export const settings = pgTable('settings', {
  key: text().primaryKey(),
  value: jsonb().notNull(),
  /** From then on it counts no more; null: until somebody changes it. */
  until: timestamptz('until'),
  setBy: bigint('set_by', { mode: 'number' }).notNull(),
  setAt: timestamptz('set_at').notNull().defaultNow(),
});
