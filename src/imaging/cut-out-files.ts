/** Files of the product alone: on pure white for a channel, transparent, and on white with a soft shadow. */
import { labelPng } from './ai-label.ts';
import { encodeWithin, type FileWish, type MadeFile, type NoFile } from './channel-file.ts';
import { type CutOut, cutOut, readCutOut } from './cut-out.ts';
import { MOST_ENLARGEMENT } from './fit.ts';
import type { ImageKind } from './inspect.ts';
import { CUT_OUT_SIDE } from './limits.ts';
import { fitInto, fromPixels, open, putOnGround, type RawPicture, readPixels } from './sharp.ts';

/** A file that shows the product alone on pure white. */
export type WhiteWish = FileWish & {
  /** Share of each side that stays free: the product takes the rest, by its longer side. */
  margin: number;
};

/** Not cut out, because it is not sure where the product ends. */
export type Unsure = Extract<CutOut, { kind: 'unsure' }>;

/** The product of a picture alone in the middle of pure white, without a shadow, in exactly these pixels. */
export async function makeWhiteFile(
  bytes: Uint8Array,
  kind: ImageKind,
  wish: WhiteWish,
): Promise<MadeFile | NoFile | Unsure> {
  const cut = await cutOutOf(bytes, kind);
  if (cut.kind === 'unsure') return cut;
  const room = 1 - 2 * wish.margin;
  const scaleTo = ({ width, height }: { width: number; height: number }) =>
    Math.min((width * room) / cut.box.width, (height * room) / cut.box.height);
  const size = wish.sizes.find((one) => scaleTo(one) <= MOST_ENLARGEMENT);
  if (size === undefined) {
    const missing = Math.min(...wish.sizes.map(scaleTo)) / MOST_ENLARGEMENT;
    return {
      kind: 'too-small',
      needs: { width: Math.ceil(cut.width * missing), height: Math.ceil(cut.height * missing) },
    };
  }
  const scale = scaleTo(size);
  const product = await scaleProduct(cut, scale);
  const frame = { pixels: Buffer.alloc(size.width * size.height * 3, 255), ...size };
  layOver(frame, product, {
    left: Math.round((size.width - product.width) / 2),
    top: Math.round((size.height - product.height) / 2),
  });
  const file = await encodeWithin(frame, wish);
  return file === null ? { kind: 'too-heavy' } : { kind: 'made', change: 'whole', ...file };
}

export type CutOutFiles = {
  kind: 'made';
  /** The product with nothing around it, in the frame of the picture. */
  transparent: Uint8Array<ArrayBuffer>;
  /** On pure white, with a soft shadow below it. */
  shadow: Uint8Array<ArrayBuffer>;
  /** On pure white, without one. */
  white: Uint8Array<ArrayBuffer>;
};

/** How dark the shadow below a cut-out is at its darkest, from 0 to 1. */
const SHADOW_DEPTH = 0.3;

/** The product of a picture cut out: as transparent PNG, and on white with a soft shadow and without. */
export async function makeCutOut(
  bytes: Uint8Array,
  kind: ImageKind,
  { generated }: { generated: boolean },
): Promise<CutOutFiles | Unsure> {
  const cut = await cutOutOf(bytes, kind);
  if (cut.kind === 'unsure') return cut;
  const { width, height } = cut;
  const png = await fromPixels(cut, 4).png({ compressionLevel: 6, adaptiveFiltering: true }).toBuffer();
  const onGround = async (frame: RawPicture) => {
    layOver(frame, { pixels: cut.pixels, width, height }, { left: 0, top: 0 });
    const file = await encodeWithin(frame, { maxBytes: Number.POSITIVE_INFINITY, generated });
    if (file === null) throw new TypeError('a file without a limit was too heavy');
    return file.jpeg;
  };
  return {
    kind: 'made',
    transparent: generated ? labelPng(png) : new Uint8Array(png),
    shadow: await onGround(await castShadow(cut)),
    white: await onGround({ pixels: Buffer.alloc(width * height * 3, 255), width, height }),
  };
}

