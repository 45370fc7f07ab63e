/**
 * What lies under a photo that was moved onto its place in a picture: how far the colour of the whole is off, and how
 * much of the product is something else, cell by cell.
 */
import { chromaDifference, toLab } from './lab.ts';
import { type Measures, THRESHOLDS } from './likeness.ts';

/** Cells across the product, each of which is compared as a whole; and how much of a cell is to be product. */
const CELLS = 22;
const CELL_FILLED = 0.8;
/** What makes a cell another: structure (1 − the structural similarity of its lightness) … */
const OTHER_STRUCTURE = 0.75;
/** … of lightness that is there at all, as a standard deviation of L* … */
const STRUCTURED = 6;
/** … or its mean lightness or colour, apart from what the light changed of the whole product. */
const OTHER_LIGHTNESS = 35;
const OTHER_CHROMA = 40;
/** Keeps noise of plain cells from counting as structure: variance of L*. */
const NOISE = 16;

/**
 * @param photo RGB, three bytes a pixel, moved to where the product is in the picture; `picture` the same
 * @param about.inside not 0 for the pixels that are compared; `width`: pixels of a row of both; `isLifted`: whether the
 * product was lifted off its ground in the photo
 */
export function compareUnder(
  photo: Uint8Array,
  picture: Uint8Array,
  { inside, width, isLifted }: { inside: Uint8Array; width: number; isLifted: boolean },
): Pick<Measures, 'chroma' | 'foreign'> {
  const [was, is] = [toLab(photo), toLab(picture)];
  const places: number[] = [];
  for (let at = 0; at < inside.length; at += 1) if (inside[at] !== 0) places.push(at);
  const sample = places.filter((_, index) => index % 3 === 0);
  if (sample.length === 0) return { chroma: 0, foreign: null };
  const chroma = median(
    sample.map((at) =>
      chromaDifference(
        { a: was[at * 3 + 1] ?? 0, b: was[at * 3 + 2] ?? 0 },
        { a: is[at * 3 + 1] ?? 0, b: is[at * 3 + 2] ?? 0 },
      ),
    ),
  );
  const shift = ([0, 1, 2] as const).map((channel) =>
    median(sample.map((at) => (is[at * 3 + channel] ?? 0) - (was[at * 3 + channel] ?? 0))),
  );
  // Without a lift a hand or the table may lie between the places: what differs there is no part of the product.
  const foreign = isLifted
    ? largestForeign(was, is, {
        places,
        shift,
        width,
        isRecoloured: chroma > THRESHOLDS.chroma,
      })
    : null;
  return { chroma, foreign };
}

/** Share of the cells of the product that lie in the largest piece of something else. */
function largestForeign(
  was: Float32Array,
  is: Float32Array,
  about: { places: readonly number[]; shift: readonly number[]; width: number; isRecoloured: boolean },
): number {
  const { places, width, shift, isRecoloured } = about;
  const side = Math.max(8, Math.round(Math.sqrt(places.length) / CELLS));
  const cells = new Map<string, number[]>();
  for (const at of places) {
    const key = `${Math.floor((at % width) / side)}:${Math.floor(at / width / side)}`;
    const cell = cells.get(key);
    if (cell === undefined) cells.set(key, [at]);
    else cell.push(at);
  }
  const full = [...cells].filter(([, cell]) => cell.length >= side * side * CELL_FILLED);
  const others = new Set(
    full.filter(([, cell]) => isOther(was, is, cell, isRecoloured ? null : shift)).map(([key]) => key),
  );
  let largest = 0;
  for (const start of others) {
    const line = [start];
    others.delete(start);
    for (let index = 0; index < line.length; index += 1) {
      const [x = 0, y = 0] = (line[index] ?? '').split(':').map(Number);
      for (const next of [`${x - 1}:${y}`, `${x + 1}:${y}`, `${x}:${y - 1}`, `${x}:${y + 1}`])
        if (others.delete(next)) line.push(next);
    }
    largest = Math.max(largest, line.length);
  }
  return full.length === 0 ? 0 : largest / full.length;
}

function isOther(
  was: Float32Array,
  is: Float32Array,
  cell: readonly number[],
  /** Null where the whole product has other colours: then only its structure tells what is still there. */
  shift: readonly number[] | null,
): boolean {
  const sums = { l: 0, a: 0, b: 0, was: 0, is: 0, wasWas: 0, isIs: 0, both: 0 };
  for (const at of cell) {
    const [before, after] = [was[at * 3] ?? 0, is[at * 3] ?? 0];
    sums.l += after - before;
    sums.a += (is[at * 3 + 1] ?? 0) - (was[at * 3 + 1] ?? 0);
    sums.b += (is[at * 3 + 2] ?? 0) - (was[at * 3 + 2] ?? 0);
    sums.was += before;
    sums.is += after;
    sums.wasWas += before * before;
    sums.isIs += after * after;
    sums.both += before * after;
  }
  const n = cell.length;
  if (shift !== null) {
    const [l = 0, a = 0, b = 0] = shift;
    if (Math.abs(sums.l / n - l) > OTHER_LIGHTNESS) return true;
    if (Math.hypot(sums.a / n - a, sums.b / n - b) > OTHER_CHROMA) return true;
  }
  const spreadWas = Math.max(0, sums.wasWas / n - (sums.was / n) ** 2);
  const spreadIs = Math.max(0, sums.isIs / n - (sums.is / n) ** 2);
  if (Math.sqrt(Math.max(spreadWas, spreadIs)) < STRUCTURED) return false;
  const shared = sums.both / n - (sums.was / n) * (sums.is / n);
  return 1 - (2 * shared + NOISE) / (spreadWas + spreadIs + NOISE) > OTHER_STRUCTURE;
}

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
