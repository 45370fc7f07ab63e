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
  /** Part of such an edge within one pixel, which three quarters of all edges stay below in a blurred photo. */
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
  const [darkest, lightest] = [quantileOf(copy.luma, 0.05), quantileOf(copy.luma, 0.95)];
  if (lightest < THRESHOLDS.lightest) return 'dark';
  if (isBlurred(copy)) return 'blurred';
  if (Math.min(source.width, source.height) < THRESHOLDS.shorterSide) return 'tiny';
  return lightest - darkest < THRESHOLDS.range ? 'flat' : null;
}

/** The value at this share of all, from a count of each: sorting 200,000 of them took as long as decoding them. */
function quantileOf(luma: Uint8Array, share: number): number {
  const counts = new Uint32Array(256);
  for (const value of luma) counts[value] = (counts[value] ?? 0) + 1;
  let left = Math.round(share * (luma.length - 1));
  for (let value = 0; value < 256; value += 1) {
    left -= counts[value] ?? 0;
    if (left < 0) return value;
  }
  return 0;
}

/**
 * An edge of a sharp photo rises within a pixel or two, of a blurred one within many. The variance of the Laplacian,
 * which is usual, calls every other darkened photo blurred.
 */
function isBlurred({ luma, width, height }: { luma: Uint8Array; width: number; height: number }): boolean {
  const slopes = new Float32Array(2 * luma.length);
  let edges = 0;
  const look = (from: number, step: number) => {
    const across = Math.abs((luma[from + REACH * step] ?? 0) - (luma[from] ?? 0));
    if (across <= THRESHOLDS.edge) return;
    let steepest = 0;
    for (let pixel = 0; pixel < REACH; pixel += 1) {
      const rise = Math.abs((luma[from + (pixel + 1) * step] ?? 0) - (luma[from + pixel * step] ?? 0));
      if (rise > steepest) steepest = rise;
    }
    slopes[edges] = steepest / across;
    edges += 1;
  };
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      if (x + REACH < width) look(y * width + x, 1);
      if (y + REACH < height) look(y * width + x, width);
    }
  if (edges < THRESHOLDS.edges) return false;
  const sorted = slopes.subarray(0, edges).sort();
  return (sorted[Math.floor(edges * 0.75)] ?? 1) < THRESHOLDS.steepness;
}
