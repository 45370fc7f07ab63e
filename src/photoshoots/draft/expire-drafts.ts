import { lte } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { photoshoots } from '../../database/schema/index.ts';
import { takeStep } from '../take-step.ts';

/** Ends the drafts whose time is over. @returns how many */
export async function expireDrafts(db: Database, now: Date): Promise<number> {
  const expired = await takeStep(db, 'expire', lte(photoshoots.expiresAt, now));
  return expired.length;
}
