import { h } from './dom.ts';
import { isSafeAddress } from './entities.ts';
import { price } from './format.ts';
import { icon } from './icons.ts';
import { linkPress, readTelegramLink } from './telegram-links.ts';
import type { Texts } from './texts.ts';
import type { InlineKeyboardButton, Message } from './wire.ts';

/** A press that the bot has not answered yet. */
export type PendingTap = { messageId: number; data: string };

/** The rows of buttons under a message, or undefined when it has none. */
export function keyboard(
  message: Message,
  texts: Texts,
  pending: PendingTap | undefined,
): HTMLElement | undefined {
  const rows =
    message.reply_markup?.inline_keyboard ?? (message.invoice ? [[payButton(message, texts)]] : []);
  if (rows.length === 0) return undefined;
  const busyData = pending?.messageId === message.message_id ? pending.data : undefined;
  return h(
    'div',
    { class: 'keyboard', 'data-part': 'keyboard' },
    ...rows.map((row) =>
      h('div', { class: 'keys' }, ...row.map((key) => drawKey(key, message.message_id, busyData))),
    ),
  );
}

/** An invoice without a keyboard of its own gets this one from every messenger. */
function payButton(message: Message, texts: Texts): InlineKeyboardButton {
  const { total_amount: amount = 0, currency = 'XTR' } = message.invoice ?? {};
  return { text: texts.say('pay', { price: price(amount, currency, texts.language) }), pay: true };
}

function drawKey(key: InlineKeyboardButton, messageId: number, busyData: string | undefined): HTMLElement {
  const look = { class: `key ${key.style ?? 'plain'}`, 'data-message': messageId };
  const label = h('span', {}, key.text);
  if ('callback_data' in key) {
    const busy = busyData === key.callback_data;
    const press = {
      'data-press': 'tap',
      'data-callback': key.callback_data,
      'aria-busy': busy ? 'true' : undefined,
    };
    return h('button', { type: 'button', ...look, ...press }, label);
  }
  const telegram = 'url' in key ? readTelegramLink(key.url) : null;
  if (telegram !== null) return h('button', { type: 'button', ...look, ...linkPress(telegram) }, label);
  if ('url' in key && isSafeAddress(key.url)) {
    const address = { href: key.url, target: '_blank', rel: 'noopener noreferrer', role: 'button' };
    return h('a', { ...look, ...address }, label, icon('link'));
  }
  if ('copy_text' in key) {
    const press = { 'data-press': 'copy', 'data-text': key.copy_text.text };
    return h('button', { type: 'button', ...look, ...press }, label, icon('copy'));
  }
  if ('pay' in key) {
    return h('button', { type: 'button', ...look, 'data-press': 'pay' }, h('span', {}, withStar(key.text)));
  }
  return h('button', { type: 'button', ...look, 'data-press': 'unsupported' }, label);
}

/** The Bot API's rule for pay buttons: "⭐" and "XTR" in the text are shown as the sign of Stars. */
function withStar(text: string): string {
  return text.replaceAll('XTR', '⭐');
}
