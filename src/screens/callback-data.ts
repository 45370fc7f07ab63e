/**
 * What buttons carry: `verb:id[:arg]`, ids only, so that everything else is read from the rows when a button
 * is pressed. Telegram allows 64 bytes.
 */

/** Every verb that a button can have; `bot/features` has a handler for each. */
export const VERBS = [
  'product',
  'attach',
  'card',
  'style',
  'catalogue',
  'surprise',
  'ideas',
  'describe',
  'name',
  'ratio',
  'size',
  'count',
  'split',
  'series',
  'keepphoto',
  'place',
  'cancel',
  'originals',
  'again',
  'restyle',
  'change',
  'target',
  'likes',
  'more',
  'undo',
  'save',
  'problem',
  'notright',
  'redo',
  'giveback',
  'reason',
  'pack',
  'channel',
  'sku',
  'makepack',
  'cutout',
  'listing',
  'history',
  'show',
  'past',
  'menu',
  'language',
  'preset',
  'rename',
  'forget',
  'shop',
  'buy',
  'subscribe',
  'unsubscribe',
  'resubscribe',
  'refund',
  'settle',
  'retry',
  'figures',
  'charts',
  'support',
  'ticket',
  'admin',
  'list',
  'person',
  'ask',
  'act',
  'team',
  'brake',
  'digest',
  'cache',
  'limit',
  'broadcast',
  'news',
  'data',
] as const;
export type Verb = (typeof VERBS)[number];

export type CallbackData = { verb: Verb; id: string; argument: string | null };

const LONGEST_BYTES = 64;

/** @throws Error when it would not fit: a defect, because ids are short */
export function packCallback(verb: Verb, id: number | string, argument?: number | string): string {
  const data = argument === undefined ? `${verb}:${id}` : `${verb}:${id}:${argument}`;
  if (Buffer.byteLength(data) > LONGEST_BYTES) throw new Error(`callback data of ${verb} is too long`);
  return data;
}

/** What was packed, or null for anything that no button of ours carries. */
export function readCallback(data: string): CallbackData | null {
  const match = /^([a-z]+):([\w-]{1,24})(?::([\w:.-]{1,32}))?$/.exec(data);
  const verb = VERBS.find((known) => known === match?.[1]);
  const id = match?.[2];
  if (verb === undefined || id === undefined) return null;
  return { verb, id, argument: match?.[3] ?? null };
}

/** An id of a row: a positive whole number, or null. */
export function readId(text: string | null): number | null {
  if (text === null || !/^[1-9]\d{0,15}$/.test(text)) return null;
  const id = Number(text);
  return Number.isSafeInteger(id) ? id : null;
}
