/** The owner's figures as drawings, the same for the chat and for a page. */
import { type Bar, barChart, funnelChart } from '../charts/bar-chart.ts';
import { dailyChart } from '../charts/daily-chart.ts';
import type { Look, Tone } from '../charts/theme.ts';
import { GIVE_BACK_REASONS } from '../photoshoots/give-back.ts';
import type { DayValue } from '../statistics/book.ts';
import type { ChartFigures } from '../statistics/chart-figures.ts';
import { decimalAmount } from '../statistics/decimal-amount.ts';
import type { Days } from '../statistics/period.ts';
import type { Translate } from '../texts/texts.ts';

/** `name` says which it is, such as `revenue-XTR` or `funnel`: for a file, or a place on a page. */
export type NamedChart = { name: string; svg: string };

/** More bars than this are read by nobody; the rest is in the tables. */
const MOST_BARS = 6;
/** The largest currencies have charts of their own: with two of them there are ten charts. */
const MOST_CURRENCIES = 2;
const COURSE_HEIGHT = 230;

type Subject = { name: string; title: string; unit: string; tone: Tone };
/** Whoever looks, and at which days. */
type View = { t: Translate; figures: ChartFigures; look: Look };

/** Every chart that has something to show, ten at the most: an album holds no more. */
export function statisticsCharts(t: Translate, figures: ChartFigures, look: Look): NamedChart[] {
  const view = { t, figures, look };
  const revenue = figures.revenue.slice(0, MOST_CURRENCIES);
  const people = t('chart-unit-people');
  const pictures = t('chart-unit-pictures');
  const money = (currency: string) =>
    ({ unit: currency === 'XTR' ? t('chart-stars') : currency, tone: 'money' }) as const;
  return [
    ...revenue.map(({ currency, course }) =>
      courseOf(
        view,
        { name: `revenue-${currency}`, title: t('chart-revenue'), ...money(currency) },
        course.map(({ day, value }) => ({ day, value: majorUnits(value, currency) })),
      ),
    ),
    courseOf(
      view,
      { name: 'pictures', title: t('chart-pictures'), unit: pictures, tone: 'pictures' },
      figures.pictures,
    ),
    courseOf(
      view,
      { name: 'new-people', title: t('chart-new-people'), unit: people, tone: 'people' },
      figures.newPeople,
    ),
    ...revenue.flatMap(({ currency }) =>
      barsOf(
        view,
        { name: `packages-${currency}`, title: t('chart-packages'), ...money(currency) },
        moneyBars(view, figures.byPackage, currency),
      ),
    ),
    ...revenue.flatMap(({ currency }) =>
      barsOf(
        view,
        { name: `sources-${currency}`, title: t('chart-sources'), ...money(currency) },
        moneyBars(view, figures.bySource, currency),
      ),
    ),
    ...barsOf(
      view,
      { name: 'not-right', title: t('chart-not-right'), unit: pictures, tone: 'pictures' },
      reasonBars(view),
    ),
    ...funnelOf(view, { name: 'funnel', title: t('chart-funnel'), unit: people, tone: 'people' }),
  ];
}

/** The days that charts are of, in words. */
export function chartDaysText(language: string, { from, to }: Days): string {
  const format = new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return format.formatRange(Date.parse(from), Date.parse(to));
}

function courseOf(
  { t, figures, look }: View,
  { name, unit, ...subject }: Subject,
  points: readonly DayValue[],
): NamedChart {
  const number = numberOf(look);
  const most = points.reduce((one, other) => (other.value > one.value ? other : one), {
    day: figures.days.from,
    value: 0,
  });
  const description = t('chart-course', {
    days: chartDaysText(look.locale, figures.days),
    unit,
    total: number(points.reduce((sum, { value }) => sum + value, 0)),
    most: number(most.value),
    on: chartDaysText(look.locale, { from: most.day, to: most.day }),
  });
  const caption = { ...subject, unit: t('chart-unit', { unit, step: figures.step }), description };
  return { name, svg: dailyChart({ ...caption, points }, { ...look, height: COURSE_HEIGHT }) };
}

/** None where there is nothing to compare. */
function barsOf(
  { figures, look }: View,
  { name, unit, ...subject }: Subject,
  all: readonly Bar[],
): NamedChart[] {
  const bars = all.slice(0, MOST_BARS);
  if (bars.length === 0) return [];
  const caption = { ...subject, unit: unitOf(unit, figures, look), description: listed(bars, look) };
  return [{ name, svg: barChart({ ...caption, bars }, look) }];
}

function funnelOf({ t, figures, look }: View, { name, unit, ...subject }: Subject): NamedChart[] {
  const steps = figures.funnel.map(({ step, people }) => ({ label: t(`funnel-${step}`), value: people }));
  if (steps.every(({ value }) => value === 0)) return [];
  const caption = { ...subject, unit: unitOf(unit, figures, look), description: listed(steps, look) };
  return [{ name, svg: funnelChart({ ...caption, steps }, look) }];
}

function unitOf(unit: string, { days }: ChartFigures, { locale }: Look): string {
  return `${unit} · ${chartDaysText(locale, days)}`;
}

function listed(bars: readonly Bar[], look: Look): string {
  const number = numberOf(look);
  return bars.map(({ label, value }) => `${label}: ${number(value)}`).join('; ');
}

/** The rows of one currency. */
function moneyBars({ t }: View, rows: ChartFigures['byPackage'], currency: string): Bar[] {
  return rows
    .filter(({ dimension, now }) => now > 0 && dimension.startsWith(`${currency}:`))
    .map(({ dimension, now }) => ({
      label: dimension.slice(currency.length + 1) || t('sources-direct'),
      value: majorUnits(now, currency),
    }));
}

function reasonBars({ t, figures }: View): Bar[] {
  return figures.notRightReasons
    .filter(({ now }) => now > 0)
    .map(({ dimension, now }) => {
      const known = GIVE_BACK_REASONS.find((reason) => reason === dimension);
      return { label: known === undefined ? t('figures-no-reason') : t(`reason-${known}`), value: now };
    });
}

function majorUnits(amount: number, currency: string): number {
  return Number(decimalAmount(amount, currency));
}

function numberOf({ locale }: Look): (value: number) => string {
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  return (value) => format.format(value);
}
