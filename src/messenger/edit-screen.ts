import type { Screen } from '../screens/screen.ts';
import { type EditOutcome, editMessage } from '../telegram/edit-message.ts';
import { isWithoutText } from '../telegram/errors.ts';
import type { CallOptions, Gateway } from '../telegram/gateway.ts';

/**
 * Makes a message show a screen. A status message may have become a picture, whose words are a caption.
 * @param message.isPicture where that is known already
 * @throws what the gateway throws
 */
export async function editScreen(
  gateway: Pick<Gateway, 'call'>,
  message: { chatId: number; messageId: number; isPicture?: boolean },
  screen: Screen,
  options: CallOptions = {},
): Promise<EditOutcome> {
  const rest = {
    chat_id: message.chatId,
    message_id: message.messageId,
    parse_mode: 'HTML',
    reply_markup: { inline_keyboard: screen.keyboard },
  } as const;
  const editCaption = () =>
    editMessage(gateway, 'editMessageCaption', { caption: screen.text, ...rest }, options);
  if (message.isPicture) return editCaption();
  try {
    return await editMessage(gateway, 'editMessageText', { text: screen.text, ...rest }, options);
  } catch (error) {
    if (!isWithoutText(error)) throw error;
    return await editCaption();
  }
}
