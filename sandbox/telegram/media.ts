import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import type { Message, PhotoSize } from '@grammyjs/types';
import { photoSizes } from '../drawing.ts';
import type { Files } from './files.ts';
import { readImageHeader } from './image-header.ts';
import { badRequest, Refusal } from './refusal.ts';
import type { FileKind, StoredFile } from './state.ts';

const MIB = 1024 * 1024;
const MAX_PHOTO_BYTES = 10 * MIB;
const MAX_DOCUMENT_BYTES = 50 * MIB;
/** Pixels, width and height together; and the longer side in shorter sides. */
const MAX_PHOTO_PERIMETER = 10_000;
const MAX_PHOTO_RATIO = 20;
const THUMBNAIL_SIDE = 320;
/** Larger pictures get no thumbnail: drawing one could take more memory than this machine has. */
const MAX_THUMBNAIL_PIXELS = 50_000_000;
/** Photos whose sizes are remembered: a load test sends the same few pictures over and over. */
const REMEMBERED_PHOTOS = 16;

/** The fields of a Message that a file fills. */
export type MediaFields = Pick<Message, 'photo' | 'document' | 'animation' | 'sticker'>;
export type Media = ReturnType<typeof createMedia>;

type JpegSize = Awaited<ReturnType<typeof photoSizes>>[number];

/** Files become what Telegram makes of them: photos in several sizes, documents with a thumbnail, stickers. */
export function createMedia(files: Files) {
  async function addThumbnail(bytes: Uint8Array): Promise<StoredFile | undefined> {
    const header = readImageHeader(bytes);
    if (!header || header.width * header.height > MAX_THUMBNAIL_PIXELS) return undefined;
    // What begins like an image need not be one; then it has no thumbnail either.
    const size = (await sizesOf(bytes, THUMBNAIL_SIDE).catch(() => [])).at(-1);
    if (!size) return undefined;
    return files.add(size.bytes, {
      kind: 'Thumbnail',
      mimeType: 'image/jpeg',
      extension: 'jpg',
      width: size.width,
      height: size.height,
    });
  }

  function fieldsOf(file: StoredFile): MediaFields {
    const thumbnail = file.thumbnailId === undefined ? undefined : files.find(file.thumbnailId);
    const common = {
      file_id: file.fileId,
      file_unique_id: file.uniqueId,
      file_size: file.size,
      ...(thumbnail ? { thumbnail: photoSizeOf(thumbnail) } : {}),
    };
    const named = {
      ...common,
      mime_type: file.mimeType,
      ...(file.filename === undefined ? {} : { file_name: file.filename }),
    };
    const size = { width: file.width ?? 0, height: file.height ?? 0 };
    switch (file.kind) {
      case 'Photo':
        return { photo: (file.sizeIds ?? []).flatMap((id) => files.find(id) ?? []).map(photoSizeOf) };
      case 'Document':
        return { document: named };
      case 'Animation':
        return { animation: { ...named, ...size, duration: 0 }, document: named };
      case 'Sticker':
        return { sticker: { ...common, ...size, type: 'regular', is_animated: false, is_video: false } };
      case 'Thumbnail':
        throw badRequest("can't use file of type Thumbnail as Document");
    }
  }

  return {
    /**
     * A picture as a photo. A person's messenger makes a large one smaller before it sends it, a bot must.
     * @throws Refusal for what Telegram takes for no photo.
     */
    async addPhoto(bytes: Uint8Array, sentBy: 'bot' | 'person'): Promise<MediaFields> {
      if (bytes.byteLength === 0) throw badRequest('file must be non-empty');
      if (sentBy === 'bot' && bytes.byteLength > MAX_PHOTO_BYTES) {
        throw badRequest(
          `file of size ${bytes.byteLength} bytes is too big for a photo; the maximum size is ${MAX_PHOTO_BYTES} bytes`,
        );
      }
      const header = readImageHeader(bytes);
      if (!header) throw badRequest('IMAGE_PROCESS_FAILED');
      const { width, height } = header;
      const ratio = Math.max(width, height) / Math.min(width, height);
      const isTooLarge = sentBy === 'bot' && width + height > MAX_PHOTO_PERIMETER;
      if (isTooLarge || ratio > MAX_PHOTO_RATIO) {
        throw badRequest('PHOTO_INVALID_DIMENSIONS');
      }
      const sizes = await sizesOf(bytes).catch(() => {
        throw badRequest('IMAGE_PROCESS_FAILED');
      });
      return fieldsOf(await addSizes(files, sizes));
    },

    /**
     * The bytes as they are. A WebP becomes a sticker and a GIF an animation, unless `asIs`.
     * @throws Refusal when there is nothing in it, or more than 50 MiB.
     */
    async addDocument(
      bytes: Uint8Array,
      about: { filename: string; mimeType: string; asIs: boolean; thumbnail?: Uint8Array },
    ): Promise<MediaFields> {
      if (bytes.byteLength === 0) throw badRequest('file must be non-empty');
      if (bytes.byteLength > MAX_DOCUMENT_BYTES) throw new Refusal(413, 'Request Entity Too Large');
      const header = readImageHeader(bytes);
      const kind = about.asIs ? 'Document' : kindOf(header?.format);
      const thumbnail = await addThumbnail(about.thumbnail ?? bytes);
      const file = await files.add(bytes, {
        kind,
        mimeType: about.mimeType,
        extension: extname(about.filename).slice(1).toLowerCase() || 'dat',
        filename: about.filename,
        ...(header ? { width: header.width, height: header.height } : {}),
        ...(thumbnail ? { thumbnailId: thumbnail.fileId } : {}),
      });
      return fieldsOf(file);
    },

    /** A file that is here already, sent again. @throws Refusal when it is unknown or of another kind. */
    again(fileId: string, as: 'Photo' | 'Document'): MediaFields {
      const file = files.find(fileId);
      if (!file) throw badRequest('wrong file identifier/HTTP URL specified');
      const fits = as === 'Photo' ? file.kind === 'Photo' : !['Photo', 'Thumbnail'].includes(file.kind);
      if (!fits) throw badRequest(`can't use file of type ${file.kind} as ${as}`);
      return fieldsOf(file);
    },
  };
}

