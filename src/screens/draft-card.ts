/** The card of a draft: what was recognised, the styles to choose from, format, number and price. */
import { RATIOS } from '../ai/ratios.ts';
import { countPictures } from '../photoshoots/draft/plan-pictures.ts';
import { CREDITS_PER_PICTURE, MAX_PICTURES, NAME_LENGTH, OWN_STYLE_LENGTH } from '../photoshoots/limits.ts';
import type { Draft, Product, Style } from '../photoshoots/photoshoot.ts';
import { HOUSE_STYLES } from '../photoshoots/styles/house-styles.ts';
import type { Preset } from '../photoshoots/styles/presets.ts';
import { houseStyleNumber, presetNumber } from '../photoshoots/styles/style-numbers.ts';
import { noteOf } from '../photoshoots/words/read-wish.ts';
import { escapeHtml } from '../telegram/escape-html.ts';
import type { Translate } from '../texts/texts.ts';
import type { Verb } from './callback-data.ts';
import { button, inRows, type Keyboard, lines, type Screen, shorten } from './screen.ts';

/** Telegram cuts off what does not fit a button; six in a row have no room for a tick on a small phone. */
const RATIOS_IN_A_ROW = 3;

/** Characters of a note or of an own style that a card shows; who wrote them knows the rest. */
const SHOWN_WORDS = 200;
/** Characters of a name on its key, which has to leave room for the question around it. */
const NAME_ON_KEY = 24;

/** Shown at once, before anything is recognised. */
export function receivedCard(
  t: Translate,
  photos: number,
  tooMany: number | null,
  caption: string | null,
): Screen {
  return {
    text: lines(
      t('card-received', { photos }),
      tooMany !== null && t('card-too-many-photos', { max: tooMany }),
      noteLine(t, caption),
    ),
    keyboard: [],
  };
}

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

/**
 * The draft with everything that can be chosen.
 * @param photos how many there are; of several the card says whether they were taken for one product
 */
export function draftCard(t: Translate, draft: Draft, styles: readonly Style[], photos: number): Screen {
  if (draft.product === null) return receivedCard(t, photos, null, draft.caption);
  const chosen = styles.filter((style) => style.chosen);
  const pictures = chosen.length === 0 ? 0 : countPictures(chosen.length, draft.pictureCount);
  const differ = photos > 1 && draft.product.isProduct && draft.product.sameProduct === false;
  const recommended = draft.ratio === draft.product.recommendedRatio;
  return {
    text: lines(
      productLine(t, draft.product),
      !draft.product.isProduct && t('card-no-product'),
      photos > 1 && draft.product.sameProduct === true && t('card-views', { photos }),
      differ && t('card-different', { photos }),
      noteLine(t, draft.caption),
      '',
      chosen.length === 0
        ? t('card-choose', { max: MAX_PICTURES })
        : t('card-chosen', { styles: chosen.map((style) => escapeHtml(style.title)).join(', ') }),
      ...chosen.filter(({ origin }) => origin === 'own').map((style) => quoted(t, style.prompt)),
      chosen.length === 0 && draft.pictureCount !== null && t('card-count', { pictures: draft.pictureCount }),
      t(recommended ? 'card-recommended' : 'card-format', { ratio: draft.ratio }),
    ),
    keyboard: [
      ...(differ ? [[button(t('button-split', { photos }), 'split', draft.id)]] : []),
      ...styles.filter(isOnCard).map((style) => [styleButton(t, draft.id, style)]),
      [
        button(t('button-catalogue'), 'catalogue', draft.id),
        button(t('button-surprise'), 'surprise', draft.id),
        button(t('button-describe'), 'describe', draft.id),
      ],
      [nameButton(t, draft.id, draft.product.name)],
      ...inRows(
        RATIOS.map((ratio) => option(t, ratio, ratio === draft.ratio, 'ratio', draft.id, ratio)),
        RATIOS_IN_A_ROW,
      ),
      ...countRows(t, draft, { chosen: chosen.length, pictures }),
      [placeButton(t, draft, pictures)],
    ],
  };
}

