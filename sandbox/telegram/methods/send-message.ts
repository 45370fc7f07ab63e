import { readMessageText, textFields } from '../formatted-text.ts';
import { readKeyboard } from '../keyboard.ts';
import { readSendOptions } from '../send-options.ts';
import type { Method } from '../store.ts';

export const sendMessage: Method = (parameters, store) => {
  const { chat, common } = readSendOptions(parameters, store, readKeyboard(parameters));
  return store.chats.post(chat, 'bot', { ...common, ...textFields(readMessageText(parameters)) });
};
