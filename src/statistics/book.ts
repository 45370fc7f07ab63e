/** Figures of a period: the days of the roll-up, and what has happened since it was written, in one statement. */
import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { selectRows } from '../database/rows.ts';
import { dailyFigures, type FigureSpan, summedFigures } from '../database/schema/index.ts';
import { countFigures, type FigureName, PEOPLE_FIGURES, type SummedFigure } from './figures.ts';
import { addDays, type Day, type Days, dayAt, type Period } from './period.ts';
import { planAnew } from './plan-anew.ts';
import { readThrough, startOf } from './roll-up.ts';
import { lastDayOf, spansOf } from './spans.ts';

/** A number of a period, and of the period before; null where there is none before. */
export type Counted = { now: number; before: number | null };

type Sum = { figure: SummedFigure; dimension: string } & Counted;
/** What was asked for, by figure and dimension. */
export type Sums = {
  /** Of one dimension, or of all together. */
  of(figure: SummedFigure, dimension?: string): Counted;
  /** Every dimension that has something, the largest first. */
  by(figure: SummedFigure): ({ dimension: string } & Counted)[];
};

export type DayValue = { day: Day; value: number };
/** Figures by the day, in the order of the days; those on which nothing happened are left out. */
export type DailySums = {
  /** Of one dimension, or of all together; of a figure of people, who did it on that day. */
  of(figure: FigureName, dimension?: string): DayValue[];
};

/** What questions are asked of. All of one book see the same moment. */
export type Book = {
  /** For what is no sum over days. */
  tx: Database;
  timeZone: string;
  now: Date;
  sum(figures: readonly SummedFigure[], period: Period): Promise<Sums>;
  byDay(figures: readonly FigureName[], days: Days): Promise<DailySums>;
  /** A query of `day`, `figure`, `dimension` and `value`, to be summed up; it may hold other figures as well. */
  counted(figures: readonly FigureName[], days: Days): SQL;
  /** From the start of the first day on and before the end of the last. */
  during(column: SQL, days: Days): SQL;
};

/**
 * Opens the book for some questions.
 * @param about.timeZone whose days are counted
 */
