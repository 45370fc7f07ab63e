/** A picture as a file of a sales channel. */
import { AI_LABEL_XMP } from './ai-label.ts';
import { extend } from './extend.ts';
import { type Fit, planFit } from './fit.ts';
import type { ImageKind } from './inspect.ts';
import { fromPixels, type Jpeg, open, putOnGround, type RawPicture, readPixels } from './sharp.ts';

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

/** The best JPEG that is light enough; null where none is. */
export async function encodeWithin(
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
