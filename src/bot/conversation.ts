/** One update of one person, as a feature sees it: who it is, and how to answer. */
import type { CallbackQuery, Message, Update } from '@grammyjs/types';
import type { Customer } from '../customers/read-customer.ts';
import type { Log } from '../log.ts';
import { editScreen } from '../messenger/edit-screen.ts';
import { sendScreen } from '../messenger/send-screen.ts';
import { showPictureScreen } from '../messenger/show-picture-screen.ts';
import type { Role } from '../owners/rights.ts';
import type { Screen } from '../screens/screen.ts';
import { isQueryTooOld } from '../telegram/errors.ts';
import { escapeHtml } from '../telegram/escape-html.ts';
import { type HousePicture, sendHousePicture } from '../telegram/kept-files.ts';
import type { Translate } from '../texts/texts.ts';
import type { BotDeps } from './deps.ts';
import type { StartPayload } from './start-payload.ts';

export type Conversation = ReturnType<typeof createConversation>;

/** Characters that are read while a note floats above the chat, about three seconds; longer ones are messages. */
const LONGEST_TOAST = 100;

export function createConversation(
  deps: Pick<BotDeps, 'db' | 'gateway'>,
  about: {
    customer: Customer;
    isNew: boolean;
    /** What they may do beside what everybody may. */
    role: Role | null;
    /** What the link carried that `/start` came from; empty for everything else. */
    start: StartPayload;
    chatId: number;
    t: Translate;
    update: Update;
    signal: AbortSignal;
    /** Its lines say of which update they are. */
    log: Log;
  },
) {
  const { chatId, signal, update } = about;
  const query = update.callback_query;
  let answered = query === undefined;

  /**
   * Tells Telegram that a tap was understood, with a note if there is one. The first answer counts. A note floats
   * above the chat and wants no OK; one that is too long for that, or comes too late, is a message.
   * @param note plain text
   */
  async function answer(note?: string): Promise<void> {
    if (answered || query === undefined) return;
    answered = true;
    const floats = note !== undefined && [...note].length <= LONGEST_TOAST;
    const params = { callback_query_id: query.id, ...(floats ? { text: note } : {}) };
    try {
      await deps.gateway.call('answerCallbackQuery', params, { signal });
    } catch (error) {
      // Nobody waits at the key any more; what the tap asked for is done all the same, and told.
      if (!isQueryTooOld(error)) throw error;
      if (floats) await send({ text: about.t('late-answer', { note: escapeHtml(note) }), keyboard: [] });
    }
    if (note !== undefined && !floats) await send({ text: escapeHtml(note), keyboard: [] });
  }

  /** Sends a new message. */
  async function send(screen: Screen): Promise<Message> {
    return sendScreen(deps.gateway, chatId, screen, { signal });
  }

  return {
    ...about,
    userId: about.customer.id,
    query,
    answer,

    send,

    /** Sends a new message that shows a picture of the house above its words. */
    async sendWithPicture(picture: HousePicture, screen: Screen): Promise<Message> {
      const params = {
        chat_id: chatId,
        caption: screen.text,
        parse_mode: 'HTML',
        reply_markup: { inline_keyboard: screen.keyboard },
      } as const;
      return sendHousePicture(deps, picture, params, { signal });
    },

    /**
     * Replaces the message whose button was tapped; sends a new one where there is none to replace.
     * @returns the id of the message that shows it
     */
    async show(screen: Screen): Promise<number> {
      const messageId = tappedMessage(query);
      if (messageId !== null) {
        const isPicture = query?.message !== undefined && 'photo' in query.message;
        const message = { chatId, messageId, isPicture };
        const outcome = await editScreen(deps.gateway, message, screen, { signal });
        if (outcome !== 'gone') return messageId;
      }
      return (await send(screen)).message_id;
    },

    /**
     * The same below a picture that Telegram keeps, which takes the place of what the message showed.
     * @throws what the gateway throws, also where Telegram does not know the file any more
     */
    async showWithPicture(fileId: string, screen: Screen): Promise<void> {
      await showPictureScreen(deps.gateway, { chatId, messageId: tappedMessage(query), fileId }, screen, {
        signal,
      });
    },
  };
}

function tappedMessage(query: CallbackQuery | undefined): number | null {
  return query?.message?.message_id ?? null;
}

/**
 * Names the message that is being answered, the same whenever its update is handled again.
 * @throws Error for a tap, which answers no message
 */
export function messageKey({ chatId, update }: Conversation): string {
  const { message } = update;
  if (message === undefined) throw new Error('a tap has no such key');
  return `${chatId}:${message.message_id}`;
}
