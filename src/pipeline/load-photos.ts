import { createHash } from 'node:crypto';
import { cacheTagOf } from '../customers/cache-tag.ts';
import { AppError, isAppError } from '../errors.ts';
import type { ImagePool, PreparedPhoto } from '../imaging/pool.ts';
import { beginPreparation, endPreparation } from '../photoshoots/mark-preparation.ts';
import { readLargestFileId } from '../photoshoots/originals.ts';
import type { Photoshoot } from '../photoshoots/photoshoot.ts';
import type { PhotoFile } from '../photoshoots/read-photoshoot.ts';
import { readPictureBytes } from '../photoshoots/run/record-picture.ts';
import { fetchPhoto } from '../telegram/fetch-photo.ts';
import type { PipelineDeps } from './deps.ts';

type Deps = Pick<PipelineDeps, 'db' | 'gateway' | 'images' | 'pseudonymOf'> & {
  preparedPhotos: Pick<PipelineDeps['preparedPhotos'], 'find' | 'keep'>;
};
type Source = Pick<Photoshoot, 'id' | 'userId' | 'lostPreparations'>;

/**
 * After so many processes that died over it a photoshoot's photos are prepared with nothing else beside them: it may
 * have been in bad company.
 */
const ALONE_AFTER = 2;
/** After so many it is known to be its own doing, because it was alone at the last one. */
const REFUSED_AFTER = 3;

/**
 * The views of a product as the provider takes them: upright JPEGs of at most 1920 pixels a side, and what each lacks.
 * They come from the cache of prepared photos, or are fetched from Telegram and checked by their bytes.
 * @throws AppError image-… for a file that is no usable picture, file-too-large, file-gone, imaging-busy
 */
export async function loadPhotos(
  deps: Deps,
  photoshoot: Source,
  photos: readonly PhotoFile[],
  signal: AbortSignal,
): Promise<PreparedPhoto[]> {
  return prepare(deps, photoshoot, viewsOf(deps, photos, signal), signal);
}

/**
 * The same with the picture that the photoshoot begins with, where there is one: as the provider made it for as long
 * as its bytes are kept, later as Telegram has it.
 * @throws AppError as `loadPhotos`
 */
export async function loadSources(
  deps: Deps,
  photoshoot: Source & Pick<Photoshoot, 'basedOnPictureId'>,
  photos: readonly PhotoFile[],
  signal: AbortSignal,
): Promise<{ photos: Uint8Array[]; before: Uint8Array | null }> {
  const { basedOnPictureId: pictureId } = photoshoot;
  const views = viewsOf(deps, photos, signal);
  if (pictureId === null) {
    return { photos: jpegsOf(await prepare(deps, photoshoot, views, signal)), before: null };
  }
  const picture = { key: null, isNamed: true, fetch: () => fetchPicture(deps, pictureId, signal) };
  const prepared = jpegsOf(await prepare(deps, photoshoot, [...views, picture], signal));
  return { photos: prepared.slice(0, -1), before: prepared.at(-1) ?? null };
}

/** The photos without what they lack, as the providers take them. */
export function jpegsOf(photos: readonly PreparedPhoto[]): Uint8Array[] {
  return photos.map(({ jpeg }) => jpeg);
}

/** Names the pixels of a photo as it was prepared, whichever file it came in. */
export function contentHashOf({ jpeg }: PreparedPhoto): string {
  return createHash('sha256').update(jpeg).digest('base64url');
}

/** `key` names its bytes for ever; null for what is not kept. `isNamed`: its row has the name of its content. */
type Unprepared = Readonly<{ key: string | null; isNamed: boolean; fetch: () => Promise<Uint8Array> }>;

function viewsOf(deps: Deps, photos: readonly PhotoFile[], signal: AbortSignal): Unprepared[] {
  return photos.map(({ fileId, fileUniqueId, contentHash }) => ({
    key: fileUniqueId,
    isNamed: contentHash !== null,
    fetch: () => fetchChecked(deps, fileId, signal),
  }));
}

async function fetchPicture(deps: Deps, pictureId: number, signal: AbortSignal): Promise<Uint8Array> {
  const kept = await readPictureBytes(deps.db, pictureId);
  if (kept !== null) return kept;
  const fileId = await readLargestFileId(deps.db, pictureId);
  if (fileId === null) throw new AppError('file-gone', 'the picture was never sent');
  return fetchChecked(deps, fileId, signal);
}

async function fetchChecked(deps: Deps, fileId: string, signal: AbortSignal): Promise<Uint8Array> {
  const bytes = await fetchPhoto(deps.gateway, fileId, { signal });
  deps.images.inspect(bytes);
  return bytes;
}

async function prepare(
  deps: Deps,
  photoshoot: Source,
  views: readonly Unprepared[],
  signal: AbortSignal,
): Promise<PreparedPhoto[]> {
  const { photos, wasMarked } = await prepareMissing(deps, photoshoot, views, signal);
  const named = views.flatMap(({ key, isNamed }, index) => {
    const photo = photos[index];
    if (isNamed || key === null || photo === undefined) return [];
    return [{ fileUniqueId: key, contentHash: contentHashOf(photo), look: photo.look }];
  });
  if (wasMarked || named.length > 0) await endPreparation(deps.db, photoshoot.id, named);
  return photos;
}

/** `wasMarked`: something was prepared, and whoever goes on with it says that it has ended. */
type PreparedViews = Readonly<{ photos: PreparedPhoto[]; wasMarked: boolean }>;

async function prepareMissing(
  deps: Deps,
  { id, userId, lostPreparations: lost }: Source,
  views: readonly Unprepared[],
  signal: AbortSignal,
): Promise<PreparedViews> {
  if (lost >= REFUSED_AFTER) {
    throw new AppError('image-unreadable', `${lost} processes died while they prepared these photos`);
  }
  const owner = cacheTagOf(deps, userId);
  const kept = await Promise.all(
    views.map(({ key }) => (key === null ? null : deps.preparedPhotos.find(owner, key))),
  );
  const missing = views.filter((_, index) => kept[index] === null);
  if (missing.length === 0) return { photos: kept.filter((photo) => photo !== null), wasMarked: false };
  const files = await Promise.all(missing.map(({ fetch }) => fetch()));
  const prepareAll = async (prepareOne: ImagePool['prepare']) => {
    await beginPreparation(deps.db, id);
    try {
      return await Promise.all(files.map((bytes) => prepareOne(bytes, signal)));
    } catch (error) {
      await endPreparation(deps.db, id);
      throw error;
    }
  };
  const prepared = await (lost < ALONE_AFTER
    ? prepareAll(deps.images.prepare)
    : deps.images.alone(prepareAll, signal));
  for (const [index, { key }] of missing.entries()) {
    const photo = prepared[index];
    if (key !== null && photo !== undefined) deps.preparedPhotos.keep(owner, key, photo);
  }
  return { photos: kept.flatMap((photo) => photo ?? prepared.shift() ?? []), wasMarked: true };
}

/** The photo itself is the fault: trying again would end in the same way. */
export function isUselessPhoto(error: unknown): error is AppError {
  return isAppError(error) && (error.code.startsWith('image-') || error.code.startsWith('file-'));
}
