/** All house styles, to choose by their numbers on the sheet of previews. */
import { MAX_PICTURES } from '../photoshoots/limits.ts';
import type { Draft, Style } from '../photoshoots/photoshoot.ts';
import { HOUSE_STYLES, type HouseStyle } from '../photoshoots/styles/house-styles.ts';
import type { Preset } from '../photoshoots/styles/presets.ts';
import { houseStyleNumber, presetNumber } from '../photoshoots/styles/style-numbers.ts';
import type { Translate } from '../texts/texts.ts';
import { option } from './draft-parts.ts';
import { presetKey } from './preset-cards.ts';
import { button, inRows, lines, type Screen } from './screen.ts';

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
