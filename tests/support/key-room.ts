/** Whether the words of a key can be read whole on a phone: clients cut them off at the key's edge. */
import sharp from 'sharp';
import { FONT_FILES } from '../../src/charts/fonts.ts';

/** CSS pixels of a row of keys on a screen of 320: what the sandbox and Telegram leave beside a message. */
const ROW = 275;
const GAP = 4;
/** Between a key's edge and its words, on each side. */
const PADDING = 4;
/** Pixels and weight of a key's letters in the sandbox. Telegram's are as large, in narrower fonts. */
const SIZE = 14.5;
const WEIGHT = 'SemiBold';
/** Ems of an emoji, which no letter is as wide as. */
const EMOJI = 1.3;

/** Measured at this size, letters are as exact as a hundredth of an em. */
const MEASURED = 100;
const ems = new Map<string, number>();

/** Pixels that are left for the words of each of so many keys in a row. */
export function roomInRow(keys: number): number {
  return (ROW - (keys - 1) * GAP) / keys - 2 * PADDING;
}

/** Pixels that the words take. */
export async function keyWidth(words: string): Promise<number> {
  let width = 0;
  for (const { segment } of new Intl.Segmenter().segment(words)) width += await emsOf(segment);
  return width * SIZE;
}

async function emsOf(character: string): Promise<number> {
  if (/\p{Extended_Pictographic}/u.test(character)) return EMOJI;
  const known = ems.get(character);
  if (known !== undefined) return known;
  // Between two letters, since a space by itself has no ink.
  const width = ((await inkWidth(`H${character}H`)) - (await inkWidth('HH'))) / MEASURED;
  ems.set(character, width);
  return width;
}

async function inkWidth(text: string): Promise<number> {
  const fontfile = FONT_FILES.find(({ path }) => path.includes(WEIGHT))?.path ?? '';
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const font = `Golos Text ${WEIGHT} ${MEASURED}`;
  const { width } = await sharp({ text: { text: escaped, font, fontfile, dpi: 72 } }).metadata();
  return width;
}
