import { AppError, isAppError } from '../errors.ts';
import type { ImagePool } from '../imaging/pool.ts';
import { beginPreparation, endPreparation } from '../photoshoots/mark-preparation.ts';
import { type Photoshoot, readPhotos } from '../photoshoots/photoshoot.ts';
import { fetchPhoto } from '../telegram/fetch-photo.ts';
import type { PipelineDeps } from './deps.ts';

/**
 * After so many processes that died over it a photoshoot's photos are prepared with nothing else beside them: it may
 * have been in bad company.
 */
const ALONE_AFTER = 2;
/** After so many it is known to be its own doing, because it was alone at the last one. */
const REFUSED_AFTER = 3;

/**
 * The views of a product as the provider takes them: fetched from Telegram, checked by their bytes, upright
 * JPEGs of at most 1920 pixels a side.
 * @throws AppError image-… for a file that is no usable picture, file-too-large, file-gone, imaging-busy
 */
export async function loadPhotos(
  deps: Pick<PipelineDeps, 'db' | 'gateway' | 'images'>,
  photoshoot: Pick<Photoshoot, 'id' | 'lostPreparations'>,
  signal: AbortSignal,
): Promise<Uint8Array[]> {
  const { id, lostPreparations: lost } = photoshoot;
  if (lost >= REFUSED_AFTER) {
    throw new AppError('image-unreadable', `${lost} processes died while they prepared these photos`);
  }
  const fileIds = await readPhotos(deps.db, id);
  const files = await Promise.all(
    fileIds.map(async (fileId) => {
      const bytes = await fetchPhoto(deps.gateway, fileId, { signal });
      deps.images.inspect(bytes);
      return bytes;
    }),
  );
  const prepareAll = async (prepare: ImagePool['prepare']) => {
    await beginPreparation(deps.db, id);
    try {
      return await Promise.all(files.map((bytes) => prepare(bytes, signal)));
    } finally {
      await endPreparation(deps.db, id);
    }
  };
  const prepared = await (lost < ALONE_AFTER
    ? prepareAll(deps.images.prepare)
    : deps.images.alone(prepareAll, signal));
  return prepared.map(({ jpeg }) => jpeg);
}

/** The photo itself is the fault: trying again would end in the same way. */
export function isUselessPhoto(error: unknown): error is AppError {
  return isAppError(error) && (error.code.startsWith('image-') || error.code.startsWith('file-'));
}
