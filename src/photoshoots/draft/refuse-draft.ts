import { eq } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { photoshoots } from '../../database/schema/index.ts';
import { takeStep } from '../take-step.ts';

/** Ends a draft that cannot become pictures: a photo that is refused, cannot be read or is gone. Costs nothing. */
export async function refuseDraft(db: Database, photoshootId: number, failureCode: string): Promise<void> {
  await takeStep(db, 'refuse', eq(photoshoots.id, photoshootId), {
    failureCode,
    finishedAt: new Date(),
    // The outcome stands in the draft's own card: nothing is left to be told.
    outcomeToldAt: new Date(),
  });
}
