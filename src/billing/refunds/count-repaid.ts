import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { creditEntries } from '../../database/schema/index.ts';

/** How many credits of a photoshoot came back and went on to a refund, whose money their owner has. */
export async function countRepaid(db: Database, photoshootId: number): Promise<number> {
  const [row] = await db
    .select({ repaid: sql`coalesce(-sum(${creditEntries.available}), 0)`.mapWith(Number) })
    .from(creditEntries)
    .where(and(eq(creditEntries.photoshootId, photoshootId), eq(creditEntries.kind, 'repay')));
  return row?.repaid ?? 0;
}
