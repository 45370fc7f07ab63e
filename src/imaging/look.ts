/**
 * What a picture looks like, in 64 bits that stay nearly the same when it is made smaller, compressed again, made a
 * little lighter or cut a little at its edges: pHash (Zauner, “Implementation and Benchmarking of Perceptual Image Hash
 * Functions”, 2010). Packages that do it open pictures with a sharp of their own, or have not been kept for years;
 * docs/decisions/046 has what was measured.
 */

/** Sides of the copy whose frequencies are taken, and of the square of low ones that is kept. */
const GRID = 32;
const KEPT = 8;

/** Frequencies of a row of the grid: a discrete cosine transform (DCT-II), of which only the lowest are needed. */
const WAVES = Array.from({ length: KEPT }, (_, frequency) =>
  Array.from({ length: GRID }, (_, at) => Math.cos((Math.PI / GRID) * (at + 0.5) * frequency)),
);

/**
 * @param copy luma (0–255) of the whole picture, of any size; what it is worth does not depend on that
 * @returns 64 of `0` and `1`, a bit for each of the lowest frequencies: whether it is stronger than the median
 */
export function lookOf(copy: { luma: Uint8Array; width: number; height: number }): string {
  const grid = shrink(copy);
  // Across first, then down: a row of the grid becomes its lowest frequencies.
  const across = Array.from({ length: GRID }, (_, row) =>
    WAVES.map((wave) => sum(GRID, (at) => (grid[row * GRID + at] ?? 0) * (wave[at] ?? 0))),
  );
  const strengths = WAVES.flatMap((wave) =>
    Array.from({ length: KEPT }, (_, column) =>
      sum(GRID, (at) => (across[at]?.[column] ?? 0) * (wave[at] ?? 0)),
    ),
  );
  // The first says how light the whole is, and would outweigh all others.
  const ordered = strengths.slice(1).toSorted((one, other) => one - other);
  const median = ordered[Math.floor(ordered.length / 2)] ?? 0;
  return strengths.map((strength) => (strength > median ? '1' : '0')).join('');
}

/** Each cell of the grid is the mean of what it covers. */
function shrink({ luma, width, height }: { luma: Uint8Array; width: number; height: number }): number[] {
  const grid: number[] = [];
  for (let row = 0; row < GRID; row += 1) {
    const [top, bottom] = spanOf(row, height);
    for (let column = 0; column < GRID; column += 1) {
      const [left, right] = spanOf(column, width);
      let total = 0;
      for (let y = top; y < bottom; y += 1)
        for (let x = left; x < right; x += 1) total += luma[y * width + x] ?? 0;
      grid.push(total / ((bottom - top) * (right - left)));
    }
  }
  return grid;
}

/** At least one pixel, also of a picture that is smaller than the grid. */
function spanOf(cell: number, side: number): [from: number, to: number] {
  const from = Math.floor((cell * side) / GRID);
  return [from, Math.max(from + 1, Math.floor(((cell + 1) * side) / GRID))];
}

function sum(count: number, term: (at: number) => number): number {
  let total = 0;
  for (let at = 0; at < count; at += 1) total += term(at);
  return total;
}
