import type { Log } from '../log.ts';
import { backOffMs } from '../time/back-off.ts';
import { waitAtMost } from '../time/deadline.ts';
import { pause } from '../time/pause.ts';
import { type Apologise, createAttendant, type Handle, type Outcome, type Task } from './handle-update.ts';
import { createHeld } from './held.ts';
import type { Inbox } from './inbox.ts';
import { createLines } from './lane-queues.ts';
import { createRecorder } from './record-outcomes.ts';
import type { IntakeSettings } from './settings.ts';
import { isUrgent } from './update.ts';

export type Hands = ReturnType<typeof createHands>;

/** Aborted handlers get this long to end, before what they hold is given up. */
const ABORT_GRACE_MS = 500;
/** What a lease must have left beyond the time that a handler and its apology may take. */
const LEASE_MARGIN_MS = 5_000;

/**
 * What this process has in its hands: the updates that it owns and holds in memory, from the moment they are
 * taken until the inbox says what became of them. They stand in line, are seen through, and written down.
 */
export function createHands({
  inbox,
  handle,
  apologise,
  log,
  settings,
}: Readonly<{ inbox: Inbox; handle: Handle; apologise: Apologise; log: Log; settings: IntakeSettings }>) {
  /** Aborted when the process has no more time for its handlers. */
  const ending = new AbortController();
  const held = createHeld(settings.capacity);
  const lines = createLines<Task>(settings.concurrency, finish);
  const recorder = createRecorder(inbox, log, settings, ending.signal);
  const attend = createAttendant({ handle, apologise, isStillOurs, stop: ending.signal, log, settings });
  const counts = { handled: 0, failed: 0 };
  /** Before this age a lease certainly outlasts one more attempt. */
  const freshMs =
    settings.leaseMs - settings.handlerDeadlineMs - settings.apologyDeadlineMs - LEASE_MARGIN_MS;

  async function finish(task: Task): Promise<void> {
    settle(task.update.update_id, await attend(task));
  }

  /** The lane's next update does not wait for the record: should that be lost, both are handled again, in order. */
  function settle(updateId: number, outcome: Outcome): void {
    switch (outcome.kind) {
      case 'kept':
        held.delete(updateId);
        return;
      case 'done':
        counts.handled += 1;
        break;
      case 'dead':
        counts.failed += 1;
        break;
    }
    // The recorder never rejects.
    void recorder.add({ updateId, outcome }).then(() => held.delete(updateId));
  }

  /**
   * Renews a lease that may not outlast one more attempt. When another process has taken the update, or one
   * in front of it, the rest of the lane is given up as well, for the sake of the order.
   */
  async function isStillOurs(task: Task): Promise<boolean> {
    if (performance.now() - task.since < freshMs) return true;
    for (let failures = 1; ; failures++) {
      try {
        const ours = await inbox.renew(task.lane);
        if (ours.has(task.update.update_id)) return true;
        await giveUp([task, ...lines.clear(task.lane)]);
        return false;
      } catch (error) {
        log.warn({ updateId: task.update.update_id, failures, error }, 'a lease could not be renewed');
        if (!(await pause(backOffMs(failures, settings), ending.signal))) return false;
      }
    }
  }

  async function giveUp(tasks: readonly Task[]): Promise<void> {
    log.warn({ updates: tasks.length }, 'updates that waited here for too long were left to another process');
    const ids = tasks.map(({ update }) => update.update_id);
    try {
      await inbox.release(ids);
    } finally {
      // Not before: in nobody's hands they could be taken over by this very process, and then be released.
      for (const id of ids) held.delete(id);
    }
  }

  return {
    /** Takes an update that the inbox has given to this process. */
    take(task: Task): void {
      held.add(task.update.update_id);
      if (isUrgent(task.update)) lines.overtake(task);
      else lines.join(task);
    },
    /** Writes down what became of an update without handling it. */
    dismiss(updateId: number, outcome: Outcome): void {
      held.add(updateId);
      settle(updateId, outcome);
    },
    /** Those included that are handled and not yet written down. */
    heldIds: held.ids,
    room: held.room,
    untilRoom: held.untilRoom,
    statistics() {
      const since = lines.oldestSince();
      return {
        ...counts,
        waiting: lines.waiting(),
        inFlight: lines.running(),
        oldestWaitingMs: since === null ? null : Math.round(performance.now() - since),
      };
    },
    /** Starts nothing more. */
    close: () => lines.close(),
    /**
     * After `close`: lets handlers end for up to `graceMs`, then aborts them. What ended is written down, for
     * which the database gets up to `recordMs`.
     */
    async end(graceMs: number, recordMs: number): Promise<void> {
      await waitAtMost(graceMs, lines.idle());
      ending.abort();
      await waitAtMost(ABORT_GRACE_MS, lines.idle());
      await waitAtMost(recordMs, recorder.flushed());
    },
  };
}
