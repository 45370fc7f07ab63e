import { badRequest } from './refusal.ts';

/** A file as it came in a multipart body. */
export type Upload = { filename: string; mimeType: string; bytes: Uint8Array };

/**
 * The parameters of one call. A form carries every value as text, JSON carries it typed; the readers below
 * accept both, as the real server does.
 */
export type Parameters = {
  readonly values: Readonly<Record<string, unknown>>;
  readonly uploads: ReadonlyMap<string, Upload>;
};

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function readText(parameters: Parameters, name: string): string | undefined {
  const value = parameters.values[name];
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : undefined;
}

/** An integer that JavaScript holds exactly; undefined when absent or anything else. */
export function readInteger(parameters: Parameters, name: string): number | undefined {
  const value = parameters.values[name];
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}

export function readFlag(parameters: Parameters, name: string): boolean {
  const value = parameters.values[name];
  return value === true || value === 1 || ['true', 'yes', '1'].includes(String(value).toLowerCase());
}

/**
 * A nested value, parsed when it came as a string. An empty string is an absent value.
 * @throws Refusal when the string is no JSON; `what` names it in the description.
 */
function readJson(parameters: Parameters, name: string, what: string): unknown {
  const value = parameters.values[name];
  if (typeof value !== 'string') return value ?? undefined;
  if (value === '') return undefined;
  try {
    return JSON.parse(value);
  } catch {
    throw badRequest(`can't parse ${what} JSON object`);
  }
}

export function readObject(parameters: Parameters, name: string, what: string): JsonObject | undefined {
  const value = readJson(parameters, name, what);
  if (value === undefined) return undefined;
  if (!isObject(value)) throw badRequest(`object expected as ${what}`);
  return value;
}

export function readArray(parameters: Parameters, name: string, what: string): unknown[] | undefined {
  const value = readJson(parameters, name, what);
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) throw badRequest(`expected an Array of ${what}`);
  return value;
}

/** The entry of a nested object as text; undefined when it is absent or no text. */
export function textOf(object: JsonObject, name: string): string | undefined {
  const value = object[name];
  return typeof value === 'string' ? value : undefined;
}