/** What a model made as a cut-out, if it is one. */
export type Isolated =
  /** By its own transparency: it stays as it came. */
  | { kind: 'transparent' }
  /** On a plain ground, which was taken away here: PNG. */
  | { kind: 'lifted'; picture: Uint8Array<ArrayBuffer> }
  | Unsure;

/** Looks at what is to be a product with nothing around it, and takes a plain ground away that is there all the same. */
export async function isolateProduct(bytes: Uint8Array, kind: ImageKind): Promise<Isolated> {
  const own = await ownCutOut(bytes, kind);
  if (own !== null) return own.kind === 'sure' ? { kind: 'transparent' } : own;
  const cut = await cutOutOf(bytes, kind);
  if (cut.kind === 'unsure') return cut;
  const png = await fromPixels(cut, 4).png({ compressionLevel: 6 }).toBuffer();
  return { kind: 'lifted', picture: new Uint8Array(png) };
}

/** The product by the transparency of the picture itself; null where it has none. */
async function ownCutOut(bytes: Uint8Array, kind: ImageKind): Promise<CutOut | null> {
  const { hasAlpha } = await open(bytes, kind).metadata();
  if (!hasAlpha) return null;
  const { data, info } = await fitInto(open(bytes, kind), CUT_OUT_SIDE)
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return readCutOut({ pixels: data, width: info.width, height: info.height });
}

async function cutOutOf(bytes: Uint8Array, kind: ImageKind): Promise<CutOut> {
  const own = await ownCutOut(bytes, kind);
  if (own !== null) return own;
  return cutOut(await readPixels(await putOnGround(fitInto(open(bytes, kind), CUT_OUT_SIDE))));
}

async function scaleProduct(cut: Extract<CutOut, { kind: 'sure' }>, scale: number) {
  const { box } = cut;
  const { data, info } = await fromPixels(cut, 4)
    .extract(box)
    .resize({
      width: Math.round(box.width * scale),
      height: Math.round(box.height * scale),
      fit: 'fill',
      kernel: 'lanczos3',
    })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { pixels: data, width: info.width, height: info.height };
}

/** White with the blurred, flattened outline of the product where it stands. */
async function castShadow({
  pixels,
  width,
  height,
  box,
}: Extract<CutOut, { kind: 'sure' }>): Promise<RawPicture> {
  const sigma = Math.max(2, box.width * 0.03);
  const [flat, below] = [Math.max(4, Math.round(box.height * 0.06)), box.top + box.height];
  const outline = Buffer.alloc(width * height);
  for (let y = Math.max(0, below - flat); y < Math.min(height, below + flat / 2); y += 1)
    for (let x = box.left; x < box.left + box.width; x += 1) {
      const alpha = pixels[(Math.min(y, below - 2) * width + x) * 4 + 3] ?? 0;
      outline[y * width + x] = alpha;
    }
  const { data } = await fromPixels({ pixels: outline, width, height }, 1)
    .blur(sigma)
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const shade = Buffer.alloc(width * height * 3);
  for (let at = 0; at < width * height; at += 1) {
    const light = 255 - Math.round((data[at] ?? 0) * SHADOW_DEPTH);
    shade.fill(light, at * 3, at * 3 + 3);
  }
  return { pixels: shade, width, height };
}

/** Lays a picture with transparency over another one, at this place of it. */
function layOver(
  frame: RawPicture,
  over: { pixels: Uint8Array; width: number; height: number },
  { left, top }: { left: number; top: number },
): void {
  for (let y = 0; y < over.height; y += 1)
    for (let x = 0; x < over.width; x += 1) {
      const from = (y * over.width + x) * 4;
      const alpha = (over.pixels[from + 3] ?? 0) / 255;
      if (alpha === 0) continue;
      const to = ((top + y) * frame.width + left + x) * 3;
      for (let channel = 0; channel < 3; channel += 1) {
        const [product, ground] = [over.pixels[from + channel] ?? 0, frame.pixels[to + channel] ?? 0];
        frame.pixels[to + channel] = Math.round(product * alpha + ground * (1 - alpha));
      }
    }
}
