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

/** Linear light of each sRGB value (IEC 61966-2-1). */
const LINEAR = Float64Array.from({ length: 256 }, (_, value) => {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
});

/** CIE L* of an sRGB colour, rounded. */
function lightnessOf(red: number, green: number, blue: number): number {
  const light = 0.2126 * (LINEAR[red] ?? 0) + 0.7152 * (LINEAR[green] ?? 0) + 0.0722 * (LINEAR[blue] ?? 0);
  return Math.round(light > 0.008856 ? 116 * Math.cbrt(light) - 16 : 903.3 * light);
}
