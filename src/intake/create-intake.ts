/**
 * The intake: updates come in by polling or by webhook, are written to the inbox, and only then confirmed;
 * a chat's updates are handled in order, chats side by side, whoever fails does so alone, and what a process
 * leaves unfinished is handled by another one, or by the next start.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Update } from '@grammyjs/types';
import { Mutex } from 'async-mutex';
import type { Database } from '../database/client.ts';
import { createGroupCommit } from '../database/group-commit.ts';
import { toStorable } from '../database/storable-json.ts';
import type { PartHealth } from '../health.ts';
import type { Log } from '../log.ts';
import { backOffMs } from '../time/back-off.ts';
import { waitAtMost } from '../time/deadline.ts';
import { pause } from '../time/pause.ts';
import type { Apologise, Handle } from './handle-update.ts';
import { intakeHealth } from './health.ts';
import { createHeartbeat } from './heartbeat.ts';
import { createInFlight, type InFlight } from './in-flight.ts';
import { createInbox, type NewUpdate } from './inbox.ts';
import { createPolling, type PollingCalls } from './polling.ts';
import { INTAKE_SETTINGS, type IntakeSettings } from './settings.ts';
import { isLaneOfOne, isUrgent, kindOf, laneInOrder, laneOf } from './update.ts';

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

/** Updates in one insert. */
const INSERT_GROUP = 200;
/** Updates taken over in one statement; their payloads are in memory together. */
const TAKE_OVER_GROUP = 200;
/** What a drain waits for the database at each of its steps. */
const DRAIN_STEP_MS = 3_000;
/** Checkouts and cancellations of one person that run past every bound; further ones stand in the person's lane. */
const URGENT_AT_ONCE = 3;

/** From when this process was registered until it ends, or another one takes it for dead. */
type Life = Readonly<{ owner: string; inFlight: InFlight; isLate: () => boolean }>;
type Incoming = Readonly<{ update: Update; payload: string }>;

/**
 * Starts nothing yet. Whoever calls `start` calls `drain`.
 * @param options.onlyProcess true for the embedded database, which no other process can be on
 * @param options.buried told of each update that was given up
 */
