/** Colours as eyes tell them apart. */

/** Linear light of each sRGB value (IEC 61966-2-1). */
export const LINEAR = Float64Array.from({ length: 256 }, (_, value) => {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
});

/** CIE L*, a*, b* (D65) of each pixel, one after the other. @param pixels RGB in sRGB, three bytes a pixel */
export function toLab(pixels: Uint8Array): Float32Array {
  const lab = new Float32Array(pixels.length);
  for (let at = 0; at + 2 < pixels.length; at += 3) {
    const [r, g, b] = [
      LINEAR[pixels[at] ?? 0] ?? 0,
      LINEAR[pixels[at + 1] ?? 0] ?? 0,
      LINEAR[pixels[at + 2] ?? 0] ?? 0,
    ];
    const x = root((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
    const y = root(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
    const z = root((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);
    lab[at] = 116 * y - 16;
    lab[at + 1] = 500 * (x - y);
    lab[at + 2] = 200 * (y - z);
  }
  return lab;
}

function root(light: number): number {
  return light > 0.008856 ? Math.cbrt(light) : 7.787 * light + 16 / 116;
}

type Chroma = { a: number; b: number };
const DEGREE = Math.PI / 180;

/**
 * CIEDE2000 of two colours of the same lightness (Sharma, Wu, Dalal 2005): what is left of a difference when the light
 * has changed. About 2 is the least that an eye sees.
 */
export function chromaDifference(one: Chroma, other: Chroma): number {
  const mean7 = ((Math.hypot(one.a, one.b) + Math.hypot(other.a, other.b)) / 2) ** 7;
  const stretch = 1.5 - 0.5 * Math.sqrt(mean7 / (mean7 + 25 ** 7));
  const [a1, a2] = [one.a * stretch, other.a * stretch];
  const [c1, c2] = [Math.hypot(a1, one.b), Math.hypot(a2, other.b)];
  const hueOf = (a: number, b: number) => (Math.atan2(b, a) / DEGREE + 360) % 360;
  const [h1, h2] = [hueOf(a1, one.b), hueOf(a2, other.b)];
  const isGrey = c1 * c2 === 0;
  const apart = Math.abs(h2 - h1) > 180 ? h2 - h1 - 360 * Math.sign(h2 - h1) : h2 - h1;
  const hue = isGrey ? h1 + h2 : (Math.abs(h2 - h1) > 180 ? (h1 + h2 + 360) / 2 : (h1 + h2) / 2) % 360;
  const chroma = (c1 + c2) / 2;
  const dChroma = c2 - c1;
  const dHue = isGrey ? 0 : 2 * Math.sqrt(c1 * c2) * Math.sin((apart / 2) * DEGREE);
  const weight =
    1 -
    0.17 * Math.cos((hue - 30) * DEGREE) +
    0.24 * Math.cos(2 * hue * DEGREE) +
    0.32 * Math.cos((3 * hue + 6) * DEGREE) -
    0.2 * Math.cos((4 * hue - 63) * DEGREE);
  const [inChroma, inHue] = [dChroma / (1 + 0.045 * chroma), dHue / (1 + 0.015 * chroma * weight)];
  const turn = 60 * Math.exp(-(((hue - 275) / 25) ** 2));
  const rotation = -2 * Math.sqrt(chroma ** 7 / (chroma ** 7 + 25 ** 7)) * Math.sin(turn * DEGREE);
  return Math.sqrt(Math.max(0, inChroma ** 2 + inHue ** 2 + rotation * inChroma * inHue));
}
