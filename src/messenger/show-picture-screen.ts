import type { Screen } from '../screens/screen.ts';
import { editMessage } from '../telegram/edit-message.ts';
import type { CallOptions, Gateway } from '../telegram/gateway.ts';

/**
 * Makes a message, of words or with a picture, one with this picture and the screen below it; a new one where there is
 * none to edit.
 * @throws what the gateway throws
 */
export async function showPictureScreen(
  gateway: Pick<Gateway, 'call'>,
  { chatId, messageId, fileId }: { chatId: number; messageId: number | null; fileId: string },
  screen: Screen,
  options: CallOptions = {},
): Promise<void> {
  const words = { caption: screen.text, parse_mode: 'HTML' } as const;
  const rest = { chat_id: chatId, reply_markup: { inline_keyboard: screen.keyboard } };
  if (messageId !== null) {
    const media = { type: 'photo', media: fileId, ...words } as const;
    const message = { ...rest, message_id: messageId };
    const outcome = await editMessage(gateway, 'editMessageMedia', { ...message, media }, options);
    if (outcome !== 'gone') return;
  }
  await gateway.call('sendPhoto', { ...rest, ...words, photo: fileId }, options);
}
