import type { InlineKeyboardButton } from '@grammyjs/types';
import { packCallback, type Verb } from './callback-data.ts';

export type Keyboard = InlineKeyboardButton[][];

/** What a message shows: HTML, and the buttons under it. */
export type Screen = { text: string; keyboard: Keyboard };

type Look = { style?: 'primary' | 'success' | 'danger' };

/** Characters of a button that a phone shows; Telegram cuts off the rest, perhaps within an emoji. */
const LONGEST_BUTTON = 40;

/** A button that does `verb` to the row with this id. A text that is too long for a button is shortened. */
export function button(
  text: string,
  verb: Verb,
  id: number | string,
  argument?: number | string,
  look: Look = {},
): InlineKeyboardButton {
  const data = packCallback(verb, id, argument);
  return { text: shorten(text, LONGEST_BUTTON), callback_data: data, ...look };
}

/** The text in at most `longest` visible characters, the last one “…” if something was left out. */
export function shorten(text: string, longest: number): string {
  // Visible characters have one unit or more: nearly every text is short enough by its units already.
  if (text.length <= longest) return text;
  const characters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  if (characters.length <= longest) return text;
  return `${characters
    .slice(0, longest - 1)
    .join('')
    .trimEnd()}…`;
}

/** The buttons in rows of `width`. */
export function inRows(buttons: readonly InlineKeyboardButton[], width: number): Keyboard {
  return Array.from({ length: Math.ceil(buttons.length / width) }, (_, row) =>
    buttons.slice(row * width, (row + 1) * width),
  );
}

/** The lines that there are, one below the other. */
export function lines(...parts: (string | null | false)[]): string {
  return parts.filter((part) => part !== null && part !== false).join('\n');
}
