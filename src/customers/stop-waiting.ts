import { eq } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { users } from '../database/schema/index.ts';

/** Nothing more is expected of this person: their next message is an ordinary one, whatever they had been asked for. */
export async function stopWaiting(db: Database, userId: number): Promise<void> {
  await db.update(users).set({ describingDraftId: null, writingTicketId: null }).where(eq(users.id, userId));
}
