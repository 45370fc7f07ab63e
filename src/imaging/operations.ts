import { createRequire } from 'node:module';
import sharp, { type Sharp } from 'sharp';
import { CHART_FONT } from '../charts/theme.ts';
import { AI_LABEL_XMP, labelPng } from './ai-label.ts';
import { decodeBmp } from './bmp.ts';
import { COACH_SIDE, judgePhoto, type PhotoFault } from './coach.ts';
import { type CutOut, cutOut, type Doubt, readCutOut } from './cut-out.ts';
import { type Fit, MOST_ENLARGEMENT, planFit, type planRatio } from './fit.ts';
import { chooseGround, plainBorder } from './ground.ts';
import { decodeHeic } from './heic.ts';
import type { ImageKind } from './inspect.ts';
import { CONVERSION_SECONDS, CUT_OUT_SIDE, FINISHED_PICTURE } from './limits.ts';
import { isPlainWebp, plainWebpToPng } from './webp-to-png.ts';

// One thread of libvips per conversion: the pool's threads are what runs side by side.
sharp.concurrency(1);
// Every picture is different and read once.
sharp.cache(false);

/** A JPEG in memory of its own, so that it can be transferred, and its sides in pixels. */
export type Jpeg = { jpeg: Uint8Array<ArrayBuffer>; width: number; height: number };

/** The longest side that providers make use of; more costs upload time and input tokens only. */
const PREPARED_SIDE = 1920;
/** Below it JPEG blurs a label's small print, above it files grow and the model sees no more. */
const PREPARED_QUALITY = 85;

/** Longest side and JPEG quality of each thumbnail. */
const THUMBNAILS = {
  // Lists and contact sheets.
  small: { side: 160, quality: 80 },
  // Telegram's bounds for a document's thumbnail: 320 pixels, JPEG under 200 kB.
  medium: { side: 320, quality: 80 },
  // The picture to look at in the album; Telegram scales photos down to 1280.
  large: { side: 1280, quality: 90 },
} as const;

export type ThumbnailSize = keyof typeof THUMBNAILS;

/**
 * Opens the first frame. Broken and cut files fail when they are read; mere warnings pass, because many
 * cameras write files that libjpeg warns about. The header's size was checked before; the limit here is for
 * files whose inner size differs from the header's.
 */
function open(bytes: Uint8Array, kind: ImageKind): Sharp {
  return sharp(readableBySharp(bytes, kind), {
    failOn: 'error',
    limitInputPixels: FINISHED_PICTURE.pixels,
    unlimited: false,
    page: 0,
    pages: 1,
  })
    .autoOrient()
    .timeout({ seconds: CONVERSION_SECONDS });
}

/** The file itself, or a TIFF of its pixels where sharp has no decoder. */
function readableBySharp(bytes: Uint8Array, kind: ImageKind): Uint8Array {
  switch (kind) {
    case 'heic':
      return decodeHeic(bytes);
    case 'bmp':
      return decodeBmp(bytes);
    default:
      return bytes;
  }
}

/** Made smaller until the longest side fits, never larger. */
function fitInto(image: Sharp, side: number): Sharp {
  return image.resize({
    width: side,
    height: side,
    fit: 'inside',
    withoutEnlargement: true,
    kernel: 'lanczos3',
  });
}

/** The picture without transparency: a cut-out on a ground on which it can be seen. */
async function putOnGround(image: Sharp): Promise<Sharp> {
  const { hasAlpha } = await image.metadata();
  if (!hasAlpha) return image;
  const { data, info } = await image
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return sharp(data, { raw: info }).flatten({ background: chooseGround(data) });
}

/**
 * The end of each JPEG pipeline. The bytes are copied once, inside the worker: what sharp returns belongs to
 * native memory and cannot be transferred. (`toUint8Array` of sharp 0.35.5 could be, but it never frees its
 * memory: 2 MB for each picture.)
 */
