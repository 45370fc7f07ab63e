import type { InlineKeyboardButton, InlineKeyboardMarkup } from '@grammyjs/types';
import { isObject, type JsonObject, type Parameters, readObject, textOf } from './parameters.ts';
import { badRequest } from './refusal.ts';

const MAX_CALLBACK_DATA_BYTES = 64;
const MAX_COPY_TEXT_LENGTH = 256;
const MAX_BUTTONS = 100;
/** The fields that say what a button does; fields that the Bot API does not know are ignored, as it does. */
const ACTIONS = [
  'callback_data',
  'url',
  'pay',
  'copy_text',
  'web_app',
  'login_url',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'disabled',
] as const;
const LOOKS = ['style', 'icon_custom_emoji_id'] as const;

/**
 * The inline keyboard of `reply_markup`; undefined when there is none, when it is empty, and for the other
 * kinds of markup, which no Message carries.
 * @throws Refusal as the real server refuses buttons.
 */
export function readKeyboard(
  parameters: Parameters,
  options: { forInvoice: boolean } = { forInvoice: false },
): InlineKeyboardMarkup | undefined {
  const markup = readObject(parameters, 'reply_markup', 'reply markup');
  if (markup?.inline_keyboard === undefined) return undefined;
  if (!Array.isArray(markup.inline_keyboard)) {
    throw badRequest('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays');
  }
  const rows = markup.inline_keyboard.map(readRow).filter((row) => row.length > 0);
  const buttons = rows.flat();
  if (buttons.length > MAX_BUTTONS) throw badRequest('reply markup is too long');
  if (buttons.some((button, index) => 'pay' in button && !(options.forInvoice && index === 0))) {
    throw badRequest('BUTTON_TYPE_INVALID');
  }
  return rows.length === 0 ? undefined : { inline_keyboard: rows };
}

function readRow(row: unknown): InlineKeyboardButton[] {
  if (!Array.isArray(row)) {
    throw badRequest('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays');
  }
  return row.map(readButton);
}

function readButton(button: unknown): InlineKeyboardButton {
  if (!isObject(button)) throw badRequest("can't parse inline keyboard button: expected an Object");
  const text = textOf(button, 'text');
  if (text === undefined) throw badRequest('can\'t parse inline keyboard button: Can\'t find field "text"');
  if (text === '') throw badRequest('BUTTON_TEXT_INVALID');
  const action = ACTIONS.find((name) => button[name] !== undefined && button[name] !== false);
  if (!action) {
    throw badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard");
  }
  checkAction(action, button);
  const looks = LOOKS.flatMap((name) => (button[name] === undefined ? [] : [[name, button[name]]]));
  // One action, checked above, with its own value: exactly what the union of button types says.
  return { text, ...Object.fromEntries(looks), [action]: button[action] } as unknown as InlineKeyboardButton;
}

function checkAction(action: (typeof ACTIONS)[number], button: JsonObject): void {
  if (action === 'callback_data') {
    const bytes = Buffer.byteLength(textOf(button, 'callback_data') ?? '');
    if (bytes === 0 || bytes > MAX_CALLBACK_DATA_BYTES) throw badRequest('BUTTON_DATA_INVALID');
  }
  if (action === 'url') {
    const url = textOf(button, 'url') ?? '';
    const address = /^[a-z][\w+.-]*:/i.test(url) ? url : `http://${url}`;
    if (!/^(https?|tg|ton):/i.test(address) || !URL.canParse(address)) {
      throw badRequest(`inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`);
    }
  }
  if (action === 'copy_text') {
    const text = isObject(button.copy_text) ? (textOf(button.copy_text, 'text') ?? '') : '';
    if (text === '' || text.length > MAX_COPY_TEXT_LENGTH) throw badRequest('BUTTON_COPY_TEXT_INVALID');
  }
}
