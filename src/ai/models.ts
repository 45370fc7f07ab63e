import type { AiEndpoint } from '../config.ts';
import type { Ratio } from './ratios.ts';

/**
 * What each model can do, as data. A model's dated snapshots share its entry; one that is not listed is
 * taken for a plain Images API model.
 */

/** Pixels. */
export type Size = Readonly<{ width: number; height: number }>;

/** What a model of the Images API is asked for. Null and false: the field is not sent. */
export type ImageModel = Readonly<{
  sizes: Readonly<Record<Ratio, Size>>;
  /** The sizes of large pictures; null where none is sure. */
  largeSizes: Readonly<Record<Ratio, Size>> | null;
  /** Whether the answer is asked for as a stream: its events are the signs of life on a long wait. */
  stream: boolean;
  /** Unfinished pictures to ask the stream for: something to show. */
  partialImages: 1 | null;
  quality: 'low' | 'medium' | 'high' | null;
  /** Null where the model refuses the parameter, because it is always faithful. */
  inputFidelity: 'high' | null;
  /** Whether a format can be asked for; else it makes what it makes, usually PNG. */
  takesFormat: boolean;
  /** Whether it makes a product with nothing around it, on a transparent ground. */
  transparent: boolean;
}>;

/**
 * Exact ratios in multiples of 16, between 655,360 pixels and 2560×1440, above which sizes are experimental.
 * Source: OpenAI's images API reference for gpt-image-2 and later (November 2026).
 */
const EXACT_SIZES: Readonly<Record<Ratio, Size>> = {
  '1:1': { width: 1024, height: 1024 },
  '3:4': { width: 1152, height: 1536 },
  '4:3': { width: 1536, height: 1152 },
  '4:5': { width: 1024, height: 1280 },
  '9:16': { width: 864, height: 1536 },
  '16:9': { width: 1536, height: 864 },
};

/**
 * The largest exact ratios in multiples of 16 that are not experimental: at most 2560×1440 pixels, which of a square
 * is 1920. Enlarged by a twentieth it has the 2000 of Amazon and Etsy, and the 2048 of Shopify. Source: as above.
 */
const LARGE_SIZES: Readonly<Record<Ratio, Size>> = {
  '1:1': { width: 1920, height: 1920 },
  '3:4': { width: 1632, height: 2176 },
  '4:3': { width: 2176, height: 1632 },
  '4:5': { width: 1664, height: 2080 },
  '9:16': { width: 1440, height: 2560 },
  '16:9': { width: 2560, height: 1440 },
};

/** The three sizes that every images API takes; the nearest one is asked for. */
const STANDARD_SIZES: Readonly<Record<Ratio, Size>> = {
  '1:1': { width: 1024, height: 1024 },
  '3:4': { width: 1024, height: 1536 },
  '4:3': { width: 1536, height: 1024 },
  '4:5': { width: 1024, height: 1536 },
  '9:16': { width: 1024, height: 1536 },
  '16:9': { width: 1536, height: 1024 },
};

/** Source for the transparent ground: OpenAI's images API reference, which names 2.5 and calls that of 2 a preview. */
const GPT_IMAGE_2_5: ImageModel = {
  sizes: EXACT_SIZES,
  largeSizes: LARGE_SIZES,
  stream: true,
  partialImages: 1,
  quality: 'medium',
  inputFidelity: null,
  takesFormat: true,
  transparent: true,
};
/** What a model can do that takes the standard sizes only. */
const STANDARD: ImageModel = { ...GPT_IMAGE_2_5, sizes: STANDARD_SIZES, largeSizes: null };
const GPT_IMAGE_1_5: ImageModel = { ...STANDARD, inputFidelity: 'high' };
const UNLISTED_IMAGE_MODEL: ImageModel = { ...STANDARD, quality: null, transparent: false };

