import { type AppError, isAppError } from '../errors.ts';
import { fetchPhoto } from '../telegram/fetch-photo.ts';
import type { PipelineDeps } from './deps.ts';

/**
 * The views of a product as the provider takes them: fetched from Telegram, checked by their bytes, upright
 * JPEGs of at most 1920 pixels a side.
 * @throws AppError image-… for a file that is no usable picture, file-too-large, file-gone, imaging-busy
 */
export async function loadPhotos(
  deps: Pick<PipelineDeps, 'gateway' | 'images'>,
  fileIds: readonly string[],
  signal: AbortSignal,
): Promise<Uint8Array[]> {
  return Promise.all(
    fileIds.map(async (fileId) => {
      const bytes = await fetchPhoto(deps.gateway, fileId, { signal });
      deps.images.inspect(bytes);
      const prepared = await deps.images.prepare(bytes, signal);
      return prepared.jpeg;
    }),
  );
}

/** The photo itself is the fault: trying again would end in the same way. */
export function isUselessPhoto(error: unknown): error is AppError {
  return isAppError(error) && (error.code.startsWith('image-') || error.code.startsWith('file-'));
}
