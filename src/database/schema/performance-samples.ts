import { index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { timestamptz } from './columns.ts';

/** How each process was, every `PERFORMANCE_INTERVAL` seconds of the last day (monitoring/history.ts). */
export const performanceSamples = pgTable(
  'performance_samples',
  {
    at: timestamptz('at').notNull(),
    /** A number of its own for each start. */
    process: text().notNull(),
    /** By the names of monitoring/figures.ts; what was not known is left out. */
    figures: jsonb().$type<Readonly<Record<string, number>>>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.process, table.at] }),
    index('idx_performance_samples_at').on(table.at),
  ],
);
