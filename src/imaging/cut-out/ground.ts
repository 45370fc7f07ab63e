/** The ground of a picture as a colour that changes gently across it, and how far each pixel is from that. */
// All distances are ΔE*ab (CIE 1976): about 2.3 is the least that an eye sees.
/** A ground whose border strays further from its own gentle gradient than this is not plain. */
const MOST_NOISE = 4;

/** At least this far from the ground something else begins. */
const LEAST_TOLERANCE = 4;

type Ground = {
  tolerance: number;
  /** Of each pixel: how far it is from the ground that would be there. */
  far: Float32Array;
  /** How far its colour is from the ground's at the same lightness: nearly nothing for a shadow. */
  tint: Float32Array;
  /** By how much it is darker. */
  darker: Float32Array;
};

/**
 * The ground as a colour that changes gently across the picture (a quadratic surface through its border), since no
 * light falls evenly; null where the border does not fit one.
 */
export function measureGround(lab: Float32Array, width: number, height: number): Ground | null {
  const ring = Math.max(3, Math.round(Math.min(width, height) * 0.02));
  const places: number[] = [];
  for (let y = 0; y < height; y += 1) {
    const isAcross = y < ring || y >= height - ring;
    for (let x = 0; x < width; x += isAcross || x < ring - 1 || x >= width - ring ? 1 : width - 2 * ring + 1)
      places.push(y * width + x);
  }
  const step = Math.max(1, Math.floor(places.length / 6000));
  const samples = places.filter((_, index) => index % step === 0);
  const terms = (at: number) => {
    const x = ((at % width) / width) * 2 - 1;
    const y = (Math.floor(at / width) / height) * 2 - 1;
    return [1, x, y, x * x, x * y, y * y] as const;
  };
  const surfaces = [0, 1, 2].map((channel) =>
    fitSurface(samples.map((at) => ({ terms: terms(at), value: lab[at * 3 + channel] ?? 0 }))),
  );
  const far = new Float32Array(width * height);
  const tint = new Float32Array(width * height);
  const darker = new Float32Array(width * height);
  const [light, red, yellow] = surfaces as [number[], number[], number[]];
  for (let row = 0, at = 0; row < height; row += 1) {
    const y = (row / height) * 2 - 1;
    const [lightAt, redAt, yellowAt] = [lineOf(light, y), lineOf(red, y), lineOf(yellow, y)];
    for (let column = 0; column < width; column += 1, at += 1) {
      const x = (column / width) * 2 - 1;
      const lightness = lab[at * 3] ?? 0;
      const l = lightAt.level + (lightAt.byX + lightAt.byXX * x) * x;
      const a = redAt.level + (redAt.byX + redAt.byXX * x) * x;
      const b = yellowAt.level + (yellowAt.byX + yellowAt.byXX * x) * x;
      const da = (lab[at * 3 + 1] ?? 0) - a;
      const db = (lab[at * 3 + 2] ?? 0) - b;
      const dl = l - lightness;
      far[at] = length(da, db, dl);
      darker[at] = dl;
      // In less light a colour has less chroma, in proportion.
      const lost = 1 - Math.min(1, lightness / Math.max(1, l));
      tint[at] = Math.min(length(da, db), length(da + a * lost, db + b * lost));
    }
  }
  const strays = Float32Array.from(samples, (at) => far[at] ?? 0).sort();
  const noise = strays[Math.floor(strays.length * 0.97)] ?? 0;
  if (noise > MOST_NOISE) return null;
  return { tolerance: Math.max(LEAST_TOLERANCE, noise * 2), far, tint, darker };
}

/** Not `Math.hypot`, which guards against sums that no colour reaches and takes several times as long. */
function length(x: number, y: number, z = 0): number {
  return Math.sqrt(x * x + y * y + z * z);
}

/** What a surface is along a row, so that a pixel asks for three products and not for eight. */
function lineOf(surface: readonly number[], y: number): { level: number; byX: number; byXX: number } {
  const [level = 0, byX = 0, byY = 0, byXX = 0, byXY = 0, byYY = 0] = surface;
  return { level: level + byY * y + byYY * y * y, byX: byX + byXY * y, byXX };
}

/** Least squares by the normal equations, solved by Gauss-Jordan: six unknowns. */
function fitSurface(samples: readonly { terms: readonly number[]; value: number }[]): number[] {
  const rows = Array.from({ length: 6 }, () => Array<number>(7).fill(0));
  for (const { terms, value } of samples) {
    for (const [index, row] of rows.entries()) {
      const weight = terms[index] ?? 0;
      for (let column = 0; column < 6; column += 1)
        row[column] = (row[column] ?? 0) + weight * (terms[column] ?? 0);
      row[6] = (row[6] ?? 0) + weight * value;
    }
  }
  for (let pivot = 0; pivot < 6; pivot += 1) {
    const best = rows
      .slice(pivot)
      .reduce((one, other) => (Math.abs(other[pivot] ?? 0) > Math.abs(one[pivot] ?? 0) ? other : one));
    rows.splice(rows.indexOf(best), 1);
    rows.splice(pivot, 0, best);
    const divisor = best[pivot] || 1;
    for (let column = 0; column < 7; column += 1) best[column] = (best[column] ?? 0) / divisor;
    for (const row of rows) {
      if (row === best) continue;
      const factor = row[pivot] ?? 0;
      for (let column = 0; column < 7; column += 1)
        row[column] = (row[column] ?? 0) - factor * (best[column] ?? 0);
    }
  }
  return rows.map((row) => row[6] ?? 0);
}
