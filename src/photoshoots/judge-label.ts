/** What a model has read on a product, in the photo and in the picture: whether it is the same, by code. */
import type { LabelReading, SeenText } from '../ai/read-labels.ts';

export type Label =
  /** Every line that could be read surely in a photo stands in the picture. */
  | { kind: 'as-in-photo' }
  /** A line reads otherwise, and both readings are sure. */
  | { kind: 'differs'; photo: string; picture: string }
  /** There is no text on the product. */
  | { kind: 'none' }
  /** Nobody looked, or not enough can be made out: nothing is said of it. */
  | { kind: 'not-read' };

/** Two readings are of one line while at most this share of its characters differs; beyond, they may be two lines. */
const SAME_LINE = 0.4;
/** Shorter lines (“L”, “5”) say too little to be found again. */
const SHORTEST_LINE = 3;

/**
 * Letters of other scripts and figures that look the same: which of them was read says nothing of the label. Only what
 * looks the same as a capital, because lines are compared in capitals.
 */
const LOOK_ALIKE: Readonly<Record<string, string>> = {
  А: 'A',
  В: 'B',
  Е: 'E',
  Ё: 'E',
  З: '3',
  І: 'I',
  К: 'K',
  М: 'M',
  Н: 'H',
  О: 'O',
  Р: 'P',
  С: 'C',
  Т: 'T',
  У: 'Y',
  Х: 'X',
  '0': 'O',
  '1': 'I',
  '|': 'I',
};

type Line = { text: string; characters: string };

/**
 * A line differs only where both readings of it are sure; a guess never blocks. A line that is not found in the
 * picture is out of sight, or too small, and no fault: whether a part is gone, pixels tell.
 */
export function judgeLabel({ photos, picture }: LabelReading): Label {
  const inPhotos = photos.flatMap(sureLines);
  const inPicture = sureLines(picture);
  const isIn = ({ characters }: Line, lines: readonly Line[]) =>
    lines
      .map((line) => line.characters)
      .join('')
      .includes(characters);
  // Joined, because one reading breaks lines where another does not. Guesses count where they agree.
  const all = (seen: readonly SeenText[]) => seen.flatMap(({ lines }) => lines.map(toLine));
  const missing = inPhotos.filter((line) => !isIn(line, all([picture])));
  const strange = inPicture.filter((line) => !isIn(line, all(photos)));
  const pairs = missing.flatMap((line) => {
    const other = nearest(line, strange);
    return other === null ? [] : [{ photo: line, picture: other }];
  });
  const [worst] = pairs.toSorted((one, other) => other.photo.text.length - one.photo.text.length);
  if (worst !== undefined) return { kind: 'differs', photo: worst.photo.text, picture: worst.picture.text };
  if (inPhotos.length > 0 && missing.length === 0) return { kind: 'as-in-photo' };
  const isBare = [...photos, picture].every(({ hasText, lines }) => !hasText && lines.length === 0);
  return { kind: isBare ? 'none' : 'not-read' };
}

function sureLines({ lines }: SeenText): Line[] {
  return lines
    .filter(({ sure }) => sure)
    .map(toLine)
    .filter(({ characters }) => characters.length >= SHORTEST_LINE);
}

/** Letters and figures alone, in capitals: spaces, signs and case are read now so and now so. */
function toLine({ text }: { text: string }): Line {
  const capitals = text.normalize('NFKC').toUpperCase();
  const characters = [...capitals]
    .filter((character) => /[\p{L}\p{N}|]/u.test(character))
    .map((character) => LOOK_ALIKE[character] ?? character);
  return { text: text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim(), characters: characters.join('') };
}

/** The line that may be the same one, read otherwise. */
function nearest(line: Line, others: readonly Line[]): Line | null {
  const [best] = others
    .map((other) => ({ other, distance: distanceOf(line.characters, other.characters) }))
    .toSorted((one, two) => one.distance - two.distance);
  if (best === undefined) return null;
  const length = Math.max(line.characters.length, best.other.characters.length);
  return best.distance > 0 && best.distance / length <= SAME_LINE ? best.other : null;
}

/** Levenshtein's distance: characters to add, take away or change. */
function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [down, character] of [...one].entries()) {
    const next = [down + 1];
    for (let across = 0; across < other.length; across += 1) {
      const change = (row[across] ?? 0) + (other[across] === character ? 0 : 1);
      next.push(Math.min(change, (row[across + 1] ?? 0) + 1, (next[across] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
