import { and, inArray, lt } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { isOneOf } from '../database/is-one-of.ts';
import { supportMessages, supportTickets } from '../database/schema/index.ts';

/** Drops tickets that were closed before then, with all that was written in them. @returns how many */
export async function sweepTickets(db: Database, before: Date): Promise<number> {
  return db.transaction(async (tx) => {
    const isOver = and(isOneOf(supportTickets.state, ['resolved']), lt(supportTickets.updatedAt, before));
    // Locked, so that nobody writes in one any more.
    const over = await tx
      .select({ id: supportTickets.id })
      .from(supportTickets)
      .where(isOver)
      .limit(1000)
      .for('update');
    if (over.length === 0) return 0;
    const ids = over.map(({ id }) => id);
    await tx.delete(supportMessages).where(inArray(supportMessages.ticketId, ids));
    await tx.delete(supportTickets).where(inArray(supportTickets.id, ids));
    return ids.length;
  });
}
