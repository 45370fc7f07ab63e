/**
 * The statements over `telegram_updates`, in which a row belongs to one process at a time, its owner.
 *
 * Why one chat stays in order, also across processes:
 * - Telegram delivers the next update of a queue (a chat's messages, a person's taps) only after our 200 to
 *   the one before, that is after its commit. So an insert sees every earlier update of its queue.
 * - An insert takes its row only when every unfinished row of the lane is this process's own, with a lease
 *   that lasts; the process then runs them one after the other. Otherwise the row is nobody's, and waits.
 * - Nobody's rows, and those whose lease has passed, are taken over from the front of the lane, and not while
 *   a living process has an earlier one. Take-overs and renewals change owners of rows that exist; a lock
 *   makes them queue, so each sees what the one before did. Inserts need no lock: the rows that a take-over
 *   is after are foreign to every insert, before it and after it.
 * - Nothing of a row is written without being its owner: one that was frozen past its lease changes nothing.
 *
 * Between queues (a message and a tap of the same person) Telegram promises no order, and two processes that
 * get them in the same instant may handle them side by side.
 */
import {
  and,
  asc,
  eq,
  inArray,
  isNull,
  lt,
  ne,
  notExists,
  or,
  type Placeholder,
  type SQL,
  sql,
} from 'drizzle-orm';
import { alias, type PgColumn } from 'drizzle-orm/pg-core';
import type { Database } from '../database/client.ts';
import { telegramUpdates } from '../database/schema/telegram-updates.ts';
import { prepareInsert } from './prepare-insert.ts';

/** `payload`: the update as JSON that jsonb takes. */
export type NewUpdate = Readonly<{ updateId: number; lane: number; payload: string }>;

/** `deaths`: how often its owner died. `ageMs`: since it was received, by the database's clock. */
export type TakenUpdate = Readonly<{
  updateId: number;
  lane: number;
  payload: unknown;
  deaths: number;
  ageMs: number;
}>;

/** The columns that say whose turn a row is, of the table or of an alias. */
type OwnerColumns = Record<'updateId' | 'lane' | 'state' | 'owner' | 'leaseUntil', PgColumn>;

export type Inbox = ReturnType<typeof createInbox>;

/** An arbitrary number that processes lock while they change the owners of rows that exist. */
const OWNERSHIP_LOCK = 7_302_942;
/** Telegram repeats an update for 24 h at most; as long a repeat must be recognised. */
const KEPT_MS = 24 * 60 * 60 * 1000;
const ROWS_PER_DELETE = 1000;

/**
 * @param options.owner names this process, and no other one ever
 * @param options.alone true where no other process takes updates in (polling): each insert is then ours
 */
