/**
 * A product cut out of a plain ground, by measuring instead of by a model: no package with weights of its own is
 * known to us (docs/decisions/029). It answers only where it is sure, and says why where it is not; every doubt is a
 * refusal, because a seller who uploads a half product pays for it.
 */

import {
  hasOutline,
  hasThinParts,
  hasWeakEdge,
  isFaint,
  mayBeShadow,
  touchesBorder,
} from './cut-out/doubts.ts';
import { measureGround } from './cut-out/ground.ts';
import { type Box, count, distances, type Picture } from './cut-out/pixels.ts';
import { dropSpecks, floodGround, floodShadow, peelFringe, SHADOW, thinness } from './cut-out/regions.ts';
import { withSoftEdge } from './cut-out/soft-edge.ts';
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

export type CutOut =
  | { kind: 'sure'; pixels: Uint8Array; width: number; height: number; box: Box }
  | { kind: 'unsure'; doubt: Doubt };

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
  const mask = marks.map((mark) => (mark === 0 ? 1 : 0));
  const depth = distances(mask, 0, width, height);
  const edge = thinness(width, height);
  const core = new Uint8Array(depth.map((distance) => (distance > edge ? 1 : 0)));
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
  const filled = marks.map((mark) => (mark === 0 ? 1 : 0));
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
