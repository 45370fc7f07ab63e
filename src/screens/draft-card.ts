/** The card of a draft: what was recognised, the styles to choose from, format, number and price. */
import type { Ratio } from '../ai/ratios.ts';
import { countPictures } from '../photoshoots/draft/plan-pictures.ts';
import { MAX_PICTURES, NAME_LENGTH, OWN_STYLE_LENGTH } from '../photoshoots/limits.ts';
import type { Draft, Product, Style } from '../photoshoots/photoshoot.ts';
import { costOf, creditsOf } from '../photoshoots/picture-price.ts';
import { HOUSE_STYLES, type HouseStyle } from '../photoshoots/styles/house-styles.ts';
import type { Preset } from '../photoshoots/styles/presets.ts';
import { houseStyleNumber, presetNumber } from '../photoshoots/styles/style-numbers.ts';
import { noteOf } from '../photoshoots/words/read-wish.ts';
import { escapeHtml } from '../telegram/escape-html.ts';
import type { Translate } from '../texts/texts.ts';
import type { Verb } from './callback-data.ts';
import { presetKey } from './preset-cards.ts';
import { button, inRows, type Keyboard, lines, type Screen, shorten } from './screen.ts';

/** Telegram cuts off what does not fit a key: where two sellers' places stand on it, it needs the row of a small phone. */
const RATIO_ROWS: readonly (readonly Ratio[])[] = [['1:1'], ['3:4'], ['4:3', '4:5'], ['9:16', '16:9']];

/** Characters of a note or of an own style that a card shows; who wrote them knows the rest. */
const SHOWN_WORDS = 200;

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
 * @param largeSize pixels of a large picture in this format; null where none can be made
 */
export function draftCard(
  t: Translate,
  draft: Draft,
  styles: readonly Style[],
  photos: number,
  largeSize: Pixels | null = null,
): Screen {
  if (draft.product === null) return receivedCard(t, photos, null, draft.caption);
  if (draft.isSeries) return seriesCard(t, draft, styles, photos, largeSize);
  const chosen = styles.filter((style) => style.chosen);
  const pictures = chosen.length === 0 ? 0 : countPictures(chosen.length, draft.pictureCount);
  const differ = photos > 1 && draft.product.isProduct && draft.product.sameProduct === false;
  // One advice is enough: that there is no product says more.
  const isAdvised = draft.advice !== null && draft.product.isProduct && !differ;
  return {
    text: lines(
      productLine(t, draft.product),
      !draft.product.isProduct && t('card-no-product'),
      photos > 1 && draft.product.sameProduct === true && t('card-views', { photos }),
      differ && t('card-different', { photos }),
      isAdvised && t(`advice-${draft.advice}`),
      noteLine(t, draft.caption),
      '',
      ...chosenLines(t, chosen),
      chosen.length === 0 && draft.pictureCount !== null && t('card-count', { pictures: draft.pictureCount }),
      formatLine(t, draft, largeSize),
    ),
    keyboard: [
      ...(differ
        ? [
            [button(t('button-split', { photos }), 'split', draft.id)],
            [button(t('button-series', { photos }), 'series', draft.id)],
          ]
        : []),
      ...(isAdvised ? [[button(t('button-use-anyway'), 'keepphoto', draft.id)]] : []),
      ...styleRows(t, draft.id, styles),
      // Side by side, and without the name, which stands above: the card is as high as a phone has room for.
      [
        button(t(draft.product.name === '' ? 'button-name' : 'button-rename'), 'name', draft.id),
        ...(differ ? [] : [button(t('button-ideas'), 'ideas', draft.id)]),
      ],
      ...ratioRows(t, draft),
      ...sizeRows(t, draft, largeSize),
      // Always there and always four: what is below the thumb stays where it is, whatever is chosen.
      countRow(t, draft, pictures),
      ...(pictures === 0 ? placeFirstRow(t, draft, styles) : [[placeButton(t, draft, pictures)]]),
    ],
  };
}

