/** One figure over time: a line above its area. */
import { scaleLinear, scaleUtc } from 'd3-scale';
import { area, line } from 'd3-shape';
import { type Caption, FONT, frame, HEAD, label, PADDING, textWidth } from './frame.ts';
import { element } from './svg.ts';
import type { Look, Palette } from './theme.ts';

/** A day as `2026-11-26` and what happened on it, or in the time that begins with it. */
export type Point = { day: string; value: number };

/** Room for the days below the drawing. */
const FOOT = 26;
/** Narrower than this a date runs into the next. */
const DATE_WIDTH = 76;
const MOST_LEVELS = 4;
const DAY_MS = 86_400_000;
/** From here on the year says more than the day. */
const LONG_DAYS = 300;

/**
 * @param data.points one for each day (or week) of the time, in their order, also where nothing happened
 * @returns an SVG
 */
export function dailyChart(
  data: Caption & { points: readonly Point[] },
  look: Look & { height: number },
): string {
  return frame(data, look, (palette) => draw(data.points, data.tone, look, palette));
}

function draw(
  points: readonly Point[],
  tone: Caption['tone'],
  { width, height, locale }: Look & { height: number },
  palette: Palette,
): string[] {
  const most = Math.max(0, ...points.map(({ value }) => value));
  const numbers = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  const y = scaleLinear([0, most === 0 ? 1 : most], [height - FOOT, HEAD + 14]).nice(MOST_LEVELS);
  const levels = y.ticks(MOST_LEVELS).filter((level) => (most === 0 ? level === 0 : level >= 0));
  const texts = levels.map((level) => numbers.format(level));
  const left = PADDING + Math.max(...texts.map((text) => textWidth(text, FONT.text))) + 8;
  const right = width - PADDING - 4;
  const moments = points.map(({ day }) => Date.parse(day));
  const [first = 0, last = 0] = [moments[0], moments.at(-1)];
  // A single day stands in the middle.
  const x = scaleUtc(first === last ? [first - DAY_MS, last + DAY_MS] : [first, last], [left, right]);
  const at = (point: Point) => x(Date.parse(point.day));
  // Straight from day to day: a curve would show values that nobody counted.
  const shape = area<Point>(at, y(0), ({ value }) => y(value))([...points]);
  const outline = line<Point>(at, ({ value }) => y(value))([...points]);
  const colour = palette[tone];
  return [
    ...levels.flatMap((level, index) => [
      element('line', { x1: left, x2: right, y1: y(level), y2: y(level), stroke: palette.grid }),
      label(texts[index] ?? '', { x: left - 8, y: y(level) + 4, fill: palette.muted, anchor: 'end' }),
    ]),
    ...dates(x, { first, last, left, right, locale }).map(({ text, at: where, anchor }) =>
      label(text, { x: where, y: height - 8, fill: palette.muted, anchor }),
    ),
    element('path', { d: shape ?? '', fill: colour, 'fill-opacity': 0.16 }),
    element('path', {
      d: outline ?? '',
      fill: 'none',
      stroke: colour,
      'stroke-width': 2,
      'stroke-linejoin': 'round',
      'stroke-linecap': 'round',
    }),
    ...peak(points, most).map((point) =>
      mark(point, { x: at(point), y: y(point.value), left, right, locale, colour, palette }),
    ),
  ];
}

/** The first of the largest; none where nothing happened. */
function peak(points: readonly Point[], most: number): Point[] {
  return most === 0 ? [] : points.filter(({ value }) => value === most).slice(0, 1);
}

function mark(
  { value }: Point,
  at: { x: number; y: number; left: number; right: number; locale: string; colour: string; palette: Palette },
): string {
  const text = new Intl.NumberFormat(at.locale).format(value);
  const half = textWidth(text, FONT.text) / 2;
  // It stays within the drawing, whichever day it is.
  const x = Math.min(Math.max(at.x, at.left + half), at.right - half);
  return (
    element('circle', {
      cx: at.x,
      cy: at.y,
      r: 3.5,
      fill: at.colour,
      stroke: at.palette.ground,
      'stroke-width': 1.5,
    }) + label(text, { x, y: at.y - 8, fill: at.palette.ink, anchor: 'middle', bold: true })
  );
}

type DateLabel = { text: string; at: number; anchor: 'start' | 'middle' | 'end' };

/** As many days as have room, at round distances; of a short time its ends. */
function dates(
  x: ReturnType<typeof scaleUtc<number>>,
  {
    first,
    last,
    left,
    right,
    locale,
  }: { first: number; last: number; left: number; right: number; locale: string },
): DateLabel[] {
  const isLong = (last - first) / DAY_MS > LONG_DAYS;
  const format = new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    ...(isLong ? { month: 'short', year: 'numeric' } : { day: 'numeric', month: 'short' }),
  });
  if (first === last) return [{ text: format.format(first), at: x(first), anchor: 'middle' }];
  const room = Math.max(2, Math.floor((right - left) / DATE_WIDTH));
  const ticks = x
    .ticks(room)
    .map(Number)
    .filter((moment) => moment % DAY_MS === 0);
  return ticks.map((moment) => {
    const text = format.format(moment);
    const half = textWidth(text, FONT.text) / 2;
    return { text, at: Math.min(Math.max(x(moment), left + half - 8), right - half + 4), anchor: 'middle' };
  });
}
