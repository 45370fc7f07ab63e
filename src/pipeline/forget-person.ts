import { cacheTagOf } from '../customers/cache-tag.ts';
import { dropRecognitions } from '../photoshoots/kept-recognitions.ts';
import type { PipelineDeps } from './deps.ts';

type Deps = Pick<PipelineDeps, 'db' | 'recognitions' | 'preparedPhotos' | 'thumbnails' | 'pseudonymOf'>;

/**
 * Drops what the caches hold of a person, wherever they keep it: memory, Redis, the disk, the database.
 * @returns how much of it there was here; Redis does not say
 */
export async function forgetPerson(deps: Deps, userId: number): Promise<number> {
  const owner = cacheTagOf(deps, userId);
  // What is kept first: memory could be filled from it in between.
  const kept = await dropRecognitions(deps.db, userId);
  const forgotten = await Promise.all([
    deps.recognitions.invalidate([owner]),
    deps.preparedPhotos.forget(owner),
    deps.thumbnails.invalidate([owner]),
  ]);
  return forgotten.reduce((sum, one) => sum + one, kept);
}