/**
 * Several products in one draft: styles are chosen once for all of its photos, and the price is that of all.
 * @param photos how many there are
 */
function seriesCard(
  t: Translate,
  draft: Draft,
  styles: readonly Style[],
  photos: number,
  largeSize: Pixels | null,
): Screen {
  const chosen = styles.filter((style) => style.chosen);
  const each = chosen.length === 0 ? 0 : countPictures(chosen.length, draft.pictureCount);
  return {
    text: lines(
      t('series-title', { photos }),
      noteLine(t, draft.caption),
      '',
      ...chosenLines(t, chosen),
      each > 0 && t('series-count', { photos, pictures: each }),
      formatLine(t, draft, largeSize),
    ),
    keyboard: [
      ...styleRows(t, draft.id, styles),
      ...ratioRows(t, draft),
      ...sizeRows(t, draft, largeSize),
      countRow(t, draft, each),
      ...(each === 0 ? [] : [[placeButton(t, draft, photos * each)]]),
      [button(t('button-split', { photos }), 'split', draft.id)],
    ],
  };
}

/** What is chosen, and of an own style its words. */
function chosenLines(t: Translate, chosen: readonly Style[]): string[] {
  if (chosen.length === 0) return [t('card-choose', { max: MAX_PICTURES })];
  return [
    t('card-chosen', { styles: chosen.map((style) => escapeHtml(style.title)).join(', ') }),
    ...chosen.filter(({ origin }) => origin === 'own').map((style) => quoted(t, style.prompt)),
  ];
}

/** The styles that the draft knows, and the ways to others. */
function styleRows(t: Translate, draftId: number, styles: readonly Style[]): Keyboard {
  return [
    ...styles.map((style) => [styleButton(t, draftId, style)]),
    [
      button(t('button-catalogue'), 'catalogue', draftId),
      button(t('button-surprise'), 'surprise', draftId),
      button(t('button-describe'), 'describe', draftId),
    ],
  ];
}

function ratioRows(t: Translate, draft: Draft): Keyboard {
  return RATIO_ROWS.map((row) =>
    // What each is for stands on its key; the name of a text takes no colon.
    row.map((ratio) =>
      option(t, t(`ratio-${ratio.replace(':', '-')}`), ratio === draft.ratio, 'ratio', draft.id, ratio),
    ),
  );
}

/** Keys of numbers in a row, as the previews of the sheet above them stand. */
const NUMBERS_IN_A_ROW = 4;

/**
 * Below the sheet of all house styles: the names of those that are offered, a key for each number, and the saved styles. It is a
 * message of its own, beside the card, and goes when the seller is done.
 */