export function createIntake({
  db,
  onlyProcess,
  source,
  handle,
  apologise,
  buried,
  log,
  settings = INTAKE_SETTINGS,
}: Readonly<{
  db: Database;
  onlyProcess: boolean;
  source: IntakeSource;
  handle: Handle;
  apologise: Apologise;
  buried: (update: BuriedUpdate) => void;
  log: Log;
  settings?: IntakeSettings;
}>) {
  const inbox = createInbox(db, { onlyProcess, settings });
  const incoming = createGroupCommit<Incoming>(INSERT_GROUP, writeIncoming);
  /** Inserts and take-overs must not pass each other on their way from the database into memory. */
  const turn = new Mutex();
  const closing = new AbortController();
  /** Ends the beats, after everything else. */
  const resigning = new AbortController();
  const counts = { handled: 0, failed: 0 };
  const urgentOf = new Map<number, number>();
  let repeated = 0;
  let life: Life | null = null;
  let running: Promise<unknown> = Promise.resolve();
  let beating: Promise<void> = Promise.resolve();
  /** True after a statement whose outcome is unknown: it may have given us updates that are not in memory. */
  let inDoubt = false;
  /** Lanes of which more was left in the table than there was room for here. */
  const openLanes = new Set<number>();
  let takingOver = false;
  const polling =
    source.kind === 'webhook'
      ? null
      : createPolling({
          calls: source.calls,
          store,
          room: () => life?.inFlight.room() ?? 0,
          log,
          settings,
          ...(source.pollSeconds === undefined ? {} : { pollSeconds: source.pollSeconds }),
        });

  async function store(updates: readonly Update[]): Promise<void> {
    await Promise.all(
      updates.map(async (update) => {
        const storable = toIncoming(update, log);
        if (storable !== null) await incoming.add(storable);
      }),
    );
  }

  async function writeIncoming(group: readonly Incoming[]): Promise<void> {
    await turn.runExclusive(async () => {
      if (life === null) throw new Error('this process takes no updates in now');
      const { owner, inFlight } = life;
      // What is in doubt came before these, perhaps in the same lanes.
      if (inDoubt) await takeOverOnce(life);
      const updates = new Map(group.map(({ update }) => [update.update_id, update]));
      const rows = toRows(inFlight, group);
      const since = performance.now();
      const inserted = await doubting(() => inbox.insert(owner, rows));
      repeated += group.length - inserted.size;
      for (const { updateId, lane, begins } of rows) {
        const update = updates.get(updateId);
        if (update === undefined || !inserted.has(updateId)) continue;
        if (inserted.get(updateId)) {
          inFlight.take({ update, lane, deaths: 0, ageMs: 0, since, begun: begins, failures: 0 });
        } else openLanes.add(lane);
      }
    });
  }

  /** In the order of ids, so that two processes that got the same updates never wait for each other. */
  function toRows(inFlight: InFlight, group: readonly Incoming[]): readonly NewUpdate[] {
    const byId = new Map(group.map((entry) => [entry.update.update_id, entry]));
    const inLane = new Map<number, number>();
    const overtaking = new Map(urgentOf);
    let places = inFlight.freePlaces();
    return [...byId.values()]
      .sort((a, b) => a.update.update_id - b.update.update_id)
      .map(({ update, payload }) => {
        const lane = laneNow(update, overtaking);
        const before = inLane.get(lane) ?? inFlight.waitingIn(lane);
        inLane.set(lane, before + 1);
        const begins =
          (isUrgent(update) && isLaneOfOne(lane)) || (before === 0 && !inFlight.has(lane) && places-- > 0);
        return { updateId: update.update_id, lane, payload, wanted: before < settings.laneCapacity, begins };
      });
  }

  /** Handles one update, and counts what runs past a person's lane. */
  const handleCounted: Handle = async (update, signal) => {
    const person = isUrgent(update) ? laneInOrder(update) : null;
    if (person === null) return handle(update, signal);
    urgentOf.set(person, (urgentOf.get(person) ?? 0) + 1);
    try {
      await handle(update, signal);
    } finally {
      const left = (urgentOf.get(person) ?? 1) - 1;
      if (left > 0) urgentOf.set(person, left);
      else urgentOf.delete(person);
    }
  };

  /** Takes over until nothing is left open that there is room for; one call at a time does it for all. */
  async function takeOver(): Promise<void> {
    if (takingOver) return;
    takingOver = true;
    try {
      for (let current = life; current !== null && !closing.signal.aborted; current = life) {
        const { owner } = current;
        const taken = await turn.runExclusive(() => (life?.owner === owner ? takeOverOnce(life) : 0));
        if (taken === 0) break;
      }
    } catch (error) {
      log.warn({ err: error }, 'waiting updates could not be taken over');
    } finally {
      takingOver = false;
    }
  }

  /** @returns how many were taken over */
  async function takeOverOnce({ owner, inFlight }: Life): Promise<number> {
    const limit = Math.min(inFlight.room(), TAKE_OVER_GROUP);
    if (limit <= 0) return 0;
    const since = performance.now();
    const inFlightIds = inFlight.ids();
    const busyLanes = inFlight.busyLanes();
    const taken = await doubting(() => inbox.takeOver(owner, { limit, inFlightIds, busyLanes }));
    for (const row of taken) inFlight.takeOver(row, since);
    for (const [lane, rows] of Map.groupBy(taken, (row) => row.lane)) {
      if (rows.length >= settings.laneCapacity) openLanes.add(lane);
    }
    return taken.length;
  }

  async function doubting<T>(statement: () => Promise<T>): Promise<T> {
    inDoubt = true;
    const result = await statement();
    inDoubt = false;
    return result;
  }

  /** One life: beats, and polls where polling is the source, until the process ends or is taken for dead. */
  async function live(registered: () => void): Promise<void> {
    const owner = randomUUID();
    if (!(await registerAs(owner))) return;
    const ended = new AbortController();
    const signal = AbortSignal.any([closing.signal, ended.signal]);
    const heartbeat = createHeartbeat({
      beat: () => inbox.beat(owner),
      watched: !onlyProcess,
      onBeat: (beat) => (beat.leftOpen || inDoubt) && void takeOver(),
      onLate: () => inFlight.pause(),
      onBack: () => inFlight.resume(),
      settings,
      log,
    });
    const inFlight = createInFlight({
      inbox,
      owner,
      handle: handleCounted,
      apologise,
      buried: ({ update }, fault) => buried({ updateId: update.update_id, kind: kindOf(update), fault }),
      isLate: heartbeat.isLate,
      ranDry: (lane) => openLanes.delete(lane) && void takeOver(),
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
    await takeOver();
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
      const full = life.inFlight.room() - incoming.size() <= 0;
      if (full && !isUrgent(update)) return 'busy';
      await store([update]);
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
      const taken = Promise.all([running, incoming.flushed()]);
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

    /** Deletes finished updates that are older than a day at `now`, dead ones after a week; says how many. */
    sweepOld: inbox.deleteOld,
    statistics(): IntakeStatistics {
      const idle = { ...counts, waiting: 0, inFlight: 0, oldestWaitingMs: null };
      return { ...(life?.inFlight.statistics() ?? idle), repeated };
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

/** Its lane; who has many urgent ones under way waits in line like everybody. `overtaking` counts by person. */
function laneNow(update: Update, overtaking: Map<number, number>): number {
  const person = laneInOrder(update);
  if (person === null || !isUrgent(update)) return laneOf(update);
  const before = overtaking.get(person) ?? 0;
  overtaking.set(person, before + 1);
  return before < URGENT_AT_ONCE ? laneOf(update) : person;
}

/** Null for what cannot be written as JSON: refused, it would come again and again. */
function toIncoming(update: Update, log: Log): Incoming | null {
  try {
    const { value, json } = toStorable(update);
    return { update: value, payload: json };
  } catch (error) {
    log.error(
      { updateId: update.update_id, err: error },
      'an update that cannot be written down was dropped',
    );
    return null;
  }
}
