import { MAX_PICTURES } from '../limits.ts';

/** How many pictures a draft would make: what was asked for, and never fewer than one for each chosen style. */
export function countPictures(chosenStyles: number, wanted: number | null): number {
  return Math.min(MAX_PICTURES, Math.max(chosenStyles, wanted ?? chosenStyles));
}

/** Spreads the pictures over the styles in turn: three pictures of two styles are the first, second, first. */
export function spreadStyles<S>(chosen: readonly S[], pictures: number): S[] {
  return Array.from({ length: pictures }, (_, index) => {
    const style = chosen[index % chosen.length];
    if (style === undefined) throw new Error('pictures were planned without a style');
    return style;
  });
}
