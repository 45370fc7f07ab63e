import type { Verdict } from '../resilience/call.ts';
import type { RefusalReason } from './provider.ts';
import { providersWords } from './providers-words.ts';

/**
 * What went wrong at a provider, by kind. The SDK's classes are no help: a cut body is a bare TypeError, a
 * malformed answer a SyntaxError, and an `error` event of a stream an APIError without a status.
 */
export type Fault = Readonly<
  (
    | { kind: 'refused'; reason: RefusalReason }
    /**
     * No money, a key that is not accepted, a model that is not there or not for this key: nothing but a person
     * helps. `model` says nothing of the endpoint's other models.
     */
    | { kind: 'quota' | 'key' | 'model' }
    /** 408, 409, 429. */
    | { kind: 'try-again' }
    /** Any other 4xx, or an answer without a picture: this model will not do this, however often it is asked. */
    | { kind: 'rejected' }
    | { kind: 'server' | 'connection' | 'bad-answer' }
    /** Our own time limit, deadline or cancellation. */
    | { kind: 'interrupted' }
  ) & {
    /** For the journal and the metrics: the provider's word, or ours. */
    code: string;
    /** The provider's own sentence, for the owners; null where it said none. */
    words: string | null;
    requestId: string | null;
    retryAfterMs: number | null;
    /** False only where it is certain that nothing was made, and so nothing billed. */
    maybePaid: boolean;
  }
>;

/** A provider's failure. Only classified faults are retried, counted or answered by the next model. */
export class ProviderFailure extends Error {
  override readonly name = 'ProviderFailure';
  readonly fault: Fault;

  constructor(fault: Fault, cause: unknown) {
    super(`${fault.kind}: ${fault.code}`, { cause });
    this.fault = fault;
  }
}

/** An answer that came, and is not what it should be. */
export class BadAnswer extends Error {
  override readonly name = 'BadAnswer';
  readonly code: string;

  constructor(code: 'no-picture' | 'not-a-picture' | 'too-large' | 'malformed') {
    super(`the provider's answer is of no use: ${code}`);
    this.code = code;
  }
}

/** A fault that an answer reports in its body, where the SDK sees a success. */
export class ReportedFault extends Error {
  override readonly name = 'ReportedFault';
  readonly code: string;
  readonly status: number | null;
  /** As the provider wrote them. */
  readonly words: string;

  constructor(code: string, status: number | null, words: string) {
    super(`the provider's answer reports ${code}`);
    this.code = code;
    this.status = status;
    this.words = words;
  }
}

/** A whole answer that holds no picture. Asked again, the model would be paid again, by rights for the same. */
export class AnswerWithoutPicture extends Error {
  override readonly name = 'AnswerWithoutPicture';
  /** What the model wrote instead. */
  readonly words: string;

  constructor(words: string) {
    super('the answer holds no picture');
    this.words = words;
  }
}

/** A provider's word for a refusal, without its separators and in small letters; each has its own. */
const REFUSING_WORD =
  /moderation(?!model)|contentpolicy|contentfilter|policyviolation|responsibleai|prohibitedcontent|safety(?!identifier)|nsfw|blocklist/;
