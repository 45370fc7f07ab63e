import type { InlineKeyboardButton } from '@grammyjs/types';
import { packCallback, type Verb } from './callback-data.ts';

export type Keyboard = InlineKeyboardButton[][];

/** What a message shows: HTML, and the buttons under it. */
export type Screen = { text: string; keyboard: Keyboard };

type Look = { style?: 'primary' | 'success' | 'danger' };

/** A button that does `verb` to the row with this id. */
export function button(
  text: string,
  verb: Verb,
  id: number | string,
  argument?: number | string,
  look: Look = {},
): InlineKeyboardButton {
  return { text, callback_data: packCallback(verb, id, argument), ...look };
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
