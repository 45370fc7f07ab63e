/**
 * The loop of attempts behind every call: wait for the turn, send, and repeat where Telegram said “later” or
 * where a repetition cannot do the thing twice.
 */
import type { Log } from '../log.ts';
import { type BackOff, backOffMs } from '../time/back-off.ts';
import { retryAfterMs, TelegramRefused, TelegramUnreachable } from './errors.ts';
import type { Manner } from './methods.ts';
import type { Pacing } from './pacing.ts';
import type { Outcome } from './read-answer.ts';
import type { Exchange } from './transport.ts';
import { GO, type Turn } from './turn.ts';

/**
 * For what must not go out twice: whether it may still leave, asked for as long as nothing of it has. Once the
 * bytes go out neither stops them.
 */
export type Departure = Readonly<{
  /** Ends the wait for the turn, with its reason. */
  signal: AbortSignal;
  /** Asked when the turn has come, before every attempt, however long the wait was; what it throws ends the call. */
  confirm: () => Promise<void>;
}>;

/** One thing to do, as the loop sees it. */
export type Job<T> = Readonly<{
  /** The method, for errors and the log. */
  name: string;
  manner: Manner;
  repeatable: boolean;
  /** The longest wait, all pauses together, that Telegram may ask of this call. */
  maxRetryWaitMs: number;
  signal: AbortSignal | undefined;
  departure: Departure | undefined;
  send: () => Promise<Exchange>;
  read: (exchange: Exchange) => Outcome<T>;
}>;

/** How often a call is repeated after faults at the most, and the waits before it. */
export type Repetitions = BackOff & Readonly<{ repetitions: number }>;

export function createAttempts(deps: { pacing: Pacing; log: Log; afterFault: Repetitions }) {
  const { pacing, log, afterFault } = deps;
  const counts = { calls: 0, refused: 0, unreachable: 0, repeated: 0, inFlight: 0 };

  /**
   * Runs the job to its end. Throws TelegramRefused, TelegramUnreachable, the reason of a signal, or what its
   * departure throws.
   */
  async function perform<T>(job: Job<T>): Promise<T> {
    const place = pacing.nextPlace();
    let patienceMs = job.maxRetryWaitMs;
    let faults = 0;
    counts.calls += 1;
    for (;;) {
      waitSignal(job)?.throwIfAborted();
      const turn = turnOf(job, place);
      // Awaiting costs a round of the microtask queue; nearly every call may go at once.
      proceed(job, turn instanceof Promise ? await turn : turn);
      if (job.departure !== undefined) await job.departure.confirm();
      const outcome = await attempt(job);
      switch (outcome.kind) {
        case 'done':
          return outcome.value;
        case 'refused':
          patienceMs -= await obeyPause(job, outcome.error, patienceMs);
          break;
        case 'unreachable': {
          const mayRepeat = outcome.again === 'safe' || (outcome.again === 'unsafe' && job.repeatable);
          if (faults >= afterFault.repetitions || !mayRepeat) throw counted(outcome.error);
          faults += 1;
          log.warn(
            { method: job.name, fault: faults, reason: outcome.error.message },
            'Telegram was not reached, trying again',
          );
          await rest(job, backOffMs(faults, afterFault));
          break;
        }
      }
      counts.repeated += 1;
    }
  }

  function turnOf(job: Job<unknown>, place: number): Turn | Promise<Turn> {
    const wait = { maxPauseMs: job.maxRetryWaitMs, signal: waitSignal(job) };
    switch (job.manner.kind) {
      case 'message':
        return pacing.takeTurn(job.manner.chat, place, job.manner.weight, wait);
      case 'other':
        return pacing.untilUnpaused(job.manner.chat, wait);
      case 'answer':
        return GO;
    }
  }

  async function attempt<T>(job: Job<T>): Promise<Outcome<T>> {
    counts.inFlight += 1;
    try {
      return job.read(await job.send());
    } finally {
      counts.inFlight -= 1;
    }
  }

  /**
   * Makes everybody whom a “retry after” concerns wait, and answers its length in milliseconds.
   * @throws the refusal itself, when it is another one or when the wait is too long for this call.
   */
  async function obeyPause(job: Job<unknown>, error: TelegramRefused, patienceMs: number): Promise<number> {
    const pauseMs = retryAfterMs(error);
    if (pauseMs === null) throw counted(error);
    log.warn({ method: job.name, pauseMs }, 'Telegram asks to wait');
    // One person who taps madly must not silence the bot, so an answer's pause is its own.
    if (job.manner.kind !== 'answer') pacing.pause(job.manner.chat, pauseMs);
    if (pauseMs > patienceMs) throw counted(error);
    if (job.manner.kind === 'answer') await rest(job, pauseMs);
    return pauseMs;
  }

  async function rest(job: Job<unknown>, ms: number): Promise<void> {
    proceed(job, await pacing.rest(ms, waitSignal(job)));
  }

  function waitSignal({ signal, departure }: Job<unknown>): AbortSignal | undefined {
    if (departure === undefined || signal === undefined) return departure?.signal ?? signal;
    return AbortSignal.any([signal, departure.signal]);
  }

  /** Nothing, when the call may go on; otherwise what its caller is told. */
  function proceed(job: Job<unknown>, turn: Turn): void {
    switch (turn.kind) {
      case 'go':
        return;
      case 'closed':
        throw counted(new TelegramUnreachable(job.name, 'no', 'the gateway is closed'));
      case 'paused': {
        const seconds = Math.ceil(turn.forMs / 1000);
        const description = `Too Many Requests: retry after ${seconds}`;
        throw counted(new TelegramRefused(job.name, 429, description, { retry_after: seconds }));
      }
    }
  }

  function counted(error: TelegramRefused | TelegramUnreachable): Error {
    if (error instanceof TelegramRefused) counts.refused += 1;
    else counts.unreachable += 1;
    return error;
  }

  return { perform, counts: (): Readonly<typeof counts> => ({ ...counts }) };
}
