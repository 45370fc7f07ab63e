import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { users } from '../database/schema/index.ts';

/** Whether the person gets broadcasts, by their own word. What concerns their orders comes all the same. */
export async function muteBroadcasts(db: Database, userId: number, muted: boolean): Promise<void> {
  await db
    .update(users)
    .set({ broadcastsMutedAt: muted ? new Date() : null })
    .where(
      and(eq(users.id, userId), muted ? isNull(users.broadcastsMutedAt) : isNotNull(users.broadcastsMutedAt)),
    );
}
