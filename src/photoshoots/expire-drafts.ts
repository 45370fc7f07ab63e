import { and, eq, lte } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { photoshoots } from '../database/schema/index.ts';

/** Ends the drafts whose time is over. @returns how many */
export async function expireDrafts(db: Database, now: Date): Promise<number> {
  const expired = await db
    .update(photoshoots)
    .set({ state: 'expired' })
    .where(and(eq(photoshoots.state, 'draft'), lte(photoshoots.expiresAt, now)))
    .returning({ id: photoshoots.id });
  return expired.length;
}