const IMAGE_MODELS: Readonly<Record<string, ImageModel>> = {
  'gpt-image-2.6-sunburst': GPT_IMAGE_2_5,
  'gpt-image-2.6-flare': GPT_IMAGE_2_5,
  'gpt-image-2.5-sunburst': GPT_IMAGE_2_5,
  'gpt-image-2.5-flare': GPT_IMAGE_2_5,
  'gpt-image-2': { ...GPT_IMAGE_2_5, transparent: false },
  'gpt-image-1.5': GPT_IMAGE_1_5,
  'gpt-image-1-mini': STANDARD,
};

/**
 * The last days of models (UTC), as far as they are known; the list of models at the endpoint may know more.
 * Source: https://developers.openai.com/api/docs/deprecations (November 2026).
 */
const SHUTDOWN_DATES: Readonly<Record<string, string>> = {
  'gpt-image-1.5': '2026-12-01',
  'gpt-image-1-mini': '2026-12-01',
  'chatgpt-image-latest': '2026-12-01',
};

/** Text models that think before they answer, unless told not to: recognising a product needs no thinking. */
const CAN_SKIP_REASONING: ReadonlySet<string> = new Set([
  'gpt-5.4',
  'gpt-5.4-mini',
  'gpt-5.4-nano',
  'gpt-5.6-luna',
  'gpt-5.6-terra',
  'gpt-6-luna',
]);

/** The model's name without the date of a snapshot. */
export function familyOf(model: string): string {
  return model.replace(/-\d{4}-\d{2}-\d{2}$/, '');
}

export const PICTURE_FORMATS = ['webp', 'jpeg'] as const;
/**
 * WebP: originals are PNG without further loss, and each picture is decoded for its album. JPEG: what comes goes on as
 * it is, to the album and as original, for a third of the processor time.
 */
export type PictureFormat = (typeof PICTURE_FORMATS)[number];

/**
 * What is asked for with a format: 0–100, as the API has it. Null: not sent, which stands for 100. A JPEG at 100 has
 * twice the bytes of one at 95, and no difference that anybody sees.
 */
export const COMPRESSION: Readonly<Record<PictureFormat, number | null>> = { webp: null, jpeg: 95 };

/** What a model can do at an endpoint: of what it could, what the endpoint takes. */
export function imageModel(model: string, { api, takes }: Pick<AiEndpoint, 'api' | 'takes'>): ImageModel {
  const known = IMAGE_MODELS[familyOf(model)] ?? UNLISTED_IMAGE_MODEL;
  const stream = known.stream && api === 'images' && takes.includes('stream');
  return {
    sizes: known.sizes,
    // A chat is told a ratio, and no size.
    largeSizes: api === 'images' ? known.largeSizes : null,
    stream,
    partialImages: stream && takes.includes('partial_images') ? known.partialImages : null,
    quality: takes.includes('quality') ? known.quality : null,
    inputFidelity: takes.includes('input_fidelity') ? known.inputFidelity : null,
    takesFormat: takes.includes('output_format') && known.takesFormat,
    transparent: api === 'images' && takes.includes('background') && known.transparent,
  };
}

/** What the models of a chain can do beyond the usual: what none can is not offered. */
export type Abilities = Readonly<{
  /** The sizes of large pictures, of the first model that makes them; null where none does. */
  largeSizes: ImageModel['largeSizes'];
  /** Whether one cuts out products. */
  cutsOut: boolean;
  /** Whether originals are PNG, whichever model makes a picture. */
  originalsArePng: boolean;
}>;

export function abilitiesOf(models: readonly ImageModel[], format: PictureFormat): Abilities {
  return {
    originalsArePng: format === 'webp',
    largeSizes: models.find(({ largeSizes }) => largeSizes !== null)?.largeSizes ?? null,
    cutsOut: models.some(({ transparent }) => transparent),
  };
}

/** The day on which a model ends, such as `2026-12-01`; null where none is known. */
export function knownShutdownDate(model: string): string | null {
  return SHUTDOWN_DATES[familyOf(model)] ?? null;
}

export function canSkipReasoning(model: string): boolean {
  return CAN_SKIP_REASONING.has(familyOf(model));
}
