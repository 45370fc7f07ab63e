import type { Update } from '@grammyjs/types';
import { isPassingFault } from '../database/passing-fault.ts';
import type { Log } from '../log.ts';
import { retryAfterMs, TelegramUnreachable } from '../telegram/errors.ts';
import { backOffMs } from '../time/back-off.ts';
import { OverdueError, withDeadline } from '../time/deadline.ts';
import type { IntakeSettings } from './settings.ts';
import { isTooLate, kindOf, tellsOfMoney } from './update.ts';

/** An update that this process owns. */
export type UpdateInWork = {
  readonly update: Update;
  readonly lane: number;
  /** How many processes died while they handled it. */
  readonly deaths: number;
  /** When this process took it, on performance.now()'s clock, and how old it was then, in milliseconds. */
  readonly since: number;
  readonly ageMs: number;
  /** The inbox knows that its handler has begun. */
  begun: boolean;
  /** How often its handler failed in this process … */
  failures: number;
  /** … and how often for want of an answer to what may have been carried out, while Telegram answered others. */
  unsure: number;
};

/**
 * What became of an update. `later`: a fault that passes, which is no fault of the update's. `kept`: nothing, because
 * the process ends, or does not know whether the update is still its own.
 */
export type UpdateOutcome =
  | Readonly<{ kind: 'done' }>
  | Readonly<{ kind: 'kept' }>
  | Readonly<{ kind: 'dead'; fault: string }>
  | Readonly<{ kind: 'later'; delayMs: number }>;

/** Handles one update; must obey the signal, which ends with the deadline and when the process may not go on. */
export type Handle = (update: Update, signal: AbortSignal) => Promise<void>;
/**
 * Tells the person that it did not work, whatever the update was. For one that tells of money it makes sure that
 * the money is not forgotten, and throws when it could not.
 */
export type Apologise = (update: Update, error: unknown) => Promise<void>;

/**
 * How often a handler is tried whose message may have arrived all the same: each try may say it once more. While
 * Telegram answers nobody it is an outage, which costs time and no update.
 */
const UNSURE_ATTEMPTS = 5;
/** From then on whoever has paid is told that it is not forgotten, also while the database is away. */
const MONEY_ATTEMPTS = 4;

/**
 * Makes the function that handles one update once, within its deadline. What cannot be handled is apologised for and
 * buried; one that tells of money is buried only when the money is safe elsewhere. It never rejects.
 */
export function createUpdateHandler({
  handle,
  apologise,
  isTelegramAway,
  log,
  settings,
}: Readonly<{
  handle: Handle;
  apologise: Apologise;
  isTelegramAway: () => boolean;
  log: Log;
  settings: IntakeSettings;
}>) {
  async function buryWithApology(
    inWork: UpdateInWork,
    error: unknown,
    alive: AbortSignal,
  ): Promise<UpdateOutcome> {
    const { update, failures } = inWork;
    const overdue = error instanceof OverdueError;
    log.error(
      { updateId: update.update_id, kind: kindOf(update), failures, overdue, err: error },
      'an update could not be handled',
    );
    try {
      await withDeadline(settings.apologyDeadlineMs, alive, async () => apologise(update, error));
    } catch (failure) {
      if (alive.aborted) return { kind: 'kept' };
      log.error({ updateId: update.update_id, err: failure }, 'an apology could not be given');
      if (tellsOfMoney(update)) return { kind: 'later', delayMs: backOffMs(failures + 1, settings) };
    }
    return { kind: 'dead', fault: wordFor(error) };
  }

  /** The wait before the next try, or null when it would help nobody. */
  function passesInMs(error: unknown, inWork: UpdateInWork): number | null {
    const { failures } = inWork;
    if (isPassingFault(error)) return backOffMs(failures, settings);
    const askedMs = retryAfterMs(error);
    if (askedMs !== null) return askedMs + backOffMs(1, settings);
    if (!(error instanceof TelegramUnreachable)) return null;
    if (error.sent === 'unknown' && !isTelegramAway()) inWork.unsure += 1;
    return inWork.unsure < UNSURE_ATTEMPTS ? backOffMs(failures, settings) : null;
  }

  /** @param alive ends when the process may not go on */
  return async function handleUpdate(inWork: UpdateInWork, alive: AbortSignal): Promise<UpdateOutcome> {
    const { update } = inWork;
    if (isTooLate(update, inWork.ageMs + performance.now() - inWork.since)) {
      log.debug({ updateId: update.update_id }, 'a tap or a checkout is too old to be answered');
      return { kind: 'done' };
    }
    if (inWork.deaths >= settings.maxDeaths) {
      return buryWithApology(
        inWork,
        new Error(`${inWork.deaths} processes died while they handled this update`),
        alive,
      );
    }
    try {
      await withDeadline(settings.handlerDeadlineMs, alive, async (signal) => handle(update, signal));
      return { kind: 'done' };
    } catch (error) {
      // What failed because this process may not go on is not the update's fault.
      if (alive.aborted) return { kind: 'kept' };
      inWork.failures += 1;
      const isPromised = tellsOfMoney(update) && inWork.failures >= MONEY_ATTEMPTS;
      const delayMs = isPromised ? null : passesInMs(error, inWork);
      if (delayMs === null) return buryWithApology(inWork, error, alive);
      log.warn(
        { updateId: update.update_id, failures: inWork.failures, err: error },
        'an update is handled again',
      );
      return { kind: 'later', delayMs };
    }
  };
}

/** The innermost code that an error names, or its name: a message may hold what people wrote. */
function wordFor(error: unknown): string {
  let word = error instanceof Error ? error.name : 'unknown';
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && (typeof cause.code === 'string' || typeof cause.code === 'number')) {
      word = `${cause.name} ${cause.code}`;
    }
  }
  return word;
}
