/** What every chart has: its ground, its title and unit, and the words for those who do not see it. */
import { element, words } from './svg.ts';
import { CHART_FONT, EMOJI_FONT, type Look, type Palette, paletteOf, type Tone } from './theme.ts';

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
/** An emoji is wider than it is high, and as wide as the widest of others. */
const WIDE = 1.3;
const IS_WIDE =
  /\p{Emoji_Presentation}|\p{Extended_Pictographic}|\p{Script=Han}|\p{Script=Kana}|\p{Script=Hira}|\p{Script=Hang}/u;

const segmenter = new Intl.Segmenter();
/** What is seen as one: an emoji of several characters is not taken apart. */
const seen = (text: string) => [...segmenter.segment(text)].map(({ segment }) => segment);
const ems = (character: string) => (IS_WIDE.test(character) ? WIDE : LETTER);

export function textWidth(text: string, size: number): number {
  return seen(text).reduce((width, character) => width + ems(character) * size, 0);
}

/** The words in at most so many units. */
export function fitText(text: string, size: number, width: number): string {
  if (textWidth(text, size) <= width) return text;
  let room = width - LETTER * size;
  const fitting = seen(text).filter((character) => {
    room -= ems(character) * size;
    return room >= 0;
  });
  return `${fitting.join('').trimEnd()}…`;
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
      // A page's own has what its reader's machine can show.
      ...(theme === 'page' ? {} : { 'font-family': `${CHART_FONT}, ${EMOJI_FONT}` }),
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
