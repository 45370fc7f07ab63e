/** Deletions whose days to come back are over: what is being made ends, the caches forget, everything goes. */
import { toError } from '../errors.ts';
import { tellPerson } from '../messenger/tell-person.ts';
import { endWorkOf } from '../photoshoots/run/end-unclaimed.ts';
import { erasePerson, readDueDeletions } from '../privacy/erase-person.ts';
import type { PipelineDeps } from './deps.ts';
import { forgetPerson } from './forget-person.ts';

type Deps = Pick<
  PipelineDeps,
  | 'db'
  | 'queue'
  | 'gateway'
  | 'texts'
  | 'log'
  | 'referral'
  | 'pseudonymOf'
  | 'recognitions'
  | 'preparedPhotos'
  | 'thumbnails'
  | 'rateLimits'
>;

/** Each is a handful of statements; who is left is there in a minute. */
const MOST_AT_ONCE = 20;

/**
 * Deletes whoever is due. One whom work or money holds up is tried again at the next time, as is one at whom the process
 * died: the deletion is one transaction, and all before it can be done again.
 * @returns how many were deleted
 */
export async function deleteDue(deps: Deps, now: Date, signal: AbortSignal): Promise<number> {
  let deleted = 0;
  for (const due of await readDueDeletions(deps.db, MOST_AT_ONCE, now)) {
    if (signal.aborted) break;
    try {
      if (await deleteOne(deps, due, now)) deleted += 1;
    } catch (error) {
      deps.log.warn({ err: toError(error) }, 'a deletion failed: it is tried again');
    }
  }
  return deleted;
}

async function deleteOne(
  deps: Deps,
  { userId, language }: { userId: number; language: string },
  now: Date,
): Promise<boolean> {
  await endWorkOf(deps, userId);
  // Before the rows: who dies behind this does it again. Nothing of somebody who leaves comes in anew.
  await forgetPerson(deps, userId);
  await deps.rateLimits.forgetPerson(userId);
  const erasure = await erasePerson(deps, userId, now);
  if (erasure !== 'erased') {
    deps.log.info({ erasure }, 'a deletion waits');
    return false;
  }
  deps.log.info('a person’s data was deleted');
  await tellPerson(deps, userId, (t) => t('deletion-done'), { spoken: language });
  return true;
}
