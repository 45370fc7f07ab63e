import type { Update } from '@grammyjs/types';
import { Mutex } from 'async-mutex';
import { createGroupCommit } from '../database/group-commit.ts';
import { toStorable } from '../database/storable-json.ts';
import type { Log } from '../log.ts';
import type { InFlight } from './in-flight.ts';
import type { Inbox, NewUpdate } from './inbox.ts';
import type { Overtaking } from './overtaking.ts';
import type { IntakeSettings } from './settings.ts';
import { isLaneOfOne, isUrgent } from './update.ts';

/** Updates in one insert. */
const INSERT_GROUP = 200;
/** Updates taken over in one statement; their payloads are in memory together. */
const TAKE_OVER_GROUP = 200;

/** From when this process was registered until it ends, or another one takes it for dead. */
export type Life = Readonly<{ owner: string; inFlight: InFlight; isLate: () => boolean }>;
type Incoming = Readonly<{ update: Update; payload: string }>;

export type TakeIn = ReturnType<typeof createTakeIn>;

/**
 * The two ways in which updates get into the hands of this process: new ones, which are written to the inbox first,
 * and those that others left there.
 * @param options.life the present one; null while this process takes nothing in
 * @param options.closing aborted when nothing more is to be taken over
 */
export function createTakeIn({
  inbox,
  life,
  overtaking,
  closing,
  log,
  settings,
}: Readonly<{
  inbox: Inbox;
  life: () => Life | null;
  overtaking: Overtaking;
  closing: AbortSignal;
  log: Log;
  settings: IntakeSettings;
}>) {
  const incoming = createGroupCommit<Incoming>(INSERT_GROUP, writeIncoming);
  /** Inserts and take-overs must not pass each other on their way from the database into memory. */
  const turn = new Mutex();
  /** True after a statement whose outcome is unknown: it may have given us updates that are not in memory. */
  let inDoubt = false;
  /** Lanes of which more was left in the table than there was room for here. */
  const openLanes = new Set<number>();
  let takingOver = false;
  let repeated = 0;

  async function writeIncoming(group: readonly Incoming[]): Promise<void> {
    await turn.runExclusive(async () => {
      const current = life();
      if (current === null) throw new Error('this process takes no updates in now');
      const { owner, inFlight } = current;
      // What is in doubt came before these, perhaps in the same lanes.
      if (inDoubt) await takeOverOnce(current);
      const updates = new Map(group.map(({ update }) => [update.update_id, update]));
      const rows = toRows(inFlight, group);
      const since = performance.now();
      const inserted = await doubting(() => inbox.insert(owner, rows));
      repeated += group.length - inserted.size;
      for (const { updateId, lane, begins } of rows) {
        const update = updates.get(updateId);
        if (update === undefined || !inserted.has(updateId)) continue;
        if (inserted.get(updateId)) {
          inFlight.take({ update, lane, deaths: 0, ageMs: 0, since, begun: begins, failures: 0, unsure: 0 });
        } else openLanes.add(lane);
      }
    });
  }

  /** In the order of ids, so that two processes that got the same updates never wait for each other. */
  function toRows(inFlight: InFlight, group: readonly Incoming[]): readonly NewUpdate[] {
    const byId = new Map(group.map((entry) => [entry.update.update_id, entry]));
    const inLane = new Map<number, number>();
    const laneOf = overtaking.laneChooser();
    let places = inFlight.freePlaces();
    return [...byId.values()]
      .sort((a, b) => a.update.update_id - b.update.update_id)
      .map(({ update, payload }) => {
        const lane = laneOf(update);
        const before = inLane.get(lane) ?? inFlight.waitingIn(lane);
        inLane.set(lane, before + 1);
        const begins =
          (isUrgent(update) && isLaneOfOne(lane)) || (before === 0 && !inFlight.has(lane) && places-- > 0);
        return { updateId: update.update_id, lane, payload, wanted: before < settings.laneCapacity, begins };
      });
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

  return {
    /** Resolves once all of them are committed; what cannot be written as JSON is dropped. Rejects when they are not. */
    async store(updates: readonly Update[]): Promise<void> {
      const storable = updates.map((update) => toIncoming(update, log)).filter((one) => one !== null);
      await Promise.all(storable.map(incoming.add));
    },

    /** Takes over until nothing is left open that there is room for; one call at a time does it for all. */
    async takeOver(): Promise<void> {
      if (takingOver) return;
      takingOver = true;
      try {
        for (let current = life(); current !== null && !closing.aborted; current = life()) {
          const { owner } = current;
          const taken = await turn.runExclusive(() => {
            const now = life();
            return now?.owner === owner ? takeOverOnce(now) : 0;
          });
          if (taken === 0) break;
        }
      } catch (error) {
        log.warn({ err: error }, 'waiting updates could not be taken over');
      } finally {
        takingOver = false;
      }
    },

    /** @returns whether more of this lane was left in the table, which is asked once */
    wasLeftOpen: (lane: number): boolean => openLanes.delete(lane),
    isInDoubt: () => inDoubt,
    /** Updates that wait to be written. */
    unwritten: () => incoming.size(),
    /** Resolves when everything that was given to `store` has been written, or could not be. */
    flushed: () => incoming.flushed(),
    repeated: () => repeated,
  };
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
