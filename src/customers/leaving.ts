/** Somebody who wants their data deleted, and has some days to come back. */
import { and, eq, isNotNull } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { users } from '../database/schema/index.ts';

export async function isLeaving(db: Database, userId: number): Promise<boolean> {
  return (await db.$count(users, and(eq(users.id, userId), isNotNull(users.deletionDueAt)))) > 0;
}

/** The person stays, with all that they have. @returns false when nothing was to be deleted, or it is already */
export async function comeBack(db: Database, userId: number): Promise<boolean> {
  const back = await db
    .update(users)
    .set({ deletionDueAt: null })
    .where(and(eq(users.id, userId), isNotNull(users.deletionDueAt)))
    .returning({ id: users.id });
  return back.length > 0;
}
