import { isBlocked } from './errors.ts';
import type { Gateway } from './gateway.ts';
import type { ChatId, Params } from './types.ts';

/** Telegram shows an action for 5 s, or until the next message. */
const REPEAT_EVERY_MS = 4_000;

/**
 * Shows “typing…”, “sending a photo…” in the chat for as long as the work lasts, and answers what it answers.
 * The action is an ornament: its own failures are passed over, the work's are passed on.
 */
export async function sendChatActionWhile<T>(
  gateway: Pick<Gateway, 'call'>,
  { chatId, action }: { chatId: ChatId; action: Params<'sendChatAction'>['action'] },
  work: () => Promise<T>,
): Promise<T> {
  const ended = new AbortController();
  const show = async () => {
    try {
      const options = { signal: ended.signal, timeoutMs: REPEAT_EVERY_MS, maxRetryWaitMs: 0 };
      await gateway.call('sendChatAction', { chat_id: chatId, action }, options);
    } catch (error) {
      if (isBlocked(error)) clearInterval(timer);
    }
  };
  const timer = setInterval(show, REPEAT_EVERY_MS);
  try {
    void show();
    return await work();
  } finally {
    clearInterval(timer);
    // One that is still under way would outlive the message that ends the work.
    ended.abort();
  }
}
