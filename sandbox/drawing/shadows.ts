import { encode, type Pixels, stretch } from '../drawing.ts';
import { blur } from './scenes/paint.ts';
import type { Frame, Scene } from './scenes/scene.ts';

/** The silhouette is kept this small, in pixels of height: it is blurred in any case. */
const SILHOUETTE = 110;
/** How high a cast shadow lies in the picture, as a share of what casts it. */
const CAST_SQUASH = 0.17;

/** The shadows under and beside the product, as SVG elements to lay over the stage. */
export async function shadows(product: Pixels, frame: Frame, { shadow }: Scene): Promise<string> {
  const { floor, middle, foot, productLeft, productWidth, productHeight } = frame;
  const away = -frame.lit;
  const small = await stretch(
    product,
    Math.max(1, Math.round((SILHOUETTE * product.width) / product.height)),
    SILHOUETTE,
  );
  const png = await encode(silhouette(small, shadow.colour), 'png');
  const shape = `<image width="${productWidth}" height="${productHeight}" preserveAspectRatio="none" href="data:image/png;base64,${Buffer.from(png).toString('base64')}"/>`;
  // Around the foot the silhouette itself, a little lower and blurred: it follows whatever curve the foot has.
  const hug = (drop: number, softness: string, opacity: number) =>
    `<g filter="url(#${softness})" opacity="${opacity * shadow.strength}"><g clip-path="url(#shadow-low)"><g transform="translate(${productLeft} ${floor - productHeight + drop})">${shape}</g></g></g>`;
  return `${blur('shadow-ambient', 46, 20, [floor - 160, floor + 200])}${blur('shadow-near', 15, 8, [floor - 120, floor + 100])}${blur('shadow-contact', 5, 4, [floor - 100, floor + 60])}${blur('shadow-cast', 13, 8, [floor - 60, floor + productHeight * CAST_SQUASH + 60])}
    <clipPath id="shadow-low"><rect x="0" y="${floor - 70}" width="${frame.width}" height="400"/></clipPath>
    <ellipse cx="${middle + away * foot * 0.12}" cy="${floor + 2}" rx="${foot * 0.72}" ry="42" fill="${shadow.colour}" opacity="${0.5 * shadow.strength}" filter="url(#shadow-ambient)"/>
    ${shadow.cast > 0 ? castShadow(shape, frame, shadow.cast) : ''}
    ${hug(13, 'shadow-near', 0.75)}${hug(5, 'shadow-contact', 1)}`;
}

/** The silhouette laid on the ground, away from the light and a little towards the lens, paler the further it falls. */
function castShadow(shape: string, frame: Frame, strength: number): string {
  const { productHeight: height, floor, productLeft } = frame;
  const lean = -frame.lit * 0.72;
  // Maps the box above the floor to one below it: what was higher lies further away.
  const lay = `matrix(1 0 ${-lean} ${-CAST_SQUASH} ${productLeft + lean * height} ${floor - 12 + CAST_SQUASH * height})`;
  return `<g filter="url(#shadow-cast)" opacity="${strength}"><g transform="${lay}">${shape}</g></g>`;
}

/** Every pixel in one colour, as opaque as it was and paler towards the top. */
function silhouette({ data, width, height }: Pixels, colour: string): Pixels {
  const shade = new Uint8Array(data.length);
  const rgb = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  for (let at = 0; at < data.length; at += 4) {
    shade.set(rgb, at);
    const low = Math.floor(at / 4 / width) / height;
    shade[at + 3] = (data[at + 3] ?? 0) * (0.25 + 0.75 * low);
  }
  return { data: shade, width, height };
}
