/** What a seller's words ask for beside a look: a format, a number of pictures. The same for captions and messages. */
import { isRatio, type Ratio } from '../../ai/ratios.ts';
import { MAX_PICTURES } from '../limits.ts';

export type Wish = Readonly<{
  ratio: Ratio | null;
  /** 1 to 4 */
  pictures: number | null;
  /** What is left without them, on one line; empty when nothing is left that says anything. */
  words: string;
}>;

/** Width to height as people type it, with an x or the Russian letter too; no measures such as “3x4 cm”. */
const RATIO =
  /(?<![\d.,:])(\d{1,2}) ?[:x×х] ?(\d{1,2})(?![\d:]|[.,]\d|\s?(?:cm|mm|m|in|см|мм|м)(?!\p{L}))/giu;
/** A number with what it counts, in the languages that the texts are in. */
const PICTURES = new RegExp(
  `(?<![\\d.,:])([1-${MAX_PICTURES}])\\s?(?:pictures?|pics?|photos?|images?|shots?|фото|фотографи[июяй]|снимк[аио]в?|снимок|картин(?:к[аиу]|ок)|кадр(?:а|ов)?|шт)(?!\\p{L})\\.?`,
  'giu',
);
const LETTER_OR_EMOJI = /\p{L}|\p{Extended_Pictographic}|\d/u;

/** Takes the format and the number out of the words. Of several of one kind the first counts. */
export function readWish(text: string): Wish {
  let ratio: Ratio | null = null;
  let pictures: number | null = null;
  const words = text
    .replace(RATIO, (found: string, width: string, height: string) => {
      const named = `${width}:${height}`;
      if (!isRatio(named)) return found;
      ratio ??= named;
      return ' ';
    })
    .replace(PICTURES, (_, number: string) => {
      pictures ??= Number(number);
      return ' ';
    });
  return { ratio, pictures, words: tidied(words) };
}

/** The words of a caption without what was taken from it; null where nothing is left. */
export function noteOf(caption: string | null): string | null {
  return caption === null ? null : readWish(caption).words || null;
}

/** Closes the gaps that were left, also between two commas and at the ends. */
function tidied(words: string): string {
  const line = words
    .replace(/\s+/gu, ' ')
    .replace(/ (?=[,;.])/gu, '')
    .replace(/([,;])(?:\s?[,;])+/gu, '$1')
    .replace(/^[\s,;.:·–—-]+|[\s,;:·–—-]+$/gu, '');
  return LETTER_OR_EMOJI.test(line) ? line : '';
}
