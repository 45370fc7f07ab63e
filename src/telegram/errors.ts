/**
 * The two ways in which a call to Telegram fails: they said no, or we do not know that they said anything.
 * Neither carries what was sent (people's words and pictures), the address (it holds the token), nor the
 * library's own error as its cause (it may hold either).
 */
import type { ResponseParameters } from '@grammyjs/types';

/** Telegram answered, and the answer is no. */
export class TelegramRefused extends Error {
  override readonly name = 'TelegramRefused';
  readonly method: string;
  /** The Bot API's error_code: 400, 401, 403, 404, 409, 413, 429. */
  readonly code: number;
  readonly description: string;
  readonly parameters: Readonly<ResponseParameters>;

  constructor(method: string, code: number, description: string, parameters: ResponseParameters = {}) {
    super(`${method} was refused: ${code} ${description}`);
    this.method = method;
    this.code = code;
    this.description = description;
    this.parameters = parameters;
  }
}

/** No valid answer came: no connection, no answer in time, a cut answer, a page of a proxy, a 5xx. */
export class TelegramUnreachable extends Error {
  override readonly name = 'TelegramUnreachable';
  readonly method: string;
  /** Whether the request may have been carried out all the same. */
  readonly sent: 'no' | 'unknown';

  constructor(method: string, sent: 'no' | 'unknown', reason: string) {
    const consequence = sent === 'no' ? 'it was not carried out' : 'it may have been carried out';
    super(`${method} got no valid answer, ${consequence}: ${reason}`);
    this.method = method;
    this.sent = sent;
  }
}

/** The edit would change nothing: what was wanted is what is shown. */
export function isNotModified(error: unknown): error is TelegramRefused {
  return isRefusal(error, 400, /message is not modified/i);
}

/** This person or chat cannot be written to, for now or for good: a state, not a fault. */
export function isBlocked(error: unknown): error is TelegramRefused {
  return (
    isRefusal(
      error,
      403,
      /bot was blocked|user is deactivated|bot was kicked|can't initiate conversation/i,
    ) || isRefusal(error, 400, /chat not found/i)
  );
}

/**
 * The same call would be refused again: for what it says, or for whom it is. Any other refusal (429; 401 and 404, where
 * the bot itself is not known) is none of this call's, and passes.
 */
export function isRefusedForGood(error: unknown): error is TelegramRefused {
  return error instanceof TelegramRefused && (error.code === 400 || error.code === 403);
}

/** The tap on a button, or the checkout, waited too long for its answer; nobody is listening any more. */
export function isQueryTooOld(error: unknown): error is TelegramRefused {
  return isRefusal(error, 400, /query is too old|query ID is invalid|QUERY_ID_INVALID/i);
}

/** A file id that this bot's Telegram does not know: another bot's, or one of a file that is gone. */
export function isFileUnknown(error: unknown): error is TelegramRefused {
  return isRefusal(
    error,
    400,
    /wrong file_?id|invalid file_?id|wrong remote file|wrong file identifier|FILE_REFERENCE/i,
  );
}

/** The message to edit or delete is not there any more, or has become too old to touch. */
export function isMessageGone(error: unknown): error is TelegramRefused {
  return isRefusal(
    error,
    400,
    /message to (edit|delete) not found|message can't be (edited|deleted)|MESSAGE_ID_INVALID/i,
  );
}

/** The message shows a picture, so that its words are a caption and cannot be edited as a text. */
export function isWithoutText(error: unknown): error is TelegramRefused {
  return isRefusal(error, 400, /there is no text in the message to edit/i);
}

/** Milliseconds that Telegram told us to wait, or null when that is not what the error says. */
export function retryAfterMs(error: unknown): number | null {
  if (!(error instanceof TelegramRefused) || error.code !== 429) return null;
  // Without a number there is still a limit; a second is the shortest wait that Telegram ever names.
  return (error.parameters.retry_after ?? 1) * 1000;
}

/** True when Telegram refused with this code and a description like this one. */
export function isRefusal(error: unknown, code: number, description: RegExp): error is TelegramRefused {
  return error instanceof TelegramRefused && error.code === code && description.test(error.description);
}
