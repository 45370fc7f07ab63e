/** Things of one kind beside each other, the largest first; and the steps of a way, of which each is part of the one before. */
import { scaleLinear } from 'd3-scale';
import { drawable } from './fonts.ts';
import { type Caption, FONT, fitText, frame, HEAD, label, PADDING, textWidth } from './frame.ts';
import { element } from './svg.ts';
import type { Look, Palette } from './theme.ts';

export type Bar = { label: string; value: number };
type Row = Bar & {
  /** Stands behind the value. */
  note: string;
  /** Drawn pale behind the bar: what it was of. */
  of: number;
};

const ROW = 38;
const THICK = 9;

/** @returns an SVG, as high as its bars need */
export function barChart(data: Caption & { bars: readonly Bar[] }, look: Look): string {
  const total = data.bars.reduce((sum, { value }) => sum + value, 0);
  const share = percent(look.locale);
  return rows(
    data,
    data.bars.map((bar) => ({ ...bar, note: total === 0 ? '' : share(bar.value / total), of: 0 })),
    look,
  );
}

/**
 * A funnel: each step with its part of the step before.
 * @returns an SVG, as high as its steps need
 */
export function funnelChart(data: Caption & { steps: readonly Bar[] }, look: Look): string {
  const share = percent(look.locale);
  return rows(
    data,
    data.steps.map((step, index) => {
      const before = data.steps[index - 1]?.value ?? 0;
      return { ...step, note: before === 0 ? '' : share(step.value / before), of: before };
    }),
    look,
  );
}

function percent(locale: string): (part: number) => string {
  const format = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  return (part) => format.format(part);
}

function rows(caption: Caption, bars: readonly Row[], look: Look): string {
  const height = HEAD + 4 + bars.length * ROW + 6;
  const named = look.theme === 'page' ? bars : bars.map(withDrawableName);
  return frame(caption, { ...look, height }, (palette) => draw(named, caption.tone, look, palette));
}

/** A name in letters that no font of ours has is told by its place, as in a list. */
function withDrawableName(row: Row, index: number): Row {
  return { ...row, label: drawable(row.label) || `${index + 1}.` };
}

function draw(
  bars: readonly Row[],
  tone: Caption['tone'],
  { width, locale }: Look,
  palette: Palette,
): string[] {
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const most = Math.max(1, ...bars.map(({ value, of }) => Math.max(value, of)));
  const right = width - PADDING;
  const noteWidth = Math.max(
    0,
    ...bars.map(({ note }) => (note === '' ? 0 : textWidth(note, FONT.text) + 10)),
  );
  const x = scaleLinear([0, most], [0, right - PADDING]);
  const bar = (value: number, y: number, fill: string, opacity: number) =>
    element('rect', { x: PADDING, y, width: x(value), height: THICK, rx: 2, fill, 'fill-opacity': opacity });
  return bars.flatMap(({ label: name, value, note, of }, index) => {
    const top = HEAD + 4 + index * ROW;
    const [text, y] = [numbers.format(value), top + 18];
    const room = right - PADDING - noteWidth - textWidth(text, FONT.text) - 12;
    return [
      label(fitText(name, FONT.text, room), { x: PADDING, y: top + 12, fill: palette.ink }),
      label(text, { x: right - noteWidth, y: top + 12, fill: palette.ink, anchor: 'end', bold: true }),
      ...(note === '' ? [] : [label(note, { x: right, y: top + 12, fill: palette.muted, anchor: 'end' })]),
      element('rect', { x: PADDING, y, width: right - PADDING, height: THICK, rx: 2, fill: palette.grid }),
      ...(of > value ? [bar(of, y, palette[tone], 0.3)] : []),
      // What is there can be seen.
      ...(value > 0 ? [bar(Math.max(value, most / 150), y, palette[tone], 1)] : []),
    ];
  });
}
