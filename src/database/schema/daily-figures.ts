import { bigint, date, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { timestamptz } from './columns.ts';

/**
 * The roll-up: what happened on a day, counted from the rows that say so. Nothing but `statistics/roll-up.ts` writes
 * it, and all of it can be written anew; what each figure and its dimension mean is `statistics/figures.ts`.
 */
export const dailyFigures = pgTable(
  'daily_figures',
  {
    /** A calendar day in the owner's time zone. */
    day: date({ mode: 'string' }).notNull(),
    figure: text().notNull(),
    /** What it is counted by, such as a currency or a state; empty where there is one number. */
    dimension: text().notNull(),
    value: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.figure, table.day, table.dimension] })],
);

/** How far the roll-up reaches: one row. */
export const rollUps = pgTable('roll_ups', {
  /** The time zone and the version of the figures; rows of another basis say nothing. */
  basis: text().primaryKey(),
  /** Everything before this moment is counted; null: nothing is yet. */
  through: timestamptz('through'),
  /** When a process took it on last. */
  begunAt: timestamptz('begun_at').notNull(),
});
