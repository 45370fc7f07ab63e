import { type Child, h } from './dom.ts';
import { richText } from './entities.ts';
import { clockTime, price } from './format.ts';
import type { Item } from './grouping.ts';
import { icon } from './icons.ts';
import { keyboard, type PendingTap } from './keyboard.ts';
import {
  album,
  documentRow,
  largestPhoto,
  PICTURE_WIDTH,
  photoWidth,
  singlePhoto,
  sticker,
} from './media.ts';
import type { Texts } from './texts.ts';
import type { Message, ReactionType } from './wire.ts';

type QuotedMessage = Pick<Message, 'text' | 'caption' | 'photo'>;
type ReactionsById = ReadonlyMap<number, readonly ReactionType[]>;
export type BubbleView = {
  texts: Texts;
  botName: string;
  pendingTap: PendingTap | undefined;
  reactions: ReactionsById;
};

/** The kinds of bubble that look different; also the element's `data-kind`. */
type Kind = 'text' | 'photo' | 'album' | 'document' | 'sticker' | 'invoice' | 'unknown';

/**
 * One item of the chat as a fresh element: no listeners, no state, so it can be compared with the one that stands
 * there and only the difference carried over. Presses are told by `data-press`.
 */
export function drawItem(item: Item, view: BubbleView): HTMLElement {
  return item.kind === 'service' ? drawService(item.messages[0], view.texts) : drawBubble(item, view);
}

function drawBubble(item: Item, view: BubbleView): HTMLElement {
  const { texts } = view;
  const [first] = item.messages;
  const kind = kindOf(item);
  const words = wordsOf(item.messages);
  const stamp = drawStamp(item, texts);
  const reactions = drawReactions(item, view.reactions);
  const pictured = kind === 'photo' || kind === 'album' || kind === 'sticker';
  // With nothing below the picture, the time lies on it.
  const bare = pictured && words === undefined && reactions === undefined;
  const bubble = h(
    'div',
    { class: 'bubble', 'data-part': 'bubble' },
    drawQuote(first, texts),
    ...drawContent(item, kind, texts),
    words && h('div', { class: 'words', 'data-part': 'words' }, richText(words.text, words.entities), stamp),
    words ? undefined : stamp,
    reactions,
  );
  const article = h(
    'article',
    {
      class: [
        'message',
        item.mine && 'mine',
        item.endsRun && 'tailed',
        item.startsRun && 'run',
        bare && 'bare',
      ]
        .filter(Boolean)
        .join(' '),
      'data-testid': 'message',
      'data-message-id': first.message_id,
      'data-from': item.mine ? 'persona' : 'bot',
      'data-kind': kind,
      'aria-label': `${item.mine ? texts.say('you') : view.botName}, ${clockTime(first.date, texts.language)}`,
    },
    bubble,
    keyboard(first, texts, view.pendingTap),
  );
  const width = widthOf(item, kind);
  if (width !== undefined) article.style.setProperty('--width', `${width}px`);
  return article;
}

function kindOf({ messages }: Item): Kind {
  const [first] = messages;
  if (first.photo) return messages.length > 1 ? 'album' : 'photo';
  if (first.document) return 'document';
  if (first.sticker) return 'sticker';
  if (first.invoice) return 'invoice';
  return first.text === undefined ? 'unknown' : 'text';
}

function drawContent(item: Item, kind: Kind, texts: Texts): Child[] {
  const [first] = item.messages;
  switch (kind) {
    case 'text':
      return [];
    case 'photo':
      return [singlePhoto(first, texts)];
    case 'album':
      return [album(item.messages, texts)];
    case 'document':
      return item.messages.map((message) => documentRow(message, texts));
    case 'sticker':
      return [sticker(first)];
    case 'invoice':
      return [drawInvoice(first, texts)];
    case 'unknown':
      return [h('p', { class: 'unknown' }, texts.say('unknownMessage'))];
    default: {
      const never: never = kind;
      throw new Error(`No drawing for a message of kind ${never}`);
    }
  }
}

/**
 * A text, or the caption. As in Telegram, several captions in an album belong to its pictures and are shown by the
 * viewer; a single one is the album's.
 */
function wordsOf(messages: Item['messages']) {
  const [first] = messages;
  if (first.text !== undefined) return { text: first.text, entities: first.entities };
  const captions = messages.flatMap(({ caption: text, caption_entities: entities }) =>
    text === undefined ? [] : [{ text, entities }],
  );
  return captions.length === 1 ? captions[0] : undefined;
}

function widthOf(item: Item, kind: Kind): number | undefined {
  if (kind === 'album') return PICTURE_WIDTH;
  const photo = kind === 'photo' ? largestPhoto(item.messages[0]) : undefined;
  return photo && photoWidth(photo);
}

function drawStamp(item: Item, texts: Texts): HTMLElement {
  const time = clockTime(item.messages[0].date, texts.language);
  const press = { 'data-press': 'reply', 'data-message': item.messages[0].message_id };
  const label = { 'aria-label': texts.say('reply'), title: texts.say('reply') };
  const reply = h('button', { type: 'button', class: 'reply', ...press, ...label }, icon('reply'));
  return h(
    'span',
    { class: 'stamp', 'data-part': 'stamp' },
    reply,
    time,
    item.mine ? icon('checks') : undefined,
  );
}

/** The message that is answered, in one line that leads to it. */
function drawQuote(message: Message, texts: Texts): HTMLElement | undefined {
  const quoted = message.reply_to_message;
  if (!quoted) return undefined;
  const press = { 'data-press': 'jump', 'data-message': quoted.message_id };
  return h('button', { type: 'button', class: 'quote', 'data-part': 'quote', ...press }, gist(quoted, texts));
}

/** What a message says, in one line. */
export function gist(message: QuotedMessage, texts: Texts): string {
  return message.text ?? message.caption ?? texts.say(message.photo ? 'photo' : 'message');
}

/** What the bot put under the message; custom and paid reactions have no sign that can be drawn here. */
function drawReactions({ messages }: Item, reactions: ReactionsById): HTMLElement | undefined {
  const signs = messages.flatMap(({ message_id: id }) =>
    (reactions.get(id) ?? []).flatMap((reaction) => (reaction.type === 'emoji' ? [reaction.emoji] : [])),
  );
  if (signs.length === 0) return undefined;
  return h(
    'div',
    { class: 'reactions', 'data-part': 'reactions' },
    ...signs.map((sign) => h('span', {}, sign)),
  );
}

function drawInvoice({ invoice }: Message, texts: Texts): HTMLElement | undefined {
  if (!invoice) return undefined;
  return h(
    'div',
    { class: 'invoice', 'data-part': 'invoice' },
    h('div', { class: 'invoice-title' }, invoice.title),
    h('div', { class: 'invoice-words' }, invoice.description),
    h('div', { class: 'invoice-price' }, price(invoice.total_amount, invoice.currency, texts.language)),
  );
}

function drawService(message: Message, texts: Texts): HTMLElement {
  return h(
    'p',
    {
      class: 'service',
      'data-testid': 'message',
      'data-message-id': message.message_id,
      'data-kind': 'service',
    },
    serviceWords(message, texts),
  );
}

function serviceWords(
  { successful_payment: paid, refunded_payment: refunded }: Message,
  texts: Texts,
): string {
  if (paid) return texts.say('paid', { price: price(paid.total_amount, paid.currency, texts.language) });
  if (refunded)
    return texts.say('refunded', { price: price(refunded.total_amount, refunded.currency, texts.language) });
  return texts.say('unknownMessage');
}
