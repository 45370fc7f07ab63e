import type { Message } from '@grammyjs/types';
import type { Screen } from '../screens/screen.ts';
import type { CallOptions, Gateway } from '../telegram/gateway.ts';

export type SendOptions = CallOptions & {
  /** A photo that Telegram has already, by its file id, sent below the screen. */
  photoBelow?: string | null;
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
  { photoBelow = null, ...options }: SendOptions = {},
): Promise<Message> {
  const params = {
    chat_id: chatId,
    text: screen.text,
    parse_mode: 'HTML',
    reply_markup: { inline_keyboard: screen.keyboard },
  } as const;
  const message = await gateway.call('sendMessage', params, options);
  if (photoBelow !== null) await gateway.call('sendPhoto', { chat_id: chatId, photo: photoBelow }, options);
  return message;
}
