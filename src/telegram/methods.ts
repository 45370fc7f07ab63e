/** What the gateway must know of a method: how its calls wait, and whether they may be repeated. */
import type { ChatId } from './types.ts';

/**
 * The class of traffic that a call belongs to, and so how it stands in line.
 * `message`: it shows something in a chat, so the bot's limit and the chat's hold for it.
 * `answer`: somebody's tap or payment waits for it (a checkout for 10 s), so it waits for nobody.
 * `other`: it waits only while Telegram has told us to pause.
 */
export type CallClass =
  | Readonly<{ kind: 'message'; chat: ChatId; weight: number }>
  | Readonly<{ kind: 'answer' }>
  | Readonly<{ kind: 'other'; chat: ChatId | null }>;

export function classOf(method: string, params: object): CallClass {
  if (method.startsWith('answer')) return { kind: 'answer' };
  const chat = chatOf(params);
  const shows = /^(?:send|edit|copy|forward)/.test(method) && method !== 'sendChatAction';
  return shows && chat !== null
    ? { kind: 'message', chat, weight: weightOf(params) }
    : { kind: 'other', chat };
}

/**
 * True when doing it twice is the same as doing it once, so that it may be repeated although the first time
 * may have been carried out. Sends never are; the answer to a checkout is, because a second one is refused.
 */
export function isRepeatable(method: string): boolean {
  return /^(?:get|set|deleteWebhook|deleteMyCommands|answerPreCheckoutQuery)/.test(method);
}

function chatOf(params: object): ChatId | null {
  if (!('chat_id' in params)) return null;
  const { chat_id: chat } = params;
  return typeof chat === 'number' || typeof chat === 'string' ? chat : null;
}

/** How many messages a call makes: every item of an album counts as one. */
function weightOf(params: object): number {
  if ('media' in params && Array.isArray(params.media)) return params.media.length;
  if ('message_ids' in params && Array.isArray(params.message_ids)) return params.message_ids.length;
  return 1;
}
