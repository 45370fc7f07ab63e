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
/** Of so many pixels a median is as exact as it needs to be, and sorting all of them would be a tenth of a comparison. */
const SAMPLE = 20_000;
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
  const places: number[] = [];
  for (let at = 0; at < inside.length; at += 1) if (inside[at] !== 0) places.push(at);
  if (places.length === 0) return { chroma: 0, foreign: null };
  const [was, is] = [toLab(pixelsAt(photo, places)), toLab(pixelsAt(picture, places))];
  const step = Math.ceil(places.length / SAMPLE);
  const sample = Array.from({ length: Math.ceil(places.length / step) }, (_, index) => index * step);
  const chroma = median(
    sample.map((index) =>
      chromaDifference(
        { a: was[index * 3 + 1] ?? 0, b: was[index * 3 + 2] ?? 0 },
        { a: is[index * 3 + 1] ?? 0, b: is[index * 3 + 2] ?? 0 },
      ),
    ),
  );
  const shift = ([0, 1, 2] as const).map((channel) =>
    median(sample.map((index) => (is[index * 3 + channel] ?? 0) - (was[index * 3 + channel] ?? 0))),
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

/** The pixels of these places alone, one after the other. */
function pixelsAt(pixels: Uint8Array, places: readonly number[]): Uint8Array {
  const picked = new Uint8Array(places.length * 3);
  for (const [index, at] of places.entries()) {
    picked[index * 3] = pixels[at * 3] ?? 0;
    picked[index * 3 + 1] = pixels[at * 3 + 1] ?? 0;
    picked[index * 3 + 2] = pixels[at * 3 + 2] ?? 0;
  }
  return picked;
}

/**
 * Share of the cells of the product that lie in the largest piece of something else.
 * @param was L*, a*, b* of each place, as `is`
 */
function largestForeign(
  was: Float32Array,
  is: Float32Array,
  about: { places: readonly number[]; shift: readonly number[]; width: number; isRecoloured: boolean },
): number {
  const { places, width, shift, isRecoloured } = about;
  const side = Math.max(8, Math.round(Math.sqrt(places.length) / CELLS));
  // With a column that is always empty, so that the last cell of a row is not beside the first one of the next.
  const columns = Math.ceil(width / side) + 1;
  /** The indices of the places in each cell. */
  const cells = new Map<number, number[]>();
  for (const [index, at] of places.entries()) {
    const key = Math.floor(at / width / side) * columns + Math.floor((at % width) / side);
    const cell = cells.get(key);
    if (cell === undefined) cells.set(key, [index]);
    else cell.push(index);
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
      const at = line[index] ?? start;
      for (const next of [at - 1, at + 1, at - columns, at + columns])
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
  for (const index of cell) {
    const [before, after] = [was[index * 3] ?? 0, is[index * 3] ?? 0];
    sums.l += after - before;
    sums.a += (is[index * 3 + 1] ?? 0) - (was[index * 3 + 1] ?? 0);
    sums.b += (is[index * 3 + 2] ?? 0) - (was[index * 3 + 2] ?? 0);
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
