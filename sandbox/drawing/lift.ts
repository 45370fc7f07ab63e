/**
 * Lifts a product off a plain background: the background is foretold from the photo's rim, what is joined to
 * the rim and looks like it is taken away, and what is left is the product. The double draws with the result,
 * and looks at it when it is asked what a photo shows.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Pixels, stretch } from '../drawing.ts';
import { cutOut } from './cut-out.ts';
import { type Box, boxOf, floodFromRim, invert, labelParts, type Mask } from './mask.ts';
import { compareWithBackground, type Foreground } from './plain-background.ts';

export type Lifted =
  /** The product alone, cropped to its box and transparent around it. `holes`: gaps such as a handle's. */
  | Readonly<{ kind: 'product'; product: Pixels; holes: number }>
  /** The background is not plain: nothing can be lifted. */
  | Readonly<{ kind: 'busy' }>
  /** There is nothing but background. */
  | Readonly<{ kind: 'empty' }>;

/** The longest side of the copy in which the mask is looked for; the edge itself is cut in the full photo. */
const COARSE_SIDE = 560;
/** Weighted distance from the background below which a pixel is background, whatever is around it. */
const SAME = 6;
/** How much darker (0–100) its own shadow may make the background, how little that may change the hue … */
const SHADOW_DEPTH = 60;
const SHADOW_HUE = 4.5;
/** … and how slowly, per coarse pixel, it must fade: a product's edge is steeper. */
const SHADOW_SLOPE = 4.6;
/** Below this share of the photo there is nothing to lift; above the other one, nothing was taken away. */
const SMALLEST_SHARE = 0.004;
const LARGEST_SHARE = 0.94;
/** A part that is smaller than this share of the largest one is a speck, no part of the product. */
const SPECK_SHARE = 0.06;

/**
 * Lifts the product out of a photo. It takes some 150 ms of arithmetic, in steps that let others have their
 * turn; callers keep what they got.
 */
export async function liftProduct(photo: Pixels): Promise<Lifted> {
  const shrinkage = Math.min(1, COARSE_SIDE / Math.max(photo.width, photo.height));
  const coarse = await stretch(
    photo,
    Math.max(1, Math.round(photo.width * shrinkage)),
    Math.max(1, Math.round(photo.height * shrinkage)),
  );
  const foreground = compareWithBackground(coarse);
  await nextTurn();
  if (foreground === null) return { kind: 'busy' };
  const outline = withoutSpecks(invert(takeBackground(foreground, coarse)));
  await nextTurn();
  const share = outline.area / (coarse.width * coarse.height);
  if (share < SMALLEST_SHARE) return { kind: 'empty' };
  if (share > LARGEST_SHARE) return { kind: 'busy' };
  const box = boxOf(outline.mask);
  const { mask, holes } = openHandles(outline.mask, box, foreground);
  await nextTurn();
  return { kind: 'product', product: cutOut(photo, coarse, mask, box), holes };
}

function takeBackground(foreground: Foreground, { width, height }: Pixels): Mask {
  const { darker, hue } = foreground;
  const same = (at: number) => isBackground(foreground, at);
  return floodFromRim(width, height, same, (from, to) => {
    if (same(to)) return true;
    const depth = darker[to] ?? 0;
    const isShadow = depth > 0 && depth < SHADOW_DEPTH && (hue[to] ?? 0) < SHADOW_HUE;
    return isShadow && Math.abs(depth - (darker[from] ?? 0)) < SHADOW_SLOPE;
  });
}

function isBackground({ darker, hue }: Foreground, at: number): boolean {
  // Lightness counts for less: lamps fall off, colours of a plain background do not.
  return Math.hypot((darker[at] ?? 0) * 0.7, hue[at] ?? 0) < SAME;
}

function withoutSpecks(mask: Mask): { mask: Mask; area: number } {
  const { labels, areas } = labelParts(mask);
  const largest = areas.reduce((most, area) => Math.max(most, area), 0);
  const kept = areas.map((area, label) => label > 0 && area >= largest * SPECK_SHARE);
  return {
    mask: { ...mask, data: mask.data.map((_, at) => (kept[labels[at] ?? 0] ? 1 : 0)) },
    area: areas.reduce((sum, area, label) => sum + (kept[label] ? area : 0), 0),
  };
}

/**
 * Opens the gaps through which the background is seen, such as a mug's handle. What is enclosed and looks like
 * the background may as well be a white label, so only gaps away from the product's middle are opened.
 */
function openHandles(mask: Mask, box: Box, foreground: Foreground): { mask: Mask; holes: number } {
  const enclosed = mask.data.map((value, at) => (value === 1 && isBackground(foreground, at) ? 1 : 0));
  const { labels, areas } = labelParts({ ...mask, data: enclosed });
  const middles = new Float64Array(areas.length);
  for (let at = 0; at < labels.length; at += 1) {
    const label = labels[at] ?? 0;
    middles[label] = (middles[label] ?? 0) + (at % mask.width) / (areas[label] ?? 1);
  }
  const isGap = areas.map((area, label) => {
    const aside = Math.abs((middles[label] ?? 0) - box.left - box.width / 2) / box.width;
    return label > 0 && aside > 0.22 && area > box.width * box.height * 0.006;
  });
  const data = mask.data.map((value, at) => (isGap[labels[at] ?? 0] ? 0 : value));
  return { mask: { ...mask, data }, holes: isGap.filter(Boolean).length };
}
