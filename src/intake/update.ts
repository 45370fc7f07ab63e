/** What the intake must know of an update: that it is one, whose line it stands in, and whether it is too late. */
import type { Update } from '@grammyjs/types';

/** What is asked of Telegram, by polling and by webhook alike. */
export const ALLOWED_UPDATES = [
  'message',
  'callback_query',
  'pre_checkout_query',
  'purchased_paid_media',
  'my_chat_member',
] as const satisfies readonly Exclude<keyof Update, 'update_id'>[];

/**
 * Ids of chats and people have at most 52 bits; lanes from here on belong to a single update each, so the
 * table and the lines need no second notion of “in nobody's line”.
 */
const FIRST_LANE_OF_ONE = 2 ** 52;

/** Telegram gives taps and checkouts up after this long, and so does the person (ecosystem.md, Telegram's source). */
const QUERY_LIFE_MS = 150_000;

/** The value as an update, or null when it has no usable `update_id`. Nothing else of it is checked. */
export function readUpdate(value: unknown): Update | null {
  const id = field(value, 'update_id');
  const usable = typeof id === 'number' && Number.isInteger(id) && id >= 0 && id < FIRST_LANE_OF_ONE;
  // The rest of an update is Telegram's promise, as the types write it down; handlers meet odd ones too.
  return usable ? (value as Update) : null;
}

/** The name of what the update carries, such as `message`; `empty` when it carries nothing. */
export function kindOf(update: Update): string {
  return Object.keys(update).find((key) => key !== 'update_id') ?? 'empty';
}

/** True for what Telegram says of money that has moved: it must never be forgotten. */
export function tellsOfMoney({ message }: Update): boolean {
  return message?.successful_payment !== undefined || message?.refunded_payment !== undefined;
}

/** A checkout is cancelled after 10 s, and Cancel is wanted while the chat's lane is busy: both wait for nothing. */
export function isUrgent(update: Update): boolean {
  return update.pre_checkout_query !== undefined || isCancel(update);
}

/** True for a tap or a checkout whose answer Telegram no longer takes, `ageMs` after it arrived. */
export function isTooLate(update: Update, ageMs: number): boolean {
  const query = update.callback_query ?? update.pre_checkout_query ?? update.shipping_query;
  return query !== undefined && ageMs > QUERY_LIFE_MS;
}

/**
 * What must stay in order with it: its chat, or its person where there is no chat. In a private chat both
 * are the same number. What waits for nothing has a lane of its own.
 */
export function laneOf(update: Update): number {
  const laneOfOne = FIRST_LANE_OF_ONE + update.update_id;
  return isUrgent(update) ? laneOfOne : (laneInOrder(update) ?? laneOfOne);
}

/** True for the lane of a single update. */
export function isLaneOfOne(lane: number): boolean {
  return lane >= FIRST_LANE_OF_ONE;
}

/** The lane that it would stand in if it were not urgent: its chat or its person; null where nobody is known. */
export function laneInOrder(update: Update): number | null {
  const content = field(update, kindOf(update));
  return (
    idOf(field(content, 'chat')) ??
    idOf(field(field(content, 'message'), 'chat')) ??
    idOf(field(content, 'from')) ??
    idOf(field(content, 'user')) ??
    null
  );
}

/** The button, and the words that mean the same. */
function isCancel(update: Update): boolean {
  const data = field(update.callback_query, 'data');
  if (typeof data === 'string') return data.startsWith('cancel:');
  const text = field(update.message, 'text');
  return typeof text === 'string' && /^\/cancel(?:@\w+)?(?:\s|$)/.test(text);
}

function idOf(value: unknown): number | undefined {
  const id = field(value, 'id');
  return typeof id === 'number' && Number.isSafeInteger(id) ? id : undefined;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
