import { compose, drawSvg, type Pixels, readPixels, stretch } from '../drawing.ts';
import { liftProduct } from './lift.ts';

/**
 * What a photo shows: a product on a plain background (`holes` counts gaps such as a handle's), something
 * before a background that is not plain, or nothing but background. `standing` is what can be set into a
 * scene: the lifted product, or else the photo as a print with a white border.
 */
export type Look = Readonly<{ kind: 'product' | 'busy' | 'empty'; standing: Pixels; holes: number }>;

/** The longest side in pixels at which photos are looked at: a product in a picture is no larger. */
const LONGEST_SIDE = 1600;
const PRINT_SIDE = 1000;

/**
 * Looks at a photo; some 200 ms.
 * @throws Error when the bytes are no image that can be read.
 */
export async function lookAt(bytes: Uint8Array): Promise<Look> {
  const photo = await readPixels(bytes, LONGEST_SIDE);
  const lifted = await liftProduct(photo);
  if (lifted.kind === 'product') return { kind: 'product', standing: lifted.product, holes: lifted.holes };
  return { kind: lifted.kind, standing: await asPrint(photo), holes: 0 };
}

async function asPrint(photo: Pixels): Promise<Pixels> {
  const scale = PRINT_SIDE / Math.max(photo.width, photo.height);
  const width = Math.max(1, Math.round(photo.width * scale));
  const height = Math.max(1, Math.round(photo.height * scale));
  const border = Math.round(PRINT_SIDE * 0.035);
  const paper = await drawSvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width + 2 * border}" height="${height + 2 * border}"><rect width="100%" height="100%" rx="${border * 0.7}" fill="#fdfdfb"/></svg>`,
  );
  return compose(paper, [{ pixels: await stretch(photo, width, height), left: border, top: border }]);
}