async function toJpeg(image: Sharp, quality: number): Promise<Jpeg> {
  const { data, info } = await image.jpeg({ quality }).toBuffer({ resolveWithObject: true });
  return { jpeg: new Uint8Array(data), width: info.width, height: info.height };
}

/**
 * A seller's photo as the providers get it: upright, sRGB, a cut-out on a plain ground, longest side at most 1920, JPEG 85, and
 * nothing of the file but its pixels (sharp strips metadata and converts to sRGB unless told otherwise).
 */
export async function prepareImage(bytes: Uint8Array, kind: ImageKind): Promise<Jpeg> {
  const image = open(bytes, kind);
  return toJpeg(await putOnGround(fitInto(image, PREPARED_SIDE)), PREPARED_QUALITY);
}

/** What a prepared photo lacks, or null. */
export async function judgePrepared(bytes: Uint8Array, kind: ImageKind): Promise<PhotoFault | null> {
  const { width, height } = await open(bytes, kind).metadata();
  const { pixels, ...copy } = await readPixels(fitInto(open(bytes, kind), COACH_SIDE));
  const luma = new Uint8Array(copy.width * copy.height);
  for (let at = 0; at < luma.length; at += 1) {
    const [red = 0, green = 0, blue = 0] = [pixels[at * 3], pixels[at * 3 + 1], pixels[at * 3 + 2]];
    // ITU-R BT.601, of the values as they are stored.
    luma[at] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
  }
  // A side that was made smaller was long enough: only what came small is small.
  const wasReduced = Math.max(width, height) === PREPARED_SIDE;
  const source = wasReduced ? { width: PREPARED_SIDE, height: PREPARED_SIDE } : { width, height };
  return judgePhoto({ luma, ...copy }, source);
}

/**
 * A finished picture as labelled PNG, without loss: same pixels, same size, transparency kept. Files that
 * are no plain WebP take sharp's way: level 2 with adaptive filters, the smallest that still takes
 * about as long as sharp's default.
 */
export async function encodePng(bytes: Uint8Array, kind: ImageKind): Promise<Uint8Array<ArrayBuffer>> {
  if (kind === 'webp' && isPlainWebp(bytes)) return labelPng(plainWebpToPng(bytes));
  const image = open(bytes, kind);
  return labelPng(await image.png({ compressionLevel: 2, adaptiveFiltering: true }).toBuffer());
}

/** A picture's pixels: RGB in sRGB, three bytes each, longest side at most `side`. */
export async function readRgb(
  bytes: Uint8Array,
  kind: ImageKind,
  side: number,
): Promise<{ pixels: Uint8Array<ArrayBuffer>; width: number; height: number }> {
  const { pixels, width, height } = await readPixels(await putOnGround(fitInto(open(bytes, kind), side)));
  return { pixels: new Uint8Array(pixels), width, height };
}

/** A finished picture made smaller, to look at. The large size bears the label. */
export async function makeThumbnail(bytes: Uint8Array, kind: ImageKind, size: ThumbnailSize): Promise<Jpeg> {
  const { side, quality } = THUMBNAILS[size];
  const image = await putOnGround(fitInto(open(bytes, kind), side));
  return toJpeg(size === 'large' ? image.withXmp(AI_LABEL_XMP) : image, quality);
}

export type Reshaped = {
  picture: Uint8Array<ArrayBuffer>;
  width: number;
  height: number;
};

