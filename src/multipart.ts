/** multipart/form-data (RFC 7578): fields and files as the body of a request. */
import { randomBytes } from 'node:crypto';

export type Part = Readonly<
  { name: string } & ({ value: string } | { filename: string; contentType: string; bytes: Uint8Array })
>;

/**
 * The body is one buffer, so that its length is known and the request can be repeated. Node's own writer behind
 * `FormData` copies each file four times on the way (docs/decisions/049).
 * @returns a `contentType` with the boundary, which is in no part but by a chance of 2^-128
 */
export function encodeMultipart(parts: readonly Part[]): { contentType: string; bytes: Buffer } {
  const boundary = `vitrine-${randomBytes(16).toString('hex')}`;
  const chunks = parts.flatMap((part) => {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${part.name}"`;
    if ('value' in part) return [Buffer.from(`${head}\r\n\r\n${part.value}\r\n`)];
    const { filename, contentType, bytes } = part;
    const fileHead = `${head}; filename="${escapeFilename(filename)}"\r\nContent-Type: ${contentType}\r\n\r\n`;
    return [Buffer.from(fileHead), bytes, Buffer.from('\r\n')];
  });
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    bytes: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]),
  };
}

/** A quote or a line break would end the header; browsers write them so, and servers read them so (WHATWG). */
function escapeFilename(filename: string): string {
  return filename.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
