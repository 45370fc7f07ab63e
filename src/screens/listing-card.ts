/** The text of a marketplace listing: to be read, and to be copied by a tap, whole or in parts. */
import { keywordLine, type Listing } from '../ai/write-listing.ts';
import { escapeHtml } from '../telegram/escape-html.ts';
import type { TextArguments, Translate } from '../texts/texts.ts';
import { lines, type Screen } from './screen.ts';

/** The whole stands in a block that a messenger copies by a tap; a key copies no more than 256 characters. */
export function listingCard(t: Translate, listing: Listing): Screen {
  const { title, bullets } = listing;
  const keywords = keywordLine(listing);
  const whole = [title, '', ...bullets.map((bullet) => `• ${bullet}`), '', keywords].join('\n');
  return {
    text: lines(t('listing-title'), `<pre>${escapeHtml(whole)}</pre>`, t('listing-hint')),
    keyboard: [
      [
        { text: t('button-copy-title'), copy_text: { text: title } },
        { text: t('button-copy-keywords'), copy_text: { text: keywords } },
      ],
    ],
  };
}

/** @param limit how many texts there are a day, where that is why */
export function noListingCard(t: Translate, limit: TextArguments | null): Screen {
  return { text: limit === null ? t('error-no-listing') : t('error-too-many-listings', limit), keyboard: [] };
}
