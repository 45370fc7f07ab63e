import type { Pixels } from '../drawing.ts';
import { createRandom } from './random.ts';

/**
 * A tile of film grain to lay over a picture with `soft-light`: what a lens never draws perfectly smooth.
 * `strength` is the spread around middle grey, in steps of 255; `side` in pixels.
 */
export function grainTile(strength: number, side = 192): Pixels {
  const random = createRandom('grain');
  const data = new Uint8Array(side * side * 4);
  for (let at = 0; at < data.length; at += 4) {
    // The sum of two rolls leans towards the middle, as grain does.
    const value = 128 + (random.between(-1, 1) + random.between(-1, 1)) * strength;
    data.fill(value, at, at + 3);
    data[at + 3] = 255;
  }
  return { data, width: side, height: side };
}
