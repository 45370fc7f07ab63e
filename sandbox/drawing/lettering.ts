/**
 * Capital letters as strokes, because a bare machine has no fonts. A letter is 100 units high, y goes down,
 * and its width stands beside its path.
 */
const LETTERS: Readonly<Record<string, { width: number; path: string }>> = {
  A: { width: 74, path: 'M0 100 37 0 74 100M14 66H60' },
  B: { width: 60, path: 'M0 0V100H34A27 27 0 0 0 34 46H0M34 46A23 23 0 0 0 34 0H0' },
  C: { width: 84, path: 'M84 16A50 50 0 1 0 84 84' },
  D: { width: 78, path: 'M0 0V100H28A50 50 0 0 0 28 0Z' },
  E: { width: 54, path: 'M54 0H0V100H54M0 49H47' },
  F: { width: 52, path: 'M52 0H0V100M0 50H45' },
  H: { width: 68, path: 'M0 0V100M68 0V100M0 49H68' },
  I: { width: 0, path: 'M0 0V100' },
  L: { width: 50, path: 'M0 0V100H50' },
  M: { width: 86, path: 'M0 100V0L43 64 86 0V100' },
  N: { width: 70, path: 'M0 100V0L70 100V0' },
  O: { width: 100, path: 'M50 0A50 50 0 1 1 49.9 0Z' },
  R: { width: 62, path: 'M0 100V0H33A28 28 0 0 1 33 56H0M31 56 62 100' },
  S: {
    width: 60,
    path: 'M57 15C50 4 40 0 30 0 12 0 3 11 3 25 3 40 15 45 31 49 48 53 60 59 60 74 60 90 48 100 30 100 16 100 5 94 0 82',
  },
  T: { width: 66, path: 'M0 0H66M33 0V100' },
  U: { width: 66, path: 'M0 0V67A33 33 0 0 0 66 67V0' },
  X: { width: 66, path: 'M0 0 66 100M66 0 0 100' },
  Y: { width: 66, path: 'M0 0 33 50 66 0M33 50V100' },
  ' ': { width: 40, path: '' },
};

export type Lettering = Readonly<{
  /** Where the line's centre and the letters' top edge are, and how high the letters are, in the drawing's units. */
  x: number;
  y: number;
  height: number;
  colour: string;
  /** The stroke's width and the gap between letters, in hundredths of the height. */
  weight?: number;
  spacing?: number;
  /** The radius of an upright cylinder that the line is wrapped around, seen from a little above. */
  aroundRadius?: number;
}>;

/**
 * A line of lettering as SVG.
 * @throws Error for a letter that nobody has drawn yet.
 */
export function letter(text: string, style: Lettering): string {
  const { weight = 14, spacing = 34, aroundRadius } = style;
  const glyphs = [...text].map((character) => {
    const glyph = LETTERS[character];
    if (glyph === undefined) throw new Error(`no strokes are drawn for the letter “${character}”`);
    return glyph;
  });
  const scale = style.height / 100;
  const lineWidth = widthOf(glyphs, spacing) * scale;
  let left = -lineWidth / 2;
  const placed = glyphs.map((glyph) => {
    const middle = left + (glyph.width * scale) / 2;
    left += (glyph.width + spacing) * scale;
    const { x, y, squeeze } = aroundRadius === undefined ? flat(middle) : wrapped(middle, aroundRadius);
    const place = `translate(${style.x + x} ${style.y + y}) scale(${scale * squeeze} ${scale})`;
    return `<path transform="${place} translate(${-glyph.width / 2} 0)" d="${glyph.path}"/>`;
  });
  const stroke = `fill="none" stroke="${style.colour}" stroke-width="${weight}" stroke-linecap="round" stroke-linejoin="round"`;
  return `<g ${stroke}>${placed.join('')}</g>`;
}

/** How wide a line of this height becomes. */
export function letteringWidth(text: string, height: number, spacing = 34): number {
  const glyphs = [...text].map((character) => LETTERS[character] ?? { width: 0, path: '' });
  return (widthOf(glyphs, spacing) * height) / 100;
}

function widthOf(glyphs: readonly { width: number }[], spacing: number): number {
  return glyphs.reduce((width, glyph) => width + glyph.width, spacing * Math.max(0, glyphs.length - 1));
}

function flat(distance: number): { x: number; y: number; squeeze: number } {
  return { x: distance, y: 0, squeeze: 1 };
}

/** A point at `distance` along the cylinder's front, and how much narrower a letter looks there. */
function wrapped(distance: number, radius: number): { x: number; y: number; squeeze: number } {
  const angle = distance / radius;
  // 0.14: the height of the rim's ellipse against its width, as the sample products are drawn.
  return { x: radius * Math.sin(angle), y: -radius * 0.14 * (1 - Math.cos(angle)), squeeze: Math.cos(angle) };
}
