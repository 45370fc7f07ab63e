import { and, eq } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { creditEntries } from '../../database/schema/index.ts';

/** How many credits of a photoshoot came back and went on to a refund, whose money their owner has. */
export function countRepaid(db: Database, photoshootId: number): Promise<number> {
  return db.$count(
    creditEntries,
    and(eq(creditEntries.photoshootId, photoshootId), eq(creditEntries.kind, 'repay')),
  );
}
