/**
 * A product cut out of a plain ground, by measuring instead of by a model: no package with weights of its own is
 * known to us (docs/decisions/029). It answers only where it is sure, and says why where it is not; every doubt is a
 * refusal, because a seller who uploads a half product pays for it.
 */
import { toLab } from './lab.ts';

/** Why there is no cut-out. */
export type Doubt =
  /** The border shows more than one colour that changes gently: a texture, a room, a horizon. */
  | 'ground'
  /** The product is cut off by the border of the picture. */
  | 'cut-off'
  /** Nothing, or nearly everything, differs from the ground. */
  | 'nothing'
  /** A part has the ground's colour: white on white, glass, or a hole that could as well be a label. */
  | 'faint'
  /** A shadow and the product cannot be told apart. */
  | 'shadow'
  /** Parts as thin as a hair, which would be lost or frayed. */
  | 'thin';

export type Box = { left: number; top: number; width: number; height: number };
export type CutOut =
  | { kind: 'sure'; pixels: Uint8Array; width: number; height: number; box: Box }
  | { kind: 'unsure'; doubt: Doubt };

/** RGB in sRGB, three bytes a pixel. */
type Picture = { pixels: Uint8Array; width: number; height: number };

// All distances are ΔE*ab (CIE 1976): about 2.3 is the least that an eye sees.
/** A ground whose border strays further from its own gentle gradient than this is not plain. */
const MOST_NOISE = 4;
/** At least this far from the ground something else begins. */
const LEAST_TOLERANCE = 4;
/** An edge rises above the tolerance by this within a few pixels, or it is none to rely on. */
const EDGE_RISE = 10;
/** Lightness by which a shadow may darken the ground; what is darker and grey is taken for a product. */
const DARKEST_SHADOW = 50;
/** A ground may be lighter by this where the light falls, beyond what a quadratic surface follows. */
const LIGHTEST = 8;
/** Lightness that a shadow may change from pixel to pixel; the outline of a product changes faster. */
const SHADOW_STEP = 2.5;

const GROUND = 1;
const SHADOW = 2;

/** @param picture upright, at most a few megapixels: it takes up to 190 bytes of memory for each pixel */
export function cutOut(picture: Picture): CutOut {
  const { width, height } = picture;
  const lab = toLab(picture.pixels);
  const ground = measureGround(lab, width, height);
  if (ground === null) return doubt('ground');
  const { tolerance, far, tint, darker } = ground;

  const marks = floodGround(far, tolerance, width, height);
  peelFringe(marks, far, width, height);
  dropSpecks(marks, width, height);
  const product = count(marks, 0);
  if (product < marks.length * 0.01 || product > marks.length * 0.9) return doubt('nothing');
  if (touchesBorder(marks, width, height)) return doubt('cut-off');

  floodShadow(marks, { lab, tint, darker, tolerance, width, height });
  const shadow = count(marks, SHADOW);
  if (shadow > product * 0.2 || hasOutline(marks, lab, tolerance, width, height)) return doubt('shadow');
  const mask = Uint8Array.from(marks, (mark) => (mark === 0 ? 1 : 0));
  const depth = distances(mask, 0, width, height);
  const core = Uint8Array.from(depth, (distance) => (distance > thinness(width, height) ? 1 : 0));
  const size = product - shadow;
  if (size < marks.length * 0.01) return doubt('nothing');

  if (isFaint({ mask, core, far, tint, darker, tolerance, size, width, height })) return doubt('faint');
  if (mayBeShadow({ mask, core, marks, tint, darker, tolerance, size, shadow, width, height }))
    return doubt('shadow');
  if (hasWeakEdge(mask, far, tolerance, width, height)) return doubt('faint');
  if (hasThinParts(mask, core, width, height)) return doubt('thin');
  return { kind: 'sure', width, height, ...withSoftEdge(picture, mask, marks, far, tolerance) };
}

export type Outline = {
  /** 1 within the product's outline. */
  filled: Uint8Array;
  /** The same without what has the ground's colour: a hole, or a white label on white. */
  solid: Uint8Array;
};

