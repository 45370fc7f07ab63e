/**
 * Plain product photos, drawn by the project itself: what a seller would send. They stand on a light grey
 * sweep, lit softly from the upper left, and are the same bytes at every run of one machine. Run by itself,
 * this file writes docs/sample-product.jpg.
 */
import { writeFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { grainTile } from './drawing/grain.ts';
import { bottle } from './drawing/products/bottle.ts';
import { jar } from './drawing/products/jar.ts';
import { mug } from './drawing/products/mug.ts';
import { compose, drawSvg, encode } from './drawing.ts';

const PRODUCTS = { mug, bottle, jar } as const;
export type SampleProduct = keyof typeof PRODUCTS;
export const SAMPLE_PRODUCTS = Object.keys(PRODUCTS) as readonly SampleProduct[];

const WIDTH = 1200;
const HEIGHT = 1600;

/** Of this process: one takes half a second of drawing, and each test file asks for it. */
const drawn = new Map<SampleProduct, Promise<Uint8Array>>();

/**
 * A JPEG of 1200 × 1600 pixels: the product on a plain background, as a seller's phone would take it. Bytes of the
 * caller's own.
 */
export async function sampleProductPhoto(product: SampleProduct = 'mug'): Promise<Uint8Array> {
  const photo = drawn.get(product) ?? draw(product);
  drawn.set(product, photo);
  return Uint8Array.from(await photo);
}

async function draw(product: SampleProduct): Promise<Uint8Array> {
  const photo = await drawSvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">${BACKDROP}${PRODUCTS[product]}</svg>`,
  );
  const grained = await compose(photo, [{ pixels: grainTile(14), blend: 'soft-light', tiled: true }]);
  return encode(grained, 'jpeg', { quality: 88 });
}

/** Serves the photos at `/sample-product.jpg` (the mug) and `/sample-product/<name>.jpg`. */
export function registerSampleProduct(app: FastifyInstance): void {
  const serve = (path: string, product: SampleProduct) =>
    app.get(path, async (_request, reply) =>
      reply.type('image/jpeg').send(await sampleProductPhoto(product)),
    );
  serve('/sample-product.jpg', 'mug');
  for (const product of SAMPLE_PRODUCTS) serve(`/sample-product/${product}.jpg`, product);
}

const BACKDROP = `
  <defs>
    <linearGradient id="sweep" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="#dfe0e1"/><stop offset="0.6" stop-color="#e9e9ea"/>
      <stop offset="0.74" stop-color="#e6e6e7"/><stop offset="1" stop-color="#dcdcde"/>
    </linearGradient>
    <radialGradient id="lamp" cx="0.36" cy="0.34" r="0.85">
      <stop offset="0" stop-color="#fff" stop-opacity="0.6"/><stop offset="0.55" stop-color="#fff" stop-opacity="0"/>
      <stop offset="1" stop-color="#8d9098" stop-opacity="0.2"/>
    </radialGradient>
  </defs>
  <rect width="1200" height="1600" fill="url(#sweep)"/><rect width="1200" height="1600" fill="url(#lamp)"/>`;

if (import.meta.main) {
  await writeFile(new URL('../docs/sample-product.jpg', import.meta.url), await sampleProductPhoto());
}
