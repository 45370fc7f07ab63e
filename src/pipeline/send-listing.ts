/** Job `send-listing`: title, points and keywords about a product, free, written once for its photos. */
import { createHash } from 'node:crypto';
import type { Listing } from '../ai/write-listing.ts';
import { AppError, isAppError } from '../errors.ts';
import { languageOf } from '../messenger/language-of.ts';
import { reachPerson } from '../messenger/reach-person.ts';
import { sendScreen } from '../messenger/send-screen.ts';
import { countListingCalls, keepListing, readListing } from '../photoshoots/listing-texts.ts';
import type { Photoshoot } from '../photoshoots/photoshoot.ts';
import { type PhotoFile, readPhotos, readPhotoshoot } from '../photoshoots/read-photoshoot.ts';
import { noteOf } from '../photoshoots/words/read-wish.ts';
import { listingCard, noListingCard } from '../screens/listing-card.ts';
import { sendChatActionWhile } from '../telegram/chat-action.ts';
import type { PipelineDeps } from './deps.ts';
import { isUselessPhoto, jpegsOf, loadPhotos } from './load-photos.ts';

/** Sends the listing's text, or says why there is none. */
export async function sendListing(
  deps: PipelineDeps,
  photoshootId: number,
  signal: AbortSignal,
): Promise<void> {
  const photoshoot = await readPhotoshoot(deps.db, photoshootId);
  const { chatId, userId } = photoshoot;
  const { t, language } = await languageOf(deps, userId);
  await reachPerson(deps.db, userId, async () => {
    const action = { chatId, action: 'typing' } as const;
    const screen = await sendChatActionWhile(deps.gateway, action, async () => {
      try {
        return listingCard(t, await listingOf(deps, photoshoot, language, signal));
      } catch (error) {
        if (!isAnswered(error)) throw error;
        deps.log.info({ code: error.code }, 'no listing text was written');
        return noListingCard(t, error.code === 'too-many-listings' ? error.details : null);
      }
    });
    await sendScreen(deps.gateway, chatId, screen, { signal });
  });
}

/** What the seller is told instead of a text; the rest is tried again by the queue. */
function isAnswered(error: unknown): error is AppError {
  return (
    isUselessPhoto(error) ||
    isAppError(
      error,
      'no-listing',
      'too-many-listings',
      'provider-unavailable',
      'provider-paused',
      'provider-rejected',
      'provider-refused',
    )
  );
}

async function listingOf(
  deps: PipelineDeps,
  photoshoot: Photoshoot,
  language: string,
  signal: AbortSignal,
): Promise<Listing> {
  const views = await readPhotos(deps.db, photoshoot.id);
  const key = keyOf(deps, photoshoot, views, language);
  const kept = await readListing(deps.db, key);
  if (kept !== null) return kept;
  const { ai, listingsPerDay: max } = deps;
  if (ai.writeListing === null) throw new AppError('no-listing', 'no model looks at photos here');
  const { id: photoshootId, userId } = photoshoot;
  if ((await countListingCalls(deps.db, userId, new Date())) >= max)
    throw new AppError('too-many-listings', 'the daily limit is reached', { details: { max } });
  const photos = jpegsOf(await loadPhotos(deps, photoshoot, views, signal));
  const listing = await ai.writeListing({
    photos,
    productName: photoshoot.product?.name ?? '',
    note: noteOf(photoshoot.caption),
    language,
    photoshootId,
    userId,
    signal,
  });
  await keepListing(deps.db, { key, userId, listing });
  return listing;
}

/** Whose it is, and all that decides what is written: the photos by Telegram's names for their bytes, the words, the model. */
function keyOf(
  deps: PipelineDeps,
  photoshoot: Photoshoot,
  photos: readonly PhotoFile[],
  language: string,
): string {
  const facts = [
    photoshoot.userId,
    photos.map(({ fileUniqueId }) => fileUniqueId),
    photoshoot.caption,
    photoshoot.product?.name ?? '',
    deps.ai.listingVersion(language),
  ];
  return createHash('sha256').update(JSON.stringify(facts)).digest('base64url');
}
