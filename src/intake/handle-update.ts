import type { Update } from '@grammyjs/types';
import { isTransientFault } from '../database/passing-fault.ts';
import type { Log } from '../log.ts';
import { backOffMs } from '../time/back-off.ts';
import { OverdueError, withDeadline } from '../time/deadline.ts';
import { pause } from '../time/pause.ts';
import type { IntakeSettings } from './settings.ts';
import { kindOf, tellsOfMoney } from './update.ts';

/** An update in this process's hands. */
export type Task = Readonly<{
  update: Update;
  lane: number;
  /** How often a process died with it in its hands. */
  deaths: number;
  /** When it came into these hands, on performance.now()'s clock. */
  since: number;
}>;

/** What became of an update; `kept`: nothing, it is for another process or for the next start. */
export type Outcome =
  | Readonly<{ kind: 'done' }>
  | Readonly<{ kind: 'dead'; failures: number }>
  | Readonly<{ kind: 'kept' }>;

/** Handles one update; must obey the signal, which ends with the deadline and with the process's last moment. */
export type Handle = (update: Update, signal: AbortSignal) => Promise<void>;
/**
 * Tells the person that it did not work, whatever the update was. For one that tells of money it makes sure that
 * the money is not forgotten, and throws when it could not.
 */
export type Apologise = (update: Update, error: unknown) => Promise<void>;

/**
 * Makes the function that sees one update through: it is handled within its deadline, again after a fault of
 * the database, and apologised for once when it cannot be handled. One that tells of money is given up only when
 * the money is safe elsewhere; until then it is tried again. It never rejects.
 * @param isStillOurs asked before each attempt, since another process may have taken the update meanwhile
 */
export function createAttendant({
  handle,
  apologise,
  isStillOurs,
  stop,
  log,
  settings,
}: Readonly<{
  handle: Handle;
  apologise: Apologise;
  isStillOurs: (task: Task) => Promise<boolean>;
  stop: AbortSignal;
  log: Log;
  settings: IntakeSettings;
}>): (task: Task) => Promise<Outcome> {
  /** @returns false when it was not said: the process ended before, or the money is not safe */
  async function tell(update: Update, error: unknown): Promise<boolean> {
    try {
      await withDeadline(settings.apologyDeadlineMs, stop, async () => apologise(update, error));
    } catch (failure) {
      if (stop.aborted) return false;
      log.error({ updateId: update.update_id, error: failure }, 'an apology could not be given');
      if (tellsOfMoney(update)) return false;
    }
    return true;
  }

  /** @returns true when nothing more is to be done about the update */
  async function giveUp({ update }: Task, failures: number, error: unknown): Promise<boolean> {
    const overdue = error instanceof OverdueError;
    log.error(
      { updateId: update.update_id, kind: kindOf(update), failures, overdue, error },
      'an update could not be handled',
    );
    return tell(update, error);
  }

  return async (task) => {
    const { update } = task;
    for (let failures = 1; ; failures++) {
      if (!(await isStillOurs(task))) return { kind: 'kept' };
      try {
        if (task.deaths >= settings.maxDeaths) {
          throw new Error(`${task.deaths} processes died while they had this update`);
        }
        await withDeadline(settings.handlerDeadlineMs, stop, async (signal) => handle(update, signal));
        return { kind: 'done' };
      } catch (error) {
        // What failed because this process ends is not the update's fault; the next start handles it.
        if (stop.aborted) return { kind: 'kept' };
        const delayMs = isTransientFault(error) ? settings.retryDelaysMs[failures - 1] : undefined;
        if (delayMs === undefined && (await giveUp(task, failures, error))) return { kind: 'dead', failures };
        log.warn({ updateId: update.update_id, failures, error }, 'an update is handled again');
        if (!(await pause(delayMs ?? backOffMs(failures, settings), stop))) return { kind: 'kept' };
      }
    }
  };
}