/** A finished picture brought to a ratio, as PNG, so that nothing more is lost. Transparency stays. */
export async function reshapePicture(
  bytes: Uint8Array,
  kind: ImageKind,
  { change, size }: ReturnType<typeof planRatio>,
): Promise<Reshaped> {
  const image = open(bytes, kind);
  const { hasAlpha, autoOrient: source } = await image.metadata();
  const left = Math.floor(Math.abs(source.width - size.width) / 2);
  const top = Math.floor(Math.abs(source.height - size.height) / 2);
  const reshape = async (): Promise<Sharp> => {
    if (change !== 'extended') return image.extract({ left, top, ...size });
    if (!hasAlpha) return fromPixels(await extend(await readPixels(image), size));
    const [right, bottom] = [size.width - source.width - left, size.height - source.height - top];
    return image.extend({ left, top, right, bottom, background: { r: 255, g: 255, b: 255, alpha: 0 } });
  };
  // WebP without loss takes seconds, twenty times as long; this is as in `encodePng`.
  const png = (await reshape()).png({ compressionLevel: 2, adaptiveFiltering: true });
  const { data, info } = await png.toBuffer({ resolveWithObject: true });
  return { picture: new Uint8Array(data), width: info.width, height: info.height };
}

/** What a file of a sales channel has to be. */
export type FileWish = {
  /** The wanted size first, then smaller ones that are taken as well. */
  sizes: readonly { width: number; height: number }[];
  maxBytes: number;
  /** Made by a model, which its file then says. */
  generated: boolean;
};

export type MadeFile = Jpeg & {
  kind: 'made';
  quality: number;
  change: Extract<Fit, { kind: 'fits' }>['change'];
};

/** Why there is no file: the picture has too few pixels, or no quality that is worth sending is light enough. */
export type NoFile = Extract<Fit, { kind: 'too-small' }> | { kind: 'too-heavy' };

/**
 * From best to worst: fine print keeps its colours (4:4:4) for as long as it can; below 65 Wildberries refuses a JPEG.
 */
const QUALITIES = [
  { quality: 92, chromaSubsampling: '4:4:4' },
  { quality: 88, chromaSubsampling: '4:4:4' },
  { quality: 84, chromaSubsampling: '4:4:4' },
  { quality: 80, chromaSubsampling: '4:2:0' },
  { quality: 74, chromaSubsampling: '4:2:0' },
  { quality: 68, chromaSubsampling: '4:2:0' },
] as const;

/** RGB of 8 bits in sRGB, three bytes a pixel. */
type RawPicture = { pixels: Buffer; width: number; height: number };

/** A picture as a file of a sales channel: exact pixels, sRGB, light enough. */
export async function makeFile(
  bytes: Uint8Array,
  kind: ImageKind,
  wish: FileWish,
): Promise<MadeFile | NoFile> {
  const { autoOrient: source } = await open(bytes, kind).metadata();
  const fit = planFit(source, wish.sizes);
  if (fit.kind === 'too-small') return fit;
  const resized = open(bytes, kind).resize({ ...fit.picture, fit: 'cover', kernel: 'lanczos3' });
  const picture = await readPixels(await putOnGround(resized));
  const whole = fit.change === 'extended' ? await extend(picture, fit.size) : picture;
  const file = await encodeWithin(whole, wish);
  return file === null ? { kind: 'too-heavy' } : { kind: 'made', change: fit.change, ...file };
}

async function readPixels(image: Sharp): Promise<RawPicture> {
  const { data, info } = await image
    .toColourspace('srgb')
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { pixels: data, width: info.width, height: info.height };
}

function fromPixels({ pixels, width, height }: RawPicture): Sharp {
  return sharp(pixels, { raw: { width, height, channels: 3 } }).timeout({ seconds: CONVERSION_SECONDS });
}

/** The picture in the middle of a larger frame: on its own ground where that is plain, on a blurred copy elsewhere. */
async function extend(picture: RawPicture, size: { width: number; height: number }): Promise<RawPicture> {
  const colour = plainBorder(picture.pixels, picture);
  const frame = await (colour === null
    ? blurredTo(picture, size)
    : readPixels(sharp({ create: { ...size, channels: 3, background: colour } })));
  const left = Math.floor((size.width - picture.width) / 2);
  const top = Math.floor((size.height - picture.height) / 2);
  for (let row = 0; row < picture.height; row += 1) {
    const line = picture.pixels.subarray(row * picture.width * 3, (row + 1) * picture.width * 3);
    frame.pixels.set(line, ((top + row) * size.width + left) * 3);
  }
  return frame;
}

