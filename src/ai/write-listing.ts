import { z } from 'zod';
import { AppError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { RunCall } from '../resilience/call.ts';
import { firstThatWorks, type Link } from './chain.ts';
import { cleanText } from './clean-text.ts';
import { detectionEndpoint } from './detect-product.ts';
import { withLimits } from './limits.ts';
import type { PaidCall } from './paid-call.ts';
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
 * Throws AppError `no-listing` for an answer of no use, and `provider-unavailable`, `provider-paused`,
 * `provider-rejected`, `provider-refused` or `cancelled`.
 */
export function createWriteListing(
  deps: Readonly<{
    link: Link;
    run: RunCall;
    paidCall: PaidCall;
    hashUser: (userId: number) => string;
    log: Log;
  }>,
) {
  const { link, run } = deps;
  const endpoint = detectionEndpoint(link);

  function ask(request: ListingRequest, signal: AbortSignal): Promise<Listing | null> {
    const { provider, model } = link;
    const { photoshootId, photos } = request;
    const row = {
      purpose: 'listing',
      photoshootId,
      pictureId: null,
      provider: provider.name,
      model,
    } as const;
    return run({ endpoint, limit: 'whole', costly: false, signal, deadlineAt: null }, async (attempt) => {
      const context = { signal: attempt.signal, photos: photos.length };
      const { listing } = await deps.paidCall(row, context, async () => {
        const answer = await provider.answer({
          model,
          instructions: listingInstructions(request.language),
          text: listingInput(request.productName, request.note, photos.length),
          photos,
          schema: ASKED_FOR,
          schemaName: 'listing',
          safetyIdentifier: deps.hashUser(request.userId),
          signal: attempt.signal,
        });
        const listing = readAnswer(answer);
        const { usage, requestId } = answer;
        return { usage, requestId, listing, code: listing === null ? 'useless' : null };
      });
      return listing;
    });
  }

  return function writeListing(request: ListingRequest): Promise<Listing> {
    const log = deps.log.child({ photoshootId: request.photoshootId });
    return withLimits(request.signal, null, async ({ signal }) => {
      const listing = await firstThatWorks([link], log, () => ask(request, signal));
      if (listing === null) throw new AppError('no-listing', 'the model wrote no text of use');
      return listing;
    });
  };
}

/** Null for an answer of no use: half of it is not to be trusted. Keywords beyond what a key copies are left out. */
function readAnswer({ text, end }: Answer): Listing | null {
  if (end !== 'complete') return null;
  const asked = ASKED_FOR.safeParse(parseJson(text));
  if (!asked.success) return null;
  const keywords = [...new Set(asked.data.keywords.map((keyword) => keyword.trim().toLowerCase()))];
  while (keywords.join(', ').length > LONGEST_COPIED) keywords.pop();
  const listing = LISTING.safeParse({ ...asked.data, keywords });
  return listing.success ? listing.data : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
