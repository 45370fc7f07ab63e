import type { MessageEntity } from '@grammyjs/types';
import { type FormattedText, inOrder, parseHtml } from './html.ts';
import { isObject, type Parameters, readArray, readText } from './parameters.ts';
import { badRequest } from './refusal.ts';

const MAX_TEXT_LENGTH = 4096;
const MAX_CAPTION_LENGTH = 1024;

/** What Telegram finds in a text by itself; a command needs its own entity for a bot to recognise it. */
const FOUND_BY_ITSELF = [
  { type: 'bot_command', pattern: /(?<![\w/>])\/[a-z0-9_]{1,64}(?:@\w{3,32})?(?!\w)/gi },
  { type: 'url', pattern: /(?<![\w@.])(?:https?:\/\/|t\.me\/)[^\s<>"«»]*[^\s<>"«».,:;!?)]/gi },
  { type: 'mention', pattern: /(?<![\w/@.])@[a-z]\w{3,31}/gi },
  { type: 'hashtag', pattern: /(?<![\p{L}\p{N}_#/])#[\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*/gu },
] as const;

/**
 * The text of a message.
 * @throws Refusal when it is empty, longer than 4096 characters after parsing, or cannot be parsed.
 */
export function readMessageText(parameters: Parameters): FormattedText {
  const formatted = readFormatted(parameters, 'text', 'entities');
  if (formatted.text === '') throw badRequest('message text is empty');
  if (lengthOf(formatted.text) > MAX_TEXT_LENGTH) throw badRequest('message is too long');
  return formatted;
}

/** The caption of a message as the fields of a Message; none when it is empty. */
export function readCaption(parameters: Parameters): {
  caption?: string;
  caption_entities?: MessageEntity[];
} {
  const { text, entities } = readFormatted(parameters, 'caption', 'caption_entities');
  if (lengthOf(text) > MAX_CAPTION_LENGTH) throw badRequest('message caption is too long');
  return captionFields({ text, entities });
}

export function captionFields({ text, entities }: FormattedText): {
  caption?: string;
  caption_entities?: MessageEntity[];
} {
  if (text === '') return {};
  return { caption: text, ...(entities.length > 0 ? { caption_entities: entities } : {}) };
}

export function textFields({ text, entities }: FormattedText): { text: string; entities?: MessageEntity[] } {
  return { text, ...(entities.length > 0 ? { entities } : {}) };
}

/** A text as a person types it: trimmed, with what Telegram recognises in it. */
export function typedText(text: string): FormattedText {
  return recognise(trim({ text, entities: [] }));
}

/** Parts that fit into messages, cut at line ends or spaces where there are any, as messengers cut long texts. */
export function splitTypedText(text: string): FormattedText[] {
  const parts: FormattedText[] = [];
  let rest = text.trim();
  while (rest.length > MAX_TEXT_LENGTH) {
    const cut = Math.max(rest.lastIndexOf('\n', MAX_TEXT_LENGTH), rest.lastIndexOf(' ', MAX_TEXT_LENGTH));
    const end = cut > 0 ? cut : MAX_TEXT_LENGTH;
    parts.push(typedText(rest.slice(0, end)));
    rest = rest.slice(end).trim();
  }
  return rest === '' ? parts : [...parts, typedText(rest)];
}

function readFormatted(parameters: Parameters, textName: string, entitiesName: string): FormattedText {
  const raw = readText(parameters, textName) ?? '';
  const mode = readText(parameters, 'parse_mode')?.toLowerCase() ?? '';
  if (mode === 'html') return recognise(trim(parseHtml(raw)));
  // The real server knows Markdown too; nothing here speaks it, so the double says so instead of guessing.
  if (mode !== '') throw badRequest('unsupported parse_mode');
  const entities = (readArray(parameters, entitiesName, 'MessageEntity') ?? []).map(givenEntity);
  return recognise(trim({ text: raw, entities }));
}

function givenEntity(value: unknown): MessageEntity {
  const valid =
    isObject(value) &&
    typeof value.type === 'string' &&
    Number.isSafeInteger(value.offset) &&
    Number.isSafeInteger(value.length);
  if (!valid) throw badRequest("can't parse MessageEntity: wrong type, offset or length");
  // Checked above; the fields that only some types have travel as they came.
  return value as unknown as MessageEntity;
}

/** Telegram keeps no white space at either end; entities move with the text. */
function trim({ text, entities }: FormattedText): FormattedText {
  const trimmed = text.trim();
  const start = text.length - text.trimStart().length;
  const moved = entities.flatMap((entity) => {
    const from = Math.max(entity.offset - start, 0);
    const to = Math.min(entity.offset + entity.length - start, trimmed.length);
    return to > from ? [{ ...entity, offset: from, length: to - from }] : [];
  });
  return { text: trimmed, entities: moved };
}

function recognise({ text, entities }: FormattedText): FormattedText {
  const taken = entities.filter(({ type }) => ['code', 'pre', 'text_link', 'text_mention'].includes(type));
  const found: MessageEntity[] = [];
  for (const { type, pattern } of FOUND_BY_ITSELF) {
    for (const match of text.matchAll(pattern)) {
      const entity = { type, offset: match.index, length: match[0].length };
      if ([...taken, ...found].every((other) => !overlap(entity, other))) found.push(entity);
    }
  }
  return { text, entities: inOrder([...entities, ...found]) };
}

function overlap(a: { offset: number; length: number }, b: { offset: number; length: number }): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}

/** Characters as Telegram counts them for its limits: code points. */
function lengthOf(text: string): number {
  return text.length <= MAX_CAPTION_LENGTH ? text.length : [...text].length;
}
