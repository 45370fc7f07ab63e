import { sql } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { selectRows } from '../database/rows.ts';
import { openBook } from './book.ts';
import { addDays, type Day, dayAt, mondayOf } from './period.ts';

/** People who placed their first photoshoot in the same week. */
export type Cohort = {
  /** The week's Monday. */
  week: Day;
  people: number;
  /** Of them, those who placed one in the week after it, in the one after that, … up to the week that it is now. */
  again: number[];
};

/** The cohorts of the last so many weeks, the one that it is now included, the oldest first; one statement. */
export async function readCohorts(
  db: Database,
  { timeZone, weeks }: { timeZone: string; weeks: number },
  now: Date,
): Promise<Cohort[]> {
  const today = dayAt(now, timeZone);
  const thisWeek = mondayOf(today);
  const mondays = Array.from({ length: weeks }, (_, index) => addDays(thisWeek, (index + 1 - weeks) * 7));
  const [first = thisWeek] = mondays;
  return openBook(db, { timeZone, now }, async (book) => {
    const rows = await selectRows<{ week: Day; cohort: Day; people: number }>(
      book.tx,
      sql`select date_trunc('week', day)::date::text as week, dimension as cohort, sum(value)::float8 as people
        from (${book.counted(['cohorts'], { from: first, to: today })}) as counted
        where figure = 'cohorts' and dimension >= ${first} group by 1, 2`,
    );
    const people = new Map(rows.map((row) => [`${row.cohort} ${row.week}`, row.people]));
    const of = (cohort: Day, week: Day) => people.get(`${cohort} ${week}`) ?? 0;
    return mondays.map((week, index) => ({
      week,
      people: of(week, week),
      again: mondays.slice(index + 1).map((later) => of(week, later)),
    }));
  });
}
