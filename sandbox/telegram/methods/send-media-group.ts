import type { Content } from '../chats.ts';
import { readCaption } from '../formatted-text.ts';
import { readInputMedia } from '../input-file.ts';
import { isObject, type Parameters, readArray, readText } from '../parameters.ts';
import { newQueryId } from '../query-ids.ts';
import { badRequest, Refusal } from '../refusal.ts';
import { readSendOptions } from '../send-options.ts';
import type { Method, Store } from '../store.ts';

const MAX_ITEMS = 10;

/**
 * 2–10 photos, or 2–10 documents. The specification asks for two at the least and the real server takes one
 * as an ordinary message; so does this one, with a warning. Nothing is sent unless every item can be.
 */
export const sendMediaGroup: Method = async (parameters, store) => {
  const { chat, common } = readSendOptions(parameters, store, undefined);
  const items = readItems(parameters);
  if (items.length === 1) store.log.warn({}, 'sandbox: sendMediaGroup with one item; its contract is 2–10');
  const contents = await Promise.all(items.map((item, index) => contentOf(item, index, store)));
  const group = items.length > 1 ? { media_group_id: newQueryId() } : {};
  return contents.map((content) => store.chats.post(chat, 'bot', { ...common, ...content, ...group }));
};

function readItems(parameters: Parameters): Parameters[] {
  const media = readArray(parameters, 'media', 'InputMedia');
  if (!media) throw badRequest('parameter "media" is required');
  if (media.length === 0) throw badRequest('there are no messages to send');
  if (media.length > MAX_ITEMS) throw badRequest('too many messages to send as an album');
  const items = media.map((item) => {
    if (!isObject(item)) throw badRequest("can't parse InputMedia: expected an Object");
    return { values: item, uploads: parameters.uploads };
  });
  const types = new Set(items.map(readMediaType));
  if (types.size > 1) throw badRequest("document can't be mixed with other media types");
  return items;
}

/** @throws Refusal for the kinds that this double does not have. */
export function readMediaType(item: Parameters): 'Photo' | 'Document' {
  const type = readText(item, 'type');
  if (type === 'photo') return 'Photo';
  if (type === 'document') return 'Document';
  throw badRequest(`can't parse InputMedia: type "${type ?? ''}" is unsupported`);
}

async function contentOf(item: Parameters, index: number, store: Store): Promise<Content> {
  const caption = readCaption(item);
  try {
    return { ...(await readInputMedia(item, 'media', readMediaType(item), store)), ...caption };
  } catch (error) {
    throw error instanceof Refusal ? inAlbum(error, index) : error;
  }
}

/** Telegram's servers refuse one message of an album by its number; a size is refused before they see it. */
function inAlbum(refusal: Refusal, index: number): Refusal {
  const reason = refusal.message.replace(/^Bad Request: /, '');
  if (refusal.code !== 400 || reason.includes('is too big') || reason.startsWith("can't parse"))
    return refusal;
  const sentence = reason.charAt(0).toUpperCase() + reason.slice(1);
  return badRequest(`failed to send message #${index + 1} with the error message "${sentence}"`);
}