/**
 * Roughly where the product is, for measuring and not for showing: shadows are outside as far as they can be told.
 * Null where the ground is not plain.
 */
export function outlineProduct({ pixels, width, height }: Picture): Outline | null {
  const lab = toLab(pixels);
  const ground = measureGround(lab, width, height);
  if (ground === null) return null;
  const { tolerance, far, tint, darker } = ground;
  const marks = floodGround(far, tolerance, width, height);
  peelFringe(marks, far, width, height);
  dropSpecks(marks, width, height);
  floodShadow(marks, { lab, tint, darker, tolerance, width, height });
  const filled = Uint8Array.from(marks, (mark) => (mark === 0 ? 1 : 0));
  const product = count(filled, 1);
  if (product < filled.length * 0.01 || product > filled.length * 0.9) return null;
  const solid = filled.map((inside, at) => (inside === 1 && (far[at] ?? 0) >= tolerance ? 1 : 0));
  return { filled, solid };
}

/** Alpha (0–255) below which nothing is seen, and from which on something is there. */
const [CLEAR, THERE] = [8, 128];
/** Of a border this part may be something else: a stray pixel of the model's. */
const BORDER_MAY_SHOW = 0.02;

/**
 * The same of a picture that has its product cut out already, by whoever made it: what is transparent is around it.
 * @param picture RGBA in sRGB, four bytes a pixel
 * @returns null for a picture without transparency, of which this says nothing
 */
export function readCutOut(picture: Picture): CutOut | null {
  const { pixels, width, height } = picture;
  const alphaAt = (x: number, y: number) => pixels[(y * width + x) * 4 + 3] ?? 0;
  let [clear, there] = [0, 0];
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const alpha = alphaAt(x, y);
      if (alpha < CLEAR) {
        clear += 1;
        continue;
      }
      if (alpha >= THERE) there += 1;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    }
  const area = width * height;
  if (clear < area * 0.02) return null;
  // Clear glass may be seen through everywhere, but for its edges.
  if (there < area * 0.005) return doubt('nothing');
  let shown = 0;
  for (let x = 0; x < width; x += 1)
    shown += Number(alphaAt(x, 0) >= THERE) + Number(alphaAt(x, height - 1) >= THERE);
  for (let y = 1; y < height - 1; y += 1)
    shown += Number(alphaAt(0, y) >= THERE) + Number(alphaAt(width - 1, y) >= THERE);
  if (shown > 2 * (width + height) * BORDER_MAY_SHOW) return doubt('cut-off');
  const box = { left, top, width: right - left + 1, height: bottom - top + 1 };
  return { kind: 'sure', pixels, width, height, box };
}

function doubt(why: Doubt): CutOut {
  return { kind: 'unsure', doubt: why };
}

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
function measureGround(lab: Float32Array, width: number, height: number): Ground | null {
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
  for (let at = 0; at < far.length; at += 1) {
    const here = terms(at);
    const [l, a, b] = [dot(light, here), dot(red, here), dot(yellow, here)];
    const [dl, da, db] = [l - (lab[at * 3] ?? 0), (lab[at * 3 + 1] ?? 0) - a, (lab[at * 3 + 2] ?? 0) - b];
    far[at] = Math.hypot(dl, da, db);
    darker[at] = dl;
    // In less light a colour has less chroma, in proportion.
    const dim = Math.min(1, (lab[at * 3] ?? 0) / Math.max(1, l));
    tint[at] = Math.min(
      Math.hypot(da, db),
      Math.hypot((lab[at * 3 + 1] ?? 0) - a * dim, (lab[at * 3 + 2] ?? 0) - b * dim),
    );
  }
  const strays = Float32Array.from(samples, (at) => far[at] ?? 0).sort();
  const noise = strays[Math.floor(strays.length * 0.97)] ?? 0;
  if (noise > MOST_NOISE) return null;
  return { tolerance: Math.max(LEAST_TOLERANCE, noise * 2), far, tint, darker };
}

