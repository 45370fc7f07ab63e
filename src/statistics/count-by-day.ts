/** What the statements of figures are put together from: a range, its days, and rows that are counted by the day. */
import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { creditEntries } from '../database/schema/index.ts';

/** From `begins` on and before `ends`, both points in time; days are those of the time zone. */
export type Range = { begins: SQL; ends: SQL; timeZone: string };

/** A condition of the partial indexes of credit_entries, in their words. */
export const isApartFromPictures = sql`${creditEntries.kind} not in ('reserve', 'capture', 'release', 'give-back')`;

/** An entry's kind; the welcome is a gift that everybody gets. */
export function kindOf(kind: PgColumn, key: PgColumn): SQL {
  return sql`case when ${key} like 'welcome:%' then 'welcome' else ${kind} end`;
}

/** The day of a point in time, in the range's time zone. */
export function dayOf(column: PgColumn, { timeZone }: Range): SQL {
  return sql`(${column} at time zone ${timeZone}::text)::date`;
}

/** Whether a point in time lies in the range; an index on the column serves it. */
export function within(column: PgColumn, { begins, ends }: Range): SQL {
  return sql`${column} >= ${begins} and ${column} < ${ends}`;
}

/** Groups rows that have a day into day, figure, dimension and value. All but the range is ours, so it is written into the statement. */
export function tally(figure: string, dimension: string, value: string, from: string): SQL {
  return sql.raw(`select day, '${figure}' as figure, ${dimension} as dimension, ${value} as value
    from ${from} group by 1, 3`);
}

/** All rows of several queries of the same columns. */
export function union(queries: readonly SQL[]): SQL {
  return sql.join([...queries], sql` union all `);
}
