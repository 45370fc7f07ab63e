/** What the charts of a period show, each day of it. */
import type { Database } from '../database/client.ts';
import { EVENT_KINDS, type EventKind } from '../database/schema/index.ts';
import { type Counted, type DayValue, openBook } from './book.ts';
import { addDays, countDays, type Day, type Days, dayAt, type Period } from './period.ts';

type Parts = ({ dimension: string } & Counted)[];

export type ChartFigures = {
  /** Those that the charts are of: the period's, and at least a week, which is the least to see a course in. */
  days: Days;
  /** What a point of a course stands for; its day is the first of it. */
  step: 'day' | 'week';
  /** Money that bought something, by currency, the largest first: whole Stars, or the smallest unit. */
  revenue: { currency: string; course: DayValue[] }[];
  /** Delivered pictures. */
  pictures: DayValue[];
  newPeople: DayValue[];
  /** As in `Money`: currency and name, with a colon between. */
  byPackage: Parts;
  bySource: Parts;
  /** As in `Quality`. */
  notRightReasons: Parts;
  /** People who took each step of the way, in its order. */
  funnel: { step: EventKind; people: number }[];
};

const LEAST_DAYS = 7;
/** More points than this are no more than a thick line on a phone. */
const MOST_DAYS = 120;

/** Two aggregated statements, of the same moment. */
export async function readChartFigures(
  db: Database,
  { timeZone, period }: { timeZone: string; period: Period },
  now: Date,
): Promise<ChartFigures> {
  return openBook(db, { timeZone, now }, async (book) => {
    const asked = chartDays(period, dayAt(now, timeZone));
    const daily = await book.byDay(['gross', 'pictures', 'new-people'], asked);
    const sums = await book.sum(['gross', 'gross-by-package', 'gross-by-source', 'not-right', 'funnel'], {
      ...asked,
      name: 'custom',
      before: null,
    });
    const [pictures, newPeople] = [daily.of('pictures', 'delivered'), daily.of('new-people')];
    const revenue = sums
      .by('gross')
      .map(({ dimension }) => ({ currency: dimension, course: daily.of('gross', dimension) }));
    const days = { ...asked, from: begin(asked, [pictures, newPeople, ...revenue.map((one) => one.course)]) };
    const step = countDays(days) > MOST_DAYS ? 'week' : 'day';
    const course = (values: readonly DayValue[]) => courseOf(values, days, step);
    return {
      days,
      step,
      revenue: revenue.map(({ currency, course: values }) => ({ currency, course: course(values) })),
      pictures: course(pictures),
      newPeople: course(newPeople),
      byPackage: sums.by('gross-by-package'),
      bySource: sums.by('gross-by-source'),
      notRightReasons: sums.by('not-right'),
      funnel: EVENT_KINDS.map((kind) => ({
        step: kind,
        people: sums
          .by('funnel')
          .filter(({ dimension }) => dimension.startsWith(`${kind}:`))
          .reduce((total, { now: people }) => total + people, 0),
      })),
    };
  });
}

/** The period as far as it has come, and a week at the least. */
function chartDays({ from, to }: Days, today: Day): Days {
  const last = to < today ? to : today;
  const latest = addDays(last, 1 - LEAST_DAYS);
  return { from: from < latest ? from : latest, to: last };
}

/** A long time begins with the first day on which anything happened; a short one shows that nothing did. */
function begin(days: Days, values: readonly (readonly DayValue[])[]): Day {
  if (countDays(days) <= MOST_DAYS) return days.from;
  const firsts = values.flatMap(([first]) => (first === undefined ? [] : [first.day]));
  return firsts.reduce((one, other) => (other < one ? other : one), addDays(days.to, 1 - LEAST_DAYS));
}

/** A point for each day, or for seven of them: nothing is a zero, not a gap. The last seven are whole. */
function courseOf(values: readonly DayValue[], { from, to }: Days, step: ChartFigures['step']): DayValue[] {
  const byDay = new Map(values.map(({ day, value }) => [day, value]));
  const width = step === 'week' ? 7 : 1;
  const points = Math.ceil(countDays({ from, to }) / width);
  return Array.from({ length: points }, (_, index) => {
    const first = addDays(to, 1 - (points - index) * width);
    const sum = Array.from({ length: width }, (__, n) => byDay.get(addDays(first, n)) ?? 0);
    return { day: first, value: sum.reduce((one, other) => one + other, 0) };
  });
}
