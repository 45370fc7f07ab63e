/** What an exchange means: a result, a refusal, or nothing that can be relied on. */
import type { ResponseParameters } from '@grammyjs/types';
import { AppError } from '../errors.ts';
import { TelegramRefused, TelegramUnreachable } from './errors.ts';
import type { Exchange } from './transport.ts';

/**
 * `refused`: they said no. `unreachable`: no valid answer; then `again` says what a repetition would be:
 * `safe` when nothing was sent, `unsafe` when the thing may have been done, `useless` when the same would
 * come of it.
 */
export type CallOutcome<T> =
  | { kind: 'done'; value: T }
  | { kind: 'refused'; error: TelegramRefused }
  | { kind: 'unreachable'; again: 'safe' | 'unsafe' | 'useless'; error: TelegramUnreachable };

/** `scrub` takes the token out of what others wrote, before it reaches an error. */
type Asked = Readonly<{ name: string; scrub: (text: string) => string }>;

/** The answer to a method: `{ ok: true, result }`, or `{ ok: false, error_code, description, parameters }`. */
export function readResult(asked: Asked, exchange: Exchange): CallOutcome<unknown> {
  if (exchange.kind !== 'answer') return lostExchange(asked, exchange);
  const answer = parseObject(exchange.body);
  if (answer?.ok === true && 'result' in answer) return { kind: 'done', value: answer.result };
  return negativeAnswer(asked, exchange.status, answer);
}

/**
 * The bytes of a file.
 * @throws AppError 'file-too-large' when the exchange was cut at its limit.
 */
export function readFile(asked: Asked, exchange: Exchange): CallOutcome<Uint8Array> {
  if (exchange.kind === 'too-large')
    throw new AppError('file-too-large', 'the file is above the limit of bytes');
  if (exchange.kind !== 'answer') return lostExchange(asked, exchange);
  if (exchange.status === 200) return { kind: 'done', value: exchange.body };
  return negativeAnswer(asked, exchange.status, parseObject(exchange.body));
}

function negativeAnswer(
  asked: Asked,
  status: number,
  answer: Record<string, unknown> | null,
): CallOutcome<never> {
  if (answer?.ok === false && typeof answer.error_code === 'number') {
    const { error_code: code } = answer;
    const description = typeof answer.description === 'string' ? answer.description : 'no description';
    // A server in trouble says neither yes nor no: it answers 500 also when it restarts half-way.
    if (code >= 500) return unreachable(asked, 'unsafe', 'unknown', `${code} ${description}`);
    const parameters = readParameters(answer.parameters);
    const error = new TelegramRefused(asked.name, code, asked.scrub(description), parameters);
    return { kind: 'refused', error };
  }
  // Somebody in between answered, a proxy or a captive network; a 4xx of theirs went no further.
  const reason = `HTTP ${status} without an answer of the Bot API`;
  const stopped = status >= 400 && status < 500;
  return stopped
    ? unreachable(asked, 'useless', 'no', reason)
    : unreachable(asked, 'unsafe', 'unknown', reason);
}

function lostExchange(asked: Asked, exchange: Exclude<Exchange, { kind: 'answer' }>): CallOutcome<never> {
  switch (exchange.kind) {
    case 'not-connected':
      return unreachable(asked, 'safe', 'no', exchange.reason);
    case 'expired':
      if (exchange.begun) return unreachable(asked, 'unsafe', 'unknown', exchange.reason);
      // All connections were busy for that long: another try would only make the line longer.
      return unreachable(asked, 'useless', 'no', exchange.reason);
    case 'broken':
      return unreachable(asked, 'unsafe', 'unknown', exchange.reason);
    case 'too-large':
      return unreachable(asked, 'useless', 'unknown', 'the answer is too large for the Bot API');
  }
}

function unreachable(
  asked: Asked,
  again: 'safe' | 'unsafe' | 'useless',
  sent: 'no' | 'unknown',
  reason: string,
): CallOutcome<never> {
  return {
    kind: 'unreachable',
    again,
    error: new TelegramUnreachable(asked.name, sent, asked.scrub(reason)),
  };
}

function parseObject(body: Buffer): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(body.toString());
    // The objects of JSON have string keys and nothing else.
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function readParameters(given: unknown): ResponseParameters {
  const parameters: ResponseParameters = {};
  if (typeof given !== 'object' || given === null) return parameters;
  if ('retry_after' in given && typeof given.retry_after === 'number') {
    parameters.retry_after = given.retry_after;
  }
  if ('migrate_to_chat_id' in given && typeof given.migrate_to_chat_id === 'number') {
    parameters.migrate_to_chat_id = given.migrate_to_chat_id;
  }
  return parameters;
}
