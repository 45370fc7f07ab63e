import { fileAddress } from './client-api.ts';
import { h } from './dom.ts';
import { fileSize } from './format.ts';
import { icon } from './icons.ts';
import { mosaic } from './mosaic.ts';
import type { Texts } from './texts.ts';
import type { Message, PhotoSize } from './wire.ts';

/** CSS pixels. A picture is shown at most this large and, with a text or a keyboard below it, at least this wide. */
export const PICTURE_WIDTH = 320;
const PICTURE_HEIGHT = 400;
const PICTURE_LEAST_WIDTH = 250;

/** The photo of a message at its sharpest; undefined for a message without one. */
export function largestPhoto(message: Message): PhotoSize | undefined {
  return message.photo?.reduce((best, size) => (size.width > best.width ? size : best));
}

/** The smallest size that is still sharp at so many CSS pixels of width on this screen, or the largest there is. */
function sharpEnough(sizes: readonly PhotoSize[], cssWidth: number): PhotoSize | undefined {
  const wanted = cssWidth * window.devicePixelRatio;
  const upward = sizes.toSorted((a, b) => a.width - b.width);
  return upward.find((size) => size.width >= wanted) ?? upward.at(-1);
}

/** How wide one photo is drawn: its own shape inside the limits. */
export function photoWidth(photo: PhotoSize): number {
  const ratio = photo.width / photo.height;
  const fitting = Math.min(PICTURE_WIDTH, PICTURE_HEIGHT * ratio);
  return Math.round(Math.max(fitting, PICTURE_LEAST_WIDTH));
}

/** One photo, its place reserved by its shape before the first byte arrives. */
export function singlePhoto(message: Message, texts: Texts): HTMLElement | undefined {
  const photo = largestPhoto(message);
  if (!photo) return undefined;
  const width = photoWidth(photo);
  const frame = h('div', { class: 'picture', 'data-part': 'picture' }, tile(message, width, texts));
  frame.style.aspectRatio = `${width} / ${Math.min(PICTURE_HEIGHT, (width * photo.height) / photo.width)}`;
  return frame;
}

/** The photos of an album as one mosaic of PICTURE_WIDTH. */
export function album(messages: readonly Message[], texts: Texts): HTMLElement {
  const pictures = messages.flatMap((message) => {
    const photo = largestPhoto(message);
    return photo ? [{ message, width: photo.width, height: photo.height }] : [];
  });
  const rows = mosaic(pictures).map((row) => {
    const tiles = row.tiles.map(({ picture, ratio }) => {
      const element = tile(picture.message, (PICTURE_WIDTH * ratio) / row.ratio, texts);
      element.style.flexGrow = String(ratio);
      return element;
    });
    const element = h('div', { class: 'mosaic-row' }, ...tiles);
    element.style.aspectRatio = String(row.ratio);
    return element;
  });
  return h('div', { class: 'picture mosaic', 'data-part': 'picture' }, ...rows);
}

/** Characters that are read out of a picture's words. */
const LONGEST_ALT = 120;

function tile(message: Message, cssWidth: number, texts: Texts): HTMLElement {
  const size = sharpEnough(message.photo ?? [], cssWidth);
  const words = firstLine(message.caption);
  const picture = h('img', {
    src: size && fileAddress(size.file_id),
    alt: words ?? texts.say('photo'),
    draggable: 'false',
  });
  return h(
    'button',
    {
      type: 'button',
      class: 'tile',
      'data-press': 'view',
      'data-message': message.message_id,
      'data-testid': 'picture',
      'data-message-id': message.message_id,
      'aria-label': words === undefined ? texts.say('openPicture') : `${texts.say('openPicture')}: ${words}`,
    },
    picture,
  );
}

/** What a picture's words begin with: what it shows, for whoever cannot see it. */
function firstLine(caption: string | undefined): string | undefined {
  const line = caption?.split('\n').find((one) => one.trim() !== '');
  return line?.slice(0, LONGEST_ALT);
}

/** A file: what it looks like or its ending, its name, its size, and a link that saves it. */
export function documentRow(message: Message, texts: Texts): HTMLElement | undefined {
  const file = message.document;
  if (!file) return undefined;
  const name = file.file_name ?? texts.say('attachFile');
  const face = file.thumbnail
    ? h('img', { class: 'file-icon', src: fileAddress(file.thumbnail.file_id), alt: '' })
    : h('span', { class: 'file-icon' }, icon('file'), h('span', {}, ending(name)));
  const size = file.file_size === undefined ? '' : `${fileSize(file.file_size, texts.language)} · `;
  return h(
    'a',
    {
      class: 'file',
      href: fileAddress(file.file_id),
      download: name,
      'data-testid': 'document',
      'data-message-id': message.message_id,
    },
    face,
    h(
      'span',
      { class: 'file-words' },
      h('span', { class: 'file-name' }, name),
      h('span', { class: 'file-size' }, size, texts.say('download')),
    ),
  );
}

function ending(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1, dot + 5).toUpperCase();
}

/** A sticker without its animation, on no bubble. */
export function sticker(message: Message): HTMLElement | undefined {
  if (!message.sticker) return undefined;
  const { file_id: fileId, emoji, width, height } = message.sticker;
  return h('img', { class: 'sticker', src: fileAddress(fileId), alt: emoji ?? '', width, height });
}
