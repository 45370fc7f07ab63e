import type { Pixels } from '../drawing.ts';
import { type Box, grow, type Mask, shrink } from './mask.ts';

/** How far around the coarse mask's edge, in its own pixels, the true edge is looked for. */
const BAND = 2;
/** How far, in coarse pixels, one looks for colours that are surely the product's or the background's. */
const REACH = 5;
/** Squared RGB distance of product and background below which their mixture cannot be told apart. */
const TELLABLE = 36 ** 2;

/** The two colours that mix along the product's edge, per coarse pixel: three numbers each, or NaN. */
type EdgeColours = Readonly<{ product: Float32Array; background: Float32Array }>;

/**
 * The product cut out of the full photo along a mask that was found in a smaller copy of it. Inside the band
 * around the mask's edge each pixel is read as a mixture of the product's and the background's colour nearby:
 * its share becomes the transparency, and the background's part of its colour is taken out.
 */
export function cutOut(photo: Pixels, coarse: Pixels, mask: Mask, box: Box): Pixels {
  const inside = shrink(mask, BAND).data;
  const nearby = grow(mask, BAND).data;
  const colours = edgeColours(coarse, inside, nearby);
  const soft = soften(soften(mask.data, mask.width), mask.width);
  const scale = photo.width / coarse.width;
  const left = Math.floor(box.left * scale);
  const top = Math.floor(box.top * scale);
  const width = Math.min(photo.width - left, Math.ceil(box.width * scale));
  const height = Math.min(photo.height - top, Math.ceil(box.height * scale));
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    const row = Math.min(coarse.height - 1, Math.floor((top + y) / scale)) * coarse.width;
    for (let x = 0; x < width; x += 1) {
      const cell = row + Math.min(coarse.width - 1, Math.floor((left + x) / scale));
      if (nearby[cell] === 0) continue;
      const from = ((top + y) * photo.width + left + x) * 4;
      const to = (y * width + x) * 4;
      const mixed =
        inside[cell] === 1
          ? null
          : (unmix(photo.data, from, colours, cell) ?? [
              ...photo.data.subarray(from, from + 3),
              steepen(sample(soft, coarse.width, (left + x) / scale - 0.5, (top + y) / scale - 0.5)) * 255,
            ]);
      for (let channel = 0; channel < 4; channel += 1) {
        data[to + channel] = mixed?.[channel] ?? photo.data[from + channel] ?? 0;
      }
    }
  }
  return { data, width, height };
}

/**
 * Red, green, blue and transparency of one pixel of the band; null where product and background are too much
 * alike, or too far, to be told apart: there the softened mask decides.
 */
function unmix(
  photo: Uint8Array,
  from: number,
  colours: EdgeColours,
  cell: number,
): readonly number[] | null {
  const near = [0, 1, 2].map((channel) => ({
    seen: photo[from + channel] ?? 0,
    product: colours.product[cell * 3 + channel] ?? 0,
    background: colours.background[cell * 3 + channel] ?? 0,
  }));
  const apart = near.reduce((sum, { product, background }) => sum + (product - background) ** 2, 0);
  // Written this way round because NaN, no sure colour near, must end here too.
  if (!(apart > TELLABLE)) return null;
  const along = near.reduce(
    (sum, { seen, product, background }) => sum + (seen - background) * (product - background),
    0,
  );
  const share = steepen(along / apart);
  const clean = near.map(({ seen, product, background }) =>
    share > 0.95 ? seen : share > 0.3 ? (seen - (1 - share) * background) / share : product,
  );
  return [...clean.map((value) => Math.min(255, Math.max(0, value))), share * 255];
}

/** A mixture's share with its two ends cut off, because noise is no transparency. */
function steepen(share: number): number {
  return Math.min(1, Math.max(0, (share - 0.18) / 0.64));
}

/** Each value averaged with its eight neighbours. */
function soften(values: ArrayLike<number>, width: number): Float32Array {
  const soft = new Float32Array(values.length);
  for (let at = 0; at < values.length; at += 1) {
    let sum = 0;
    for (const row of [-width, 0, width]) {
      for (const step of [-1, 0, 1]) sum += values[at + row + step] ?? values[at] ?? 0;
    }
    soft[at] = sum / 9;
  }
  return soft;
}

/** The value between four pixels, by their distances. */
function sample(values: Float32Array, width: number, x: number, y: number): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  const [right, down] = [x - column, y - row];
  const value = (dx: number, dy: number) => values[(row + dy) * width + column + dx] ?? 0;
  return (
    (value(0, 0) * (1 - right) + value(1, 0) * right) * (1 - down) +
    (value(0, 1) * (1 - right) + value(1, 1) * right) * down
  );
}

function edgeColours(coarse: Pixels, inside: Uint8Array, nearby: Uint8Array): EdgeColours {
  const count = coarse.width * coarse.height;
  const product = new Float32Array(count * 3);
  const background = new Float32Array(count * 3);
  for (let at = 0; at < count; at += 1) {
    if (nearby[at] === 0 || inside[at] === 1) continue;
    product.set(
      meanAround(coarse, at, (near) => inside[near] === 1),
      at * 3,
    );
    background.set(
      meanAround(coarse, at, (near) => nearby[near] === 0),
      at * 3,
    );
  }
  return { product, background };
}

/** The mean colour of the pixels around `at` that count; NaN when none does. */
function meanAround(
  { data, width, height }: Pixels,
  at: number,
  counts: (near: number) => boolean,
): number[] {
  const [x, y] = [at % width, Math.floor(at / width)];
  let [red, green, blue, found] = [0, 0, 0, 0];
  for (let row = Math.max(0, y - REACH); row <= Math.min(height - 1, y + REACH); row += 1) {
    for (let column = Math.max(0, x - REACH); column <= Math.min(width - 1, x + REACH); column += 1) {
      const near = row * width + column;
      if (!counts(near)) continue;
      red += data[near * 4] ?? 0;
      green += data[near * 4 + 1] ?? 0;
      blue += data[near * 4 + 2] ?? 0;
      found += 1;
    }
  }
  return [red / found, green / found, blue / found];
}
