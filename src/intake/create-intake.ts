/**
 * The intake: updates come in by polling or by webhook, are written to the inbox, and only then confirmed;
 * a chat's updates are handled in order, chats side by side, whoever fails does so alone, and what a process
 * leaves unfinished is handled by another one, or by the next start.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Update } from '@grammyjs/types';
import type { Database } from '../database/client.ts';
import type { PartHealth } from '../health.ts';
import type { Log } from '../log.ts';
import { backOffMs } from '../time/back-off.ts';
import { waitAtMost } from '../time/deadline.ts';
import { pause } from '../time/pause.ts';
import type { Apologise, Handle } from './handle-update.ts';
import { intakeHealth } from './health.ts';
import { createHeartbeat } from './heartbeat.ts';
import { createInFlight } from './in-flight.ts';
import { createInbox } from './inbox.ts';
import { createOvertaking } from './overtaking.ts';
import { createPolling, type PollingCalls } from './polling.ts';
import { INTAKE_SETTINGS, type IntakeSettings } from './settings.ts';
import { createTakeIn, type Life } from './take-in.ts';
import { isUrgent, kindOf } from './update.ts';

/** Polling is for one process at a time, a webhook for any number. */
export type IntakeSource =
  | Readonly<{ kind: 'polling'; calls: PollingCalls; pollSeconds?: number }>
  | Readonly<{ kind: 'webhook' }>;

/** Of this process: `waiting` and `inFlight` are now, the others counted since the start. */
export type IntakeStatistics = Readonly<{
  waiting: number;
  inFlight: number;
  handled: number;
  failed: number;
  repeated: number;
  oldestWaitingMs: number | null;
}>;

/** An update that was given up; `kind` is Telegram's name for it, `fault` a word for why. */
export type BuriedUpdate = Readonly<{ updateId: number; kind: string; fault: string }>;

export type Intake = ReturnType<typeof createIntake>;

/** What a drain waits for the database at each of its steps. */
const DRAIN_STEP_MS = 3_000;

/**
 * Starts nothing yet. Whoever calls `start` calls `drain`.
 * @param options.onlyProcess true for the embedded database, which no other process can be on
 * @param options.isTelegramAway whether Telegram answers nobody now
 * @param options.buried told of each update that was given up
 */
