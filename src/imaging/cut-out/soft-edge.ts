import { type Box, distances, forWindow, type Picture } from './pixels.ts';
import { SHADOW } from './regions.ts';

/** The picture with transparency: solid inside, an edge of a few pixels whose colour is the product's own. */
export function withSoftEdge(
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
