import type { Database } from '../database/client.ts';
import { toError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Run } from '../photoshoots/run/record-picture.ts';
import { type Lease, renewLease, renewLeases } from '../photoshoots/run/start-photoshoot.ts';
import type { CallOptions } from '../telegram/gateway.ts';

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
  /** The run that has it. */
  run: number;
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

type Kept = { run: Run; heard: (lease: Lease) => void };

export type Leases = ReturnType<typeof createLeases>;

/** The leases of this process, which are renewed together. */
export function createLeases(deps: { db: Database; log: Log }) {
  const kept = new Set<Kept>();
  let timer: NodeJS.Timeout | undefined;
  /** When the renewal that is under way was asked for. */
  let askedAt: number | null = null;

  const renewAll = async () => {
    // One whose answer does not come may be on a connection that is dead; the next one is on another.
    if (askedAt !== null && performance.now() - askedAt < FRESH_MS) return;
    const mine = performance.now();
    askedAt = mine;
    try {
      const asked = [...kept];
      const renewed = await renewLeases(
        deps.db,
        asked.map(({ run }) => run),
      );
      for (const lease of asked) {
        const { photoshootId, run } = lease.run;
        const answer = renewed.find((one) => one.photoshootId === photoshootId && one.run === run);
        if (answer === undefined) void renewAlone(lease);
        else lease.heard(answer.lease);
      }
    } catch (error) {
      warnOfLease(deps, error);
    } finally {
      if (askedAt === mine) askedAt = null;
    }
  };

  /** Its row is being written, or it is another worker's. */
  const renewAlone = async ({ run, heard }: Kept) => {
    try {
      heard(await renewLease(deps.db, run.photoshootId, run.run));
    } catch (error) {
      warnOfLease(deps, error);
    }
  };

  return {
    /**
     * Keeps a photoshoot, of which the lease was taken just now, for this worker until `stop`, also while what is
     * finished is delivered after a Cancel or at the end of the process.
     */
    keep(run: Run, parent: AbortSignal): KeptLease {
      const [wanted, lost] = [new AbortController(), new AbortController()];
      const lease: Kept = {
        run,
        heard(answer) {
          if (!kept.has(lease)) return;
          if (answer === 'lost') end(new LeaseEnded('lost'));
          if (answer === 'cancel-requested') wanted.abort();
        },
      };
      const letGo = () => {
        kept.delete(lease);
        if (kept.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
      const end = (reason: LeaseEnded) => {
        if (reason.end === 'lost') letGo();
        wanted.abort();
        lost.abort(reason);
      };
      const onParent = () => end(new LeaseEnded('stopped'));
      parent.addEventListener('abort', onParent, { once: true });
      if (parent.aborted) onParent();
      kept.add(lease);
      timer ??= setInterval(renewAll, RENEW_EVERY_MS);

      return {
        run: run.run,
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
          letGo();
          parent.removeEventListener('abort', onParent);
        },
      };
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
function warnOfLease({ log }: { log: Log }, error: unknown): void {
  log.warn({ err: toError(error) }, 'a lease could not be renewed');
}