/** Stores the sizes of one photo; each has its own ids, and each stands for the whole photo when sent again. */
async function addSizes(files: Files, sizes: readonly JpegSize[]): Promise<StoredFile> {
  const stored: StoredFile[] = [];
  for (const { bytes, width, height } of sizes) {
    stored.push(
      await files.add(bytes, { kind: 'Photo', mimeType: 'image/jpeg', extension: 'jpg', width, height }),
    );
  }
  const sizeIds = stored.map((file) => file.fileId);
  for (const file of stored) file.sizeIds = sizeIds;
  const largest = stored.at(-1);
  if (!largest) throw badRequest('IMAGE_PROCESS_FAILED');
  return largest;
}

function photoSizeOf(file: StoredFile): PhotoSize {
  return {
    file_id: file.fileId,
    file_unique_id: file.uniqueId,
    file_size: file.size,
    width: file.width ?? 0,
    height: file.height ?? 0,
  };
}

function kindOf(format: string | undefined): FileKind {
  if (format === 'webp') return 'Sticker';
  return format === 'gif' ? 'Animation' : 'Document';
}

/** Of this process: they depend on nothing but the photo. */
const remembered = new Map<string, Promise<JpegSize[]>>();

function sizesOf(bytes: Uint8Array, atMost?: number): Promise<JpegSize[]> {
  const key = `${createHash('sha256').update(bytes).digest('base64')} ${atMost ?? ''}`;
  const known = remembered.get(key);
  if (known) return known;
  const sizes = photoSizes(bytes, atMost);
  remembered.set(key, sizes);
  const oldest = remembered.keys().next().value;
  if (remembered.size > REMEMBERED_PHOTOS && oldest !== undefined) remembered.delete(oldest);
  return sizes;
}
