import { createRequire } from 'node:module';
import { CHART_FONT } from '../charts/theme.ts';
import { openSvg, writeLetter } from './sharp.ts';

/** From a package, because an image of Node has no fonts at all, and without one every letter is an empty box. */
const FONT_FILES = ['400Regular/GolosText_400Regular.ttf', '600SemiBold/GolosText_600SemiBold.ttf'];

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
  const { resolve } = createRequire(import.meta.url);
  for (const file of FONT_FILES) {
    const fontfile = resolve(`@expo-google-fonts/golos-text/${file}`);
    await writeLetter(CHART_FONT, fontfile).raw().toBuffer();
  }
}
