export type Shape = { width: number; height: number };
export type MosaicRow<T> = { tiles: { picture: T; ratio: number }[]; ratio: number };

/** How tall an album may look beside its width: 1 is a square. */
const WANTED_HEIGHT = 1.05;
const MOST_IN_A_ROW = 3;
/** A tile is cropped to within these ratios, so that a banner or a tower leaves room for its neighbours. */
const NARROWEST = 0.6;
const WIDEST = 1.9;

/**
 * Lays an album out in rows that all have the album's width: of all ways to cut the pictures into rows of one to
 * three, the one whose total height comes nearest to what looks well, with rows about equally tall.
 * A row's ratio is its width to its height; a tile's ratio is its share of the row.
 */
export function mosaic<T extends Shape>(pictures: readonly T[]): MosaicRow<T>[] {
  const tiles = pictures.map((picture) => ({
    picture,
    ratio: Math.min(WIDEST, Math.max(NARROWEST, picture.width / picture.height)),
  }));
  let best: MosaicRow<T>[] = [];
  let bestPenalty = Number.POSITIVE_INFINITY;
  for (const sizes of cuts(tiles.length)) {
    const rows = rowsOf(tiles, sizes);
    const penalty = penaltyOf(rows);
    if (penalty < bestPenalty) {
      best = rows;
      bestPenalty = penalty;
    }
  }
  return best;
}

/** Every way to write `count` as an ordered sum of row sizes. An album has at most ten pictures: 274 ways. */
function cuts(count: number): number[][] {
  if (count === 0) return [[]];
  const found: number[][] = [];
  for (let first = 1; first <= Math.min(MOST_IN_A_ROW, count); first += 1) {
    for (const rest of cuts(count - first)) found.push([first, ...rest]);
  }
  return found;
}

function rowsOf<T>(tiles: MosaicRow<T>['tiles'], sizes: number[]): MosaicRow<T>[] {
  let taken = 0;
  return sizes.map((size) => {
    const row = tiles.slice(taken, taken + size);
    taken += size;
    return { tiles: row, ratio: row.reduce((sum, tile) => sum + tile.ratio, 0) };
  });
}

function penaltyOf<T>(rows: MosaicRow<T>[]): number {
  const heights = rows.map((row) => 1 / row.ratio);
  const total = heights.reduce((sum, height) => sum + height, 0);
  const unevenness = Math.max(...heights) - Math.min(...heights);
  return Math.abs(total - WANTED_HEIGHT) + unevenness / 2;
}
