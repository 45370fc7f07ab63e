import { desc, eq } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { ownerActions } from '../database/schema/index.ts';

export type RecordedAct = typeof ownerActions.$inferSelect;

/** What was done to a person, the newest first. */
export async function readActsUpon(db: Database, userId: number, limit: number): Promise<RecordedAct[]> {
  return db
    .select()
    .from(ownerActions)
    .where(eq(ownerActions.userId, userId))
    .orderBy(desc(ownerActions.createdAt), desc(ownerActions.id))
    .limit(limit);
}
