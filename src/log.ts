import { createRequire } from 'node:module';
import { DrizzleQueryError } from 'drizzle-orm/errors';
import pino from 'pino';
import type { PinoPretty } from 'pino-pretty';

export type Log = pino.Logger;

/** What must never reach a log: bot tokens in Telegram's addresses, API keys, bearer tokens. */
const SECRET_PATTERNS: readonly [RegExp, string][] = [
  [/\b(?:bot)?\d{5,}:[\w-]{20,}/g, 'bot[token]'],
  [/\bsk-[\w-]{8,}/g, 'sk-[key]'],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, '$1 [secret]'],
  [/\/\/([^\s:/@]+):([^\s@]+)@/g, '//$1:[password]@'],
];

/** The text with every secret that Vitrine knows the shape of replaced. */
function redact(text: string): string {
  return SECRET_PATTERNS.reduce((cleaned, [pattern, name]) => cleaned.replace(pattern, name), text);
}

/**
 * An error as the log shows it: name, code, message, stack and causes, redacted. Nothing else of the error
 * is copied, because libraries hang whole payloads on theirs: Telegraf the photo's bytes, Drizzle the
 * statement with its parameters.
 */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: redact(String(error)) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  // Drizzle's message holds the statement and its parameters, which are people's data; its cause says why.
  const message = error instanceof DrizzleQueryError ? 'a query failed' : error.message;
  return {
    type: error.name,
    ...(code === undefined ? {} : { code }),
    message: redact(message),
    stack: redact((error.stack ?? '').replace(error.message, () => message)),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

/**
 * The root log: JSON lines on standard output, or readable lines when `pretty`.
 * An error stands under `err`. Where work begins, a child says of what every line below it is: `updateId` of an
 * update that a person or a payment makes (bot), `job` and `photoshootId` of a job (pipeline), `photoshootId`
 * and `pictureId` of what is asked of a provider (ai). A line names again nothing that its child has: both
 * would stand in it.
 */
export function createLog(options: { level: string; pretty: boolean }): Log {
  const settings: pino.LoggerOptions = {
    level: options.level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describeError },
    hooks: {
      logMethod(args, method) {
        method.apply(
          this,
          args.map((arg) => (typeof arg === 'string' ? redact(arg) : arg)) as Parameters<typeof method>,
        );
      },
    },
  };
  return options.pretty ? pino(settings, readableLines()) : pino(settings);
}

/**
 * Written by this thread: a worker of their own needs a second to come up while the rest is imported, and the
 * first line should be there at once. Loaded here, because production has no use for it.
 */
function readableLines(): PinoPretty.PrettyStream {
  const pretty: typeof PinoPretty = createRequire(import.meta.url)('pino-pretty');
  return pretty({ ignore: 'pid,hostname', sync: true });
}
