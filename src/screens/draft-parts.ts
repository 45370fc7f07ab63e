/** What the cards of a draft have in common: the product's line, the note, the format, the price's key. */
import type { Draft, Product } from '../photoshoots/photoshoot.ts';
import { costOf, creditsOf } from '../photoshoots/picture-price.ts';
import { noteOf } from '../photoshoots/words/read-wish.ts';
import { escapeHtml } from '../telegram/escape-html.ts';
import type { Translate } from '../texts/texts.ts';
import type { Verb } from './callback-data.ts';
import { button, type Keyboard, shorten } from './screen.ts';

/** Characters of a note or of an own style that a card shows; who wrote them knows the rest. */
const SHOWN_WORDS = 200;

export type Pixels = { width: number; height: number };

/** The name, and the kind where it says more than the name. */
export function productLine(t: Translate, { name, kind }: Product): string | null {
  if (name === '') return null;
  return kind === '' || kind.toLowerCase() === name.toLowerCase()
    ? t('card-product', { name: escapeHtml(name) })
    : t('card-product-kind', { name: escapeHtml(name), kind: escapeHtml(kind) });
}

export function noteLine(t: Translate, caption: string | null): string | null {
  const note = noteOf(caption);
  return note === null ? null : t('card-note', { note: escapeHtml(shorten(note, SHOWN_WORDS)) });
}

export function quoted(t: Translate, words: string): string {
  return t('card-words', { words: escapeHtml(shorten(words, SHOWN_WORDS)) });
}

/** The format, as the best one where it was recommended, and the pixels of a large picture. */
export function formatLine(t: Translate, draft: Draft, largeSize: Pixels | null): string {
  const { ratio, product } = draft;
  const isBest = draft.basedOnPictureId === null && !draft.isSeries && ratio === product?.recommendedRatio;
  const format = t(isBest ? 'card-recommended' : 'card-format', { ratio });
  if (draft.size === 'usual' || largeSize === null) return format;
  return t('card-large', { format, pixels: `${largeSize.width}×${largeSize.height}` });
}

/** Large pictures, where they can be made; one that was chosen stays to be taken back. */
export function sizeRows(t: Translate, { id, size }: Draft, largeSize: Pixels | null): Keyboard {
  if (largeSize === null && size === 'usual') return [];
  const title = t('button-large', { credits: creditsOf('large') });
  return [[option(t, title, size === 'large', 'size', id, size === 'large' ? 'usual' : 'large')]];
}

/** The number of pictures and their price travel with the key: what it costs is what it said. */
export function placeButton(
  t: Translate,
  draft: Draft,
  pictures: number,
  credits = costOf(pictures, draft.size),
) {
  const text = t('button-create', { pictures, credits });
  return button(text, 'place', draft.id, `chosen:${pictures}:${credits}`, { style: 'success' });
}

/** A button that can be on: told by a tick, and by a colour where the messenger has coloured buttons. */
export function option(
  t: Translate,
  title: string,
  chosen: boolean,
  ...action: [verb: Verb, id: number, argument: number | string]
): Keyboard[number][number] {
  return chosen
    ? button(t('button-chosen', { title }), ...action, { style: 'primary' })
    : button(title, ...action);
}
