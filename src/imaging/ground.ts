import { LINEAR } from './lab.ts';

/** A neutral colour behind a cut-out; `lightness` is its CIE L*, 0 black to 100 white. */
type Ground = { colour: string; lightness: number };

/** White first, because that is what marketplaces and models know best; dark last, because it hides shadows. */
const GROUNDS: readonly Ground[] = [
  { colour: '#ffffff', lightness: 100 },
  { colour: '#777777', lightness: 50 },
  { colour: '#222222', lightness: 13 },
];

/** Nearer to its ground than this many steps of lightness a product's outline is hard to see. */
const LOST_WITHIN = 20;
/** Of the product this part may be lost: highlights and small prints. */
const MAY_BE_LOST = 0.05;
/** Alpha from which on a pixel belongs to the product rather than to its shadow or its edge. */
const VISIBLE = 128;

/**
 * The colour to put behind a cut-out so that the product stays visible: the first ground that the product is not
 * nearly as light as, and for a product of every lightness the one on which the least of it is lost.
 * @param pixels RGBA in sRGB, four bytes a pixel
 */
export function chooseGround(pixels: Uint8Array): string {
  const { lightness, visible } = countLightness(pixels);
  const lostOn = (ground: Ground) =>
    lightness.reduce(
      (lost, count, step) => lost + (Math.abs(step - ground.lightness) < LOST_WITHIN ? count : 0),
      0,
    );
  const best = GROUNDS.find((ground) => lostOn(ground) <= visible * MAY_BE_LOST);
  return (best ?? GROUNDS.reduce((least, ground) => (lostOn(ground) < lostOn(least) ? ground : least)))
    .colour;
}

/** How many visible pixels have each lightness, in whole steps of L*. */
function countLightness(pixels: Uint8Array): { lightness: number[]; visible: number } {
  const lightness = Array<number>(101).fill(0);
  let visible = 0;
  for (let at = 0; at + 3 < pixels.length; at += 4) {
    if ((pixels[at + 3] ?? 0) < VISIBLE) continue;
    const step = lightnessOf(pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0);
    lightness[step] = (lightness[step] ?? 0) + 1;
    visible += 1;
  }
  return { lightness, visible };
}

/** CIE L* of an sRGB colour, rounded. */
function lightnessOf(red: number, green: number, blue: number): number {
  const light = 0.2126 * (LINEAR[red] ?? 0) + 0.7152 * (LINEAR[green] ?? 0) + 0.0722 * (LINEAR[blue] ?? 0);
  return Math.round(light > 0.008856 ? 116 * Math.cbrt(light) - 16 : 903.3 * light);
}

/** Steps of a sample by which a plain ground may differ: noise, JPEG, a light that falls off gently. */
const PLAIN_WITHIN = 14;
/** Of a border this part may be something else: dust, a corner of a shadow. */
const MAY_STAND_OUT = 0.02;

/**
 * The one colour all around a picture, or null where its border shows something.
 * @param pixels RGB in sRGB, three bytes a pixel
 */
export function plainBorder(
  pixels: Uint8Array,
  { width, height }: { width: number; height: number },
): { r: number; g: number; b: number } | null {
  const samples: [number[], number[], number[]] = [[], [], []];
  const take = (x: number, y: number) => {
    const at = (y * width + x) * 3;
    samples.forEach((values, channel) => {
      values.push(pixels[at + channel] ?? 0);
    });
  };
  for (let x = 0; x < width; x += 1) {
    take(x, 0);
    take(x, height - 1);
  }
  for (let y = 1; y < height - 1; y += 1) {
    take(0, y);
    take(width - 1, y);
  }
  const [r, g, b] = samples.map(oneValue);
  return r === undefined || g === undefined || b === undefined || [r, g, b].includes(-1) ? null : { r, g, b };
}

/** The middle of values that lie close together; -1 for others. */
function oneValue(values: readonly number[]): number {
  const sorted = Uint8Array.from(values).sort();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  const isPlain = at(1 - MAY_STAND_OUT / 2) - at(MAY_STAND_OUT / 2) <= 2 * PLAIN_WITHIN;
  return isPlain ? at(0.5) : -1;
}
