/**
 * The intake: updates come in by polling or by webhook, are written to the inbox, and only then confirmed;
 * a chat's updates are handled in order, chats side by side, whoever fails does so alone, and what a process
 * leaves unfinished is handled by another one, or by the next start.
 */
import { randomUUID } from 'node:crypto';
import type { Update } from '@grammyjs/types';
import { Mutex } from 'async-mutex';
import type { Database } from '../database/client.ts';
import { createGroupCommit } from '../database/group-commit.ts';
import { toStorableJson } from '../database/storable-json.ts';
import type { PartHealth } from '../health.ts';
import type { Log } from '../log.ts';
import { backOffMs } from '../time/back-off.ts';
import { waitAtMost } from '../time/deadline.ts';
import { pause } from '../time/pause.ts';
import type { Apologise, Handle } from './handle-update.ts';
import { createHands } from './in-flight.ts';
import { createInbox, type NewUpdate, type TakenUpdate } from './inbox.ts';
import { createPolling, type PollingCalls } from './polling.ts';
import { INTAKE_SETTINGS, type IntakeSettings } from './settings.ts';
import { isTooLate, isUrgent, laneOf, readUpdate } from './update.ts';

/** Polling is for one process on a database, a webhook for any number. */
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

export type Intake = Readonly<{
  /** Takes over what an earlier process left and, where polling is the source, polls once that is in hands. */
  start(): void;
  /**
   * One update from the webhook: `stored` once it is committed, `busy` when there is no room for it or the
   * process is ending. Rejects when it could not be written.
   */
  receive(update: Update): Promise<'stored' | 'busy'>;
  /**
   * Takes nothing in any more, lets running handlers end for up to `graceMs`, then aborts them, and leaves
   * what is unfinished to another process or the next start. Never rejects; ends within a few seconds of the
   * grace even when the database does not answer. Keep the database open until then.
   */
  drain(graceMs: number): Promise<void>;
  /** Deletes finished updates that are older than a day at `now`; says how many. */
  sweepOld(now: Date): Promise<number>;
  statistics(): IntakeStatistics;
  /** A webhook has no poll that could fail. */
  health(): PartHealth;
}>;

/** Updates in one insert. */
const INSERT_GROUP = 200;
/** Updates taken over in one statement; their payloads are in memory together. */
const TAKE_OVER_GROUP = 200;
/** What a drain waits for the database at each of its steps. */
const DRAIN_STEP_MS = 3_000;

type Incoming = NewUpdate & Readonly<{ update: Update }>;

