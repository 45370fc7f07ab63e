import type { FastifyRequest } from 'fastify';
import { isObject, type Parameters, type Upload } from './parameters.ts';

/** The parameters of a request, from its query and its body: JSON, a form, or a form with files. */
export async function readParameters(request: FastifyRequest): Promise<Parameters> {
  const query = isObject(request.query) ? request.query : {};
  if (request.isMultipart()) {
    const { values, uploads } = await readMultipart(request);
    return { values: { ...query, ...values }, uploads };
  }
  return { values: { ...query, ...(isObject(request.body) ? request.body : {}) }, uploads: new Map() };
}

/** Every part of a multipart body. @throws the multipart plugin's error with status 413 for a file too large. */
export async function readMultipart(
  request: FastifyRequest,
): Promise<{ values: Record<string, unknown>; uploads: Map<string, Upload>; files: Upload[] }> {
  const values: Record<string, unknown> = {};
  const uploads = new Map<string, Upload>();
  const files: Upload[] = [];
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      values[part.fieldname] = part.value;
      continue;
    }
    const upload = { filename: part.filename, mimeType: part.mimetype, bytes: await part.toBuffer() };
    uploads.set(part.fieldname, upload);
    files.push(upload);
  }
  return { values, uploads, files };
}
