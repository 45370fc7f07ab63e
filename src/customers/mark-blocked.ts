import { and, eq, isNull } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { users } from '../database/schema/index.ts';

/** The person blocked the bot or is gone: nothing more is sent until they write again. */
export async function markBlocked(db: Database, userId: number): Promise<void> {
  await db
    .update(users)
    .set({ blockedAt: new Date() })
    .where(and(eq(users.id, userId), isNull(users.blockedAt)));
}
