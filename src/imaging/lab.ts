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
