import type { Log } from '../log.ts';
import { backOffMs } from '../time/back-off.ts';
import { waitAtMost } from '../time/deadline.ts';
import { type Apologise, createUpdateHandler, type Handle, type UpdateInWork } from './handle-update.ts';
import type { Inbox, TakenUpdate } from './inbox.ts';
import { createLaneQueues, type LaneTurn } from './lane-queues.ts';
import { createBeginnings, createRecorder, type Handled } from './record-outcomes.ts';
import type { IntakeSettings } from './settings.ts';
import { isLaneOfOne, isUrgent, readUpdate } from './update.ts';

export type InFlight = ReturnType<typeof createInFlight>;

/** Aborted handlers get this long to end, before what they hold is left to others. */
const ABORT_GRACE_MS = 500;

/** Of all that this process handled, over all its lives. */
export type Counts = { handled: number; failed: number };

/**
 * The updates that this process owns and holds in memory, from the moment they are taken until the inbox says what
 * became of them. They stand in their lanes, are handled, and written down.
 * @param options.buried told of each update that was given up
 * @param options.isLate asked before each handler: what may be another's by now is not begun
 * @param options.ranDry a lane has nothing left here
 */
export function createInFlight({
  inbox,
  owner,
  handle,
  apologise,
  isTelegramAway,
  buried,
  isLate,
  ranDry,
  counts,
  log,
  settings,
}: Readonly<{
  inbox: Inbox;
  owner: string;
  handle: Handle;
  apologise: Apologise;
  isTelegramAway: () => boolean;
  buried: (inWork: UpdateInWork, fault: string) => void;
  isLate: () => boolean;
  ranDry: (lane: number) => void;
  counts: Counts;
  log: Log;
  settings: IntakeSettings;
}>) {
  /** Ends when this process has no more time for what it holds. */
  const ending = new AbortController();
  /** Ends whenever handlers may not go on; a new one follows when they may again. */
  let alive = new AbortController();
  const unfinished = new Set<number>();
  const lanes = createLaneQueues<UpdateInWork>(settings.concurrency, run);
  const recorder = createRecorder({ inbox, owner, log, settings }, ending.signal);
  const begin = createBeginnings({ inbox, owner });
  const handleUpdate = createUpdateHandler({ handle, apologise, isTelegramAway, log, settings });

  async function run(inWork: UpdateInWork): Promise<LaneTurn> {
    const { signal } = alive;
    if (signal.aborted || isLate()) return AGAIN;
    if (!inWork.begun) {
      try {
        inWork.begun = await begin(inWork.update.update_id);
      } catch (error) {
        log.warn({ updateId: inWork.update.update_id, err: error }, 'an update could not be begun');
        return { againInMs: backOffMs(1, settings) };
      }
      if (!inWork.begun) {
        // Another process has it: this one was late, and does not know it yet.
        release(inWork);
        return 'through';
      }
    }
    const outcome = await handleUpdate(inWork, signal);
    switch (outcome.kind) {
      case 'kept':
        return AGAIN;
      case 'later':
        // The next try is written down as a handler of its own: this one's time may be over by then.
        inWork.begun = false;
        return { againInMs: outcome.delayMs };
      case 'done':
        counts.handled += 1;
        break;
      case 'dead':
        counts.failed += 1;
        buried(inWork, outcome.fault);
        break;
    }
    record(inWork, outcome);
    return 'through';
  }

  /** The lane's next update does not wait for the record: should that be lost, both are handled again, in order. */
  function record(inWork: UpdateInWork, outcome: Handled['outcome']): void {
    // The recorder never rejects.
    void recorder.add({ updateId: inWork.update.update_id, outcome }).then(() => release(inWork));
  }

  function release(inWork: UpdateInWork): void {
    unfinished.delete(inWork.update.update_id);
    if (!lanes.has(inWork.lane)) ranDry(inWork.lane);
  }

  function take(inWork: UpdateInWork): void {
    unfinished.add(inWork.update.update_id);
    if (isUrgent(inWork.update) && isLaneOfOne(inWork.lane)) lanes.overtake(inWork);
    else lanes.join(inWork);
  }

  return {
    /** Takes an update that the inbox has given to this process. */
    take,
    /** Takes one that was left open; what is no update is closed unhandled. */
    takeOver(row: TakenUpdate, since: number): void {
      const { updateId, lane, deaths, ageMs } = row;
      const update = readUpdate(row.payload);
      if (update !== null) {
        take({ update, lane, deaths, ageMs, since, begun: false, failures: 0, unsure: 0 });
        return;
      }
      log.error({ updateId }, 'a row of the inbox holds no update');
      unfinished.add(updateId);
      void recorder
        .add({ updateId, outcome: { kind: 'dead', fault: 'no update' } })
        .then(() => unfinished.delete(updateId));
    },
    /** Those included that are handled and not yet written down. */
    ids: () => [...unfinished],
    busyLanes: lanes.busy,
    freePlaces: lanes.freePlaces,
    has: lanes.has,
    waitingIn: lanes.waitingIn,
    /** How many more may be held; less than nothing when what may not wait came on top. */
    room: () => settings.capacity - unfinished.size,
    /** Aborts what runs, which stays in its lane, and starts nothing more. */
    pause(): void {
      lanes.hold();
      alive.abort(new Error('this process may not go on'));
    },
    resume(): void {
      alive = new AbortController();
      lanes.resume();
    },
    statistics() {
      const since = lanes.oldestSince();
      return {
        ...counts,
        waiting: lanes.waiting(),
        inFlight: lanes.running(),
        oldestWaitingMs: since === null ? null : Math.round(performance.now() - since),
      };
    },
    /** Starts nothing more. */
    hold: lanes.hold,
    /**
     * Lets handlers end for up to `graceMs`, then aborts them, and forgets what is unfinished. What ended is written
     * down, for which the database gets up to `recordMs`.
     */
    async end(graceMs: number, recordMs: number): Promise<void> {
      lanes.hold();
      await waitAtMost(graceMs, lanes.idle());
      alive.abort(new Error('this process ends'));
      ending.abort();
      await waitAtMost(ABORT_GRACE_MS, lanes.idle());
      lanes.close();
      await waitAtMost(recordMs, recorder.flushed());
    },
  };
}

/** At the front of its lane, for when this process may go on. */
const AGAIN: LaneTurn = { againInMs: 0 };
