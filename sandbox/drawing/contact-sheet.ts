import { compose, drawSvg, encode, readPixels } from '../drawing.ts';

const CELL = 560;
const GAP = 20;

/**
 * A PNG that shows all pictures at a glance, each as large as its cell allows, up to three in a row.
 * @throws Error when one of them is no image that can be read.
 */
export async function contactSheet(pictures: readonly Uint8Array[]): Promise<Uint8Array> {
  const shown = await Promise.all(pictures.map((picture) => readPixels(picture, CELL)));
  const columns = Math.max(1, Math.min(3, shown.length));
  const rows = Math.ceil(shown.length / columns);
  const cellHeight = shown.reduce((highest, { height }) => Math.max(highest, height), 1);
  const width = columns * (CELL + GAP) + GAP;
  const height = rows * (cellHeight + GAP) + GAP;
  const paper = await drawSvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#f3f1ee"/></svg>`,
  );
  const layers = shown.map((pixels, index) => ({
    pixels,
    left: GAP + (index % columns) * (CELL + GAP) + Math.floor((CELL - pixels.width) / 2),
    top:
      GAP + Math.floor(index / columns) * (cellHeight + GAP) + Math.floor((cellHeight - pixels.height) / 2),
  }));
  return encode(await compose(paper, layers), 'png');
}
