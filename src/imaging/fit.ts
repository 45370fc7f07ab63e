/** How a picture comes to the exact pixels of a file: which of the sizes it is large enough for, cut or extended. */

/** Width and height in pixels. */
type Size = Readonly<{ width: number; height: number }>;

/** More than this shows that pixels were invented, and marketplaces refuse enlarged small pictures. */
export const MOST_ENLARGEMENT = 1.25;

/**
 * Cutting leaves at least this share of the picture, else it is extended: 1:1, 3:4 and 4:5 become one another by
 * cutting off a quarter at most, and nothing is cut from the sides of a Story.
 */
export const LEAST_KEPT = 0.74;

/** A difference of a few rows is no cut that anybody would see. */
const WHOLE = 0.985;

export type Fit =
  | {
      kind: 'fits';
      size: Size;
      change: 'whole' | 'cut' | 'extended';
      /** What the picture is scaled to: the file itself when it is cut, what stands in its middle when extended. */
      picture: Size;
    }
  | {
      kind: 'too-small';
      /** The pixels that a picture of this shape needs at the least. */
      needs: Size;
    };

/**
 * How a picture comes to a ratio that it does not have: as little as can be is cut off, or the ground goes on.
 * @param ratio width divided by height
 */
export function planRatio(source: Size, ratio: number): { change: 'whole' | 'cut' | 'extended'; size: Size } {
  const inside = { width: Math.min(source.width, source.height * ratio), height: 0 };
  inside.height = inside.width / ratio;
  const kept = (inside.width * inside.height) / (source.width * source.height);
  if (kept >= WHOLE) return { change: 'whole', size: source };
  if (kept >= LEAST_KEPT) return { change: 'cut', size: rounded(inside) };
  const width = Math.max(source.width, source.height * ratio);
  return { change: 'extended', size: rounded({ width, height: width / ratio }) };
}

function rounded({ width, height }: Size): Size {
  return { width: Math.round(width), height: Math.round(height) };
}

/** @param sizes the wanted size first, then smaller ones */
export function planFit(source: Size, sizes: readonly Size[]): Fit {
  let leastScale = Number.POSITIVE_INFINITY;
  for (const size of sizes) {
    const [across, down] = [size.width / source.width, size.height / source.height];
    const covering = Math.max(across, down);
    const kept = Math.min(across, down) / covering;
    const isCut = kept >= LEAST_KEPT;
    const scale = isCut ? covering : Math.min(across, down);
    leastScale = Math.min(leastScale, scale);
    if (scale > MOST_ENLARGEMENT) continue;
    if (isCut) return { kind: 'fits', size, change: kept >= WHOLE ? 'whole' : 'cut', picture: size };
    const inside = (side: number, most: number) => Math.min(most, Math.max(1, Math.round(side * scale)));
    const picture = { width: inside(source.width, size.width), height: inside(source.height, size.height) };
    return { kind: 'fits', size, change: 'extended', picture };
  }
  const missing = leastScale / MOST_ENLARGEMENT;
  return {
    kind: 'too-small',
    needs: { width: Math.ceil(source.width * missing), height: Math.ceil(source.height * missing) },
  };
}
