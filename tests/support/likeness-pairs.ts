/** Products and what a model made of them, drawn: the same one in a scene, and changed in ways that a check must see. */
import { lookAt } from '../../sandbox/drawing/look.ts';
import { drawPicture } from '../../sandbox/drawing/picture.ts';
import { compose, drawSvg, encode, type Pixels, stretch } from '../../sandbox/drawing.ts';
import { recolour } from '../../sandbox/openai/edits.ts';
import { type SampleProduct, sampleProductPhoto } from '../../sandbox/sample-product.ts';
import type { Drift } from '../../src/imaging/likeness.ts';

export const CHANGES = {
  same: null,
  recoloured: 'colour',
  stretched: 'proportions',
  doubled: 'doubled',
  'part gone': 'part',
  covered: 'part',
} as const satisfies Record<string, Drift | null>;
export type Change = keyof typeof CHANGES;

const SIDE = 1024;

/** The sandbox's photo of a product, and what makes pictures of it. */
export async function studio(product: SampleProduct) {
  const photo = await sampleProductPhoto(product);
  const { standing } = await lookAt(photo);
  return {
    photo,
    /** A picture of the product in the scene that the words ask for, as a provider sends it. */
    async picture(scene: string, change: Change, variation = 1): Promise<Uint8Array> {
      const shown = await changed(standing, change);
      const drawn = await drawPicture({
        product: shown,
        prompt: scene,
        width: SIDE,
        height: SIDE,
        variation,
      });
      return encode(change === 'doubled' ? await withSecond(drawn, standing) : drawn, 'webp');
    },
  };
}

async function changed(product: Pixels, change: Change): Promise<Pixels> {
  const { width, height, data } = product;
  switch (change) {
    case 'same':
    case 'doubled':
      return product;
    case 'stretched':
      return stretch(product, Math.round(width * 1.1), height);
    case 'recoloured':
      // About ΔE 25 and more.
      return recolour(product);
    case 'part gone':
      return {
        width,
        height,
        data: data.map((value, at) => (at % 4 === 3 && at / 4 / width < height * 0.25 ? 0 : value)),
      };
    case 'covered': {
      const leaf = await drawSvg(
        `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><circle cx="${width * 0.4}" cy="${height * 0.55}" r="${Math.min(width, height) * 0.2}" fill="#3c8a46"/></svg>`,
      );
      return compose(product, [{ pixels: leaf, blend: 'atop' }]);
    }
  }
}

async function withSecond(picture: Pixels, product: Pixels): Promise<Pixels> {
  const scale = (0.3 * SIDE) / product.height;
  const small = await stretch(product, Math.round(product.width * scale), Math.round(product.height * scale));
  return compose(picture, [{ pixels: small, left: 40, top: Math.round(SIDE * 0.6) }]);
}
