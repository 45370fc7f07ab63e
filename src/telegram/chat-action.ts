import { isBlocked } from './errors.ts';
import type { Gateway } from './gateway.ts';
import type { ChatId, Params } from './types.ts';

/** Telegram shows an action for 5 s, or until the next message. */
const REPEAT_EVERY_MS = 4_000;

/**
 * Shows “typing…”, “sending a photo…” in the chat for as long as the work lasts, and answers what it answers.
 * The action is an ornament: its own failures are passed over, the work's are passed on.
 * @param work is told, as soon as the first action is answered, whether this chat can be written to; true also
 * where Telegram did not say
 */
export async function sendChatActionWhile<T>(
  gateway: Pick<Gateway, 'call'>,
  { chatId, action }: { chatId: ChatId; action: Params<'sendChatAction'>['action'] },
  work: (isReachable: Promise<boolean>) => Promise<T>,
): Promise<T> {
  const ended = new AbortController();
  const show = async (): Promise<boolean> => {
    try {
      const options = { signal: ended.signal, timeoutMs: REPEAT_EVERY_MS, maxRetryWaitMs: 0 };
      await gateway.call('sendChatAction', { chat_id: chatId, action }, options);
    } catch (error) {
      if (!isBlocked(error)) return true;
      clearInterval(timer);
      return false;
    }
    return true;
  };
  const timer = setInterval(show, REPEAT_EVERY_MS);
  try {
    return await work(show());
  } finally {
    clearInterval(timer);
    // One that is still under way would outlive the message that ends the work.
    ended.abort();
  }
}
