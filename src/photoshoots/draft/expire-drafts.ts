import { and, inArray, lte } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { photoshoots } from '../../database/schema/index.ts';

/** Ends the drafts whose time is over. @returns how many */
export async function expireDrafts(db: Database, now: Date): Promise<number> {
  const expired = await db
    .update(photoshoots)
    .set({ state: 'expired' })
    .where(and(inArray(photoshoots.state, ['draft', 'awaiting_payment']), lte(photoshoots.expiresAt, now)))
    .returning({ id: photoshoots.id });
  return expired.length;
}
