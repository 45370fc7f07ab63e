import { FONT_FILES } from '../charts/fonts.ts';
import { openSvg, writeLetter } from './sharp.ts';

/** A unit of an SVG is a pixel at so many dots an inch. */
const UNIT_DENSITY = 72;

let fontsAdded: Promise<void> | null = null;

/** An SVG of ours, which refers to nothing outside of it, as PNG. @param width in pixels */
export async function drawSvg(svg: Uint8Array, width: number): Promise<Uint8Array<ArrayBuffer>> {
  fontsAdded ??= addFonts();
  await fontsAdded;
  const { width: units } = await openSvg(svg).metadata();
  // Drawn at its size: what is drawn small and then made larger is blurred.
  const drawing = openSvg(svg, (UNIT_DENSITY * width) / units);
  return new Uint8Array(await drawing.png().toBuffer());
}

/** A font in which libvips has written once is known to the whole process, also to what draws an SVG. */
async function addFonts(): Promise<void> {
  for (const { family, path } of FONT_FILES) await writeLetter(family, path).raw().toBuffer();
}
