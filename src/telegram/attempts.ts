/**
 * The loop of attempts behind every call: wait for admission, send, and repeat where Telegram said “later” or
 * where a repetition cannot do the thing twice.
 */
import type { PartHealth } from '../health.ts';
import type { Log } from '../log.ts';
import { type BackOff, backOffMs } from '../time/back-off.ts';
import { type Admission, GO } from './admission.ts';
import { retryAfterMs, TelegramRefused, TelegramUnreachable } from './errors.ts';
import type { CallClass } from './methods.ts';
import type { Pacing } from './pacing.ts';
import type { CallOutcome } from './read-answer.ts';
import type { Exchange } from './transport.ts';

/**
 * For what must not go out twice: whether it may still leave, asked for as long as nothing of it has. Once the
 * bytes go out neither stops them.
 */
export type Departure = Readonly<{
  /** Ends the wait for admission, with its reason. */
  signal: AbortSignal;
  /** Asked when the call is admitted, before every attempt, however long the wait was; what it throws ends the call. */
  confirm: () => Promise<void>;
}>;

/** One thing to do, as the loop sees it. */
export type OutgoingCall<T> = Readonly<{
  /** The method, for errors and the log. */
  name: string;
  callClass: CallClass;
  repeatable: boolean;
  /** The longest wait, all pauses together, that Telegram may ask of this call. */
  maxRetryWaitMs: number;
  signal: AbortSignal | undefined;
  departure: Departure | undefined;
  send: () => Promise<Exchange>;
  read: (exchange: Exchange) => CallOutcome<T>;
}>;

/** How often a call is repeated after faults at the most, and the waits before it. */
export type Repetitions = BackOff & Readonly<{ repetitions: number }>;

/** Attempts in a row without an answer until Telegram counts as away: more than one call makes. */
const SILENT_ATTEMPTS = 5;

export function createAttempts(deps: { pacing: Pacing; log: Log; afterFault: Repetitions }) {
  const { pacing, log, afterFault } = deps;
  const counts = { calls: 0, refused: 0, unreachable: 0, repeated: 0, inFlight: 0 };
  /** Attempts in a row without a valid answer; null: Telegram has not answered at all yet. */
  let silent: number | null = null;

  /**
   * Runs the call to its end. Throws TelegramRefused, TelegramUnreachable, the reason of a signal, or what its
   * departure throws.
   */
  async function perform<T>(call: OutgoingCall<T>): Promise<T> {
    const place = pacing.nextPlace();
    let patienceMs = call.maxRetryWaitMs;
    let faults = 0;
    counts.calls += 1;
    for (;;) {
      waitSignal(call)?.throwIfAborted();
      const admission = admissionOf(call, place);
      // Awaiting costs a round of the microtask queue; nearly every call may go at once.
      proceed(call, admission instanceof Promise ? await admission : admission);
      if (call.departure !== undefined) await call.departure.confirm();
      const outcome = await attempt(call);
      switch (outcome.kind) {
        case 'done':
          return outcome.value;
        case 'refused':
          patienceMs -= await obeyPause(call, outcome.error, patienceMs);
          break;
        case 'unreachable': {
          const mayRepeat = outcome.again === 'safe' || (outcome.again === 'unsafe' && call.repeatable);
          if (faults >= afterFault.repetitions || !mayRepeat) throw counted(outcome.error);
          faults += 1;
          log.warn(
            { method: call.name, fault: faults, reason: outcome.error.message },
            'Telegram was not reached, trying again',
          );
          await rest(call, backOffMs(faults, afterFault));
          break;
        }
      }
      counts.repeated += 1;
    }
  }

  function admissionOf(call: OutgoingCall<unknown>, place: number): Admission | Promise<Admission> {
    const wait = { maxPauseMs: call.maxRetryWaitMs, signal: waitSignal(call) };
    switch (call.callClass.kind) {
      case 'message':
        return pacing.admit(call.callClass.chat, place, call.callClass.weight, wait);
      case 'other':
        return pacing.untilUnpaused(call.callClass.chat, wait);
      case 'answer':
        return GO;
    }
  }

  async function attempt<T>(call: OutgoingCall<T>): Promise<CallOutcome<T>> {
    counts.inFlight += 1;
    try {
      const outcome = call.read(await call.send());
      silent = outcome.kind !== 'unreachable' ? 0 : silent === null ? null : silent + 1;
      return outcome;
    } finally {
      counts.inFlight -= 1;
    }
  }

  /**
   * Makes everybody whom a “retry after” concerns wait, and answers its length in milliseconds.
   * @throws the refusal itself, when it is another one or when the wait is too long for this call.
   */
  async function obeyPause(
    call: OutgoingCall<unknown>,
    error: TelegramRefused,
    patienceMs: number,
  ): Promise<number> {
    const pauseMs = retryAfterMs(error);
    if (pauseMs === null) throw counted(error);
    log.warn({ method: call.name, pauseMs }, 'Telegram asks to wait');
    // One person who taps madly must not silence the bot, so an answer's pause is its own.
    if (call.callClass.kind !== 'answer') pacing.pause(call.callClass.chat, pauseMs);
    if (pauseMs > patienceMs) throw counted(error);
    if (call.callClass.kind === 'answer') await rest(call, pauseMs);
    return pauseMs;
  }

  async function rest(call: OutgoingCall<unknown>, ms: number): Promise<void> {
    proceed(call, await pacing.rest(ms, waitSignal(call)));
  }

  function waitSignal({ signal, departure }: OutgoingCall<unknown>): AbortSignal | undefined {
    if (departure === undefined || signal === undefined) return departure?.signal ?? signal;
    return AbortSignal.any([signal, departure.signal]);
  }

  /** Nothing, when the call may go on; otherwise what its caller is told. */
  function proceed(call: OutgoingCall<unknown>, admission: Admission): void {
    switch (admission.kind) {
      case 'go':
        return;
      case 'closed':
        throw counted(new TelegramUnreachable(call.name, 'no', 'the gateway is closed'));
      case 'paused': {
        const seconds = Math.ceil(admission.forMs / 1000);
        const description = `Too Many Requests: retry after ${seconds}`;
        throw counted(new TelegramRefused(call.name, 429, description, { retry_after: seconds }));
      }
    }
  }

  function counted(error: TelegramRefused | TelegramUnreachable): Error {
    if (error instanceof TelegramRefused) counts.refused += 1;
    else counts.unreachable += 1;
    return error;
  }

  /** Whatever waits for Telegram waits in rows, so nothing of this needs a restart. */
  function health(): PartHealth {
    if (silent === null) return { status: 'degraded', note: 'Telegram has not answered yet' };
    return isAway() ? { status: 'degraded', note: 'Telegram does not answer' } : { status: 'ok' };
  }

  function isAway(): boolean {
    return silent === null || silent >= SILENT_ATTEMPTS;
  }

  return { perform, health, isAway, counts: (): Readonly<typeof counts> => ({ ...counts }) };
}
