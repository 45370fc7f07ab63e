import { z } from 'zod';
import { AppError } from '../errors.ts';
import { type AskVision, readJson } from './ask-vision.ts';
import { cleanText } from './clean-text.ts';
import type { Answer } from './provider.ts';
import { listingInput, listingInstructions } from './write-prompts.ts';

export type ListingRequest = Readonly<{
  /** Prepared JPEGs of the product. */
  photos: readonly Uint8Array[];
  /** What the seller knows it by; empty where nobody does. */
  productName: string;
  /** What the seller has written about it. */
  note: string | null;
  /** The seller's language, such as `ru`. */
  language: string;
  photoshootId: number;
  userId: number;
  signal: AbortSignal;
}>;

/** What the model is asked for. Lengths are ours to check: a schema in the request only steers. */
const ASKED_FOR = z.object({
  title: z.string(),
  bullets: z.array(z.string()),
  keywords: z.array(z.string()),
});

/** A key copies 256 characters (Bot API, CopyTextButton). */
const LONGEST_COPIED = 256;
const BULLET = cleanText(5, 250);

/** A text for a marketplace: a title, five points, and keywords that fit one key together. */
export const LISTING = z.object({
  title: cleanText(3, 150),
  bullets: z.tuple([BULLET, BULLET, BULLET, BULLET, BULLET]),
  keywords: z.array(cleanText(2, 40)).min(3).max(30),
});
export type Listing = Readonly<z.infer<typeof LISTING>>;

/**
 * Writes a listing's text about a product by one vision call: what the photos show and what the seller said, and
 * nothing besides. It is asked at the endpoint of recognition, by the same model.
 *
 * Throws AppError `no-listing` for an answer of no use, and what `askVision` throws.
 */
export function createWriteListing(askVision: AskVision) {
  return async function writeListing({
    productName,
    note,
    language,
    ...request
  }: ListingRequest): Promise<Listing> {
    const { value: listing } = await askVision({
      ...request,
      purpose: 'listing',
      pictureId: null,
      detail: 'low',
      instructions: listingInstructions(language),
      text: listingInput(productName, note, request.photos.length),
      schema: ASKED_FOR,
      schemaName: 'listing',
      read(answer) {
        const value = readAnswer(answer);
        return { value, code: value === null ? 'useless' : null };
      },
    });
    if (listing === null) throw new AppError('no-listing', 'the model wrote no text of use');
    return listing;
  };
}

/** Null for an answer of no use: half of it is not to be trusted. Keywords beyond what a key copies are left out. */
function readAnswer(answer: Answer): Listing | null {
  if (answer.end !== 'complete') return null;
  const asked = ASKED_FOR.safeParse(readJson(answer));
  if (!asked.success) return null;
  const keywords = [...new Set(asked.data.keywords.map((keyword) => keyword.trim().toLowerCase()))];
  while (keywords.join(', ').length > LONGEST_COPIED) keywords.pop();
  const listing = LISTING.safeParse({ ...asked.data, keywords });
  return listing.success ? listing.data : null;
}
