/**
 * The number of a style within a photoshoot, as it stands in callback data. The ranges say where a style
 * comes from, so a button needs no more than the number.
 */
import { HOUSE_STYLES, type HouseStyle } from './house-styles.ts';

const PROPOSALS = 4;
export const OWN_STYLE_NUMBER = 5;
export const SURPRISE_NUMBER = 6;
/** What a correction says; no button has it. */
export const CORRECTION_NUMBER = 7;
/** The product with nothing around it; no button has it either. */
export const CUT_OUT_NUMBER = 8;
const FIRST_HOUSE_NUMBER = 11;
const FIRST_PRESET_NUMBER = 1000;
/** The column that keeps numbers ends here (int4); a button cannot carry more, forged callback data can. */
const LARGEST_NUMBER = 2 ** 31 - 1;

export type StyleNumber =
  | { origin: 'proposed' | 'own' | 'surprise' }
  | { origin: 'house'; style: HouseStyle }
  | { origin: 'preset'; presetId: number };

export const houseStyleNumber = (index: number): number => FIRST_HOUSE_NUMBER + index;
export const presetNumber = (presetId: number): number => FIRST_PRESET_NUMBER + presetId;

/** What a number stands for, or null for one that no button has. */
export function readStyleNumber(number: number): StyleNumber | null {
  if (number >= 1 && number <= PROPOSALS) return { origin: 'proposed' };
  if (number === OWN_STYLE_NUMBER) return { origin: 'own' };
  if (number === SURPRISE_NUMBER) return { origin: 'surprise' };
  const style = HOUSE_STYLES[number - FIRST_HOUSE_NUMBER];
  if (style !== undefined) return { origin: 'house', style };
  if (number > FIRST_PRESET_NUMBER && number <= LARGEST_NUMBER)
    return { origin: 'preset', presetId: number - FIRST_PRESET_NUMBER };
  return null;
}