/** Every house style and every saved one; choosing happens here too, and “back” shows the card again. */
export function catalogueCard(
  t: Translate,
  draft: Draft,
  styles: readonly Style[],
  presets: readonly Preset[],
): Screen {
  const isChosen = (number: number) => styles.some((style) => style.number === number && style.chosen);
  const entry = (number: number, title: string) =>
    // The catalogue stays open while styles are chosen: the third part says where the tap came from.
    option(t, title, isChosen(number), 'style', draft.id, `${number}:catalogue`);
  return {
    text: lines(t('catalogue-title', { max: MAX_PICTURES }), presets.length > 0 && t('catalogue-presets')),
    keyboard: [
      ...presets.map((preset) => [entry(presetNumber(preset.id), preset.title)]),
      ...inRows(
        HOUSE_STYLES.map((style, index) => entry(houseStyleNumber(index), t(`style-${style.key}`))),
        2,
      ),
      [button(t('button-back'), 'card', draft.id)],
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
 * A draft that changes a delivered picture: the words, which of the pictures is meant, and the price.
 * @param album the pictures that arrived together with it, in their order
 */
export function correctionCard(
  t: Translate,
  draft: Draft,
  words: string,
  album: readonly { id: number; position: number }[],
  credits: number,
): Screen {
  return {
    text: lines(
      t('correction-title'),
      quoted(t, words),
      '',
      draft.product !== null && productLine(t, draft.product),
      t('card-format', { ratio: draft.ratio }),
      t('correction-hint'),
    ),
    keyboard: [
      ...(album.length > 1
        ? [
            album.map(({ id, position }) =>
              option(
                t,
                t('button-picture', { position }),
                id === draft.basedOnPictureId,
                'target',
                draft.id,
                id,
              ),
            ),
          ]
        : []),
      [placeButton(t, draft, 1, credits)],
      [button(t('button-leave'), 'cancel', draft.id)],
    ],
  };
}

/** The name, and the kind where it says more than the name. */
function productLine(t: Translate, { name, kind }: Product): string | null {
  if (name === '') return null;
  return kind === '' || kind.toLowerCase() === name.toLowerCase()
    ? t('card-product', { name: escapeHtml(name) })
    : t('card-product-kind', { name: escapeHtml(name), kind: escapeHtml(kind) });
}

function nameButton(t: Translate, draftId: number, name: string) {
  return name === ''
    ? button(t('button-name'), 'name', draftId)
    : button(t('button-rename', { name: shorten(name, NAME_ON_KEY) }), 'name', draftId);
}

function noteLine(t: Translate, caption: string | null): string | null {
  const note = noteOf(caption);
  return note === null ? null : t('card-note', { note: escapeHtml(shorten(note, SHOWN_WORDS)) });
}

function quoted(t: Translate, words: string): string {
  return t('card-words', { words: escapeHtml(shorten(words, SHOWN_WORDS)) });
}

/** Proposals and the seller's own always; others once they were chosen, so that they can be taken back here. */
function isOnCard(style: Style): boolean {
  return style.origin === 'proposed' || style.chosen;
}

function styleButton(t: Translate, draftId: number, style: Style) {
  return option(t, style.title, style.chosen, 'style', draftId, style.number);
}

/** How many pictures, where there is a choice: each chosen style gets one at least, so fewer are not offered. */
function countRows(
  t: Translate,
  draft: Draft,
  { chosen, pictures }: { chosen: number; pictures: number },
): Keyboard {
  if (chosen === 0 || chosen === MAX_PICTURES) return [];
  const numbers = Array.from({ length: MAX_PICTURES - chosen + 1 }, (_, index) => chosen + index);
  return [
    numbers.map((number) =>
      option(t, t('button-count', { pictures: number }), number === pictures, 'count', draft.id, number),
    ),
  ];
}

function placeButton(t: Translate, draft: Draft, pictures: number, credits = pictures * CREDITS_PER_PICTURE) {
  return pictures === 0
    ? button(t('button-create-none'), 'place', draft.id)
    : button(t('button-create', { pictures, credits }), 'place', draft.id, undefined, { style: 'success' });
}

/** A button that can be on: told by a tick, and by a colour where the messenger has coloured buttons. */
function option(
  t: Translate,
  title: string,
  chosen: boolean,
  ...action: [verb: Verb, id: number, argument: number | string]
): Keyboard[number][number] {
  return chosen
    ? button(t('button-chosen', { title }), ...action, { style: 'primary' })
    : button(title, ...action);
}
