import { readCaption } from '../formatted-text.ts';
import { readInputMedia } from '../input-file.ts';
import { readKeyboard } from '../keyboard.ts';
import { readFlag } from '../parameters.ts';
import { readSendOptions } from '../send-options.ts';
import type { Method } from '../store.ts';

export const sendPhoto: Method = async (parameters, store) => {
  const { chat, common } = readSendOptions(parameters, store, readKeyboard(parameters));
  const caption = readCaption(parameters);
  const media = await readInputMedia(parameters, 'photo', 'Photo', store);
  return store.chats.post(chat, 'bot', {
    ...common,
    ...media,
    ...caption,
    ...(readFlag(parameters, 'has_spoiler') ? { has_media_spoiler: true } : {}),
    ...(readFlag(parameters, 'show_caption_above_media') ? { show_caption_above_media: true } : {}),
  });
};
