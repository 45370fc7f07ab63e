/** What is over of broadcasts: a reader's row keeps them from reading twice, and nobody reads on weeks later. */
import { and, asc, eq, isNull, lt, sql } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { selectRows } from '../../database/rows.ts';
import { broadcastReaders, broadcasts } from '../../database/schema/index.ts';
import { countByState } from './broadcast.ts';

/** In one statement, which has to end within its limit; a broadcast may have a million readers. */
const ROWS_PER_DELETE = 10_000;

/**
 * Drops the readers of broadcasts that ended before then, whose numbers stay with the broadcast, and drafts that were
 * begun before and never sent.
 * @returns how many rows went
 */
export async function sweepBroadcasts(db: Database, before: Date): Promise<number> {
  const drafts = await db
    .delete(broadcasts)
    .where(and(eq(broadcasts.state, 'draft'), lt(broadcasts.createdAt, before)))
    .returning({ id: broadcasts.id });
  const ended = await db
    .select({ id: broadcasts.id })
    .from(broadcasts)
    .where(and(lt(broadcasts.endedAt, before), isNull(broadcasts.sweptAt)))
    .orderBy(asc(broadcasts.id));
  let total = drafts.length;
  for (const { id } of ended) {
    total += await dropReaders(db, id);
    await db.update(broadcasts).set({ sweptAt: sql`now()` }).where(eq(broadcasts.id, id));
  }
  return total;
}

async function dropReaders(db: Database, id: number): Promise<number> {
  // First the numbers: a process that dies behind this leaves readers, and no wrong count.
  const counts = await countByState(db, id);
  await db
    .update(broadcasts)
    .set({ counts })
    .where(and(eq(broadcasts.id, id), isNull(broadcasts.counts)));
  let total = 0;
  for (;;) {
    // As an array they are looked up by the key, each; as a query the server may read all readers for every handful.
    const dropped = await selectRows(
      db,
      sql`delete from ${broadcastReaders} where broadcast_id = ${id} and user_id = any (array(
          select user_id from ${broadcastReaders} where broadcast_id = ${id} order by user_id limit ${ROWS_PER_DELETE}))
        returning 1 as one`,
    );
    total += dropped.length;
    if (dropped.length < ROWS_PER_DELETE) return total;
  }
}
