/** The roll-up by day: written again and again from the rows that it counts, never by whoever changes them. */
import { and, eq, isNull, lte, ne, or, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { selectRows } from '../database/rows.ts';
import {
  dailyFigures,
  FIGURE_SPANS,
  type FigureSpan,
  rollUps,
  summedFigures,
  users,
} from '../database/schema/index.ts';
import { countFigures, FIGURES, FIGURES_VERSION, PEOPLE_FIGURES, SUMMED_FIGURES } from './figures.ts';
import { addDays, type Day, type Days, dayAt } from './period.ts';
import { planAnew } from './plan-anew.ts';
import { firstDayOf, lastDayOf } from './spans.ts';

/** A day may still change so long after it: a refused charge, a reason that is given late. */
const REWRITTEN_DAYS = 35;
/** In one statement, which has to end within its limit. */
const DAYS_AT_ONCE = 7;
/**
 * The last minutes are never rolled up: a row carries the time at which its transaction or its call to a provider
 * began, and is there, or whole, only when that has ended (290 s at the longest).
 */
const UNSETTLED_MS = 10 * 60_000;
/** Of all processes one does it, once in so long. */
const TAKEN_FOR_MS = 5 * 60_000;

/** The start of a day in a time zone. */
export function startOf(day: Day, timeZone: string): SQL {
  return sql`((${day}::date)::timestamp at time zone ${timeZone}::text)`;
}

/** Until when figures of this time zone are rolled up; null where nothing is. */
export async function readThrough(db: Database, timeZone: string): Promise<Date | null> {
  const [row] = await db
    .select({ through: rollUps.through })
    .from(rollUps)
    .where(eq(rollUps.basis, basisOf(timeZone)));
  return row?.through ?? null;
}

/**
 * Brings the roll-up up to a few minutes ago. The first time of a day the last 35 days are written anew, later only
 * that day; the first time of all, and after a change of the time zone or of what is counted, everything. What is
 * written is the same whoever writes it and however often.
 * @returns how many days were written; 0 when another process has just done it
 */
export async function rollUp(db: Database, { timeZone }: { timeZone: string }, now: Date): Promise<number> {
  const begun = await begin(db, timeZone, now);
  if (begun === null) return 0;
  const through = new Date(now.getTime() - UNSETTLED_MS);
  const last = dayAt(through, timeZone);
  let from = await firstDay(db, timeZone, begun.through, last);
  let written = 0;
  while (from <= last) {
    const next = addDays(from, DAYS_AT_ONCE);
    const end = next > last ? sql`${through.toISOString()}::timestamptz` : startOf(next, timeZone);
    await writeDays(db, timeZone, { from, to: addDays(next, -1), end });
    written += DAYS_AT_ONCE;
    from = next;
  }
  return written;
}

/** Takes it on for this process. @returns null when another one did a moment ago */
async function begin(db: Database, timeZone: string, now: Date): Promise<{ through: Date | null } | null> {
  const basis = basisOf(timeZone);
  return db.transaction(async (tx) => {
    const [row] = await tx
      .insert(rollUps)
      .values({ basis, begunAt: now })
      .onConflictDoUpdate({
        target: rollUps.basis,
        set: { begunAt: now },
        setWhere: lte(rollUps.begunAt, new Date(now.getTime() - TAKEN_FOR_MS)),
      })
      .returning({ through: rollUps.through });
    if (row === undefined) return null;
    // Days of another zone are other days.
    const others = await tx
      .delete(rollUps)
      .where(ne(rollUps.basis, basis))
      .returning({ basis: rollUps.basis });
    if (others.length > 0 || row.through === null) {
      await tx.delete(dailyFigures);
      await tx.delete(summedFigures);
    }
    return row;
  });
}

async function firstDay(db: Database, timeZone: string, through: Date | null, last: Day): Promise<Day> {
  if (through === null) {
    const [row] = await db.select({ at: sql`min(${users.createdAt})`.mapWith(users.createdAt) }).from(users);
    const at: Date | null = row?.at ?? null;
    return at === null ? last : dayAt(at, timeZone);
  }
  const reached = dayAt(through, timeZone);
  if (reached >= last) return last;
  const since = addDays(last, -REWRITTEN_DAYS);
  return reached < since ? reached : since;
}

/** Makes the rows of these days what they are to be, and touches none that is so already. */
async function writeDays(
  db: Database,
  timeZone: string,
  { from, to, end }: { from: Day; to: Day; end: SQL },
): Promise<void> {
  const range = { begins: startOf(from, timeZone), ends: end, timeZone };
  await db.transaction(async (tx) => {
    await planAnew(tx);
    // Two processes that write the same days do so one after the other.
    await tx
      .select({ basis: rollUps.basis })
      .from(rollUps)
      .where(eq(rollUps.basis, basisOf(timeZone)))
      .for('update');
    await replaceRows(tx, dailyFigures, {
      counted: countFigures(FIGURES, range),
      where: sql`${dailyFigures.figure} in ${FIGURES} and ${dailyFigures.day} between ${from}::date and ${to}::date`,
    });
    for (const span of FIGURE_SPANS) await sumUpSpan(tx, span, { from, to });
    await tx
      .update(rollUps)
      .set({ through: sql`${end}` })
      .where(
        and(
          eq(rollUps.basis, basisOf(timeZone)),
          or(isNull(rollUps.through), sql`${rollUps.through} < ${end}`),
        ),
      );
  });
}

/** Writes the days, months or years that these days are in, from what the ones before them have just written. */
async function sumUpSpan(tx: Database, span: FigureSpan, { from, to }: Days): Promise<void> {
  const within = sql`day between ${firstDayOf(span, from)}::date and ${lastDayOf(span, to)}::date`;
  const isOfPeople = sql`figure in ${PEOPLE_FIGURES}`;
  // In a month people stand with all whose day before is earlier; of a year's months they are told apart again.
  const smaller =
    span === 'year'
      ? sql`select figure, day, dimension, case when ${isOfPeople} then value
            - coalesce(lag(value) over (partition by figure, day order by dimension), 0) else value end as value
          from ${summedFigures} where span = 'month' and ${within}`
      : sql`select figure, day, dimension, value from ${dailyFigures}
          where figure in ${span === 'day' ? PEOPLE_FIGURES : SUMMED_FIGURES} and ${within}`;
  // Whoever was there before in the same span is in it already.
  const begun = sql.raw(`date_trunc('${span}', day)::date`);
  await replaceRows(tx, summedFigures, {
    counted: sql`select ${span}::text as span, begun as day, figure, dimension,
        case when ${isOfPeople} then sum(value) over (partition by figure, begun order by dimension) else value end as value
      from (select ${begun} as begun, figure, dimension, sum(value) as value from (${smaller}) as smaller
        where not ${isOfPeople} or dimension < (${begun})::text group by 1, 2, 3) as summed`,
    where: sql`${summedFigures.span} = ${span} and ${summedFigures.figure} in ${SUMMED_FIGURES} and ${within}`,
  });
}

/**
 * Makes the rows of a table that `where` names those that are counted, and touches none that is so already.
 * @param rows.counted a query of the columns of the table's key and `value`
 */
async function replaceRows(
  tx: Database,
  table: typeof dailyFigures | typeof summedFigures,
  { counted, where }: { counted: SQL; where: SQL },
): Promise<void> {
  const key = table === summedFigures ? sql`span, day, figure, dimension` : sql`day, figure, dimension`;
  await selectRows(
    tx,
    sql`with counted as materialized (${counted}),
      gone as (delete from ${table} where ${where} and (${key}) not in (select ${key} from counted))
    insert into ${table} (${key}, value) select ${key}, value from counted
      on conflict (${key}) do update set value = excluded.value where ${table.value} <> excluded.value`,
  );
}

function basisOf(timeZone: string): string {
  return `${FIGURES_VERSION} ${timeZone}`;
}
