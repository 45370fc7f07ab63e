import { eq, sql } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { photoshoots } from '../database/schema/index.ts';

/** Before photos are touched: should the process die of them, the mark stays. */
export async function beginPreparation(db: Database, photoshootId: number): Promise<void> {
  await db
    .update(photoshoots)
    .set({ lostPreparations: sql`${photoshoots.lostPreparations} + 1` })
    .where(eq(photoshoots.id, photoshootId));
}

/** After it, however it ended: the process is alive. */
export async function endPreparation(db: Database, photoshootId: number): Promise<void> {
  await db.update(photoshoots).set({ lostPreparations: 0 }).where(eq(photoshoots.id, photoshootId));
}