/** A refusal that has no code of its own is one by its sentence. */
const REFUSING_SENTENCE =
  /safety system|safety_violations|content[ _-]?(?:management )?(?:policy|filter)|prohibited content|responsible ?ai|(?:blocked|rejected|flagged|filtered) (?:by|due to|for|as)\b.{0,40}(?:safety|moderation|policy|sensitive|inappropriate)|violat\w+ (?:our|the|\w+[’']s) .{0,30}(?:polic|guideline|terms)/i;
const QUOTA: ReadonlySet<string> = new Set([
  'insufficient_quota',
  'billing_hard_limit_reached',
  'billing_not_active',
]);
/** System and TLS errors after which the request cannot have reached anyone. */
const NEVER_CONNECTED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);
/**
 * The API itself says that a server behind it gave no answer, and that one may have finished all the same. Only in
 * its own JSON: an empty page or one in HTML is a gateway's, in front of an API that was not reached.
 */
const MAYBE_PAID_STATUSES: ReadonlySet<number> = new Set([502, 504]);

const NOTHING_KNOWN = { words: null, requestId: null, retryAfterMs: null } as const;

/** The fault behind whatever a provider's method threw. Aborts are not for it: see `interrupted`. */
export function classifyError(thrown: unknown): Fault {
  if (thrown instanceof BadAnswer) {
    return { ...NOTHING_KNOWN, kind: 'bad-answer', code: thrown.code, maybePaid: true };
  }
  if (thrown instanceof SyntaxError) {
    return { ...NOTHING_KNOWN, kind: 'bad-answer', code: 'malformed', maybePaid: true };
  }
  if (thrown instanceof ReportedFault) {
    const { code, status, words } = thrown;
    return {
      ...NOTHING_KNOWN,
      ...meaningOf({ status: status ?? undefined, word: code, message: words, isApiError: true }),
      code,
      words: providersWords(words),
      maybePaid: false,
    };
  }
  if (thrown instanceof AnswerWithoutPicture) {
    const words = providersWords(thrown.words);
    return { ...NOTHING_KNOWN, kind: 'rejected', code: 'answer-without-picture', words, maybePaid: true };
  }
  const answer = answerOf(thrown);
  return answer === null ? connectionFault(thrown) : answeredFault(answer);
}

/** The fault of an attempt that we ended ourselves, after its request may have gone out. */
export function interrupted(code: string): Fault {
  return { ...NOTHING_KNOWN, kind: 'interrupted', code, maybePaid: true };
}

type ErrorAnswer = Readonly<{
  status: number | undefined;
  code: string;
  type: string;
  message: string;
  headers: Headers;
  /** The body is an error in the API's own form. */
  isApiError: boolean;
}>;

/** The parts of an SDK error that stands for an answer; null for one that stands for none. */
function answerOf(thrown: unknown): ErrorAnswer | null {
  if (!(thrown instanceof Error && 'headers' in thrown && thrown.headers instanceof Headers)) return null;
  // A number is the status once more, and no word.
  const text = (value: unknown) => (typeof value === 'string' && !/^\d*$/.test(value) ? value : '');
  const error = 'error' in thrown ? thrown.error : undefined;
  return {
    status: 'status' in thrown && typeof thrown.status === 'number' ? thrown.status : undefined,
    code: 'code' in thrown ? text(thrown.code) : '',
    type: 'type' in thrown ? text(thrown.type) : '',
    message: typeof error === 'string' ? error : text(Object(error).message),
    headers: thrown.headers,
    isApiError: typeof error === 'string' || (typeof error === 'object' && error !== null),
  };
}

function answeredFault({ status, code, type, message, headers, isApiError }: ErrorAnswer): Fault {
  const refusing = [code, type].find((word) => isRefusal(word, ''));
  return {
    ...meaningOf({ status, word: refusing ?? (code || type), message, isApiError }),
    code: code || type || `http-${status ?? 'stream'}`,
    words: providersWords(message),
    requestId: headers.get('x-request-id'),
    retryAfterMs: parseRetryAfter(headers),
    maybePaid: isApiError && status !== undefined && MAYBE_PAID_STATUSES.has(status),
  };
}

type Meaning =
  | { kind: 'refused'; reason: RefusalReason }
  | { kind: 'quota' | 'key' | 'model' | 'try-again' | 'rejected' | 'server' };

/** Whether a provider's word or sentence says that its safety rules do not allow what was asked for. */
export function isRefusal(word: string, sentence: string): boolean {
  return REFUSING_WORD.test(word.replace(/[\W_]/g, '').toLowerCase()) || REFUSING_SENTENCE.test(sentence);
}

/** The provider's own word goes before the status; without a status (a stream's event) it is all there is. */
function meaningOf({
  status,
  word,
  message,
  isApiError,
}: Pick<ErrorAnswer, 'status' | 'message' | 'isApiError'> & Readonly<{ word: string }>): Meaning {
  // Who is out of order, or asked too often, has not looked at what was asked for.
  const judges = status === undefined || (status < 500 && status !== 429);
  if (judges && isRefusal(word, message)) return { kind: 'refused', reason: refusalReason(message) };
  if (QUOTA.has(word) || status === 402) return { kind: 'quota' };
  if (word === 'model_not_found') return { kind: 'model' };
  if (status === undefined) return { kind: kindOfWord(word) };
  if (status >= 500) return { kind: 'server' };
  switch (status) {
    case 401:
      return { kind: 'key' };
    case 403:
      // The API's own means this model, such as one for verified organisations; a page is a gateway's.
      return { kind: isApiError ? 'model' : 'server' };
    case 404:
      return { kind: 'model' };
    case 408:
    case 409:
    case 429:
      return { kind: 'try-again' };
    default:
      return { kind: 'rejected' };
  }
}

function kindOfWord(word: string): 'try-again' | 'rejected' | 'server' {
  if (word === 'rate_limit_exceeded') return 'try-again';
  if (/^(invalid_|unsupported_|image_)/.test(word)) return 'rejected';
  return 'server';
}

/** OpenAI's refusals say `safety_violations=[sexual]` in their message, and nowhere else. */
function refusalReason(message: string): RefusalReason {
  const violation = /safety_violations=\[([\w/-]+)/.exec(message)?.[1];
  return violation === undefined ? 'other' : reasonOfCategory(violation);
}

/** The reason that a moderation category, such as `sexual/minors` or `self_harm`, belongs to. */
export function reasonOfCategory(category: string): RefusalReason {
  const name = category.replaceAll('_', '-');
  if (name.startsWith('sexual')) return 'sexual';
  if (name.startsWith('violence')) return 'violence';
  if (name.startsWith('hate') || name.startsWith('harassment')) return 'hate';
  if (name.startsWith('self-harm')) return 'self-harm';
  if (name.startsWith('illicit')) return 'illicit';
  return 'other';
}

function connectionFault(thrown: unknown): Fault {
  const code = systemCode(thrown);
  return {
    ...NOTHING_KNOWN,
    kind: 'connection',
    code: code ?? 'connection',
    maybePaid: code === null || !NEVER_CONNECTED.has(code),
  };
}

/** fetch hides the system's error code two causes deep. */
function systemCode(thrown: unknown): string | null {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if ('code' in error && typeof error.code === 'string') return error.code;
  }
  return null;
}

/** Milliseconds that the headers ask us to wait: `retry-after-ms`, or `retry-after` in seconds or as a date. */
export function parseRetryAfter(headers: Headers): number | null {
  const milliseconds = Number(headers.get('retry-after-ms') ?? Number.NaN);
  if (Number.isFinite(milliseconds)) return Math.max(0, milliseconds);
  const value = headers.get('retry-after');
  if (value === null || value.trim() === '') return null;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now());
}

/**
 * What the policy makes of an attempt's error. What is no provider's failure (our database, a bug) is not
 * repeated and says nothing of the endpoint.
 */
export function verdictOf(error: unknown): Verdict {
  if (!(error instanceof ProviderFailure)) {
    return { retry: false, health: 'unknown', maybePaid: false, retryAfterMs: null };
  }
  const { kind, maybePaid, retryAfterMs } = error.fault;
  switch (kind) {
    case 'refused':
    case 'quota':
    case 'key':
    case 'model':
    case 'rejected':
      return { retry: false, health: 'fine', maybePaid, retryAfterMs };
    case 'try-again':
      return { retry: true, health: 'fine', maybePaid, retryAfterMs };
    case 'server':
      // Even a 502 of the API's own, which the books count as paid, is an answer, and no answer that was lost.
      return { retry: true, health: 'broken', maybePaid: false, retryAfterMs };
    case 'connection':
    case 'bad-answer':
      return { retry: true, health: 'broken', maybePaid, retryAfterMs };
    case 'interrupted':
      return { retry: false, health: 'unknown', maybePaid, retryAfterMs };
  }
}
