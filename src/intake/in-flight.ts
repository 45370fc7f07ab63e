import type { Log } from '../log.ts';
import { backOffMs } from '../time/back-off.ts';
import { waitAtMost } from '../time/deadline.ts';
import { type Apologise, createUpdateHandler, type Handle, type Task } from './handle-update.ts';
import type { Inbox, TakenUpdate } from './inbox.ts';
import { createLaneQueues, type Turn } from './lane-queues.ts';
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
  buried: (task: Task, fault: string) => void;
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
  const held = new Set<number>();
  const lanes = createLaneQueues<Task>(settings.concurrency, run);
  const recorder = createRecorder({ inbox, owner, log, settings }, ending.signal);
  const begin = createBeginnings({ inbox, owner });
  const handleUpdate = createUpdateHandler({ handle, apologise, log, settings });

  async function run(task: Task): Promise<Turn> {
    const { signal } = alive;
    if (signal.aborted || isLate()) return AGAIN;
    if (!task.begun) {
      try {
        task.begun = await begin(task.update.update_id);
      } catch (error) {
        log.warn({ updateId: task.update.update_id, err: error }, 'an update could not be begun');
        return { againInMs: backOffMs(1, settings) };
      }
      if (!task.begun) {
        // Another process has it: this one was late, and does not know it yet.
        release(task);
        return 'through';
      }
    }
    const outcome = await handleUpdate(task, signal);
    switch (outcome.kind) {
      case 'kept':
        return AGAIN;
      case 'later':
        // The next try is written down as a handler of its own: this one's time may be over by then.
        task.begun = false;
        return { againInMs: outcome.delayMs };
      case 'done':
        counts.handled += 1;
        break;
      case 'dead':
        counts.failed += 1;
        buried(task, outcome.fault);
        break;
    }
    record(task, outcome);
    return 'through';
  }

  /** The lane's next update does not wait for the record: should that be lost, both are handled again, in order. */
  function record(task: Task, outcome: Handled['outcome']): void {
    // The recorder never rejects.
    void recorder.add({ updateId: task.update.update_id, outcome }).then(() => release(task));
  }

  function release(task: Task): void {
    held.delete(task.update.update_id);
    if (!lanes.has(task.lane)) ranDry(task.lane);
  }

  function take(task: Task): void {
    held.add(task.update.update_id);
    if (isUrgent(task.update) && isLaneOfOne(task.lane)) lanes.overtake(task);
    else lanes.join(task);
  }

  return {
    /** Takes an update that the inbox has given to this process. */
    take,
    /** Takes one that was left open; what is no update is closed unhandled. */
    takeOver(row: TakenUpdate, since: number): void {
      const { updateId, lane, deaths, ageMs } = row;
      const update = readUpdate(row.payload);
      if (update !== null) {
        take({ update, lane, deaths, ageMs, since, begun: false, failures: 0 });
        return;
      }
      log.error({ updateId }, 'a row of the inbox holds no update');
      held.add(updateId);
      void recorder
        .add({ updateId, outcome: { kind: 'dead', fault: 'no update' } })
        .then(() => held.delete(updateId));
    },
    /** Those included that are handled and not yet written down. */
    heldIds: () => [...held],
    busyLanes: lanes.busy,
    freePlaces: lanes.freePlaces,
    has: lanes.has,
    waitingIn: lanes.waitingIn,
    /** How many more may be held; less than nothing when what may not wait came on top. */
    room: () => settings.capacity - held.size,
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
const AGAIN: Turn = { againInMs: 0 };