/** Starts nothing yet. Whoever calls `start` calls `drain`. */
export function createIntake({
  db,
  source,
  handle,
  apologise,
  log,
  settings = INTAKE_SETTINGS,
}: Readonly<{
  db: Database;
  source: IntakeSource;
  handle: Handle;
  apologise: Apologise;
  log: Log;
  settings?: IntakeSettings;
}>): Intake {
  const inbox = createInbox(db, {
    owner: randomUUID(),
    alone: source.kind === 'polling',
    leaseMs: settings.leaseMs,
  });
  const hands = createHands({ inbox, handle, apologise, log, settings });
  const incoming = createGroupCommit<Incoming>(INSERT_GROUP, writeIncoming);
  /** Inserts and take-overs must not pass each other on their way from the database into the hands. */
  const turn = new Mutex();
  const closing = new AbortController();
  let repeated = 0;
  let running: Promise<unknown> = Promise.resolve();
  /** True after a statement whose outcome is unknown: it may have given us updates that nobody holds. */
  let inDoubt = false;
  /** The first take-over of the only process takes from the dead, however long their leases still last. */
  let which: 'free' | 'all' = source.kind === 'polling' ? 'all' : 'free';

  const polling =
    source.kind === 'webhook'
      ? null
      : createPolling({
          calls: source.calls,
          store,
          room: hands.untilRoom,
          log,
          settings,
          ...(source.pollSeconds === undefined ? {} : { pollSeconds: source.pollSeconds }),
        });

  async function store(updates: readonly Update[]): Promise<void> {
    await Promise.all(
      updates.map(async (update) => {
        const entry = toIncoming(update, log);
        if (entry !== null) await incoming.add(entry);
      }),
    );
  }

  async function writeIncoming(group: readonly Incoming[]): Promise<void> {
    await turn.runExclusive(async () => {
      // What is in doubt came before these, perhaps in the same lanes.
      if (inDoubt) await takeOverSome();
      // In the order of ids, so that two processes that got the same updates never wait for each other.
      const byId = new Map(group.toSorted(byUpdateId).map((entry) => [entry.updateId, entry]));
      const since = performance.now();
      const inserted = await doubting(() => inbox.insert([...byId.values()]));
      repeated += group.length - inserted.size;
      for (const { updateId, update, lane } of byId.values()) {
        if (inserted.get(updateId)) hands.take({ update, lane, deaths: 0, since });
      }
    });
  }

  /** @returns whether there may be more to take over */
  async function takeOverSome(): Promise<boolean> {
    const limit = Math.min(hands.room(), TAKE_OVER_GROUP);
    if (limit <= 0) return false;
    const since = performance.now();
    const taken = await doubting(() => inbox.takeOver(which, limit, hands.heldIds()));
    for (const row of taken) welcome(row, since);
    return taken.length > 0;
  }

  async function doubting<T>(statement: () => Promise<T>): Promise<T> {
    inDoubt = true;
    const result = await statement();
    inDoubt = false;
    return result;
  }

  function welcome({ updateId, lane, payload, deaths, ageMs }: TakenUpdate, since: number): void {
    const update = readUpdate(payload);
    if (update === null) {
      log.error({ updateId }, 'a row of the inbox holds no update');
      hands.dismiss(updateId, { kind: 'dead', failures: 1 });
    } else if (isTooLate(update, ageMs)) {
      log.debug({ updateId }, 'a tap or a checkout is too old to be answered');
      hands.dismiss(updateId, { kind: 'done' });
    } else {
      hands.take({ update, lane, deaths, since });
    }
  }

  /** Takes over at once and then at intervals; `caughtUp` is called when nothing was left for the first time. */
  async function keepTakingOver(signal: AbortSignal, caughtUp: () => void): Promise<void> {
    for (let failures = 0; !signal.aborted; ) {
      try {
        if ((await hands.untilRoom(signal)) === 0) break;
        if (await turn.runExclusive(takeOverSome)) continue;
        failures = 0;
        which = 'free';
        caughtUp();
      } catch (error) {
        failures += 1;
        log.warn({ failures, error }, 'waiting updates could not be taken over');
      }
      await pause(failures === 0 ? settings.takeOverIntervalMs : backOffMs(failures, settings), signal);
    }
    caughtUp();
  }

  return {
    start() {
      const { signal } = closing;
      const caughtUp = Promise.withResolvers<void>();
      running = Promise.all([
        keepTakingOver(signal, caughtUp.resolve),
        // A new update must not be handled before what its chat sent earlier.
        polling === null ? undefined : caughtUp.promise.then(() => polling.run(signal)),
      ]);
    },

    async receive(update) {
      const full = hands.room() - incoming.size() <= 0;
      if (closing.signal.aborted || (full && !isUrgent(update))) return 'busy';
      await store([update]);
      return 'stored';
    },

    async drain(graceMs) {
      closing.abort();
      hands.close();
      const taken = Promise.all([running, incoming.flushed()]);
      await hands.end(graceMs, DRAIN_STEP_MS);
      await waitAtMost(DRAIN_STEP_MS, taken);
      const released = inbox.releaseAll().catch((error: unknown) => {
        log.error(
          { error },
          'unfinished updates could not be released; they wait until their lease has passed',
        );
      });
      await waitAtMost(DRAIN_STEP_MS, released);
    },

    sweepOld: inbox.deleteOld,
    statistics: () => ({ ...hands.statistics(), repeated }),
    health: () => polling?.health() ?? { status: 'ok' },
  };
}

/** Null for what cannot be written as JSON: refused, it would come again and again. */
function toIncoming(update: Update, log: Log): Incoming | null {
  try {
    return { update, updateId: update.update_id, lane: laneOf(update), payload: toStorableJson(update) };
  } catch (error) {
    log.error({ updateId: update.update_id, error }, 'an update that cannot be written down was dropped');
    return null;
  }
}

function byUpdateId(a: NewUpdate, b: NewUpdate): number {
  return a.updateId - b.updateId;
}
