/** The lifted product on its way into a scene: where it stands, how the light falls on it, how it is mirrored. */
import { compose, drawSvg, type Layer, type Pixels, stretch } from '../drawing.ts';
import { linear } from './scenes/paint.ts';
import type { Frame, Scene } from './scenes/scene.ts';

/** The share of the product's height that counts as its foot. */
const FOOT_HEIGHT = 0.045;
/** How far down a reflection can be followed, as a share of the product's height. */
const REFLECTION_DEPTH = 0.5;

/** What the product stands on: the middle and the width of its lowest part, as shares of its own width. */
export function footOf({ data, width, height }: Pixels): { middle: number; width: number } {
  let [left, right] = [width, 0];
  for (let y = Math.floor(height * (1 - FOOT_HEIGHT)); y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if ((data[(y * width + x) * 4 + 3] ?? 0) < 128) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
    }
  }
  return left < right
    ? { middle: (left + right) / 2 / width, width: (right - left) / width }
    : { middle: 0.5, width: 1 };
}

/** The product's layers, its reflection first, in a picture whose unit is `scale` pixels. */
export async function productLayers(
  product: Pixels,
  frame: Frame,
  scene: Scene,
  scale: number,
): Promise<Layer[]> {
  const width = Math.max(1, Math.round(frame.productWidth * scale));
  const height = Math.max(1, Math.round(frame.productHeight * scale));
  const left = Math.round(frame.productLeft * scale);
  const floor = Math.round(frame.floor * scale);
  const sized = await stretch(product, width, height);
  const graded = await compose(sized, [
    { pixels: await drawSvg(lightOnProduct(frame, scene, width, height)), blend: 'atop' },
  ]);
  const layers: Layer[] = [{ pixels: graded, left, top: floor - height }];
  // The foot is round, so its mirror image begins a little above where the foot ends.
  const top = floor - Math.round(height * 0.012);
  const depth = Math.min(Math.round(height * REFLECTION_DEPTH), Math.round(frame.height * scale) - top);
  if (scene.reflection === 0 || depth < 2) return layers;
  const mirrored = await compose(mirrorImage(graded, depth), [
    { pixels: await drawSvg(fade(width, depth, scene.reflection)), blend: 'dest-in' },
  ]);
  return [{ pixels: mirrored, left, top }, ...layers];
}

/** The lower `depth` rows upside down. */
function mirrorImage({ data, width, height }: Pixels, depth: number): Pixels {
  const mirrored = new Uint8Array(width * depth * 4);
  for (let y = 0; y < depth; y += 1) {
    const from = (height - 1 - y) * width * 4;
    mirrored.set(data.subarray(from, from + width * 4), y * width * 4);
  }
  return { data: mirrored, width, height: depth };
}

function lightOnProduct(frame: Frame, { grade }: Scene, width: number, height: number): string {
  const [near, far] = frame.lit < 0 ? [0, 1] : [1, 0];
  const [litColour, litStrength] = grade.lit;
  const [shadedColour, shadedStrength] = grade.shaded;
  const [tint, tintStrength] = grade.tint;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs>
    ${linear(
      'lit',
      [
        [0, litColour, litStrength],
        [0.42, litColour, 0],
      ],
      [near, 0],
      [far, 0.15],
    )}
    ${linear(
      'shaded',
      [
        [0.45, shadedColour, 0],
        [1, shadedColour, shadedStrength],
      ],
      [near, 0],
      [far, 0.2],
    )}
    ${linear('foot', [
      [0.78, shadedColour, 0],
      [1, shadedColour, Math.min(0.35, shadedStrength * 0.8)],
    ])}</defs>
    <rect width="100%" height="100%" fill="${tint}" opacity="${tintStrength}"/>
    <rect width="100%" height="100%" fill="url(#lit)"/><rect width="100%" height="100%" fill="url(#shaded)"/>
    <rect width="100%" height="100%" fill="url(#foot)"/></svg>`;
}

function fade(width: number, height: number, strength: number): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs>
    ${linear('fade', [
      [0, '#ffffff', strength],
      [0.5, '#ffffff', strength * 0.3],
      [1, '#ffffff', 0],
    ])}</defs>
    <rect width="100%" height="100%" fill="url(#fade)"/></svg>`;
}
