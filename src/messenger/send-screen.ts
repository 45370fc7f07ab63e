import type { Message } from '@grammyjs/types';
import type { Screen } from '../screens/screen.ts';
import type { CallOptions, Gateway } from '../telegram/gateway.ts';

export type SendOptions = CallOptions & {
  /** Photos that Telegram has already, by their file ids, sent below the screen. */
  photosBelow?: readonly string[];
};

/**
 * Sends a screen as a new message.
 * @returns the message that shows the screen
 * @throws what the gateway throws
 */
export async function sendScreen(
  gateway: Pick<Gateway, 'call'>,
  chatId: number,
  screen: Screen,
  { photosBelow = [], ...options }: SendOptions = {},
): Promise<Message> {
  const params = {
    chat_id: chatId,
    text: screen.text,
    parse_mode: 'HTML',
    reply_markup: { inline_keyboard: screen.keyboard },
  } as const;
  const message = await gateway.call('sendMessage', params, options);
  for (const photo of photosBelow) await gateway.call('sendPhoto', { chat_id: chatId, photo }, options);
  return message;
}
