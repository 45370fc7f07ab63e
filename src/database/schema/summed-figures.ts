import { bigint, date, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { oneOf } from './columns.ts';

export const FIGURE_SPANS = ['day', 'month', 'year'] as const;
export type FigureSpan = (typeof FIGURE_SPANS)[number];

/**
 * The roll-up in larger pieces, so that a long time is a few rows: `daily_figures` by the month and by the year, the ones
 * that are not over as far as they have come. Nothing but `statistics/roll-up.ts` writes it.
 */
export const summedFigures = pgTable(
  'summed_figures',
  {
    /** `day` for figures of people alone; the others have theirs in `daily_figures`. */
    span: text({ enum: FIGURE_SPANS }).notNull(),
    /** The first one of it. */
    day: date({ mode: 'string' }).notNull(),
    figure: text().notNull(),
    dimension: text().notNull(),
    /** Of figures of people: those whose last day before the span is the dimension or an earlier one. */
    value: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.figure, table.span, table.day, table.dimension] }),
    oneOf(table.span, FIGURE_SPANS),
  ],
);
