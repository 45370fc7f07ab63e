/** A call's parameters as the body of a request: JSON, or multipart/form-data as soon as a file is among them. */
import { randomBytes } from 'node:crypto';
import type { InputFile } from './types.ts';

export type EncodedBody = Readonly<{ contentType: string; bytes: string | Buffer; hasFiles: boolean }>;

/** The body of one call. Files may stand at the top (`photo`) or anywhere inside (`media[1].thumbnail`). */
export function encodeParams(params: object): EncodedBody {
  if (holdsFile(params)) return encodeMultipart(params);
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
 * The body is one buffer, so that its length is known and the request can be repeated.
 */
function encodeMultipart(params: object): EncodedBody {
  const boundary = `vitrine-${randomBytes(16).toString('hex')}`;
  const chunks: Uint8Array[] = [];
  const attached: InputFile[] = [];

  const addText = (name: string, value: string) =>
    chunks.push(
      Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
    );
  const addFile = (name: string, file: InputFile) => {
    const disposition = `form-data; name="${name}"; filename="${escapeFilename(file.filename)}"`;
    const head = `--${boundary}\r\ncontent-disposition: ${disposition}\r\ncontent-type: ${file.contentType}\r\n\r\n`;
    chunks.push(Buffer.from(head), file.bytes, Buffer.from('\r\n'));
  };
  const attach = (_key: string, value: unknown) => {
    if (typeof value !== 'object' || value === null || !isInputFile(value)) return value;
    attached.push(value);
    return `attach://file${attached.length - 1}`;
  };

  for (const [name, value] of Object.entries(params)) {
    if (value === undefined || value === null) continue;
    if (typeof value !== 'object') addText(name, String(value));
    else if (isInputFile(value)) addFile(name, value);
    else addText(name, JSON.stringify(value, attach));
  }
  for (const [index, file] of attached.entries()) addFile(`file${index}`, file);
  chunks.push(Buffer.from(`--${boundary}--\r\n`));

  const contentType = `multipart/form-data; boundary=${boundary}`;
  return { contentType, bytes: Buffer.concat(chunks), hasFiles: true };
}

/** A quote or a line break would end the header; browsers write them so, and servers read them so (WHATWG). */
function escapeFilename(filename: string): string {
  return filename.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
