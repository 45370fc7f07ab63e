/**
 * Draws the example pictures that Vitrine shows: the “before and after” of the greeting, and the sheet of all
 * house styles. Run by itself after a house style has changed: `node tools/example-pictures.ts`. Which one a seller gets is
 * up to the models; these are drawings of the project's own, free of anybody's rights.
 */
import { writeFile } from 'node:fs/promises';
import { lookAt } from '../sandbox/drawing/look.ts';
import { drawPicture } from '../sandbox/drawing/picture.ts';
import { compose, drawSvg, encode, type Pixels, readPixels, stretch } from '../sandbox/drawing.ts';
import { sampleProductPhoto } from '../sandbox/sample-product.ts';
import { HOUSE_STYLES } from '../src/photoshoots/styles/house-styles.ts';

const FOLDER = new URL('../src/bot/pictures/', import.meta.url);
/** Pixels of one half of the greeting's picture: 3:4, as a seller's photo and a marketplace's card are. */
const HALF = { width: 600, height: 800 } as const;
const GAP = 12;
/** Pixels of a preview in the sheet of all styles, which a phone shows at half of it. */
const PREVIEW = 240;
/** Drawn larger and made smaller: fine lines stay clean. */
const DRAWN = 720;
const COLUMNS = 4;

async function beforeAfter(photo: Uint8Array, product: Pixels): Promise<Uint8Array> {
  const { width, height } = HALF;
  const prompt = promptOf('kitchen');
  const before = await readPixels(photo, height);
  const after = await drawPicture({ product, prompt, ...HALF, variation: 1, marked: false });
  const total = width * 2 + GAP;
  const ground = await drawSvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${total}" height="${height}"><rect width="100%" height="100%" fill="#fff"/></svg>`,
  );
  const arrow = await drawSvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="112" height="112"><circle cx="56" cy="56" r="54" fill="#fff"/>
      <path d="M30 56H78M60 36l20 20-20 20" fill="none" stroke="#24292f" stroke-width="9" stroke-linecap="round" stroke-linejoin="round"/></svg>`,
  );
  const picture = await compose(ground, [
    { pixels: before },
    { pixels: after, left: width + GAP },
    { pixels: arrow, left: total / 2 - 56, top: height / 2 - 56 },
  ]);
  return encode(picture, 'jpeg', { quality: 82 });
}

/** All house styles in the order of the catalogue, each with its number. */
async function catalogue(product: Pixels): Promise<Uint8Array> {
  const side = (count: number) => count * PREVIEW;
  const ground = await drawSvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${side(COLUMNS)}" height="${side(Math.ceil(HOUSE_STYLES.length / COLUMNS))}"/>`,
  );
  const cells = [];
  for (const [index, { prompt }] of HOUSE_STYLES.entries()) {
    const place = { left: side(index % COLUMNS), top: side(Math.floor(index / COLUMNS)) };
    const drawn = await drawPicture({
      product,
      prompt,
      width: DRAWN,
      height: DRAWN,
      variation: 1,
      marked: false,
    });
    cells.push({ pixels: await stretch(drawn, PREVIEW, PREVIEW), ...place });
    cells.push({ pixels: await badge(index + 1), ...place });
  }
  return encode(await compose(ground, cells), 'jpeg', { quality: 82 });
}

function badge(number: number): Promise<Pixels> {
  return drawSvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><circle cx="34" cy="34" r="24" fill="#fff" stroke="#24292f" stroke-width="2"/>
      <text x="34" y="44" font-family="sans-serif" font-weight="bold" font-size="28" text-anchor="middle" fill="#24292f">${number}</text></svg>`,
  );
}

function promptOf(key: string): string {
  const style = HOUSE_STYLES.find((one) => one.key === key);
  if (style === undefined) throw new Error(`there is no house style ${key}`);
  return style.prompt;
}

const photo = await sampleProductPhoto('mug');
const { standing } = await lookAt(photo);
await writeFile(new URL('before-after.jpg', FOLDER), await beforeAfter(photo, standing));
await writeFile(new URL('catalogue.jpg', FOLDER), await catalogue(standing));
// So that a style that has changed since is noticed (tests/unit/bot/house-pictures.test.ts).
await writeFile(new URL('catalogue.json', FOLDER), `${JSON.stringify(HOUSE_STYLES, null, 2)}\n`);
