import type { MediaFields } from './media.ts';
import { type Parameters, readFlag, readText, type Upload } from './parameters.ts';
import { badRequest } from './refusal.ts';
import type { Store } from './store.ts';

const ATTACHED = 'attach://';

/**
 * The photo or document that a parameter means: an upload under its own name, `attach://<name>`, or the id of a
 * file that is here already.
 * @throws Refusal when there is none, or for an address: the sandbox fetches nothing from the network.
 */
export async function readInputMedia(
  parameters: Parameters,
  name: string,
  as: 'Photo' | 'Document',
  store: Store,
): Promise<MediaFields> {
  const reference = readText(parameters, name) ?? '';
  const upload = parameters.uploads.get(name) ?? attached(parameters, reference);
  if (upload) return addUpload(upload, as, parameters, store);
  if (reference === '') throw badRequest(`there is no ${name} in the request`);
  if (reference.startsWith(ATTACHED)) throw badRequest("can't parse InputMedia: media not found");
  if (/^https?:/i.test(reference)) {
    store.log.warn({}, 'sandbox: files by address are not fetched; upload the file or send its file_id');
    throw badRequest('failed to get HTTP URL content');
  }
  return store.media.again(reference, as);
}

async function addUpload(
  upload: Upload,
  as: 'Photo' | 'Document',
  parameters: Parameters,
  store: Store,
): Promise<MediaFields> {
  if (as === 'Photo') return store.media.addPhoto(upload.bytes, 'bot');
  const thumbnail =
    parameters.uploads.get('thumbnail') ?? attached(parameters, readText(parameters, 'thumbnail') ?? '');
  return store.media.addDocument(upload.bytes, {
    filename: upload.filename,
    mimeType: upload.mimeType,
    asIs: readFlag(parameters, 'disable_content_type_detection'),
    ...(thumbnail ? { thumbnail: thumbnail.bytes } : {}),
  });
}

function attached(parameters: Parameters, reference: string): Upload | undefined {
  return reference.startsWith(ATTACHED)
    ? parameters.uploads.get(reference.slice(ATTACHED.length))
    : undefined;
}
