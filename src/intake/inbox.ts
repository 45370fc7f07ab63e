/**
 * The statements over `telegram_updates`, in which a row belongs to one process at a time, its owner, and over
 * `intake_processes`, where each process says that it is alive.
 *
 * Why one chat stays in order, also across processes:
 * - Telegram delivers the next update of a queue (a chat's messages, a person's taps) only after our 200 to
 *   the one before, that is after its commit. So an insert sees every earlier update of its queue.
 * - An insert takes its row only when every unfinished row of the lane is this process's own; the process then
 *   runs them one after the other. Otherwise the row is nobody's, and waits.
 * - Nobody's rows, and those of the dead, are taken over from the front of the lane, and not while a living
 *   process has an earlier one. A lock makes take-overs queue, so each sees what the one before did. Inserts need
 *   no lock: the rows that a take-over is after are foreign to every insert, before it and after it.
 * - A process is dead once a take-over has deleted its row, and not before; its next beat tells it so. Nothing
 *   of an update is written without being its owner, so one that was frozen meanwhile changes nothing.
 *
 * Between queues (a message and a tap of the same person) Telegram promises no order, and two processes that
 * get them in the same instant may handle them side by side.
 */
import { type Placeholder, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { prepareRows, selectRows } from '../database/rows.ts';
import { FIXED_RETENTION } from '../privacy/retention.ts';
import type { IntakeSettings } from './settings.ts';

/**
 * `payload`: the update as JSON that jsonb takes. `wanted`: there is room for it here. `begins`: its handler starts
 * as soon as it is written.
 */
export type NewUpdate = Readonly<{
  updateId: number;
  lane: number;
  payload: string;
  wanted: boolean;
  begins: boolean;
}>;

/** `deaths`: how many processes died while they handled it. `ageMs`: since it was received, by the database's clock. */
export type TakenUpdate = Readonly<{
  updateId: number;
  lane: number;
  payload: unknown;
  deaths: number;
  ageMs: number;
}>;

/**
 * `gone`: another process has taken over what this one held. `alone`: no other one lives. `leftOpen`: there are updates
 * that nobody works on.
 */
export type Beat = Readonly<{ gone: boolean; alone: boolean; leftOpen: boolean }>;

export type Inbox = ReturnType<typeof createInbox>;

/** An arbitrary number that processes lock while they change the owners of rows that exist. */
const OWNERSHIP_LOCK = 7_302_942;
const ROWS_PER_DELETE = 1000;

/**
 * @param options.onlyProcess true where no other process can be on this database (the embedded one): nobody has to
 * be told that this one is alive, and whoever else owns a row is dead
 */
export function createInbox(
  db: Database,
  { onlyProcess, settings }: Readonly<{ onlyProcess: boolean; settings: IntakeSettings }>,
) {
  const milliseconds = (ms: number): SQL => sql`${ms}::float8 * interval '1 millisecond'`;
  const handledUntil = sql`now() + ${milliseconds(settings.handlerDeadlineMs + settings.apologyDeadlineMs)}`;
  /** Lists travel as text: the two drivers write arrays in different ways. */
  const listed = (ids: readonly number[]): string => `{${ids.join(',')}}`;
  const list = (ids: readonly number[]): SQL => sql`${listed(ids)}::text::bigint[]`;
  const isSilent = sql`beat_at <= now() - ${milliseconds(settings.deadMs)}`;
  const isOurs = (owner: string | Placeholder): SQL => sql`owner = ${owner} and state = 'waiting'`;
  const isAlive = (owner: string | Placeholder): SQL =>
    onlyProcess ? sql`true` : sql`exists (select from intake_processes where id = ${owner})`;

  /**
   * Waiting, and nobody living works on it; nor can the handler of a dead owner, if it was only frozen.
   * @param living which of the processes `p` count as alive
   */
  const isLeftOpen = (row: SQL, owner: string, living: SQL): SQL =>
    onlyProcess
      ? sql`${row}.state = 'waiting' and ${row}.owner is distinct from ${owner}`
      : sql`${row}.state = 'waiting' and (${row}.owner is null or ${row}.owner <> ${owner}
          and (${row}.handled_until is null or ${row}.handled_until <= now())
          and not exists (select from intake_processes p where p.id = ${row}.owner and ${living}))`;

  // What comes with every update; the others are built as they are asked.
  const ofOwner = sql.placeholder('owner');
  const withIds = sql`update_id = any(${sql.placeholder('ids')}::text::bigint[])`;
  const insertRows = prepareRows<{ id: number; ours: boolean }>(
    db,
    sql`insert into telegram_updates (update_id, lane, payload, owner, handled_until)
      select new.id, new.lane, new.payload, case when place.ours then ${ofOwner} end,
        case when place.ours and new.begins then ${handledUntil} end
      from (select ${isAlive(ofOwner)} as alive) as me,
        jsonb_to_recordset(${sql.placeholder('rows')}::text::jsonb)
          as new(id bigint, lane bigint, payload jsonb, wanted boolean, begins boolean),
        lateral (select me.alive and new.wanted and not exists (
          select from telegram_updates before where before.lane = new.lane and before.state = 'waiting'
            and before.owner is distinct from ${ofOwner}) as ours offset 0) as place
      on conflict do nothing
      returning update_id::float8 as id, owner is not null as ours`,
  );
  const beginRows = prepareRows<{ id: number }>(
    db,
    sql`update telegram_updates set handled_until = ${handledUntil}
      where ${withIds} and ${isOurs(ofOwner)} returning update_id::float8 as id`,
  );
  const doneRows = prepareRows(
    db,
    sql`update telegram_updates set state = 'done', owner = null, handled_until = null, payload = null
      where ${withIds} and ${isOurs(ofOwner)}`,
  );

  return {
    /**
     * Makes this process one of those that take updates in.
     * @returns false for one that would poll while another one does
     */
    async register(owner: string, polls: boolean): Promise<boolean> {
      if (onlyProcess) return true;
      const rows = await selectRows(
        db,
        sql`insert into intake_processes (id, polls) values (${owner}, ${polls})
          on conflict (polls) where polls do update set id = excluded.id, beat_at = now()
            where intake_processes.${isSilent}
          returning 1 as one`,
      );
      return rows.length > 0;
    },

    async beat(owner: string): Promise<Beat> {
      const [row] = await selectRows<{ alive: boolean; alone: boolean; left_open: boolean }>(
        db,
        sql`with beat as (update intake_processes set beat_at = now() where id = ${owner} returning 1)
          select ${onlyProcess} or exists (select from beat) as alive,
            not exists (select from intake_processes p where p.id <> ${owner} and not (p.${isSilent})) as alone,
            exists (select from telegram_updates u where ${isLeftOpen(sql`u`, owner, sql`not (p.${isSilent})`)}) as left_open`,
      );
      return { gone: row?.alive !== true, alone: row?.alone === true, leftOpen: row?.left_open === true };
    },

    /**
     * Writes updates that are not there yet, in one statement, so all or none.
     * @returns true under the id of each that is ours to handle, false where it is left to others or for later;
     * repeats of what was there are left out
     */
    async insert(owner: string, updates: readonly NewUpdate[]): Promise<ReadonlyMap<number, boolean>> {
      const rows = updates.map(
        ({ updateId, lane, payload, wanted, begins }) =>
          `{"id":${updateId},"lane":${lane},"payload":${payload},"wanted":${wanted},"begins":${begins}}`,
      );
      const inserted = await insertRows({ owner, rows: `[${rows.join(',')}]` });
      return new Map(inserted.map(({ id, ours }) => [id, ours]));
    },

    /**
     * Takes over up to `limit` updates, the oldest first, and of each lane no more than fit; who has been silent
     * for too long is dead from here on.
     * @param inFlightIds what this process holds already
     * @param busyLanes lanes of which it holds something: they are refilled when they have run dry
     */
    async takeOver(
      owner: string,
      {
        limit,
        inFlightIds,
        busyLanes,
      }: { limit: number; inFlightIds: readonly number[]; busyLanes: readonly number[] },
    ): Promise<readonly TakenUpdate[]> {
      return db.transaction(async (tx) => {
        await tx.execute(sql`select pg_advisory_xact_lock(${OWNERSHIP_LOCK})`);
        if (!onlyProcess) {
          const [me] = await selectRows(
            tx,
            sql`with dead as (delete from intake_processes where ${isSilent} and id <> ${owner})
              select 1 as one from intake_processes where id = ${owner}`,
          );
          if (me === undefined) return [];
        }
        // Who has not been deleted lives: to ask for silence again would take from one that has just fallen silent
        // and does not know it.
        const isTakeable = (row: SQL): SQL => isLeftOpen(row, owner, sql`true`);
        // What is ours and not in memory belongs to a statement whose answer was lost.
        const taken = await selectRows<TakenRow>(
          tx,
          sql`with takeable as (
              select u.update_id, row_number() over (partition by u.lane order by u.update_id) as place
              from telegram_updates u
              where u.state = 'waiting' and (u.owner = ${owner} or ${isTakeable(sql`u`)})
                and u.update_id <> all(${list(inFlightIds)}) and u.lane <> all(${list(busyLanes)})
                and not exists (select from telegram_updates before
                  where before.lane = u.lane and before.state = 'waiting' and before.update_id < u.update_id
                    and before.owner is distinct from ${owner} and not (${isTakeable(sql`before`)}))
            ), oldest as (
              select update_id from takeable where place <= ${settings.laneCapacity} order by update_id limit ${limit}
            )
            update telegram_updates u
            set owner = ${owner}, handled_until = null,
              deaths = u.deaths + (u.owner <> ${owner} and u.handled_until is not null)::int
            from oldest where u.update_id = oldest.update_id
            returning u.update_id::float8 as id, u.lane::float8 as lane, u.payload, u.deaths,
              extract(epoch from now() - u.received_at)::float8 * 1000 as age`,
        );
        return taken
          .map(({ id, age, ...rest }) => ({ ...rest, updateId: id, ageMs: age }))
          .sort((a, b) => a.updateId - b.updateId);
      });
    },

    /**
     * Says that the handlers of these updates begin.
     * @returns those that are still ours
     */
    async begin(owner: string, updateIds: readonly number[]): Promise<ReadonlySet<number>> {
      const begun = await beginRows({ owner, ids: listed(updateIds) });
      return new Set(begun.map(({ id }) => id));
    },

    /** Marks updates as handled, and drops their payload: it is people's words, and nobody needs it now. */
    async markDone(owner: string, updateIds: readonly number[]): Promise<void> {
      await doneRows({ owner, ids: listed(updateIds) });
    },

    /** Marks an update as one that cannot be handled; its payload stays, so that an owner can have it tried again. */
    async markDead(owner: string, updateId: number, fault: string): Promise<void> {
      await db.execute(
        sql`update telegram_updates
          set state = 'dead', owner = null, handled_until = null, failures = failures + 1, fault = ${fault}
          where update_id = ${updateId} and ${isOurs(owner)}`,
      );
    },

    /** Leaves everything that is ours and unfinished to whoever takes it over. */
    async leaveToOthers(owner: string): Promise<void> {
      await db.execute(
        sql`update telegram_updates set owner = null, handled_until = null where ${isOurs(owner)}`,
      );
    },

    /** From here on this process is none that takes updates in: another one may poll. */
    async resign(owner: string): Promise<void> {
      await db.execute(sql`delete from intake_processes where id = ${owner}`);
    },

    /**
     * Of all processes together: when the oldest unfinished update came, in milliseconds before now (null when there
     * is none), and how many were given up and are still kept.
     */
    async backlog(): Promise<{ oldestMs: number | null; dead: number }> {
      const [row] = await selectRows<{ age: number | null; dead: number }>(
        db,
        sql`select (select extract(epoch from now() - min(received_at))::float8 * 1000
              from telegram_updates where state = 'waiting') as age,
            (select count(*)::int from telegram_updates where state = 'dead') as dead`,
      );
      return { oldestMs: row?.age ?? null, dead: row?.dead ?? 0 };
    },

    /**
     * Deletes what was finished and what was given up once its time is over (privacy/retention), in statements of bounded
     * size.
     * @returns how many rows went
     */
    async deleteOld(now: Date): Promise<number> {
      const before = (ms: number): SQL => sql`${new Date(now.getTime() - ms).toISOString()}::timestamptz`;
      let total = 0;
      for (;;) {
        const deleted = await selectRows(
          db,
          sql`delete from telegram_updates where update_id in (
            select update_id from telegram_updates
            where received_at < ${before(FIXED_RETENTION.updates)} and state <> 'waiting'
              and (state <> 'dead' or received_at < ${before(FIXED_RETENTION['failed-updates'])})
            limit ${ROWS_PER_DELETE}) returning 1 as one`,
        );
        total += deleted.length;
        if (deleted.length < ROWS_PER_DELETE) return total;
      }
    },
  };
}

type TakenRow = { id: number; lane: number; payload: unknown; deaths: number; age: number };
