import { readCaption } from '../formatted-text.ts';
import { readInputMedia } from '../input-file.ts';
import { readKeyboard } from '../keyboard.ts';
import { readSendOptions } from '../send-options.ts';
import type { Method } from '../store.ts';

export const sendDocument: Method = async (parameters, store) => {
  const { chat, common } = readSendOptions(parameters, store, readKeyboard(parameters));
  const caption = readCaption(parameters);
  const media = await readInputMedia(parameters, 'document', 'Document', store);
  // A sticker carries no caption: what the bot wrote under its .webp is lost, as it is on Telegram.
  return store.chats.post(chat, 'bot', { ...common, ...media, ...(media.sticker ? {} : caption) });
};
