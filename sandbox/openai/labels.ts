/** What the vision double reads on products: it knows the project's own by their looks, and reads no others. */
import { type Look, lookAt } from '../drawing/look.ts';
import { type Pixels, stretch } from '../drawing.ts';
import { SAMPLE_PRODUCTS, type SampleProduct, sampleProductPhoto } from '../sample-product.ts';

/** The text on a product in one image; null where it has some that the double cannot read. */
export type Label = readonly string[] | null;

/** As they are drawn (drawing/products), from the top. */
const LABELS: Readonly<Record<SampleProduct, readonly string[]>> = {
  mug: ['NORDEN', 'STONE CLAY'],
  bottle: ['SERENA', 'FACE OIL'],
  jar: ['LINDEN', 'HONEY'],
};

const SIDE = 12;
/** Mean difference of a channel, of 255: photos of one product came to 3 at the most, of two to 35 at the least. */
const ALIKE = 12;

export function createLabelReader() {
  let known: Promise<readonly { label: Label; sketch: Pixels }[]> | null = null;

  async function learn() {
    return Promise.all(
      SAMPLE_PRODUCTS.map(async (product) => {
        const { standing } = await lookAt(await sampleProductPhoto(product));
        return { label: LABELS[product], sketch: await sketchOf(standing) };
      }),
    );
  }

  /** What stands on the product of a photo. */
  return async function read({ kind, standing }: Look): Promise<Label> {
    if (kind !== 'product') return null;
    known ??= learn();
    const sketch = await sketchOf(standing);
    return (await known).find((one) => differenceOf(one.sketch, sketch) < ALIKE)?.label ?? null;
  };
}

/** The same with another letter at the end of its first line, as models that draw text get it wrong. */
export function misprinted(label: Label): Label {
  const [first = '', ...others] = label ?? [];
  const last = first.charCodeAt(first.length - 1);
  return label === null ? null : [first.slice(0, -1) + String.fromCharCode(last - 1), ...others];
}

function sketchOf(product: Pixels): Promise<Pixels> {
  return stretch(product, SIDE, SIDE);
}

/** Of colours as far as they are there: around the product there are none. */
function differenceOf(one: Pixels, other: Pixels): number {
  const shown = ({ data }: Pixels, at: number) => ((data[at] ?? 0) * (data[at - (at % 4) + 3] ?? 0)) / 255;
  let sum = 0;
  for (let at = 0; at < one.data.length; at += 1) sum += Math.abs(shown(one, at) - shown(other, at));
  return sum / one.data.length;
}
