/** Finished pictures on their way to the chat: an album to look at, and the originals as files. */
import type { InputMediaDocument, InputMediaPhoto, Message, PhotoSize } from '@grammyjs/types';
import { AppError } from '../errors.ts';
import type { CallOptions, Gateway } from './gateway.ts';
import type { ChatId, InputFile } from './types.ts';

/** A picture that is uploaded, or a photo that Telegram has already. `caption` is HTML, like every text of ours. */
export type AlbumPicture = Readonly<
  ({ jpeg: Uint8Array; filename: string } | { png: Uint8Array; filename: string } | { fileId: string }) & {
    caption?: string;
  }
>;

/** A PNG or JPEG that is uploaded, with a thumbnail of at most 320 px and 200 kB, or one that Telegram has already. */
export type OriginalFile =
  | Readonly<{ bytes: Uint8Array; kind: 'png' | 'jpeg'; filename: string; thumbnailJpeg?: Uint8Array }>
  | Readonly<{ fileId: string }>;

/** Any file that is uploaded as it is. */
export type OutgoingFile = Readonly<{
  bytes: Uint8Array;
  filename: string;
  contentType: string;
  caption?: string;
}>;

export type DeliveredPhoto = Readonly<{ messageId: number; fileId: string; fileUniqueId: string }>;
export type DeliveredFile = Readonly<{ messageId: number; fileId: string }>;

/** Bot API, sendMediaGroup: an album has at most this many items, and at least two. */
export const MAX_ALBUM = 10;

/**
 * Sends 1–10 pictures for viewing, as one message or one album; answers what was sent, in the same order.
 * @throws what the gateway throws; a TelegramUnreachable with `sent: 'unknown'` may have delivered them all.
 */
export async function deliverAlbum(
  gateway: Pick<Gateway, 'call'>,
  {
    chatId,
    pictures,
    ...options
  }: CallOptions & Readonly<{ chatId: ChatId; pictures: readonly AlbumPicture[] }>,
): Promise<DeliveredPhoto[]> {
  const media = pictures.map(photoMedia);
  const [first] = media;
  if (first === undefined || media.length > MAX_ALBUM) throw wrongCount(media.length);
  if (media.length === 1) {
    const { type: _type, media: photo, ...caption } = first;
    const params = { chat_id: chatId, photo, ...caption };
    return [deliveredPhoto(await gateway.call('sendPhoto', params, options))];
  }
  const messages = await gateway.call('sendMediaGroup', { chat_id: chatId, media }, options);
  return inOrder(messages, media.length).map(deliveredPhoto);
}

/**
 * Sends 1–10 originals as files, untouched by Telegram's compression, as one message or one album of
 * documents; answers what was sent, in the same order. The caption stands below the last.
 * @throws what the gateway throws; a TelegramUnreachable with `sent: 'unknown'` may have delivered them all.
 */
export async function deliverOriginals(
  gateway: Pick<Gateway, 'call'>,
  album: {
    chatId: ChatId;
    files: readonly OriginalFile[];
    caption?: string;
    signal?: AbortSignal | undefined;
  },
): Promise<DeliveredFile[]> {
  const { chatId, files, caption, signal } = album;
  // An album's documents show each its own caption, so the last one's reads as that of all.
  const media = files.map((file, index) =>
    documentMedia(file, index === files.length - 1 ? caption : undefined),
  );
  return sendDocuments(gateway, { chatId, media, signal });
}

/** Sends 1–10 files, each with its own caption (HTML), as `deliverOriginals` does. */
export async function deliverFiles(
  gateway: Pick<Gateway, 'call'>,
  album: CallOptions & { chatId: ChatId; files: readonly OutgoingFile[] },
): Promise<DeliveredFile[]> {
  const { chatId, files, ...options } = album;
  const media = files.map(
    ({ caption, ...file }): InputMediaDocument<InputFile> => ({
      type: 'document',
      media: file,
      ...htmlCaption(caption),
    }),
  );
  return sendDocuments(gateway, { chatId, media, ...options });
}

async function sendDocuments(
  gateway: Pick<Gateway, 'call'>,
  { chatId, media, ...options }: CallOptions & { chatId: ChatId; media: InputMediaDocument<InputFile>[] },
): Promise<DeliveredFile[]> {
  const [first] = media;
  if (first === undefined || media.length > MAX_ALBUM) throw wrongCount(media.length);
  if (media.length === 1) {
    const { type: _type, media: document, ...rest } = first;
    // In an album this is always so; alone, Telegram would otherwise guess what kind of message to make.
    const params = { chat_id: chatId, document, disable_content_type_detection: true, ...rest };
    return [deliveredFile(await gateway.call('sendDocument', params, options))];
  }
  const messages = await gateway.call('sendMediaGroup', { chat_id: chatId, media }, options);
  return inOrder(messages, media.length).map(deliveredFile);
}

function photoMedia(picture: AlbumPicture): InputMediaPhoto<InputFile> {
  return { type: 'photo', media: photoFile(picture), ...htmlCaption(picture.caption) };
}

function photoFile(picture: AlbumPicture): InputMediaPhoto<InputFile>['media'] {
  if ('fileId' in picture) return picture.fileId;
  const { filename } = picture;
  return 'png' in picture
    ? { bytes: picture.png, filename, contentType: 'image/png' }
    : { bytes: picture.jpeg, filename, contentType: 'image/jpeg' };
}

function documentMedia(file: OriginalFile, caption: string | undefined): InputMediaDocument<InputFile> {
  if ('fileId' in file) return { type: 'document', media: file.fileId, ...htmlCaption(caption) };
  const media = { bytes: file.bytes, filename: file.filename, contentType: `image/${file.kind}` };
  const thumbnail =
    file.thumbnailJpeg === undefined
      ? {}
      : { thumbnail: { bytes: file.thumbnailJpeg, filename: 'thumbnail.jpg', contentType: 'image/jpeg' } };
  return { type: 'document', media, ...thumbnail, ...htmlCaption(caption) };
}

function htmlCaption(caption: string | undefined): { caption?: string; parse_mode?: 'HTML' } {
  return caption === undefined ? {} : { caption, parse_mode: 'HTML' };
}

function deliveredPhoto(message: Message): DeliveredPhoto {
  const largest = message.photo?.reduce((one, other) => (area(other) > area(one) ? other : one));
  if (largest === undefined) throw unexpectedMessage('photo');
  return { messageId: message.message_id, fileId: largest.file_id, fileUniqueId: largest.file_unique_id };
}

function deliveredFile(message: Message): DeliveredFile {
  if (message.document === undefined) throw unexpectedMessage('document');
  return { messageId: message.message_id, fileId: message.document.file_id };
}

function area(size: PhotoSize): number {
  return size.width * size.height;
}

/** The messages of an album, which Telegram answers in the order of its items. */
function inOrder(messages: readonly Message[], expected: number): readonly Message[] {
  if (messages.length === expected) return messages;
  throw new AppError(
    'unexpected',
    `Telegram answered ${messages.length} messages for an album of ${expected}`,
  );
}

function wrongCount(count: number): AppError {
  return new AppError('unexpected', `an album has 1 to ${MAX_ALBUM} items, not ${count}`);
}

function unexpectedMessage(kind: string): AppError {
  return new AppError('unexpected', `Telegram answered a message without the ${kind} that was sent`);
}
