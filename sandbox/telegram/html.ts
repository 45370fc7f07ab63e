import type { MessageEntity } from '@grammyjs/types';
import { badRequest } from './refusal.ts';

export type FormattedText = { text: string; entities: MessageEntity[] };

/** Tags by what they mean; `span` and `tg-emoji` need an attribute to mean anything. */
const TAGS = new Map<string, string>([
  ['b', 'bold'],
  ['strong', 'bold'],
  ['i', 'italic'],
  ['em', 'italic'],
  ['u', 'underline'],
  ['ins', 'underline'],
  ['s', 'strikethrough'],
  ['strike', 'strikethrough'],
  ['del', 'strikethrough'],
  ['span', 'spoiler'],
  ['tg-spoiler', 'spoiler'],
  ['tg-emoji', 'custom_emoji'],
  ['code', 'code'],
  ['pre', 'pre'],
  ['blockquote', 'blockquote'],
  ['a', 'text_link'],
]);
const NAMED_CHARACTERS = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
]);

type OpenTag = { name: string; attributes: ReadonlyMap<string, string>; offset: number };

/**
 * Text in Telegram's HTML as plain text and entities, whose offsets count UTF-16 units.
 * @throws Refusal `can't parse entities: …` in the words of TDLib's parser, whose positions count UTF-8 bytes.
 */
export function parseHtml(html: string): FormattedText {
  const open: OpenTag[] = [];
  const entities: MessageEntity[] = [];
  let text = '';
  let at = 0;

  while (at < html.length) {
    if (html[at] === '&') {
      const { character, length } = readCharacter(html, at);
      text += character;
      at += length;
    } else if (html.startsWith('</', at)) {
      at = closeTag(html, at, open, text, entities);
    } else if (html[at] === '<') {
      const tag = readStartTag(html, at);
      open.push({ name: tag.name, attributes: tag.attributes, offset: text.length });
      at = tag.end;
    } else {
      const end = html.slice(at).search(/[<&]/);
      const stop = end < 0 ? html.length : at + end;
      text += html.slice(at, stop);
      at = stop;
    }
  }
  const left = open.at(-1);
  if (left) throw unparsable(`Can't find end tag corresponding to start tag "${left.name}"`);
  return { text, entities: inOrder(entities) };
}

/** Telegram's order: by offset, the enclosing entity before the enclosed. */
export function inOrder(entities: readonly MessageEntity[]): MessageEntity[] {
  return [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
}

function readCharacter(html: string, at: number): { character: string; length: number } {
  const found = /^&(?:#x([\da-f]{1,6})|#(\d{1,7})|([a-z]+));?/i.exec(html.slice(at, at + 12));
  const [whole = '&', hex, decimal, name] = found ?? [];
  const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
  if (code > 0 && code <= 0x10ffff) return { character: String.fromCodePoint(code), length: whole.length };
  const named = NAMED_CHARACTERS.get(name ?? '');
  return named ? { character: named, length: whole.length } : { character: '&', length: 1 };
}

function readStartTag(html: string, at: number) {
  const name = /^[^\s>]*/.exec(html.slice(at + 1))?.[0].toLowerCase() ?? '';
  const position = byteOffset(html, at);
  let cursor = at + 1 + name.length;
  if (cursor >= html.length) throw unparsable(`Unclosed start tag at byte offset ${position}`);
  if (!TAGS.has(name)) throw unparsable(`Unsupported start tag "${name}" at byte offset ${position}`);

  const attributes = new Map<string, string>();
  const pattern = /\s*([^\s=>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([a-z0-9.-]+)))?/iy;
  for (;;) {
    const rest = /^\s*/.exec(html.slice(cursor))?.[0].length ?? 0;
    if (html[cursor + rest] === '>') {
      cursor += rest + 1;
      break;
    }
    pattern.lastIndex = cursor;
    const found = pattern.exec(html);
    if (!found) throw unparsable(`Unclosed start tag "${name}" at byte offset ${position}`);
    attributes.set((found[1] ?? '').toLowerCase(), decode(found[2] ?? found[3] ?? found[4] ?? ''));
    cursor = pattern.lastIndex;
  }
  if (name === 'span' && attributes.get('class') !== 'tg-spoiler') {
    throw unparsable(`Tag "span" must have class "tg-spoiler" at byte offset ${position}`);
  }
  return { name, attributes, end: cursor };
}

function closeTag(
  html: string,
  at: number,
  open: OpenTag[],
  text: string,
  entities: MessageEntity[],
): number {
  const position = byteOffset(html, at);
  const tag = open.at(-1);
  if (!tag) throw unparsable(`Unexpected end tag at byte offset ${position}`);
  const found = /^<\/([^\s>]*)\s*>/.exec(html.slice(at));
  if (!found) throw unparsable(`Unclosed end tag at byte offset ${position}`);
  const name = (found[1] ?? '').toLowerCase();
  if (name !== '' && name !== tag.name) {
    throw unparsable(
      `Unmatched end tag at byte offset ${position}, expected "</${tag.name}>", found "</${name}>"`,
    );
  }
  open.pop();
  const entity = entityOf(tag, open.at(-1), text, entities);
  if (entity) entities.push(entity);
  return at + found[0].length;
}

function entityOf(
  tag: OpenTag,
  parent: OpenTag | undefined,
  text: string,
  entities: MessageEntity[],
): MessageEntity | undefined {
  const range = { offset: tag.offset, length: text.length - tag.offset };
  if (range.length === 0) return undefined;
  const type = TAGS.get(tag.name);
  switch (type) {
    case 'text_link': {
      const url = tag.attributes.get('href') || text.slice(tag.offset);
      return /^[a-z][\w+.-]*:/i.test(url) || /^[\w-]+(\.[\w-]+)+/.test(url)
        ? { type, ...range, url }
        : undefined;
    }
    case 'custom_emoji': {
      const id = tag.attributes.get('emoji-id') ?? '';
      if (!/^\d+$/.test(id)) throw unparsable('Invalid custom emoji identifier specified');
      return { type, ...range, custom_emoji_id: id };
    }
    case 'pre':
      return preformatted(range, entities);
    case 'code': {
      const language = /^language-(.+)/.exec(tag.attributes.get('class') ?? '')?.[1];
      const enclosed = parent?.name === 'pre' && parent.offset === tag.offset;
      return language && enclosed ? { type: 'pre', ...range, language } : { type, ...range };
    }
    case 'blockquote':
      return { type: tag.attributes.has('expandable') ? 'expandable_blockquote' : type, ...range };
    case 'bold':
    case 'italic':
    case 'underline':
    case 'strikethrough':
    case 'spoiler':
      return { type, ...range };
    default:
      throw new Error(`The tag ${tag.name} has no meaning`);
  }
}

/** `<pre><code class="language-…">` is one entity with a language, not two. */
function preformatted(range: { offset: number; length: number }, entities: MessageEntity[]): MessageEntity {
  const inner = entities.at(-1);
  if (inner?.offset !== range.offset || inner.length !== range.length) return { type: 'pre', ...range };
  if (inner.type !== 'pre' && inner.type !== 'code') return { type: 'pre', ...range };
  entities.pop();
  return inner.type === 'pre' ? inner : { type: 'pre', ...range };
}

function decode(value: string): string {
  return value.replace(/&(lt|gt|amp|quot);/g, (whole, name: string) => NAMED_CHARACTERS.get(name) ?? whole);
}

function byteOffset(html: string, at: number): number {
  return Buffer.byteLength(html.slice(0, at));
}

function unparsable(reason: string) {
  return badRequest(`can't parse entities: ${reason}`);
}
