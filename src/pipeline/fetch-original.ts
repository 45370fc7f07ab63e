/** Bytes of pictures that were delivered and of photos that were sent, from wherever they are kept. */
import { isAppError } from '../errors.ts';
import { readPhotos } from '../photoshoots/read-photoshoot.ts';
import { type PictureSource, readCutOuts, readDocumentFileId } from '../photoshoots/read-sources.ts';
import { readPictureBytes } from '../photoshoots/run/record-picture.ts';
import { fetchPhoto } from '../telegram/fetch-photo.ts';
import type { PipelineDeps } from './deps.ts';

/** A picture that a product may be cut out of; its bytes are fetched when its turn comes. */
export type Candidate = { generated: boolean; fetch: () => Promise<Uint8Array | null> };

/** Cut-outs that models made of it, the results of a photoshoot, then the seller's own photos, which no model made. */
export async function listCandidates(
  deps: Pick<PipelineDeps, 'db' | 'gateway'>,
  {
    photoshootId,
    sources,
    signal,
  }: { photoshootId: number; sources: readonly PictureSource[]; signal: AbortSignal },
): Promise<Candidate[]> {
  const photos = await readPhotos(deps.db, photoshootId);
  return [
    ...[...(await readCutOuts(deps.db, photoshootId)), ...sources].map((source) => ({
      generated: true,
      fetch: async () => (await fetchOriginal(deps, source, signal))?.bytes ?? null,
    })),
    ...photos.map(({ fileId }) => ({ generated: false, fetch: () => fetchKept(deps, fileId, signal) })),
  ];
}

/** The bytes of a picture, the best that there are; null where none are kept any more. */
export async function fetchOriginal(
  deps: Pick<PipelineDeps, 'db' | 'gateway'>,
  {
    pictureId,
    documentFileId,
    photoFileId,
  }: Pick<PictureSource, 'pictureId' | 'documentFileId' | 'photoFileId'>,
  signal: AbortSignal,
): Promise<{ bytes: Uint8Array; isPreview: boolean } | null> {
  const bytes = await readPictureBytes(deps.db, pictureId);
  if (bytes !== null) return { bytes, isPreview: false };
  // The bytes go in the transaction that writes down Telegram's copy: a source that was read before it knows of none.
  const document = documentFileId ?? (await readDocumentFileId(deps.db, pictureId));
  for (const fileId of [document, photoFileId]) {
    const kept = fileId === null ? null : await fetchKept(deps, fileId, signal);
    if (kept !== null) return { bytes: kept, isPreview: fileId === photoFileId };
  }
  return null;
}

/** What Telegram keeps; null where it does not, or gives none of its size to bots. */
async function fetchKept(
  { gateway }: Pick<PipelineDeps, 'gateway'>,
  fileId: string,
  signal: AbortSignal,
): Promise<Uint8Array | null> {
  try {
    return await fetchPhoto(gateway, fileId, { signal });
  } catch (error) {
    if (!isAppError(error, 'file-gone', 'file-too-large')) throw error;
    return null;
  }
}
