import type { Content } from './chats.ts';
import { readKeyboard } from './keyboard.ts';
import { type Parameters, readInteger, readText } from './parameters.ts';
import { badRequest } from './refusal.ts';
import type { Chat, ChatMessage } from './state.ts';
import type { Store } from './store.ts';

const NOT_MODIFIED =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';

/** The message that an editing call means. @throws Refusal when there is none, or it is not the bot's to edit. */
export function readEditedMessage(
  parameters: Parameters,
  store: Store,
): { chat: Chat; message: ChatMessage } {
  if (readText(parameters, 'inline_message_id')) throw badRequest('MESSAGE_ID_INVALID');
  const chat = store.chats.forBot(readText(parameters, 'chat_id'));
  const id = readInteger(parameters, 'message_id');
  if (id === undefined) throw badRequest('message identifier is not specified');
  const message = chat.messages.get(id);
  if (!message) throw badRequest('message to edit not found');
  if (message.from.id !== store.bot.id || message.forward_origin) throw badRequest("message can't be edited");
  return { chat, message };
}

/**
 * Puts `content` in the place of the message's own and the call's keyboard in the place of its keyboard; a call
 * without one takes the keyboard away, as the real server does.
 * @throws Refusal when nothing would change.
 */
export function applyEdit(
  parameters: Parameters,
  store: Store,
  edited: { chat: Chat; message: ChatMessage },
  content: Content,
): ChatMessage {
  const keyboard = readKeyboard(parameters, { forInvoice: edited.message.invoice !== undefined });
  const next = { ...identityOf(edited.message), ...content, ...(keyboard ? { reply_markup: keyboard } : {}) };
  const { edit_date: _, ...current } = edited.message;
  if (canonical(next) === canonical(current)) throw badRequest(NOT_MODIFIED);
  return store.chats.replace(edited.chat, next);
}

/** What stays when a message is edited. */
function identityOf(message: ChatMessage) {
  const { message_id, from, chat, date, reply_to_message, has_protected_content, effect_id } = message;
  return {
    message_id,
    from,
    chat,
    date,
    ...(reply_to_message ? { reply_to_message } : {}),
    ...(has_protected_content ? { has_protected_content } : {}),
    ...(effect_id === undefined ? {} : { effect_id }),
    ...(message.media_group_id === undefined ? {} : { media_group_id: message.media_group_id }),
  };
}

/** JSON whose keys are in order, so that equal messages are equal strings. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
