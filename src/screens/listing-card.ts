/** The text of a marketplace listing: to be read, and to be copied by a tap, whole or in parts. */
import { escapeHtml } from '../telegram/escape-html.ts';
import type { TextArguments, Translate } from '../texts/texts.ts';
import { lines, type Screen } from './screen.ts';

/** What was written: a model's words, which are short enough (ai/write-listing). */
export type ListingText = Readonly<{
  title: string;
  bullets: readonly string[];
  keywords: readonly string[];
}>;

/** The whole stands in a block that a messenger copies by a tap; a key copies no more than 256 characters. */
export function listingCard(t: Translate, listing: ListingText): Screen {
  const { title, bullets } = listing;
  const keywords = listing.keywords.join(', ');
  const whole = [title, '', ...bullets.map((bullet) => `• ${bullet}`), '', keywords].join('\n');
  return {
    text: lines(t('listing-title'), `<pre>${escapeHtml(whole)}</pre>`, t('listing-hint')),
    keyboard: [
      [{ text: t('button-copy-title'), copy_text: { text: title } }],
      [{ text: t('button-copy-keywords'), copy_text: { text: keywords } }],
    ],
  };
}

/** @param limit how many texts there are a day, where that is why */
export function noListingCard(t: Translate, limit: TextArguments | null): Screen {
  return { text: limit === null ? t('error-no-listing') : t('error-too-many-listings', limit), keyboard: [] };
}