export async function openBook<Answer>(
  db: Database,
  { timeZone, now }: { timeZone: string; now: Date },
  ask: (book: Book) => Promise<Answer>,
): Promise<Answer> {
  return db.transaction(
    async (tx) => {
      await planAnew(tx);
      const through = await readThrough(tx, timeZone);
      return ask({
        tx,
        timeZone,
        now,
        async sum(figures, period) {
          return arrange(await sumUp(tx, figures, period, { timeZone, through }), period.before !== null);
        },
        counted: (figures, days) => countedIn(figures, days, { timeZone, through }),
        byDay: (figures, days) => sumUpByDay(tx, figures, days, { timeZone, through }),
        during: (column, { from, to }) =>
          sql`${column} >= ${startOf(from, timeZone)} and ${column} < ${startOf(addDays(to, 1), timeZone)}`,
      });
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

type Reach = { timeZone: string /** Until when the roll-up reaches. */; through: Date | null };

/** Rows of `day`, `figure`, `dimension`, `value`; several of one day where the roll-up ends in it. */
function countedIn(figures: readonly FigureName[], { from, to }: Days, { timeZone, through }: Reach): SQL {
  const first = startOf(from, timeZone);
  const begins = through === null ? first : sql`greatest(${through.toISOString()}::timestamptz, ${first})`;
  const tail = countFigures(figures, { begins, ends: startOf(addDays(to, 1), timeZone), timeZone });
  return sql`select day, figure, dimension, value from ${dailyFigures}
      where figure in ${figures} and day between ${from}::date and ${to}::date
    union all (${tail})`;
}

/**
 * The years, months and days of the roll-up that the period is made of, and what has happened since: as many rows for
 * a long history as for a short one.
 */
async function sumUp(
  tx: Database,
  figures: readonly SummedFigure[],
  { from, to, before }: Period,
  { timeZone, through }: Reach,
): Promise<Sum[]> {
  const last = through === null ? null : dayAt(new Date(through.getTime() - 1), timeZone);
  const pieces =
    last === null ? [] : [...piecesOf({ from, to }, last, true), ...piecesOf(before, last, false)];
  const isOfPeople = (figure: SummedFigure) => PEOPLE_FIGURES.some((one) => one === figure);
  const begins = startOf(before?.from ?? from, timeZone);
  const tail = countFigures(figures, {
    begins: through === null ? begins : sql`greatest(${through.toISOString()}::timestamptz, ${begins})`,
    ends: startOf(addDays(to, 1), timeZone),
    timeZone,
  });
  const isNow = sql`day >= ${from}::date`;
  // The dimension of people is a day before; whoever was there since the period began is counted already.
  const isNew = sql`dimension < case when ${isNow} then ${from}::text else ${before?.from ?? from}::text end`;
  const people = sql`figure in ${PEOPLE_FIGURES}`;
  const rows = await selectRows<{ figure: SummedFigure; dimension: string; now: number; before: number }>(
    tx,
    sql`select figure, dimension, coalesce(sum(value) filter (where is_now), 0)::float8 as now,
        coalesce(sum(value) filter (where not is_now), 0)::float8 as before
      from (${sumsOf(
        figures.filter((figure) => !isOfPeople(figure)),
        pieces,
      )}
        union all ${peopleOf(figures.filter(isOfPeople), pieces)}
        union all select figure, case when ${people} then '' else dimension end, value, ${isNow} from (${tail}) as counted
          where figure in ${figures} and (not ${people} or ${isNew})) as counted
      group by 1, 2`,
  );
  return rows.map((row) => ({ ...row, before: before === null ? null : row.before }));
}

/** One piece of the roll-up, and the first day of the period that it is read for. */
type Piece = { span: FigureSpan; day: Day; periodFrom: Day; isNow: boolean };

function piecesOf(days: Days | null, last: Day, isNow: boolean): Piece[] {
  return days === null ? [] : spansOf(days, last).map((span) => ({ ...span, periodFrom: days.from, isNow }));
}

/** Neighbours of one length are one range of the key. */
function sumsOf(figures: readonly SummedFigure[], pieces: readonly Piece[]): SQL {
  const ranges: { span: FigureSpan; first: Day; last: Day; isNow: boolean }[] = [];
  for (const { span, day, isNow } of pieces) {
    const newest = ranges.at(-1);
    const goesOn =
      newest?.span === span && newest.isNow === isNow && addDays(lastDayOf(span, newest.last), 1) === day;
    if (goesOn) newest.last = day;
    else ranges.push({ span, first: day, last: day, isNow });
  }
  if (figures.length === 0 || ranges.length === 0) return nothing;
  const within = sql`figure in ${figures} and day between asked.first and asked.last`;
  return sql`select rolled.figure, rolled.dimension, rolled.value, asked."isNow" as is_now
    from json_to_recordset(${JSON.stringify(ranges)}::text::json) as asked(span text, first date, last date, "isNow" boolean)
    cross join lateral (
      select figure, dimension, value from ${dailyFigures} where asked.span = 'day' and ${within}
      union all select figure, dimension, value from ${summedFigures}
        where asked.span <> 'day' and span = asked.span and ${within}) as rolled`;
}

/** Of each piece one row: those who were not there since the period began. */
function peopleOf(figures: readonly SummedFigure[], pieces: readonly Piece[]): SQL {
  if (figures.length === 0 || pieces.length === 0) return nothing;
  return sql.join(
    figures.map(
      (figure) => sql`select ${figure}::text as figure, '' as dimension, newest.value, asked."isNow" as is_now
        from json_to_recordset(${JSON.stringify(pieces)}::text::json) as asked(span text, day date, "periodFrom" text, "isNow" boolean)
        cross join lateral (select value from ${summedFigures}
          where figure = ${figure} and span = asked.span and day = asked.day and dimension < asked."periodFrom"
          order by dimension desc limit 1) as newest`,
    ),
    sql` union all `,
  );
}

const nothing = sql`select null::text as figure, null::text as dimension, null::bigint as value, null::boolean as is_now where false`;

async function sumUpByDay(
  tx: Database,
  figures: readonly FigureName[],
  days: Days,
  reach: Reach,
): Promise<DailySums> {
  // Whoever was there on that day before the roll-up ended is in it already.
  const isNew = sql`(figure not in ${PEOPLE_FIGURES} or dimension < counted.day::text)`;
  const rows = await selectRows<DayValue & { figure: FigureName; dimension: string }>(
    tx,
    sql`select counted.day::text as day, figure, case when figure in ${PEOPLE_FIGURES} then '' else dimension end as dimension,
        sum(value)::float8 as value
      from (${countedIn(figures, days, reach)}) as counted
      where figure in ${figures} and ${isNew} group by counted.day, 2, 3 order by counted.day`,
  );
  return {
    of(figure, dimension) {
      const sums = new Map<Day, number>();
      for (const row of rows) {
        if (row.figure === figure && (dimension === undefined || row.dimension === dimension))
          sums.set(row.day, (sums.get(row.day) ?? 0) + row.value);
      }
      return [...sums].map(([day, value]) => ({ day, value }));
    },
  };
}

function arrange(rows: readonly Sum[], hasBefore: boolean): Sums {
  const nothing: Counted = { now: 0, before: hasBefore ? 0 : null };
  const byFigure = Map.groupBy(rows, (row) => row.figure);
  return {
    of: (figure, dimension) =>
      (byFigure.get(figure) ?? [])
        .filter((row) => dimension === undefined || row.dimension === dimension)
        .reduce(plus, nothing),
    by: (figure) =>
      (byFigure.get(figure) ?? [])
        .map(({ dimension, now, before }) => ({ dimension, now, before }))
        .filter((row) => row.now > 0 || (row.before ?? 0) > 0)
        .sort(
          (a, b) =>
            b.now - a.now || (b.before ?? 0) - (a.before ?? 0) || (a.dimension < b.dimension ? -1 : 1),
        ),
  };
}

/** Both numbers of both. */
export function plus(a: Counted, b: Counted): Counted {
  return combine(a, b, (one, other) => one + other);
}

/** What `of` makes of the numbers of now, and of those before. */
export function combine(a: Counted, b: Counted, of: (one: number, other: number) => number): Counted {
  return {
    now: of(a.now, b.now),
    before: a.before === null || b.before === null ? null : of(a.before, b.before),
  };
}
