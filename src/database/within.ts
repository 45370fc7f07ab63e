import { type AnyColumn, and, gte, lt, type SQL } from 'drizzle-orm';

/** From a moment on, and before another; null where there is no such end. */
export type Span = { since: Date | null; until: Date | null };

/** The condition that a column is within a span; none for all time. */
export function within(column: AnyColumn, { since, until }: Span): SQL | undefined {
  return and(since === null ? undefined : gte(column, since), until === null ? undefined : lt(column, until));
}
