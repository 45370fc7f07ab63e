/** The fonts that come with the product for pictures, and what can be written with them. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { CHART_FONT, EMOJI_FONT } from './theme.ts';

const { resolve } = createRequire(import.meta.url);

/** From packages, because an image of Node has no fonts at all, and without one every letter is an empty box. */
const GOLOS = '@expo-google-fonts/golos-text';
/** In one colour, which is a tenth of the bytes; pages take it as well. */
export const EMOJI_FILE = resolve('@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf');
export const FONT_FILES: readonly { family: string; path: string }[] = [
  { family: CHART_FONT, path: resolve(`${GOLOS}/400Regular/GolosText_400Regular.ttf`) },
  { family: CHART_FONT, path: resolve(`${GOLOS}/600SemiBold/GolosText_600SemiBold.ttf`) },
  { family: EMOJI_FONT, path: EMOJI_FILE },
];

const visible = new Intl.Segmenter();
/** What joins the parts of one emoji, or says that it is one: never drawn by itself. */
const JOINERS = new Set([0x200d, 0xfe0e, 0xfe0f]);

/** Makes a key of the digit before it where one font has both; ours would draw an empty key behind the digit. */
const KEYCAP = /\ufe0f?\u20e3/gu;

let characters: ReadonlySet<number> | null = null;

/**
 * The text without what a picture would show as empty boxes, since neither font has it (Chinese, Arabic, Hebrew …).
 * The same on every machine: one that has such a font would draw a picture that another one cannot.
 * @returns possibly nothing
 */
export function drawable(text: string): string {
  characters ??= new Set(FONT_FILES.flatMap(({ path }) => [...charactersOf(readFileSync(path))]));
  const known = characters;
  const isKnown = (code: number) => JOINERS.has(code) || known.has(code);
  return [...visible.segment(text.replaceAll(KEYCAP, ''))]
    .map(({ segment }) => segment)
    .filter((segment) => [...segment].every((character) => isKnown(character.codePointAt(0) ?? 0)))
    .join('')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/**
 * The characters that a TrueType font has a glyph for, read from its table `cmap` in the two formats in which fonts
 * for Unicode have it (https://learn.microsoft.com/typography/opentype/spec/cmap). By hand: a library that reads
 * fonts is larger than both of ours.
 * @throws Error where there is no such table
 */
export function charactersOf(font: Buffer): Set<number> {
  const tables = Array.from({ length: font.readUInt16BE(4) }, (_, index) => 12 + index * 16);
  const entry = tables.find((at) => font.toString('latin1', at, at + 4) === 'cmap');
  if (entry === undefined) throw new Error('the font has no table of characters');
  const cmap = font.readUInt32BE(entry + 8);
  const found = new Set<number>();
  for (let index = 0; index < font.readUInt16BE(cmap + 2); index += 1) {
    const table = font.subarray(cmap + font.readUInt32BE(cmap + 4 + index * 8 + 4));
    const format = table.readUInt16BE(0);
    if (format === 4) addSegments(table, found);
    if (format === 12) addGroups(table, found);
  }
  if (found.size === 0) throw new Error('the font has its characters in a format that is not read');
  return found;
}

/** Format 4: segments of the first 65,536 characters. A glyph of 0 is the empty box. */
function addSegments(table: Buffer, found: Set<number>): void {
  const size = table.readUInt16BE(6);
  const [ends, starts, deltas, offsets] = [14, 16 + size, 16 + 2 * size, 16 + 3 * size];
  for (let at = 0; at < size; at += 2) {
    const start = table.readUInt16BE(starts + at);
    const delta = table.readUInt16BE(deltas + at);
    const offset = table.readUInt16BE(offsets + at);
    for (let code = start; code <= Math.min(table.readUInt16BE(ends + at), 0xfffe); code += 1) {
      // An offset is counted from where it stands.
      const glyph = offset === 0 ? code : table.readUInt16BE(offsets + at + offset + 2 * (code - start));
      if (glyph !== 0 && ((glyph + delta) & 0xffff) !== 0) found.add(code);
    }
  }
}

/** Format 12: groups of any characters. */
function addGroups(table: Buffer, found: Set<number>): void {
  for (let index = 0; index < table.readUInt32BE(12); index += 1) {
    const at = 16 + index * 12;
    const [first, last] = [table.readUInt32BE(at), table.readUInt32BE(at + 4)];
    for (let code = first; code <= last; code += 1) found.add(code);
  }
}
