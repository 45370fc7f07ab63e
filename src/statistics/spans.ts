/** Days taken together as years and months, so that what is read of a long time is a few pieces. */
import type { FigureSpan } from '../database/schema/index.ts';
import { addDays, BEGINNING, type Day, type Days } from './period.ts';

export type Span = { span: FigureSpan; day: Day };

/**
 * The fewest years, months and days that make up these days, in their order.
 * @param last nothing is after it: the month and the year that it is in count as whole
 */
export function spansOf({ from, to }: Days, last: Day): Span[] {
  const end = to < last ? to : lastDayOf('year', last);
  const spans: Span[] = [];
  let day = from < BEGINNING ? BEGINNING : from;
  while (day <= end && day <= last) {
    const span = largestAt(day, end);
    spans.push({ span, day });
    day = addDays(lastDayOf(span, day), 1);
  }
  return spans;
}

/** The first day of the month or year that a day is in. */
export function firstDayOf(span: FigureSpan, day: Day): Day {
  switch (span) {
    case 'day':
      return day;
    case 'month':
      return `${day.slice(0, 7)}-01`;
    case 'year':
      return `${day.slice(0, 4)}-01-01`;
    default: {
      const never: never = span;
      throw new Error(`unknown span ${String(never)}`);
    }
  }
}

export function lastDayOf(span: FigureSpan, day: Day): Day {
  if (span === 'day') return day;
  // More days than any of them has, and fewer than two of them.
  const within = addDays(firstDayOf(span, day), span === 'month' ? 31 : 366);
  return addDays(firstDayOf(span, within), -1);
}

function largestAt(day: Day, end: Day): FigureSpan {
  const fits = (span: FigureSpan) => firstDayOf(span, day) === day && lastDayOf(span, day) <= end;
  return fits('year') ? 'year' : fits('month') ? 'month' : 'day';
}
