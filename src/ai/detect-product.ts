import { z } from 'zod';
import type { Log } from '../log.ts';
import { type AskVision, readJson } from './ask-vision.ts';
import { cleanText } from './clean-text.ts';
import type { Answer } from './provider.ts';
import { RATIOS, type Ratio } from './ratios.ts';
import { detectionInput, detectionInstructions } from './write-prompts.ts';

/** `title` in the seller's language, `prompt` in English for the picture model. */
type StyleProposal = Readonly<{ title: string; prompt: string }>;
export type FourStyles = readonly [StyleProposal, StyleProposal, StyleProposal, StyleProposal];

/** What may keep a photo from being used well. */
export const TROUBLES = ['none', 'several-products', 'cut-off', 'person'] as const;
type Trouble = (typeof TROUBLES)[number];

export type Detection = Readonly<{
  isProduct: boolean;
  /** Whether several photos show one product; null where there is only one, or no answer of use. */
  sameProduct: boolean | null;
  /** Empty when the model's answer was of no use. */
  name: string;
  kind: string;
  ratio: Ratio;
  trouble: Trouble;
  styles: FourStyles;
  source: 'model' | 'fallback';
}>;

export type DetectionRequest = Readonly<{
  /** Prepared JPEGs, by rights views of one product. */
  photos: readonly Uint8Array[];
  caption: string | null;
  /** The seller's language, such as `ru`, for name, kind and titles. */
  language: string;
  /** The house's four styles, which are asked for when the model's answer is of no use. */
  fallback: () => Promise<FourStyles>;
  /** Titles of what was proposed before: others are asked for. */
  earlier: readonly string[];
  photoshootId: number;
  userId: number;
  signal: AbortSignal;
}>;

export type DetectionDeps = Readonly<{
  askVision: AskVision;
  log: Log;
}>;

/** What the model is asked for. Lengths are ours to check: a schema in the request only steers. */
const ASKED_FOR = z.object({
  isProduct: z.boolean(),
  sameProduct: z.boolean(),
  name: z.string(),
  kind: z.string(),
  ratio: z.enum(RATIOS),
  trouble: z.enum(TROUBLES),
  styles: z.array(z.object({ title: z.string(), prompt: z.string() })),
});

/** The same as it may come: an endpoint that leaves the last question out has answered the others. */
const ANSWERED = ASKED_FOR.extend({ trouble: z.enum(TROUBLES).catch('none') });

const STYLE = z.object({ title: cleanText(1, 40), prompt: cleanText(20, 600) });

/** What we take. Anything outside sends the whole answer to the fallback: half of it is not to be trusted. */
const PRODUCT = ANSWERED.extend({
  name: cleanText(1, 80),
  kind: cleanText(1, 60),
  styles: z
    .tuple([STYLE, STYLE, STYLE, STYLE])
    .refine((styles) => new Set(styles.map(({ title }) => title.toLowerCase())).size === styles.length),
});

/**
 * Recognises the product and proposes a ratio and four styles, by one vision call. An answer that is refused,
 * cut short, malformed, out of bounds or under a label's orders ends in the house's four styles (source `fallback`),
 * so that the order goes on.
 *
 * Throws what `askVision` throws.
 */
export function createDetectProduct({ askVision, log }: DetectionDeps) {
  return async function detectProduct({
    caption,
    language,
    fallback,
    earlier,
    ...request
  }: DetectionRequest): Promise<Detection> {
    const { photoshootId, photos } = request;
    const { value: reading } = await askVision({
      ...request,
      purpose: 'detection',
      pictureId: null,
      detail: 'low',
      instructions: detectionInstructions(language),
      text: detectionInput(caption, photos.length, earlier),
      schema: ASKED_FOR,
      schemaName: 'product',
      read(answer) {
        const value = readAnswer(answer, photos.length);
        return { value, code: value.kind === 'useless' ? value.why : null };
      },
    });
    switch (reading.kind) {
      case 'product':
        return reading.detection;
      case 'no-product':
        // What it says of something that is no product is not shown, so it need not pass.
        return { ...unrecognised(await fallback()), isProduct: false, source: 'model' };
      case 'useless':
        log.warn({ photoshootId, why: reading.why }, 'the house’s styles are proposed');
        return unrecognised(await fallback());
    }
  };
}

/** What is known of a photo at which nobody has looked: the house's styles suit nearly everything. */
export function unrecognised(styles: FourStyles): Detection {
  return {
    isProduct: true,
    sameProduct: null,
    name: '',
    kind: '',
    ratio: '1:1',
    trouble: 'none',
    styles,
    source: 'fallback',
  };
}

/** What an answer holds: a product, that there is none, or a word on why it is of no use, for the journal. */
type Reading = Readonly<
  { kind: 'product'; detection: Detection } | { kind: 'no-product' } | { kind: 'useless'; why: string }
>;

function useless(why: string): Reading {
  return { kind: 'useless', why };
}

function readAnswer(answer: Answer, photos: number): Reading {
  if (answer.end !== 'complete') return useless(answer.end);
  const json = readJson(answer);
  const asked = ANSWERED.safeParse(json);
  if (!asked.success) return useless('malformed');
  if (!asked.data.isProduct) return { kind: 'no-product' };
  const product = PRODUCT.safeParse(json);
  if (!product.success) return useless('out-of-bounds');
  const sameProduct = photos > 1 ? product.data.sameProduct : null;
  return { kind: 'product', detection: { ...product.data, sameProduct, source: 'model' } };
}
