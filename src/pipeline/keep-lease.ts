import { toError } from '../errors.ts';
import type { Run } from '../photoshoots/run/record-picture.ts';
import { type Lease, renewLease } from '../photoshoots/run/start-photoshoot.ts';
import type { CallOptions } from '../telegram/gateway.ts';
import { pause } from '../time/pause.ts';
import type { PipelineDeps } from './deps.ts';

/** How soon a worker notices that the seller pressed Cancel; far below the lease's time. */
const RENEW_EVERY_MS = 1000;
/**
 * An answer that is older than this is asked for again: the process may have been frozen with it in hand. A third
 * of the lease's time, so that nobody else can have taken the photoshoot when what it allows begins.
 */
const FRESH_MS = 5000;

/** `stopped`: this process ends. `lost`: another worker has the photoshoot. */
export class LeaseEnded extends Error {
  override readonly name = 'LeaseEnded';
  readonly end: 'lost' | 'stopped';

  constructor(end: LeaseEnded['end']) {
    super(end === 'lost' ? 'another worker has the photoshoot' : 'the process stops');
    this.end = end;
  }
}

export type KeptLease = {
  /** Ends when nothing more is to be made: the seller has cancelled, or the lease has ended. */
  wanted: AbortSignal;
  /** Ends with the lease; its reason is a LeaseEnded. */
  untilLost: AbortSignal;
  /**
   * Asks `fence`, which writes to the photoshoot's row as long as this run has it, until it has answered just now.
   * @throws LeaseEnded
   */
  confirm(fence: (run: Run) => Promise<boolean>): Promise<void>;
  /** The lease is no longer renewed. */
  stop(): void;
};

/**
 * Keeps a photoshoot for this worker until `stop`, also while what is finished is delivered after a Cancel or at
 * the end of the process.
 */
export function keepLease(deps: Pick<PipelineDeps, 'db' | 'log'>, run: Run, parent: AbortSignal): KeptLease {
  const [wanted, lost, keeping] = [new AbortController(), new AbortController(), new AbortController()];
  const end = (reason: LeaseEnded) => {
    wanted.abort();
    lost.abort(reason);
  };
  const onParent = () => end(new LeaseEnded('stopped'));
  parent.addEventListener('abort', onParent, { once: true });
  if (parent.aborted) onParent();

  const keep = async () => {
    while (!keeping.signal.aborted) {
      const lease = await tryRenew(deps, run);
      if (lease === 'lost') return end(new LeaseEnded('lost'));
      if (lease === 'cancel-requested') wanted.abort();
      await pause(RENEW_EVERY_MS, keeping.signal);
    }
  };
  void keep();

  return {
    wanted: wanted.signal,
    untilLost: lost.signal,
    async confirm(fence) {
      for (let isFresh = false; !isFresh; ) {
        lost.signal.throwIfAborted();
        const askedAt = performance.now();
        if (!(await fence(run))) throw new LeaseEnded('lost');
        isFresh = performance.now() - askedAt < FRESH_MS;
      }
    },
    stop() {
      keeping.abort();
      parent.removeEventListener('abort', onParent);
    },
  };
}

/**
 * How a message goes out that must come once: only while the lease is ours and `fence` says so at the last moment.
 * It waits for no “retry after” here, but with the queue, so that nobody holds a photoshoot for the sake of a wait.
 */
export function departWithin(lease: KeptLease, fence: (run: Run) => Promise<boolean>): CallOptions {
  return { departure: { signal: lease.untilLost, confirm: () => lease.confirm(fence) }, maxRetryWaitMs: 0 };
}

/** A database that is away for a moment is no reason to stop: the lease lasts longer, and the fence holds. */
async function tryRenew(deps: Pick<PipelineDeps, 'db' | 'log'>, run: Run): Promise<Lease> {
  try {
    return await renewLease(deps.db, run.photoshootId, run.run);
  } catch (error) {
    deps.log.warn({ err: toError(error) }, 'a lease could not be renewed');
    return 'kept';
  }
}
