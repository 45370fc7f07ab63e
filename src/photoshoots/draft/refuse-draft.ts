import { and, eq } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { photoshoots } from '../../database/schema/index.ts';

/** Ends a draft that cannot become pictures: a photo that is refused, cannot be read or is gone. Costs nothing. */
export async function refuseDraft(db: Database, photoshootId: number, failureCode: string): Promise<void> {
  await db
    .update(photoshoots)
    // The outcome stands in the draft's own card: nothing is left to be told.
    .set({ state: 'failed', failureCode, finishedAt: new Date(), outcomeToldAt: new Date() })
    .where(and(eq(photoshoots.id, photoshootId), eq(photoshoots.state, 'draft')));
}
