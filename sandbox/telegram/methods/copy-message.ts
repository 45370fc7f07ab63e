import type { Message } from '@grammyjs/types';
import type { Content } from '../chats.ts';
import { readCaption } from '../formatted-text.ts';
import { readKeyboard } from '../keyboard.ts';
import { type Parameters, readInteger, readText } from '../parameters.ts';
import { badRequest } from '../refusal.ts';
import { readSendOptions } from '../send-options.ts';
import type { Method, Store } from '../store.ts';

/** The content of a message without its history, as a message of the bot's own. */
export const copyMessage: Method = (parameters, store) => {
  const original = readOriginal(parameters, store, 'copy');
  const { chat, common } = readSendOptions(parameters, store, readKeyboard(parameters));
  const content = contentOf(original);
  const captioned = 'caption' in parameters.values ? withCaption(content, parameters) : content;
  const { message_id } = store.chats.post(chat, 'bot', { ...captioned, ...common });
  return { message_id };
};

export const forwardMessage: Method = (parameters, store) => {
  const original = readOriginal(parameters, store, 'forward');
  const { chat, common } = readSendOptions(parameters, store, undefined);
  const sender = original.from ?? store.bot;
  return store.chats.post(chat, 'bot', {
    ...contentOf(original),
    ...common,
    forward_origin: original.forward_origin ?? { type: 'user', date: original.date, sender_user: sender },
  });
};

function readOriginal(parameters: Parameters, store: Store, verb: 'copy' | 'forward'): Message {
  const chat = store.chats.forBot(readText(parameters, 'from_chat_id'));
  const message = chat.messages.get(readInteger(parameters, 'message_id') ?? 0);
  if (!message) throw badRequest(`message to ${verb} not found`);
  const isService = message.successful_payment ?? message.refunded_payment;
  const fixed = isService !== undefined || message.has_protected_content || message.invoice !== undefined;
  if (fixed) throw badRequest(`message can't be ${verb === 'copy' ? 'copied' : 'forwarded'}`);
  return message;
}

function contentOf(message: Message): Content {
  const { text, entities, caption, caption_entities, photo, document, animation, sticker } = message;
  const content = { text, entities, caption, caption_entities, photo, document, animation, sticker };
  // Only what is there; the types do not allow a field that is there and undefined.
  return Object.fromEntries(Object.entries(content).filter(([, value]) => value !== undefined)) as Content;
}

function withCaption(content: Content, parameters: Parameters): Content {
  const { caption: _caption, caption_entities: _entities, ...rest } = content;
  return { ...rest, ...readCaption(parameters) };
}