/** Blurred while it is small: a hundredth of the work, and nobody sees a difference. */
async function blurredTo(picture: RawPicture, size: { width: number; height: number }): Promise<RawPicture> {
  const small = { width: Math.ceil(size.width / 10), height: Math.ceil(size.height / 10) };
  const blurred = await readPixels(
    fromPixels(picture)
      .resize({ ...small, fit: 'cover' })
      .blur(5),
  );
  return readPixels(fromPixels(blurred).resize({ ...size, fit: 'fill', kernel: 'cubic' }));
}

/** The best JPEG that is light enough; null where none is. */
async function encodeWithin(
  picture: RawPicture,
  { maxBytes, generated }: Pick<FileWish, 'maxBytes' | 'generated'>,
): Promise<(Jpeg & { quality: number }) | null> {
  for (const terms of QUALITIES) {
    // 72 pixels an inch, which Amazon asks for; the profile says that the numbers are sRGB.
    const image = fromPixels(picture).withIccProfile('srgb').withDensity(72);
    const { data } = await (generated ? image.withXmp(AI_LABEL_XMP) : image)
      .jpeg(terms)
      .toBuffer({ resolveWithObject: true });
    if (data.byteLength <= maxBytes) {
      const { width, height } = picture;
      return { jpeg: new Uint8Array(data), width, height, quality: terms.quality };
    }
  }
  return null;
}

/** A file that shows the product alone on pure white. */
export type WhiteWish = FileWish & {
  /** Share of each side that stays free: the product takes the rest, by its longer side. */
  margin: number;
};

/** Not cut out, because it is not sure where the product ends. */
export type Unsure = Extract<CutOut, { kind: 'unsure' }>;
export type { Doubt };

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
  const png = await sharp(cut.pixels, { raw: { width, height, channels: 4 } })
    .png({ compressionLevel: 6, adaptiveFiltering: true })
    .toBuffer();
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
  const { width, height } = cut;
  const png = await sharp(cut.pixels, { raw: { width, height, channels: 4 } })
    .png({ compressionLevel: 6 })
    .toBuffer();
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

async function scaleProduct(
  { pixels, width, height, box }: Extract<CutOut, { kind: 'sure' }>,
  scale: number,
) {
  const { data, info } = await sharp(pixels, { raw: { width, height, channels: 4 } })
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
  const { data } = await sharp(outline, { raw: { width, height, channels: 1 } })
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

/** From a package, because an image of Node has no fonts at all, and without one every letter is an empty box. */
const FONT_FILES = ['400Regular/GolosText_400Regular.ttf', '600SemiBold/GolosText_600SemiBold.ttf'];
/** A unit of an SVG is a pixel at so many dots an inch. */
const UNIT_DENSITY = 72;

let fontsAdded: Promise<void> | null = null;

/** An SVG of ours, which refers to nothing outside of it, as PNG. @param width in pixels */
export async function drawSvg(svg: Uint8Array, width: number): Promise<Uint8Array<ArrayBuffer>> {
  fontsAdded ??= addFonts();
  await fontsAdded;
  const { width: units } = await sharp(svg).metadata();
  // Drawn at its size: what is drawn small and then made larger is blurred.
  const drawing = sharp(svg, { density: (UNIT_DENSITY * width) / units });
  return new Uint8Array(await drawing.timeout({ seconds: CONVERSION_SECONDS }).png().toBuffer());
}

/** A font in which libvips has written once is known to the whole process, also to what draws an SVG. */
async function addFonts(): Promise<void> {
  const { resolve } = createRequire(import.meta.url);
  for (const file of FONT_FILES) {
    const fontfile = resolve(`@expo-google-fonts/golos-text/${file}`);
    await sharp({ text: { text: 'a', font: CHART_FONT, fontfile } })
      .raw()
      .toBuffer();
  }
}
