/** How long one attempt may take, and how long a call waits where Telegram says “retry after”. Milliseconds. */
import type { EncodedBody } from './encode.ts';
import type { CallClass } from './methods.ts';

const CALL_MS = 20_000;
/** An upload gets as long as its bytes take on a poor line (256 KiB/s) on top, but never more than this. */
const LONGEST_UPLOAD_MS = 60_000;
const UPLOAD_BYTES_PER_MS = 262;
/** What getUpdates gets on top of the time for which Telegram holds it open. */
const POLL_GRACE_MS = 10_000;
/** A checkout that is not answered within 10 s is cancelled, and a tap's spinner is forgotten sooner. */
const ANSWER_MS = 9_000;
const ANSWER_RETRY_WAIT_MS = 5_000;
/** What would have to wait longer is for the caller to take up again. */
const RETRY_WAIT_MS = 120_000;

export const DOWNLOAD_MS = 60_000;

/** The time limit of one attempt, unless the caller sets one. */
export function attemptMs(method: string, callClass: CallClass, params: object, body: EncodedBody): number {
  if (callClass.kind === 'answer') return ANSWER_MS;
  if (body.hasFiles)
    return Math.min(CALL_MS + Math.ceil(body.bytes.length / UPLOAD_BYTES_PER_MS), LONGEST_UPLOAD_MS);
  if (method !== 'getUpdates') return CALL_MS;
  const heldSeconds = 'timeout' in params && typeof params.timeout === 'number' ? params.timeout : 0;
  return heldSeconds * 1000 + POLL_GRACE_MS;
}

/** The longest wait that Telegram may ask of a call. */
export function retryWaitMs(callClass: CallClass, wanted: number = RETRY_WAIT_MS): number {
  return callClass.kind === 'answer' ? Math.min(wanted, ANSWER_RETRY_WAIT_MS) : wanted;
}