export function catalogueCard(
  t: Translate,
  draft: Draft,
  styles: readonly Style[],
  presets: readonly Preset[],
  offered: readonly HouseStyle[],
): Screen {
  const isChosen = (number: number) => styles.some((style) => style.number === number && style.chosen);
  // It stays open while styles are chosen: the third part says where the tap came from.
  const entry = (number: number, title: string) =>
    option(t, title, isChosen(number), 'style', draft.id, `${number}:catalogue`);
  // The number is the style's own on the sheet, wherever it stands here.
  const houses = offered.map((style) => ({ style, index: HOUSE_STYLES.indexOf(style) }));
  const names = houses.map(({ style, index }) => `${index + 1}.\u00a0${t(`style-${style.key}`)}`);
  return {
    text: lines(
      t('catalogue-title', { max: MAX_PICTURES }),
      names.join(' · '),
      presets.length > 0 && t('catalogue-presets'),
    ),
    keyboard: [
      ...presets.map((preset) => [entry(presetNumber(preset.id), presetKey(t, preset))]),
      ...inRows(
        houses.map(({ index }) => entry(houseStyleNumber(index), String(index + 1))),
        NUMBERS_IN_A_ROW,
      ),
      [button(t('button-done'), 'card', draft.id, 'sheet')],
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
 * @param credits that it costs; fewer than others where the picture drifted
 * @param largeSize as for any draft
 */
export function correctionCard(
  t: Translate,
  draft: Draft,
  words: string,
  album: readonly { id: number; position: number }[],
  credits: number,
  largeSize: Pixels | null = null,
): Screen {
  return {
    text: lines(
      t('correction-title'),
      quoted(t, words),
      '',
      draft.product !== null && productLine(t, draft.product),
      formatLine(t, draft, largeSize),
      t('correction-hint'),
    ),
    keyboard: [
      ...(album.length > 1
        ? inRows(
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
            2,
          )
        : []),
      ...sizeRows(t, draft, largeSize),
      [placeButton(t, draft, 1, credits)],
      [button(t('button-leave'), 'cancel', draft.id)],
    ],
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

/** The name, and the kind where it says more than the name. */
function productLine(t: Translate, { name, kind }: Product): string | null {
  if (name === '') return null;
  return kind === '' || kind.toLowerCase() === name.toLowerCase()
    ? t('card-product', { name: escapeHtml(name) })
    : t('card-product-kind', { name: escapeHtml(name), kind: escapeHtml(kind) });
}

function noteLine(t: Translate, caption: string | null): string | null {
  const note = noteOf(caption);
  return note === null ? null : t('card-note', { note: escapeHtml(shorten(note, SHOWN_WORDS)) });
}

function quoted(t: Translate, words: string): string {
  return t('card-words', { words: escapeHtml(shorten(words, SHOWN_WORDS)) });
}

function styleButton(t: Translate, draftId: number, style: Style) {
  return option(t, style.title, style.chosen, 'style', draftId, style.number);
}

type Pixels = { width: number; height: number };

/** The format, as the best one where it was recommended, and the pixels of a large picture. */
function formatLine(t: Translate, draft: Draft, largeSize: Pixels | null): string {
  const { ratio, product } = draft;
  const isBest = draft.basedOnPictureId === null && !draft.isSeries && ratio === product?.recommendedRatio;
  const format = t(isBest ? 'card-recommended' : 'card-format', { ratio });
  if (draft.size === 'usual' || largeSize === null) return format;
  return t('card-large', { format, pixels: `${largeSize.width}×${largeSize.height}` });
}

/** Large pictures, where they can be made; one that was chosen stays to be taken back. */
function sizeRows(t: Translate, { id, size }: Draft, largeSize: Pixels | null): Keyboard {
  if (largeSize === null && size === 'usual') return [];
  const title = t('button-large', { credits: creditsOf('large') });
  return [[option(t, title, size === 'large', 'size', id, size === 'large' ? 'usual' : 'large')]];
}

/** How many pictures: a number of its own for each, also before a style is chosen. */
function countRow(t: Translate, draft: Draft, pictures: number): Keyboard[number] {
  const shown = pictures === 0 ? draft.pictureCount : pictures;
  return Array.from({ length: MAX_PICTURES }, (_, index) => index + 1).map((number) =>
    option(t, t('button-count', { pictures: number }), number === shown, 'count', draft.id, number),
  );
}

/** Nothing is chosen yet: one tap makes the first proposals, as many as the caption or the row above says, or all. */
function placeFirstRow(t: Translate, draft: Draft, styles: readonly Style[]): Keyboard {
  const proposals = styles.filter(({ origin }) => origin === 'proposed').length;
  const pictures = Math.min(draft.pictureCount ?? proposals, proposals);
  if (pictures === 0) return [];
  const credits = pictures * creditsOf(draft.size);
  const text = t(pictures === proposals ? 'button-create-all' : 'button-create-first', { pictures, credits });
  return [[button(text, 'place', draft.id, `first:${pictures}:${credits}`)]];
}

/** The number of pictures and their price travel with the key: what it costs is what it said. */
function placeButton(t: Translate, draft: Draft, pictures: number, credits = costOf(pictures, draft.size)) {
  const text = t('button-create', { pictures, credits });
  return button(text, 'place', draft.id, `chosen:${pictures}:${credits}`, { style: 'success' });
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