export function createInbox(
  db: Database,
  { owner, alone, leaseMs }: Readonly<{ owner: string; alone: boolean; leaseMs: number }>,
) {
  const table = telegramUpdates;
  const leaseEnd = sql`now() + ${leaseMs}::float8 * interval '1 millisecond'`;
  const ours = and(eq(table.owner, owner), eq(table.state, 'waiting'));
  // Lists travel as text: the two drivers write arrays in different ways.
  const isListed = sql`${table.updateId} = any(${sql.placeholder('ids')}::text::bigint[])`;
  const list = (ids: readonly number[]) => `{${ids.join(',')}}`;
  const nobodys = { owner: null, leaseUntil: null };

  const insert = prepareInsert(db, { owner, alone, leaseEnd });
  const done = db
    .update(table)
    .set({ ...nobodys, state: 'done', payload: null })
    .where(and(isListed, ours))
    .prepare('inbox_done');
  const release = db.update(table).set(nobodys).where(and(isListed, ours)).prepare('inbox_release');

  /**
   * Waiting, and nobody living works on it. What is ours and not in our hands belongs to a statement whose
   * answer was lost.
   */
  const isFree = (row: OwnerColumns, inHands: string | Placeholder) =>
    and(isWaiting(row, inHands), or(isNull(row.owner), eq(row.owner, owner), lt(row.leaseUntil, sql`now()`)));
  const isWaiting = (row: OwnerColumns, inHands: string | Placeholder) =>
    and(eq(row.state, 'waiting'), sql`${row.updateId} <> all(${inHands}::text::bigint[])`);
  const oneFree = db
    .select({ updateId: table.updateId })
    .from(table)
    .where(isFree(table, sql.placeholder('inHands')))
    .limit(1)
    .prepare('inbox_free');

  return {
    /**
     * Writes updates that are not there yet, in one statement, so all or none.
     * @returns true under the id of each that is ours to handle, false where it must wait for another process;
     * repeats of what was there are left out
     */
    async insert(updates: readonly NewUpdate[]): Promise<ReadonlyMap<number, boolean>> {
      const rows = updates.map(
        ({ updateId, lane, payload }) => `{"id":${updateId},"lane":${lane},"payload":${payload}}`,
      );
      const inserted = await insert.execute({ updates: `[${rows.join(',')}]` });
      return new Map(inserted.map((row) => [row.updateId, row.owner !== null]));
    },

    /** Marks updates as handled, and drops their payload: it is people's words, and nobody needs it now. */
    async markDone(updateIds: readonly number[]): Promise<void> {
      await done.execute({ ids: list(updateIds) });
    },

    /** Marks an update as one that cannot be handled; its payload stays for a day, for the developer. */
    async markDead(updateId: number, failures: number): Promise<void> {
      await db
        .update(table)
        .set({ ...nobodys, state: 'dead', attempts: sql`${table.attempts} + ${failures}` })
        .where(and(eq(table.updateId, updateId), ours));
    },

    /**
     * Takes over up to `limit` updates, the oldest first.
     * @param which `free`: those that nobody living works on; `all`: whoever has them, because nobody lives
     * @param inHands what this process holds already
     */
    async takeOver(
      which: 'free' | 'all',
      limit: number,
      inHands: readonly number[],
    ): Promise<readonly TakenUpdate[]> {
      const held = list(inHands);
      if (which === 'free' && (await oneFree.execute({ inHands: held })).length === 0) return [];
      return db.transaction(async (tx) => {
        await tx.execute(sql`select pg_advisory_xact_lock(${OWNERSHIP_LOCK})`);
        const row = alias(table, 'candidate');
        const before = alias(table, 'before');
        const livesBefore = tx
          .select({ updateId: before.updateId })
          .from(before)
          .where(and(isEarlierIn(before, row), ne(before.owner, owner), sql`${before.leaseUntil} >= now()`));
        const isOurs =
          which === 'all' ? isWaiting(row, held) : and(isFree(row, held), notExists(livesBefore));
        // The oldest first also over lanes: a limit then cuts every lane behind what was taken of it.
        const candidates = tx
          .select({ updateId: row.updateId })
          .from(row)
          .where(isOurs)
          .orderBy(asc(row.updateId))
          .limit(limit);
        const taken = await tx
          .update(table)
          // A row with another owner was left by a process that died, perhaps of it.
          .set({
            owner,
            leaseUntil: leaseEnd,
            attempts: sql`${table.attempts} + coalesce(${table.owner} <> ${owner}, false)::int`,
          })
          .where(inArray(table.updateId, candidates))
          .returning({
            updateId: table.updateId,
            lane: table.lane,
            payload: table.payload,
            deaths: table.attempts,
            ageMs: sql<number>`extract(epoch from now() - ${table.receivedAt})::float8 * 1000`.mapWith(
              Number,
            ),
          });
        return taken.sort((a, b) => a.updateId - b.updateId);
      });
    },

    /**
     * Renews the leases of a lane, as far as nobody else has an earlier update of it.
     * @returns the updates that are still ours to handle
     */
    async renew(lane: number): Promise<ReadonlySet<number>> {
      return db.transaction(async (tx) => {
        await tx.execute(sql`select pg_advisory_xact_lock(${OWNERSHIP_LOCK})`);
        const before = alias(table, 'before');
        const foreignBefore = tx
          .select({ updateId: before.updateId })
          .from(before)
          .where(and(isEarlierIn(before, table), sql`${before.owner} is distinct from ${owner}`));
        const renewed = await tx
          .update(table)
          .set({ leaseUntil: leaseEnd })
          .where(and(eq(table.lane, lane), ours, notExists(foreignBefore)))
          .returning({ updateId: table.updateId });
        return new Set(renewed.map((row) => row.updateId));
      });
    },

    /** Gives updates up without having handled them, for whoever takes them over. */
    async release(updateIds: readonly number[]): Promise<void> {
      await release.execute({ ids: list(updateIds) });
    },

    /** Gives up everything that is ours and unfinished. */
    async releaseAll(): Promise<void> {
      await db.update(table).set(nobodys).where(ours);
    },

    /**
     * Deletes what was finished and is older than a day, in statements of bounded size.
     * @returns how many rows went
     */
    async deleteOld(now: Date): Promise<number> {
      const old = db
        .select({ updateId: table.updateId })
        .from(table)
        .where(and(lt(table.receivedAt, new Date(now.getTime() - KEPT_MS)), ne(table.state, 'waiting')))
        .limit(ROWS_PER_DELETE);
      let total = 0;
      for (;;) {
        const deleted = await db
          .delete(table)
          .where(inArray(table.updateId, old))
          .returning({ updateId: table.updateId });
        total += deleted.length;
        if (deleted.length < ROWS_PER_DELETE) return total;
      }
    },
  };
}

/** Unfinished, and in front of the other row in its lane. */
function isEarlierIn(row: OwnerColumns, other: OwnerColumns): SQL | undefined {
  return and(eq(row.lane, other.lane), eq(row.state, 'waiting'), lt(row.updateId, other.updateId));
}
