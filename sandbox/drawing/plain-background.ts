import type { Pixels } from '../drawing.ts';

/**
 * How far each pixel lies from the background that the photo's rim foretells. Lightness runs 0–100 as in
 * CIE Lab; the two colour axes are those of YCbCr on the same scale, which is Lab enough for a sandbox.
 */
export type Foreground = Readonly<{
  /** Positive where the pixel is darker than the background would be. */
  darker: Float32Array;
  /** How far its colour is from the background's, whatever its lightness. */
  hue: Float32Array;
}>;

/** The rim's width, as a share of the shorter side. */
const RIM = 0.03;
/** A rim pixel further than this from the fitted background is taken for the product touching the rim. */
const OUTLIER = 9;
/** A background is plain when so much of the rim follows one smooth surface … */
const PLAIN_SHARE = 0.72;
/** … and scatters no more than this around it. */
const PLAIN_SCATTER = 3.6;
/** The six terms of a surface that curves as a sweep under a lamp does: 1, x, y, x², xy, y². */
const TERMS = 6;

/** Compares a photo with its own background; null when the rim shows that the background is not plain. */
export function compareWithBackground(photo: Pixels): Foreground | null {
  const axes = toAxes(photo);
  const rim = rimOf(photo.width, photo.height);
  const first = axes.map((axis) => fitSurface(axis, rim, photo));
  const kept = rim.filter((at) => deviation(axes, first, at, photo) < OUTLIER);
  if (kept.length < rim.length * PLAIN_SHARE) return null;
  const surfaces = axes.map((axis) => fitSurface(axis, kept, photo));
  const scatter = Math.sqrt(
    kept.reduce((sum, at) => sum + deviation(axes, surfaces, at, photo) ** 2, 0) / kept.length,
  );
  return scatter > PLAIN_SCATTER ? null : measure(axes, surfaces, photo);
}

function toAxes({ data, width, height }: Pixels): Float32Array[] {
  const axes = [0, 1, 2].map(() => new Float32Array(width * height));
  const [lightness, blue, red] = axes;
  if (!lightness || !blue || !red) return axes;
  for (let at = 0; at < lightness.length; at += 1) {
    const r = data[at * 4] ?? 0;
    const g = data[at * 4 + 1] ?? 0;
    const b = data[at * 4 + 2] ?? 0;
    const luma = (0.299 * r + 0.587 * g + 0.114 * b) / 2.55;
    lightness[at] = luma;
    blue[at] = b / 2.55 - luma;
    red[at] = r / 2.55 - luma;
  }
  return axes;
}

/** Every third pixel of the photo's rim. */
function rimOf(width: number, height: number): number[] {
  const depth = Math.max(2, Math.round(Math.min(width, height) * RIM));
  const rim: number[] = [];
  for (let y = 0; y < height; y += 1) {
    const inside = y >= depth && y < height - depth;
    for (let x = y % 3; x < width; x += 3) {
      if (!inside || x < depth || x >= width - depth) rim.push(y * width + x);
    }
  }
  return rim;
}

function termsAt(at: number, { width, height }: Pixels): number[] {
  const x = (at % width) / width - 0.5;
  const y = Math.floor(at / width) / height - 0.5;
  return [1, x, y, x * x, x * y, y * y];
}

/** Least squares: the surface through one axis' values at these pixels. */
function fitSurface(axis: Float32Array, pixels: readonly number[], photo: Pixels): number[] {
  const rows = Array.from({ length: TERMS }, () => new Array<number>(TERMS + 1).fill(0));
  for (const at of pixels) {
    const terms = termsAt(at, photo);
    for (const [index, row] of rows.entries()) {
      const weight = terms[index] ?? 0;
      for (let column = 0; column < TERMS; column += 1) {
        row[column] = (row[column] ?? 0) + weight * (terms[column] ?? 0);
      }
      row[TERMS] = (row[TERMS] ?? 0) + weight * (axis[at] ?? 0);
    }
  }
  return solve(rows);
}

/** Gauss–Jordan without pivoting, which normal equations with a touch of damping do not need. */
function solve(rows: number[][]): number[] {
  for (const [index, row] of rows.entries()) {
    const pivot = (row[index] ?? 0) + 1e-6;
    for (let column = index; column <= TERMS; column += 1) row[column] = (row[column] ?? 0) / pivot;
    for (const other of rows) {
      if (other === row) continue;
      const factor = other[index] ?? 0;
      for (let column = index; column <= TERMS; column += 1) {
        other[column] = (other[column] ?? 0) - factor * (row[column] ?? 0);
      }
    }
  }
  return rows.map((row) => row[TERMS] ?? 0);
}

function deviation(axes: Float32Array[], surfaces: number[][], at: number, photo: Pixels): number {
  const terms = termsAt(at, photo);
  return Math.hypot(...axes.map((axis, index) => (axis[at] ?? 0) - heightAt(surfaces[index] ?? [], terms)));
}

function heightAt(surface: readonly number[], terms: readonly number[]): number {
  return surface.reduce((sum, factor, index) => sum + factor * (terms[index] ?? 0), 0);
}

function measure(axes: Float32Array[], surfaces: number[][], photo: Pixels): Foreground {
  const count = photo.width * photo.height;
  const darker = new Float32Array(count);
  const hue = new Float32Array(count);
  const [lightness, blue, red] = axes;
  const [lightnessSurface = [], blueSurface = [], redSurface = []] = surfaces;
  for (let at = 0; at < count; at += 1) {
    const terms = termsAt(at, photo);
    darker[at] = heightAt(lightnessSurface, terms) - (lightness?.[at] ?? 0);
    hue[at] = Math.hypot(
      (blue?.[at] ?? 0) - heightAt(blueSurface, terms),
      (red?.[at] ?? 0) - heightAt(redSurface, terms),
    );
  }
  return { darker, hue };
}
