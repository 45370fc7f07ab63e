import { createRequire } from 'node:module';
import { DrizzleQueryError } from 'drizzle-orm/errors';
import pino from 'pino';
import type { PinoPretty } from 'pino-pretty';

export type Log = pino.Logger;

/** What must never reach a log, known by its shape: bot tokens in Telegram's addresses, API keys, passwords. */
const SECRET_SHAPES: readonly [RegExp, string][] = [
  [/\b(?:bot)?\d{5,}:[\w-]{20,}/g, 'bot[token]'],
  [/\bsk-[\w-]{8,}/g, 'sk-[key]'],
  [/\b(Bearer|Basic|OAuth)\s+[\w.~+/=-]+/gi, '$1 [secret]'],
  [/\/\/([^\s:/@"]+):([^\s@"]+)@/g, '//$1:[password]@'],
];

/** Shorter values are words that stand everywhere; to take them out would leave no line readable. */
const SHORTEST_SECRET = 5;

/**
 * An error as the log shows it: name, code, message, stack and causes. Nothing else of the error is copied, because libraries
 * hang whole payloads on theirs: Telegraf the photo's bytes, Drizzle the statement with its parameters.
 */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  // Drizzle's message holds the statement and its parameters, which are people's data; its cause says why.
  const message = error instanceof DrizzleQueryError ? 'a query failed' : error.message;
  return {
    type: error.name,
    ...(code === undefined ? {} : { code }),
    message,
    stack: (error.stack ?? '').replace(error.message, () => message),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

/**
 * The root log: JSON lines on standard output, or readable lines when `pretty`.
 * An error stands under `err`. Where work begins, a child says of what every line below it is: `updateId` of an
 * update that a person or a payment makes (bot), `job` and `photoshootId` of a job (pipeline), `photoshootId`
 * and `pictureId` of what is asked of a provider (ai). A line names again nothing that its child has: both
 * would stand in it.
 * Every line is redacted as a whole, whatever brought the secret into it.
 * @param options.secrets values that no line may show: what the configuration holds (config.ts). Others are known
 * by their shape alone.
 * @param file where each line goes as well, as JSON (log-file.ts)
 */
export function createLog(
  options: { level: string; pretty: boolean; secrets?: readonly string[] },
  file: pino.DestinationStream | null = null,
): Log {
  const redactLine = createRedaction(options.secrets ?? []);
  const settings: pino.LoggerOptions = {
    level: options.level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describeError },
    hooks: { streamWrite: redactLine },
  };
  if (file === null) return options.pretty ? pino(settings, readableLines()) : pino(settings);
  const output = options.pretty ? readableLines() : pino.destination({ fd: 1, sync: true });
  // Which lines there are is the log's own level's business; by itself each stream leaves out what is below info.
  return pino(settings, pino.multistream([output, file].map((stream) => ({ stream, level: 'trace' }))));
}

/**
 * Written by this thread: a worker of their own needs a second to come up while the rest is imported, and the
 * first line should be there at once. Loaded here, because production has no use for it.
 */
function readableLines(): PinoPretty.PrettyStream {
  const pretty: typeof PinoPretty = createRequire(import.meta.url)('pino-pretty');
  return pretty({ ignore: 'pid,hostname', sync: true });
}

/**
 * Takes every secret out of a line of JSON, which stays one: its texts are redacted one by one, names of fields too.
 * That is rare; for all other lines the cost is a search.
 */
function createRedaction(secrets: readonly string[]): (line: string) => string {
  const spellings = [...new Set(secrets.filter((secret) => secret.length >= SHORTEST_SECRET).flatMap(spell))]
    // The longest first: a secret may begin with another one.
    .sort((a, b) => b.length - a.length);
  const known = anyOf(spellings);
  const knownInJson = anyOf(spellings.map(escapeAsJson));
  const redact = (text: string) =>
    SECRET_SHAPES.reduce(
      (cleaned, [shape, name]) => cleaned.replace(shape, name),
      known === null ? text : text.replace(known, '[secret]'),
    );
  return (line) => {
    const suspicious =
      (knownInJson !== null && line.search(knownInJson) >= 0) ||
      SECRET_SHAPES.some(([shape]) => line.search(shape) >= 0);
    return suspicious ? `${JSON.stringify(redactValue(JSON.parse(line), redact))}\n` : line;
  };
}

/** How a text may stand within others: as it is, in an address, in a form, in JSON within a text. */
function spell(text: string): string[] {
  const inAddress = encodeURIComponent(text);
  const inForm = new URLSearchParams([['', text]]).toString().slice(1);
  const lowerCase = (encoded: string) => encoded.replace(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase());
  return [text, inAddress, lowerCase(inAddress), inForm, lowerCase(inForm), escapeAsJson(text)];
}

function escapeAsJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** Not by RegExp.escape, which Node 22 lacks. */
function escapeAsPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function anyOf(texts: readonly string[]): RegExp | null {
  return texts.length === 0 ? null : new RegExp(texts.map(escapeAsPattern).join('|'), 'g');
}

function redactValue(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return redact(value);
  if (typeof value === 'number') {
    const text = String(value);
    return redact(text) === text ? value : redact(text);
  }
  if (Array.isArray(value)) return value.map((entry) => redactValue(entry, redact));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [redact(name), redactValue(inner, redact)]),
  );
}
