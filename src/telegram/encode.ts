/** A call's parameters as the body of a request: JSON, or multipart/form-data as soon as a file is among them. */
import { encodeMultipart, type Part } from '../multipart.ts';
import type { InputFile } from './types.ts';

export type EncodedBody = Readonly<{ contentType: string; bytes: string | Buffer; hasFiles: boolean }>;

/** The body of one call. Files may stand at the top (`photo`) or anywhere inside (`media[1].thumbnail`). */
export function encodeParams(params: object): EncodedBody {
  if (holdsFile(params)) return encodeForm(params);
  return { contentType: 'application/json', bytes: JSON.stringify(params), hasFiles: false };
}

function isInputFile(value: object): value is InputFile {
  return 'bytes' in value && value.bytes instanceof Uint8Array;
}

function holdsFile(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (isInputFile(value)) return true;
  for (const [key, inner] of Object.entries(value)) {
    // Keyboards are the largest part of most calls and never hold a file.
    if (key !== 'reply_markup' && holdsFile(inner)) return true;
  }
  return false;
}

/**
 * Every field becomes a part: texts and numbers as they are, objects and lists as JSON, a file at the top
 * under its own name, and one further inside under a name that `attach://` points to.
 */
function encodeForm(params: object): EncodedBody {
  const parts: Part[] = [];
  const attached: InputFile[] = [];
  const attach = (_key: string, value: unknown) => {
    if (typeof value !== 'object' || value === null || !isInputFile(value)) return value;
    attached.push(value);
    return `attach://file${attached.length - 1}`;
  };
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined || value === null) continue;
    if (typeof value !== 'object') parts.push({ name, value: String(value) });
    else if (isInputFile(value)) parts.push({ name, ...value });
    else parts.push({ name, value: JSON.stringify(value, attach) });
  }
  for (const [index, file] of attached.entries()) parts.push({ name: `file${index}`, ...file });
  return { ...encodeMultipart(parts), hasFiles: true };
}
