import { isMessageGone } from '../telegram/errors.ts';
import type { CallOptions, Gateway } from '../telegram/gateway.ts';

/**
 * Takes a message of ours away; one that is gone already, or too old to be taken away, stays as it is.
 * @throws what else the gateway throws, also when the person cannot be written to
 */
export async function removeMessage(
  gateway: Pick<Gateway, 'call'>,
  { chatId, messageId }: { chatId: number; messageId: number },
  options: CallOptions = {},
): Promise<void> {
  try {
    await gateway.call('deleteMessage', { chat_id: chatId, message_id: messageId }, options);
  } catch (error) {
    if (!isMessageGone(error)) throw error;
  }
}
