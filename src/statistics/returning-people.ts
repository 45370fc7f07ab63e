/** People by the day, each with when they were there before: what no sum over days could tell. */
import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { processedImages } from '../database/schema/index.ts';
import { dayOf, type Range, within } from './count-by-day.ts';

/** Whoever did something, once a day, by the last day before on which they did; see `PEOPLE_FIGURES`. */
export function people(
  figure: string,
  of: { table: PgTable; userId: PgColumn; at: PgColumn; where?: SQL },
  range: Range,
): SQL {
  const { table, userId, at, where = sql`true` } = of;
  const before = sql`select (max(${at}) at time zone ${range.timeZone}::text)::date from ${table}
    where ${userId} = seen.user_id and ${at} < ${range.begins} and ${where}`;
  // Only of a person's first day in the range the rows before it are asked.
  return sql`select day, ${sql.raw(`'${figure}'`)} as figure, coalesce(previous::text, '') as dimension, count(*) as value
    from (select day, coalesce(lag(day) over (partition by user_id order by day), (${before})) as previous
      from (select distinct ${userId} as user_id, ${dayOf(at, range)} as day from ${table}
        where ${within(at, range)} and ${where}) as seen) as returned
    group by day, previous`;
}

/** How long a cohort is followed: a day then has no more rows than so many, however long the history is. */
const COHORT_WEEKS_FOLLOWED = 26;

/**
 * People who placed a photoshoot, on the first day of each week on which they did, by the week in which they did so
 * first of all; weeks go by their Monday. So the people of a cohort in a week are the sum of its days.
 */
export function cohorts(range: Range): SQL {
  const { createdAt, userId } = processedImages;
  const before = sql`select ${dayOf(createdAt, range)} from ${processedImages}
    where ${userId} = seen.user_id and ${createdAt} < ${range.begins} order by ${createdAt} desc limit 1`;
  const first = sql`select ${dayOf(createdAt, range)} from ${processedImages}
    where ${userId} = returned.user_id order by ${createdAt} limit 1`;
  const cohort = sql`date_trunc('week', (${first}))::date`;
  return sql`select day, 'cohorts' as figure, cohort::text as dimension, count(*) as value
    from (select day, ${cohort} as cohort from (select day, user_id, coalesce(lag(day) over (partition by user_id order by day), (${before})) as previous
      from (select distinct ${userId} as user_id, ${dayOf(createdAt, range)} as day from ${processedImages}
        where ${within(createdAt, range)}) as seen) as returned
      where previous is null or date_trunc('week', previous) < date_trunc('week', day)) as placed
    where cohort > day - ${sql.raw(String(COHORT_WEEKS_FOLLOWED * 7))}
    group by day, cohort`;
}
