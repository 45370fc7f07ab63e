import { familyOf } from './models.ts';
import type { Usage } from './provider.ts';

/** Micro-dollars a token, which is the same number as dollars a million tokens. */
type Price = Readonly<{ text: number; cachedText: number; image: number; output: number }>;

const GPT_IMAGE: Price = { text: 5, cachedText: 1.25, image: 8, output: 30 };

/** A text model bills the pictures it is shown as text tokens. */
function textPrice(input: number, cachedInput: number, output: number): Price {
  return { text: input, cachedText: cachedInput, image: input, output };
}

/** List prices of the standard tier. A new price is a new version: costs already stored stay as they are. */
export const PRICES: Readonly<{ version: string; source: string; models: Readonly<Record<string, Price>> }> =
  {
    version: '2026-11-06',
    source: 'https://developers.openai.com/api/docs/pricing',
    models: {
      'gpt-image-2.6-sunburst': GPT_IMAGE,
      'gpt-image-2.6-flare': GPT_IMAGE,
      'gpt-image-2.5-sunburst': GPT_IMAGE,
      'gpt-image-2.5-flare': GPT_IMAGE,
      'gpt-image-2': GPT_IMAGE,
      'gpt-image-1-mini': { text: 2, cachedText: 0.2, image: 2.5, output: 8 },
      'gpt-5.4': textPrice(2.5, 0.25, 15),
      'gpt-5.4-mini': textPrice(0.75, 0.075, 4.5),
      'gpt-5.4-nano': textPrice(0.2, 0.02, 1.25),
      'gpt-5.6-terra': textPrice(2, 0.2, 12),
      'gpt-5.6-luna': textPrice(0.2, 0.02, 1.2),
      'gpt-6-sol': textPrice(2, 0.2, 10),
      'gpt-6-luna': textPrice(0.1, 0.01, 0.5),
    },
  };

/**
 * What a call usually uses, for calls whose outcome we never learnt. Our own estimates, on the high side:
 * a medium picture of 1.5 megapixels with one unfinished picture, a larger one by its pixels; an answer with four
 * style prompts; a listing's text; the text on a product, which is looked at closely.
 */
const TYPICAL = {
  picture: { inputTextTokens: 500, imageTokensAPhoto: 1600, outputTokens: 2000 },
  detection: { inputTextTokens: 700, imageTokensAPhoto: 300, outputTokens: 700 },
  listing: { inputTextTokens: 500, imageTokensAPhoto: 300, outputTokens: 600 },
  label: { inputTextTokens: 500, imageTokensAPhoto: 1600, outputTokens: 400 },
} as const;

/** Whole micro-dollars, or null for a model without a price. */
export function costOf(model: string, usage: Usage): number | null {
  const price = PRICES.models[familyOf(model)];
  if (price === undefined) return null;
  const uncached = usage.inputTextTokens - usage.cachedTextTokens;
  return Math.round(
    uncached * price.text +
      usage.cachedTextTokens * price.cachedText +
      usage.inputImageTokens * price.image +
      usage.outputTokens * price.output,
  );
}

/** Pixels of the picture that TYPICAL speaks of. */
const TYPICAL_PIXELS = 1_500_000;

/**
 * Whole micro-dollars that a call with so many photos usually costs, or null for a model without a price.
 * @param pixels of the picture that is asked for; those of a usual one where they are not told
 */
export function typicalCostOf(
  model: string,
  purpose: keyof typeof TYPICAL,
  photos: number,
  pixels = TYPICAL_PIXELS,
): number | null {
  const typical = TYPICAL[purpose];
  return costOf(model, {
    inputTextTokens: typical.inputTextTokens,
    cachedTextTokens: 0,
    inputImageTokens: typical.imageTokensAPhoto * photos,
    outputTokens: Math.round(typical.outputTokens * Math.max(1, pixels / TYPICAL_PIXELS)),
  });
}
