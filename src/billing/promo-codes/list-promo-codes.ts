import { desc } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { promoCodes } from '../../database/schema/index.ts';

export type PromoCode = typeof promoCodes.$inferSelect;

/** The newest codes, with how often each was used. */
export async function listPromoCodes(db: Database, limit: number): Promise<PromoCode[]> {
  return db.select().from(promoCodes).orderBy(desc(promoCodes.createdAt), promoCodes.code).limit(limit);
}
