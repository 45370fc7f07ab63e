/**
 * Lengths as Telegram counts them: UTF-16 units of what is shown, so of the text after its HTML was read (Bot API,
 * sendMessage). These are the units of a JavaScript string; what is cut here is escaped afterwards.
 */

/** Of a message; a text that is put into one leaves room for what stands around it. */
export const LONGEST_MESSAGE = 4096;

/**
 * The text in at most `longest` units, the last one “…” if something was left out. Nothing that is one character
 * to its reader is cut in two: Telegram refuses a text that ends in half an emoji.
 */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, boundaryBefore(text, longest - 1)).trimEnd()}…`;
}

/** All of the text in pieces of at most `longest` units (2 or more), parted between words where there are some. */
export function pieces(text: string, longest: number): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > longest) {
    const space = rest.slice(0, longest + 1).search(/\s\S*$/);
    // A word that fills more than half of a piece is parted itself.
    const end = space > longest / 2 ? space : boundaryBefore(rest, longest);
    parts.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return [...parts, rest];
}

/** The last place up to `end` that is not within a character. */
function boundaryBefore(text: string, end: number): number {
  const character = new Intl.Segmenter().segment(text).containing(end);
  if (character === undefined) return text.length;
  // A single character may be longer than the room: then only its units are kept together.
  if (character.index > 0) return character.index;
  return /[\uD800-\uDBFF]/.test(text.charAt(end - 1)) ? end - 1 : end;
}
