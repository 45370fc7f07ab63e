/** The readers of a broadcast under way: each is claimed before anything leaves. */
import { and, asc, eq, lte, sql } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { selectRows } from '../../database/rows.ts';
import { broadcastReaders, broadcasts, type ReaderState, users } from '../../database/schema/index.ts';
import type { Broadcast } from './broadcast.ts';

/**
 * Takes the right to send a handful of a broadcast: one process has it until `until`, so the pace holds over all of
 * them.
 * @returns null when nothing is being sent, or another process is at it
 */
export async function takeTurn(db: Database, until: Date, now: Date): Promise<Broadcast | null> {
  const due = db
    .select({ id: broadcasts.id })
    .from(broadcasts)
    .where(and(eq(broadcasts.state, 'sending'), lte(broadcasts.nextAt, now)))
    .orderBy(asc(broadcasts.id))
    .limit(1)
    .for('update', { skipLocked: true });
  const [broadcast] = await db
    .update(broadcasts)
    .set({ nextAt: until })
    .where(sql`${broadcasts.id} = (${due})`)
    .returning();
  return broadcast ?? null;
}

export type Reader = { userId: number; language: string };

/** The next readers that nobody has claimed. */
export async function nextReaders(db: Database, broadcastId: number, limit: number): Promise<Reader[]> {
  return db
    .select({ userId: broadcastReaders.userId, language: users.language })
    .from(broadcastReaders)
    .innerJoin(users, eq(users.id, broadcastReaders.userId))
    .where(and(eq(broadcastReaders.broadcastId, broadcastId), eq(broadcastReaders.state, 'waiting')))
    .orderBy(asc(broadcastReaders.userId))
    .limit(limit);
}

/**
 * Claims a reader at the last moment before the message leaves: whoever dies behind this has perhaps told them, so
 * nobody tells them again.
 * @returns false when somebody else has, when the broadcast is not being sent any more, and when the reader has muted
 * it, was shut out or wants their data deleted meanwhile
 */
export async function claimReader(
  db: Database,
  { broadcastId, userId }: { broadcastId: number; userId: number },
): Promise<boolean> {
  const claimed = await selectRows(
    db,
    sql`update broadcast_readers r set state = 'claimed' from broadcasts b, users u
        where r.broadcast_id = ${broadcastId} and r.user_id = ${userId} and r.state = 'waiting'
          and b.id = r.broadcast_id and b.state = 'sending'
          and u.id = r.user_id and u.broadcasts_muted_at is null and u.banned_at is null
          and u.deletion_due_at is null
        returning 1 as one`,
  );
  return claimed.length > 0;
}

/**
 * Those who muted broadcasts, were shut out, or want their data deleted, since it began: nothing is sent to them.
 * @returns how many
 */
export async function dropUnwilling(db: Database, broadcastId: number): Promise<number> {
  const dropped = await selectRows(
    db,
    sql`delete from broadcast_readers r using users u
        where r.broadcast_id = ${broadcastId} and r.state = 'waiting' and u.id = r.user_id
          and (u.broadcasts_muted_at is not null or u.banned_at is not null or u.deletion_due_at is not null)
        returning 1 as one`,
  );
  return dropped.length;
}

/** What became of a reader who was claimed. `waiting`: nothing has left, so they are told later. */
export async function settleReader(
  db: Database,
  {
    broadcastId,
    userId,
    state,
  }: { broadcastId: number; userId: number; state: Exclude<ReaderState, 'claimed'> },
): Promise<void> {
  await db
    .update(broadcastReaders)
    .set({ state })
    .where(
      and(
        eq(broadcastReaders.broadcastId, broadcastId),
        eq(broadcastReaders.userId, userId),
        eq(broadcastReaders.state, 'claimed'),
      ),
    );
}

/** Ends a broadcast of which nobody waits any more. @returns false when somebody does, or it has ended */
export async function endBroadcast(db: Database, broadcastId: number): Promise<boolean> {
  const ended = await db
    .update(broadcasts)
    .set({ state: 'done', endedAt: new Date() })
    .where(
      and(
        eq(broadcasts.id, broadcastId),
        eq(broadcasts.state, 'sending'),
        sql`not exists (select from broadcast_readers
          where broadcast_id = ${broadcasts.id} and state = 'waiting')`,
      ),
    )
    .returning({ id: broadcasts.id });
  return ended.length > 0;
}
