/** What speaks against a cut-out, each by a measure of its own; distances are ΔE*ab as in ground.ts. */

import { distances, forNeighbours, forWindow, hasNeighbour, largestPart } from './pixels.ts';
import { DARKEST_SHADOW, GROUND, SHADOW, SHADOW_STEP, thinness } from './regions.ts';

/** An edge rises above the tolerance by this within a few pixels, or it is none to rely on. */
const EDGE_RISE = 10;

/** A shadow fades into the ground; what has an outline against it is a grey part of the product. */
export function hasOutline(
  marks: Uint8Array,
  lab: Float32Array,
  tolerance: number,
  width: number,
  height: number,
): boolean {
  let [soft, hard] = [0, 0];
  for (let at = 0; at < marks.length; at += 1) {
    if (marks[at] !== SHADOW) continue;
    forNeighbours(at, width, height, (next) => {
      if (marks[next] !== GROUND) return;
      if (Math.abs((lab[at * 3] ?? 0) - (lab[next * 3] ?? 0)) > Math.max(SHADOW_STEP, tolerance)) hard += 1;
      else soft += 1;
    });
  }
  return hard > (soft + hard) * 0.05;
}

type Measured = {
  mask: Uint8Array;
  /** The product without its outline, in which its colours and the ground's are mixed. */
  core: Uint8Array;
  tint: Float32Array;
  darker: Float32Array;
  tolerance: number;
  /** Pixels of the product. */
  size: number;
  width: number;
  height: number;
};

/** Whether a part of the product could be the ground: seen through a hole or glass, or of the same colour. */
export function isFaint(about: Measured & { far: Float32Array }): boolean {
  const { mask, core, far, tint, darker, tolerance, size, width, height } = about;
  const isSame = (at: number) => core[at] === 1 && (far[at] ?? 0) < tolerance;
  if (largestPart(mask.length, isSame, width, height) > Math.max(25, size * 0.0004)) return true;
  const isNear = (at: number) =>
    core[at] === 1 && (tint[at] ?? 0) < tolerance + 1 && Math.abs(darker[at] ?? 0) < 22;
  if (largestPart(mask.length, isNear, width, height) > Math.max(60, size * 0.006)) return true;
  let pale = 0;
  for (let at = 0; at < mask.length; at += 1) if (mask[at] === 1 && (far[at] ?? 0) < 15) pale += 1;
  return pale > size * 0.1;
}

/** Whether a part of the product could be a hard shadow, or a shadow goes over into it. */
export function mayBeShadow(about: Measured & { marks: Uint8Array; shadow: number }): boolean {
  const { mask, core, marks, tint, darker, tolerance, size, shadow, width, height } = about;
  const isGrey = (at: number) =>
    (tint[at] ?? 0) < tolerance + 2 && (darker[at] ?? 0) > 0 && (darker[at] ?? 0) < DARKEST_SHADOW;
  const grey = largestPart(mask.length, (at) => core[at] === 1 && isGrey(at), width, height);
  if (grey > Math.max(80, size * 0.01)) return true;
  if (shadow < 30) return false;
  let [clear, unclear] = [0, 0];
  for (let at = 0; at < mask.length; at += 1) {
    if (mask[at] !== 1 || !hasNeighbour(at, width, height, (next) => marks[next] === SHADOW)) continue;
    // A few pixels further in, the product has a colour of its own.
    let own = 0;
    forWindow(at, 4, width, height, (near) => {
      if (mask[near] === 1) own = Math.max(own, tint[near] ?? 0);
    });
    if (own < tolerance + 5) unclear += 1;
    else clear += 1;
  }
  return unclear > (clear + unclear) * 0.1;
}

/** Whether somewhere the outline rises too slowly from the ground to say where it is. */
export function hasWeakEdge(
  mask: Uint8Array,
  far: Float32Array,
  tolerance: number,
  width: number,
  height: number,
): boolean {
  let [edge, weak] = [0, 0];
  for (let at = 0; at < mask.length; at += 1) {
    if (mask[at] !== 1 || !hasNeighbour(at, width, height, (next) => mask[next] === 0)) continue;
    edge += 1;
    let most = 0;
    forWindow(at, 4, width, height, (near) => {
      most = Math.max(most, far[near] ?? 0);
    });
    if (most < tolerance + EDGE_RISE) weak += 1;
  }
  return weak > edge * 0.02;
}

/** Whether something is lost when all that is narrower than a few pixels is taken away (a morphological opening). */
export function hasThinParts(mask: Uint8Array, core: Uint8Array, width: number, height: number): boolean {
  const radius = thinness(width, height);
  const around = distances(core, 1, width, height);
  const isLost = (at: number) => mask[at] === 1 && (around[at] ?? 0) > radius + 1;
  return largestPart(mask.length, isLost, width, height) > radius * radius * 4;
}

export function touchesBorder(marks: Uint8Array, width: number, height: number): boolean {
  const isProduct = (x: number, y: number) => marks[y * width + x] === 0;
  let touching = 0;
  for (let x = 0; x < width; x += 1) touching += Number(isProduct(x, 0)) + Number(isProduct(x, height - 1));
  for (let y = 0; y < height; y += 1) touching += Number(isProduct(0, y)) + Number(isProduct(width - 1, y));
  // Single pixels are noise.
  return touching > 4;
}
