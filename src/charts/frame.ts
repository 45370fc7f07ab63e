/** What every chart has: its ground, its title and unit, and the words for those who do not see it. */
import { element, words } from './svg.ts';
import { CHART_FONT, type Look, type Palette, paletteOf, type Tone } from './theme.ts';

export type Caption = {
  title: string;
  /** What is counted, and for how long each point stands, such as “Stars a day”. */
  unit: string;
  /** What the chart shows, in a sentence or two, for those who hear it. */
  description: string;
  tone: Tone;
};

export const PADDING = 14;
/** Where the title ends and the drawing may begin. */
export const HEAD = 54;
export const FONT = { title: 15, text: 12 } as const;

/** A letter of this font is half as wide as high, some more: enough to tell whether words fit. */
const LETTER = 0.58;

export function textWidth(text: string, size: number): number {
  return [...text].length * size * LETTER;
}

/** The words in at most so many units. */
export function fitText(text: string, size: number, width: number): string {
  const letters = [...text];
  const room = Math.max(1, Math.floor(width / (size * LETTER)));
  return letters.length <= room
    ? text
    : `${letters
        .slice(0, room - 1)
        .join('')
        .trimEnd()}…`;
}

export function label(
  text: string,
  at: {
    x: number;
    y: number;
    fill: string;
    size?: number;
    anchor?: 'start' | 'middle' | 'end';
    bold?: boolean;
  },
): string {
  const { x, y, fill, size = FONT.text, anchor = 'start', bold = false } = at;
  return element(
    'text',
    { x, y, fill, 'font-size': size, 'text-anchor': anchor, ...(bold ? { 'font-weight': 600 } : {}) },
    words(text),
  );
}

/** @param draw what stands below the title */
export function frame(
  { title, unit, description }: Caption,
  { width, theme, height }: Look & { height: number },
  draw: (palette: Palette) => readonly string[],
): string {
  const palette = paletteOf(theme);
  const room = width - 2 * PADDING;
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      class: 'chart',
      'font-family': `${CHART_FONT}, system-ui, sans-serif`,
    },
    element('title', {}, words(title)),
    element('desc', {}, words(description)),
    element('rect', { width, height, fill: palette.ground }),
    label(fitText(title, FONT.title, room), {
      x: PADDING,
      y: 25,
      fill: palette.ink,
      size: FONT.title,
      bold: true,
    }),
    label(fitText(unit, FONT.text, room), { x: PADDING, y: 43, fill: palette.muted }),
    ...draw(palette),
  );
}
