import type { InlineKeyboardMarkup, Message } from '@grammyjs/types';
import type { Content } from './chats.ts';
import { type Parameters, readFlag, readInteger, readObject, readText } from './parameters.ts';
import { badRequest } from './refusal.ts';
import type { Chat } from './state.ts';
import type { Store } from './store.ts';

/** What every sending call has in common: to whom, in reply to what, with which keyboard. */
export type SendOptions = { chat: Chat; common: Content };

/** @throws Refusal when the chat, the message replied to or the effect is not as it must be. */
export function readSendOptions(
  parameters: Parameters,
  store: Store,
  keyboard: InlineKeyboardMarkup | undefined,
): SendOptions {
  const chat = store.chats.forSending(readText(parameters, 'chat_id'));
  const effect = readText(parameters, 'message_effect_id');
  if (effect !== undefined && !/^\d+$/.test(effect)) throw badRequest('EFFECT_ID_INVALID');
  const repliedTo = readReply(parameters, chat);
  return {
    chat,
    common: {
      ...(repliedTo ? { reply_to_message: repliedTo } : {}),
      ...(readFlag(parameters, 'protect_content') ? { has_protected_content: true } : {}),
      ...(effect === undefined ? {} : { effect_id: effect }),
      ...(keyboard ? { reply_markup: keyboard } : {}),
    },
  };
}

/** A message as it stands in one that answers it. */
export function asReplied(answered: Message): NonNullable<Content['reply_to_message']> {
  const { reply_to_message: _, ...message } = answered;
  // Without its own reply a Message is what the specification calls a ReplyMessage.
  return message as NonNullable<Message['reply_to_message']>;
}

function readReply(parameters: Parameters, chat: Chat): Content['reply_to_message'] | undefined {
  const reply = readObject(parameters, 'reply_parameters', 'ReplyParameters') ?? {};
  const nested = { values: reply, uploads: parameters.uploads };
  const id = readInteger(nested, 'message_id') ?? readInteger(parameters, 'reply_to_message_id');
  if (id === undefined) return undefined;
  const found = chat.messages.get(id);
  if (found) return asReplied(found);
  const optional =
    readFlag(nested, 'allow_sending_without_reply') || readFlag(parameters, 'allow_sending_without_reply');
  if (optional) return undefined;
  throw badRequest('message to be replied not found');
}