function dot(surface: readonly number[], terms: readonly number[]): number {
  return surface.reduce((sum, factor, index) => sum + factor * (terms[index] ?? 0), 0);
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

/** Marks what is reached from the border over pixels of the ground's colour. */
function floodGround(far: Float32Array, tolerance: number, width: number, height: number): Uint8Array {
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
function peelFringe(marks: Uint8Array, far: Float32Array, width: number, height: number): void {
  const steps = 2 * thinness(width, height) + 2;
  for (let step = 0; step < steps; step += 1) {
    const peeled: number[] = [];
    for (let at = 0; at < marks.length; at += 1) {
      if (marks[at] !== 0 || !hasNeighbour(at, width, height, (next) => marks[next] === GROUND)) continue;
      let most = 0;
      forWindow(at, 5, width, height, (near) => {
        most = Math.max(most, far[near] ?? 0);
      });
      if ((far[at] ?? 0) < most * 0.4) peeled.push(at);
    }
    if (peeled.length === 0) return;
    for (const at of peeled) marks[at] = GROUND;
  }
}

/** Gives dust and the noise of a JPEG to the ground: parts that are too small to be of a product. */
function dropSpecks(marks: Uint8Array, width: number, height: number): void {
  const most = 4 * thinness(width, height) ** 2;
  const seen = new Uint8Array(marks.length);
  for (let start = 0; start < marks.length; start += 1) {
    if (marks[start] !== 0 || seen[start] === 1) continue;
    const part = collectPart(start, seen, (at) => marks[at] === 0, width, height);
    if (part.length <= most) for (const at of part) marks[at] = GROUND;
  }
}

/** Marks what lies beyond the ground and is nothing but it in less and less light. */
function floodShadow(
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

/** A shadow fades into the ground; what has an outline against it is a grey part of the product. */
function hasOutline(
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
function isFaint(about: Measured & { far: Float32Array }): boolean {
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
function mayBeShadow(about: Measured & { marks: Uint8Array; shadow: number }): boolean {
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
function hasWeakEdge(
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
function hasThinParts(mask: Uint8Array, core: Uint8Array, width: number, height: number): boolean {
  const radius = thinness(width, height);
  const around = distances(core, 1, width, height);
  const isLost = (at: number) => mask[at] === 1 && (around[at] ?? 0) > radius + 1;
  return largestPart(mask.length, isLost, width, height) > radius * radius * 4;
}

/** Half the width of what is too thin to be sure of, in pixels: as wide as an outline is blurred. */
function thinness(width: number, height: number): number {
  return Math.max(2, Math.round(Math.max(width, height) * 0.0017));
}

/** Of each pixel the steps, also diagonal ones, to the next one of this value. */
function distances(mask: Uint8Array, value: number, width: number, height: number): Uint16Array {
  const steps = Uint16Array.from(mask, (one) => (one === value ? 0 : 65_000));
  const relax = (at: number, x: number, dy: number) => {
    let least = steps[at] ?? 0;
    for (let dx = -1; dx <= 1; dx += 1)
      if (x + dx >= 0 && x + dx < width) least = Math.min(least, (steps[at + dy * width + dx] ?? 65_000) + 1);
    const beside = dy < 0 ? x - 1 : x + 1;
    if (beside >= 0 && beside < width) least = Math.min(least, (steps[at + Math.sign(dy)] ?? 65_000) + 1);
    steps[at] = least;
  };
  for (let y = 1; y < height; y += 1) for (let x = 0; x < width; x += 1) relax(y * width + x, x, -1);
  for (let y = height - 2; y >= 0; y -= 1) for (let x = width - 1; x >= 0; x -= 1) relax(y * width + x, x, 1);
  return steps;
}

/** The picture with transparency: solid inside, an edge of a few pixels whose colour is the product's own. */
function withSoftEdge(
  { pixels, width, height }: Picture,
  mask: Uint8Array,
  marks: Uint8Array,
  far: Float32Array,
  tolerance: number,
): { pixels: Uint8Array; box: Box } {
  const depth = distances(mask, 0, width, height);
  const reach = distances(mask, 1, width, height);
  const rgba = new Uint8Array(width * height * 4);
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let at = 0; at < mask.length; at += 1) {
    const isInside = mask[at] === 1;
    if (!isInside && ((reach[at] ?? 0) > 2 || marks[at] === SHADOW)) continue;
    let [red, green, blue] = [pixels[at * 3] ?? 0, pixels[at * 3 + 1] ?? 0, pixels[at * 3 + 2] ?? 0];
    let alpha = 255;
    if (!isInside || (depth[at] ?? 0) <= 2) {
      // The colour of a pixel of the edge is mixed with the ground's: it is taken from further inside instead.
      let [solid, r, g, b, most] = [0, 0, 0, 0, 0];
      forWindow(at, 4, width, height, (near) => {
        if ((depth[near] ?? 0) < 3) return;
        solid += 1;
        r += pixels[near * 3] ?? 0;
        g += pixels[near * 3 + 1] ?? 0;
        b += pixels[near * 3 + 2] ?? 0;
        most += far[near] ?? 0;
      });
      if (solid > 0) {
        const share = (far[at] ?? 0) - tolerance / 2;
        alpha = Math.round(
          255 * Math.min(1, Math.max(0, share / Math.max(1, (most / solid) * 0.9 - tolerance / 2))),
        );
        if (alpha < 250) [red, green, blue] = [r / solid, g / solid, b / solid];
      } else if (!isInside) alpha = 0;
    }
    if (alpha === 0) continue;
    rgba.set([red, green, blue, alpha], at * 4);
    const [x, y] = [at % width, Math.floor(at / width)];
    if (alpha < 32) continue;
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  return { pixels: rgba, box: { left, top, width: right - left + 1, height: bottom - top + 1 } };
}

function count(marks: Uint8Array, value: number): number {
  let found = 0;
  for (const mark of marks) if (mark === value) found += 1;
  return found;
}

function touchesBorder(marks: Uint8Array, width: number, height: number): boolean {
  const isProduct = (x: number, y: number) => marks[y * width + x] === 0;
  let touching = 0;
  for (let x = 0; x < width; x += 1) touching += Number(isProduct(x, 0)) + Number(isProduct(x, height - 1));
  for (let y = 0; y < height; y += 1) touching += Number(isProduct(0, y)) + Number(isProduct(width - 1, y));
  // Single pixels are noise.
  return touching > 4;
}

/** Pixels of the largest connected part of those that fit. */
function largestPart(pixels: number, fits: (at: number) => boolean, width: number, height: number): number {
  const seen = new Uint8Array(pixels);
  let largest = 0;
  for (let start = 0; start < pixels; start += 1) {
    if (seen[start] === 1 || !fits(start)) continue;
    const { length: size } = collectPart(start, seen, fits, width, height);
    largest = Math.max(largest, size);
  }
  return largest;
}

/** The connected pixels that fit, from `start` on; they are seen afterwards. */
function collectPart(
  start: number,
  seen: Uint8Array,
  fits: (at: number) => boolean,
  width: number,
  height: number,
): number[] {
  const part = [start];
  seen[start] = 1;
  for (let index = 0; index < part.length; index += 1) {
    forNeighbours(part[index] ?? start, width, height, (next) => {
      if (seen[next] === 1 || !fits(next)) return;
      seen[next] = 1;
      part.push(next);
    });
  }
  return part;
}

function forNeighbours(at: number, width: number, height: number, visit: (next: number) => void): void {
  const x = at % width;
  if (x > 0) visit(at - 1);
  if (x < width - 1) visit(at + 1);
  if (at >= width) visit(at - width);
  if (at < width * (height - 1)) visit(at + width);
}

function hasNeighbour(at: number, width: number, height: number, fits: (next: number) => boolean): boolean {
  let found = false;
  forNeighbours(at, width, height, (next) => {
    found ||= fits(next);
  });
  return found;
}

function forWindow(
  at: number,
  radius: number,
  width: number,
  height: number,
  visit: (near: number) => void,
): void {
  const [x, y] = [at % width, Math.floor(at / width)];
  for (let row = Math.max(0, y - radius); row <= Math.min(height - 1, y + radius); row += 1)
    for (let column = Math.max(0, x - radius); column <= Math.min(width - 1, x + radius); column += 1)
      visit(row * width + column);
}
