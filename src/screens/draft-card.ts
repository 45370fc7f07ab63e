/** The card of a draft, of one product or of a series: what was recognised, the styles to choose from, format, number and price. */
import type { Ratio } from '../ai/ratios.ts';
import { countPictures } from '../photoshoots/draft/plan-pictures.ts';
import { MAX_PICTURES } from '../photoshoots/limits.ts';
import type { Draft, Style } from '../photoshoots/photoshoot.ts';
import { creditsOf } from '../photoshoots/picture-price.ts';
import { escapeHtml } from '../telegram/escape-html.ts';
import type { Translate } from '../texts/texts.ts';
import {
  formatLine,
  noteLine,
  option,
  type Pixels,
  placeButton,
  productLine,
  quoted,
  sizeRows,
} from './draft-parts.ts';
import { button, type Keyboard, lines, type Screen } from './screen.ts';

/** Telegram cuts off what does not fit a key: where two sellers' places stand on it, it needs the row of a small phone. */
const RATIO_ROWS: readonly (readonly Ratio[])[] = [['1:1'], ['3:4'], ['4:3', '4:5'], ['9:16', '16:9']];

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

function styleButton(t: Translate, draftId: number, style: Style) {
  return option(t, style.title, style.chosen, 'style', draftId, style.number);
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
