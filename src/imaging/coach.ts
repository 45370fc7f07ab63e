/**
 * What a seller's photo lacks, by measuring: before anything is spent, and never a reason to refuse it. Thresholds and
 * how often they hit were measured on 213 photos (sellers' phones, hands, studios) with ten to twelve degradations
 * each; docs/decisions/034 has the table.
 */

/** Pixels of the longer side at which a photo is measured: blur is a share of it. */
export const COACH_SIDE = 512;

export const PHOTO_FAULTS = ['dark', 'blurred', 'tiny', 'flat'] as const;
export type PhotoFault = (typeof PHOTO_FAULTS)[number];

const THRESHOLDS = {
  /** Luma (0–255) that the lightest twentieth reaches, at the least. 0 of 213 false alarms; ×0.45: 213 of 213. */
  lightest: 120,
  /** Luma between the darkest and the lightest twentieth. 1 of 213 false alarms; contrast of a quarter: all. */
  range: 60,
  /** Luma by which five pixels differ across an edge that is worth measuring. */
  edge: 40,
  /** Part of such an edge within one pixel, above which three quarters of all edges do not come in a blurred photo. */
  steepness: 0.45,
  /** With fewer edges nothing is known. Blur of 0.4 % of the longer side: 131 of 132, and 0 of 213 false alarms. */
  edges: 50,
  /** Pixels of the shorter side below which a label's small print is lost. */
  shorterSide: 800,
} as const;

/** Across so many pixels an edge is looked at. */
const REACH = 5;

/**
 * The first fault of a photo, the worst before lesser ones; null for a good one.
 * @param luma 0–255, a copy whose longer side is at most COACH_SIDE
 * @param source sides of the photo that a provider would get
 */
export function judgePhoto(
  copy: { luma: Uint8Array; width: number; height: number },
  source: { width: number; height: number },
): PhotoFault | null {
  const { darkest, lightest } = extremesOf(copy.luma);
  if (lightest < THRESHOLDS.lightest) return 'dark';
  if (isBlurred(copy)) return 'blurred';
  if (Math.min(source.width, source.height) < THRESHOLDS.shorterSide) return 'tiny';
  return lightest - darkest < THRESHOLDS.range ? 'flat' : null;
}

/**
 * The values that a twentieth of all is not above, and not below, from a count of each: sorting 200,000 of them took as
 * long as decoding them.
 */
function extremesOf(luma: Uint8Array): { darkest: number; lightest: number } {
  const counts = new Uint32Array(256);
  for (const value of luma) counts[value] = (counts[value] ?? 0) + 1;
  const valueAt = (share: number): number => {
    let left = Math.round(share * (luma.length - 1));
    return counts.findIndex((count) => {
      left -= count;
      return left < 0;
    });
  };
  return { darkest: valueAt(0.05), lightest: valueAt(0.95) };
}

/**
 * An edge of a sharp photo rises within a pixel or two, of a blurred one within many. The variance of the Laplacian,
 * which is usual, calls every other darkened photo blurred.
 */
function isBlurred({ luma, width, height }: { luma: Uint8Array; width: number; height: number }): boolean {
  const across = countEdges(luma, 1, { width: width - REACH, height, rowLength: width });
  const down = countEdges(luma, width, { width, height: height - REACH, rowLength: width });
  const edges = across.edges + down.edges;
  return edges >= THRESHOLDS.edges && across.soft + down.soft > Math.floor(edges * 0.75);
}

/**
 * Edges that begin within a part of the copy, and how many of them are no steeper than a blurred photo's. They are
 * counted rather than kept and sorted: a photo has tens of thousands.
 * @param step from one pixel to the next one in the direction that is looked in
 */
function countEdges(
  luma: Uint8Array,
  step: number,
  part: { width: number; height: number; rowLength: number },
): { edges: number; soft: number } {
  let edges = 0;
  let soft = 0;
  for (let y = 0; y < part.height; y += 1) {
    const row = y * part.rowLength;
    for (let from = row; from < row + part.width; from += 1) {
      const rise = Math.abs((luma[from + REACH * step] ?? 0) - (luma[from] ?? 0));
      if (rise <= THRESHOLDS.edge) continue;
      edges += 1;
      if (steepestOf(luma, from, step) <= rise * THRESHOLDS.steepness) soft += 1;
    }
  }
  return { edges, soft };
}

/** The largest step between two neighbours on the way across an edge. */
function steepestOf(luma: Uint8Array, from: number, step: number): number {
  let steepest = 0;
  for (let pixel = 0; pixel < REACH; pixel += 1) {
    const at = from + pixel * step;
    const rise = Math.abs((luma[at + step] ?? 0) - (luma[at] ?? 0));
    if (rise > steepest) steepest = rise;
  }
  return steepest;
}
