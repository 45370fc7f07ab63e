import { applyEdit, readEditedMessage } from '../editing.ts';
import { readCaption } from '../formatted-text.ts';
import { readInputMedia } from '../input-file.ts';
import { readObject } from '../parameters.ts';
import { badRequest } from '../refusal.ts';
import type { Method } from '../store.ts';
import { readMediaType } from './send-media-group.ts';

/** A text may become a picture; within an album the kind must stay. */
export const editMessageMedia: Method = async (parameters, store) => {
  const edited = readEditedMessage(parameters, store);
  const media = readObject(parameters, 'media', 'InputMedia');
  if (!media) throw badRequest('parameter "media" is required');
  if (edited.message.invoice || edited.message.sticker) throw badRequest("message can't be edited");
  const item = { values: media, uploads: parameters.uploads };
  const type = readMediaType(item);
  const isPhoto = edited.message.photo !== undefined;
  if (edited.message.media_group_id !== undefined && isPhoto !== (type === 'Photo')) {
    throw badRequest("can't change media type in the album");
  }
  const caption = readCaption(item);
  const fields = await readInputMedia(item, 'media', type, store);
  return applyEdit(parameters, store, edited, { ...fields, ...caption });
};
