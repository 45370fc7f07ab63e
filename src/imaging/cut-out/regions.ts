/** Which pixels are ground, shadow and product: flooded from the border, and cleaned of what only bled or strayed. */
import { collectPart, forNeighbours, forWindow, hasNeighbour } from './pixels.ts';

/** Lightness by which a shadow may darken the ground; what is darker and grey is taken for a product. */
export const DARKEST_SHADOW = 50;

/** A ground may be lighter by this where the light falls, beyond what a quadratic surface follows. */
const LIGHTEST = 8;

/** Lightness that a shadow may change from pixel to pixel; the outline of a product changes faster. */
export const SHADOW_STEP = 2.5;

export const GROUND = 1;

export const SHADOW = 2;

/** Marks what is reached from the border over pixels of the ground's colour. */
export function floodGround(far: Float32Array, tolerance: number, width: number, height: number): Uint8Array {
  const marks = new Uint8Array(far.length);
  const line: number[] = [];
  const enter = (at: number) => {
    if (marks[at] !== 0 || (far[at] ?? 0) >= tolerance) return;
    marks[at] = GROUND;
    line.push(at);
  };
  for (let x = 0; x < width; x += 1) {
    enter(x);
    enter((height - 1) * width + x);
  }
  for (let y = 0; y < height; y += 1) {
    enter(y * width);
    enter(y * width + width - 1);
  }
  for (let at = line.pop(); at !== undefined; at = line.pop()) forNeighbours(at, width, height, enter);
  return marks;
}

/**
 * Gives back to the ground what only bled into it: a JPEG keeps colours at half the resolution, so that a strong
 * outline tints the ground beside it for a few pixels. The outline is where nearly half of its height is reached.
 */
export function peelFringe(marks: Uint8Array, far: Float32Array, width: number, height: number): void {
  const bled = (at: number) => {
    if (marks[at] !== 0 || !hasNeighbour(at, width, height, (next) => marks[next] === GROUND)) return false;
    let most = 0;
    forWindow(at, 5, width, height, (near) => {
      most = Math.max(most, far[near] ?? 0);
    });
    return (far[at] ?? 0) < most * 0.4;
  };
  let candidates: Iterable<number> = marks.keys();
  for (let step = 2 * thinness(width, height) + 2; step > 0; step -= 1) {
    const peeled: number[] = [];
    for (const at of candidates) if (bled(at)) peeled.push(at);
    for (const at of peeled) marks[at] = GROUND;
    // What was beside the ground and stayed, stays: only what is beside it now is looked at anew.
    const beside = new Set<number>();
    for (const at of peeled) forNeighbours(at, width, height, (next) => beside.add(next));
    candidates = beside;
  }
}

/** Gives dust and the noise of a JPEG to the ground: parts that are too small to be of a product. */
export function dropSpecks(marks: Uint8Array, width: number, height: number): void {
  const most = 4 * thinness(width, height) ** 2;
  const seen = new Uint8Array(marks.length);
  for (let start = 0; start < marks.length; start += 1) {
    if (marks[start] !== 0 || seen[start] === 1) continue;
    const part = collectPart(start, seen, (at) => marks[at] === 0, width, height);
    if (part.length <= most) for (const at of part) marks[at] = GROUND;
  }
}

/** Marks what lies beyond the ground and is nothing but it in less and less light. */
export function floodShadow(
  marks: Uint8Array,
  about: {
    lab: Float32Array;
    tint: Float32Array;
    darker: Float32Array;
    tolerance: number;
    width: number;
    height: number;
  },
): void {
  const { lab, tint, darker, tolerance, width, height } = about;
  const line: number[] = [];
  const spread = (from: number) =>
    forNeighbours(from, width, height, (at) => {
      if (marks[at] !== 0 || (tint[at] ?? 0) >= tolerance) return;
      const depth = darker[at] ?? 0;
      if (depth < -LIGHTEST || depth > DARKEST_SHADOW) return;
      if (Math.abs((lab[at * 3] ?? 0) - (lab[from * 3] ?? 0)) > SHADOW_STEP) return;
      marks[at] = SHADOW;
      line.push(at);
    });
  for (let at = 0; at < marks.length; at += 1) if (marks[at] === GROUND) spread(at);
  for (let at = line.pop(); at !== undefined; at = line.pop()) spread(at);
}

/** Half the width of what is too thin to be sure of, in pixels: as wide as an outline is blurred. */
export function thinness(width: number, height: number): number {
  return Math.max(2, Math.round(Math.max(width, height) * 0.0017));
}
