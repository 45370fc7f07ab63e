import { toError } from '../errors.ts';
import type { Run } from '../photoshoots/run/record-picture.ts';
import { type Lease, renewLease } from '../photoshoots/run/start-photoshoot.ts';
import { pause } from '../time/pause.ts';
import type { PipelineDeps } from './deps.ts';

/** How soon a worker notices that the seller pressed Cancel; far below the lease's time. */
const RENEW_EVERY_MS = 1000;

/** `stopped`: this process ends. `lost`: another worker has the photoshoot. */
type LeaseEnd = 'cancelled' | 'lost' | 'stopped';

export type KeptLease = {
  /** Ends when the work must: its reason for doing so is `ended()`. */
  signal: AbortSignal;
  ended(): LeaseEnd | null;
  stop(): void;
};

/** Keeps a photoshoot for this worker until `stop`, and ends `signal` as soon as the work is not wanted. */
export function keepLease(deps: Pick<PipelineDeps, 'db' | 'log'>, run: Run, parent: AbortSignal): KeptLease {
  const work = new AbortController();
  const keeping = new AbortController();
  let end: LeaseEnd | null = null;
  const finish = (reason: LeaseEnd) => {
    end ??= reason;
    work.abort();
    keeping.abort();
  };
  const onParent = () => finish('stopped');
  parent.addEventListener('abort', onParent, { once: true });
  if (parent.aborted) onParent();

  const keep = async () => {
    while (!keeping.signal.aborted) {
      const lease = await tryRenew(deps, run);
      if (lease === 'cancel-requested') return finish('cancelled');
      if (lease === 'lost') return finish('lost');
      await pause(RENEW_EVERY_MS, keeping.signal);
    }
  };
  void keep();

  return {
    signal: work.signal,
    ended: () => end,
    stop() {
      keeping.abort();
      parent.removeEventListener('abort', onParent);
    },
  };
}

/** A database that is away for a moment is no reason to stop: the lease lasts longer, and the fence holds. */
async function tryRenew(deps: Pick<PipelineDeps, 'db' | 'log'>, run: Run): Promise<Lease> {
  try {
    return await renewLease(deps.db, run.photoshootId, run.run);
  } catch (error) {
    deps.log.warn({ err: toError(error) }, 'a lease could not be renewed');
    return 'held';
  }
}
