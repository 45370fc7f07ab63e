import { nowInSeconds } from '../chats.ts';
import { readArray, readInteger, readText } from '../parameters.ts';
import { badRequest } from '../refusal.ts';
import type { Method } from '../store.ts';

/** Seconds: two days, after which nobody may take a message back. */
const DELETABLE_FOR = 48 * 3600;
const MAX_MESSAGES = 100;

export const deleteMessage: Method = (parameters, { chats }) => {
  const chat = chats.forBot(readText(parameters, 'chat_id'));
  const id = readInteger(parameters, 'message_id');
  if (id === undefined) throw badRequest('message identifier is not specified');
  const message = chat.messages.get(id);
  if (!message) throw badRequest('message to delete not found');
  if (message.date < nowInSeconds() - DELETABLE_FOR)
    throw badRequest("message can't be deleted for everyone");
  chats.remove(chat, id);
  return true;
};

/** Messages that are not there, or too old, are passed over. */
export const deleteMessages: Method = (parameters, { chats }) => {
  const chat = chats.forBot(readText(parameters, 'chat_id'));
  const ids = readArray(parameters, 'message_ids', 'Integer') ?? [];
  if (ids.length === 0) throw badRequest('message identifiers are not specified');
  if (ids.length > MAX_MESSAGES) throw badRequest('too many message identifiers specified');
  const oldest = nowInSeconds() - DELETABLE_FOR;
  for (const id of ids.map(Number)) {
    if ((chat.messages.get(id)?.date ?? 0) >= oldest) chats.remove(chat, id);
  }
  return true;
};
