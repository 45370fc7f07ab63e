/** What the admins are told once, until it is over: the database remembers, for all processes together. */
import { eq } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { notices } from '../database/schema/index.ts';

/** @returns true for the one caller who should tell it */
export async function raiseNotice(db: Database, key: string): Promise<boolean> {
  const raised = await db
    .insert(notices)
    .values({ key })
    .onConflictDoNothing()
    .returning({ key: notices.key });
  return raised.length > 0;
}

/** @returns true for the one caller who should tell that it is over */
export async function clearNotice(db: Database, key: string): Promise<boolean> {
  const cleared = await db.delete(notices).where(eq(notices.key, key)).returning({ key: notices.key });
  return cleared.length > 0;
}
