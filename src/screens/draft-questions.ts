/** What is asked beside a draft: whom a photo is for, its style and its name in the seller's words, and whether what was made before will do. */
import { NAME_LENGTH, OWN_STYLE_LENGTH } from '../photoshoots/limits.ts';
import type { Translate } from '../texts/texts.ts';
import { button, type Screen } from './screen.ts';

/** A photo of somebody who was asked to write to support: it may be either. */
export function purposeCard(t: Translate, draftId: number, ticketId: number): Screen {
  return {
    text: t('card-purpose'),
    keyboard: [
      [
        button(t('button-for-support'), 'attach', draftId, ticketId),
        button(t('button-new-product'), 'product', draftId),
      ],
    ],
  };
}

/** Asks for the description of an own style. */
export function describeCard(t: Translate, draftId: number): Screen {
  return {
    text: t('card-describe', { ...OWN_STYLE_LENGTH }),
    keyboard: [[button(t('button-back'), 'card', draftId)]],
  };
}

/** Asks for the product's name. */
export function nameCard(t: Translate, draftId: number): Screen {
  return {
    text: t('card-name', { ...NAME_LENGTH }),
    keyboard: [[button(t('button-back'), 'card', draftId)]],
  };
}

/**
 * Instead of ordering what was delivered before: that again, for nothing, or anew at the usual price.
 * @param before what the draft would make, and which photoshoot has brought it
 */
export function madeBeforeCard(
  t: Translate,
  language: string,
  before: { draftId: number; photoshootId: number; deliveredAt: Date; pictures: number; credits: number },
): Screen {
  const { draftId, photoshootId, deliveredAt, pictures, credits } = before;
  const date = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long' }).format(deliveredAt);
  return {
    text: t('card-made-before', { pictures, date }),
    keyboard: [
      [button(t('button-made-before', { pictures }), 'show', photoshootId, undefined, { style: 'success' })],
      [button(t('button-anew', { credits }), 'place', draftId, `anew:${pictures}:${credits}`)],
      [button(t('button-back'), 'card', draftId)],
    ],
  };
}