export function createIntake({
  db,
  onlyProcess,
  source,
  handle,
  apologise,
  isTelegramAway,
  buried,
  log,
  settings = INTAKE_SETTINGS,
}: Readonly<{
  db: Database;
  onlyProcess: boolean;
  source: IntakeSource;
  handle: Handle;
  apologise: Apologise;
  isTelegramAway: () => boolean;
  buried: (update: BuriedUpdate) => void;
  log: Log;
  settings?: IntakeSettings;
}>) {
  const inbox = createInbox(db, { onlyProcess, settings });
  const overtaking = createOvertaking();
  const closing = new AbortController();
  /** Ends the beats, after everything else. */
  const resigning = new AbortController();
  const counts = { handled: 0, failed: 0 };
  let life: Life | null = null;
  /** By the last beat. */
  let alone = false;
  let running: Promise<unknown> = Promise.resolve();
  let beating: Promise<void> = Promise.resolve();
  const takeIn = createTakeIn({
    inbox,
    life: () => life,
    overtaking,
    closing: closing.signal,
    log,
    settings,
  });
  const polling =
    source.kind === 'webhook'
      ? null
      : createPolling({
          calls: source.calls,
          store: takeIn.store,
          room: () => life?.inFlight.room() ?? 0,
          log,
          settings,
          ...(source.pollSeconds === undefined ? {} : { pollSeconds: source.pollSeconds }),
        });

  /** One life: beats, and polls where polling is the source, until the process ends or is taken for dead. */
  async function live(registered: () => void): Promise<void> {
    const owner = randomUUID();
    if (!(await registerAs(owner))) return;
    const ended = new AbortController();
    const signal = AbortSignal.any([closing.signal, ended.signal]);
    const heartbeat = createHeartbeat({
      beat: () => inbox.beat(owner),
      watched: !onlyProcess,
      onBeat: (beat) => {
        alone = beat.alone;
        if (beat.leftOpen || takeIn.isInDoubt()) void takeIn.takeOver();
      },
      onLate: () => inFlight.pause(),
      onBack: () => inFlight.resume(),
      settings,
      log,
    });
    const inFlight = createInFlight({
      inbox,
      owner,
      handle: overtaking.counting(handle),
      apologise,
      isTelegramAway,
      buried: ({ update }, fault) => buried({ updateId: update.update_id, kind: kindOf(update), fault }),
      isLate: heartbeat.isLate,
      ranDry: (lane) => takeIn.wasLeftOpen(lane) && void takeIn.takeOver(),
      counts,
      log,
      settings,
    });
    life = { owner, inFlight, isLate: heartbeat.isLate };
    // The only place that says which row of `intake_processes` is this process.
    log.info({ owner }, 'this process takes updates in');
    registered();
    beating = heartbeat.run(resigning.signal).finally(() => ended.abort());
    // A new update must not be handled before what its chat sent earlier.
    await takeIn.takeOver();
    await Promise.all([polling?.run(signal), aborted(signal)]);
    if (closing.signal.aborted) return;
    log.error('another process took this one for dead and has its updates: this one begins anew');
    life = null;
    await inFlight.end(0, 0);
  }

  /** Waits where another process polls. @returns false when the process ends */
  async function registerAs(owner: string): Promise<boolean> {
    let told = false;
    for (let failures = 0; !closing.signal.aborted; ) {
      try {
        if (await inbox.register(owner, source.kind === 'polling')) return true;
        if (!told)
          log.warn('another process polls for this bot, or did a moment ago: this one waits for its end');
        told = true;
        failures = 0;
      } catch (error) {
        failures += 1;
        log.warn({ err: error, failures }, 'this process could not register as one that takes updates in');
      }
      await pause(failures === 0 ? settings.beatMs : backOffMs(failures, settings), closing.signal);
    }
    return false;
  }

  /** Does a last thing with the database, for which it gets a moment; the others wait for a while without it. */
  async function atLast(statement: () => Promise<void>): Promise<void> {
    const done = statement().catch((error: unknown) => {
      log.error(
        { err: error },
        'the database did not take this process’s last word; others wait for a while',
      );
    });
    await waitAtMost(DRAIN_STEP_MS, done);
  }

  return {
    /**
     * Takes over what others left and, where polling is the source, polls once that is in memory. Resolves when this
     * process is one that takes updates in: for polling, when no other one does, nor works on what it took in.
     */
    async start(): Promise<void> {
      const registered = Promise.withResolvers<void>();
      const living = async () => {
        while (!closing.signal.aborted) await live(registered.resolve);
        registered.resolve();
      };
      running = living();
      await registered.promise;
    },

    /**
     * One update from the webhook: `stored` once it is committed, `busy` when there is no room for it or the
     * process takes none in. Rejects when it could not be written.
     */
    async receive(update: Update): Promise<'stored' | 'busy'> {
      if (closing.signal.aborted || life === null) return 'busy';
      const full = life.inFlight.room() - takeIn.unwritten() <= 0;
      if (full && !isUrgent(update)) return 'busy';
      await takeIn.store([update]);
      return 'stored';
    },

    /**
     * Takes nothing in any more, lets running handlers end for up to `graceMs`, then aborts them, and leaves
     * what is unfinished to another process or the next start. Never rejects; ends within a few seconds of the
     * grace even when the database does not answer. Keep the database open until then.
     */
    async drain(graceMs: number): Promise<void> {
      closing.abort();
      const current = life;
      const taken = Promise.all([running, takeIn.flushed()]);
      await current?.inFlight.end(graceMs, DRAIN_STEP_MS);
      await waitAtMost(DRAIN_STEP_MS, taken);
      if (current === null) return;
      await atLast(() => inbox.leaveToOthers(current.owner));
    },

    /**
     * After `drain`, when this process has no other work either: another one may poll now, and take every job for
     * one that nobody works on.
     */
    async resign(): Promise<void> {
      resigning.abort();
      await beating;
      const current = life;
      if (current !== null) await atLast(() => inbox.resign(current.owner));
    },

    /** Whether no other process took updates in a moment ago; false while nobody knows. */
    isAlone: () => alone,

    /** Deletes finished updates that are older than a day at `now`, dead ones after a week; says how many. */
    sweepOld: inbox.deleteOld,
    statistics(): IntakeStatistics {
      const idle = { ...counts, waiting: 0, inFlight: 0, oldestWaitingMs: null };
      return { ...(life?.inFlight.statistics() ?? idle), repeated: takeIn.repeated() };
    },
    /** Rejects while the database is away. */
    async health(): Promise<PartHealth> {
      // A webhook has no poll that could fail.
      const calls = polling?.health() ?? { status: 'ok' };
      return intakeHealth(calls, life?.isLate() ?? false, await inbox.backlog());
    },
  };
}

/** Resolves when the signal has aborted. */
async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
