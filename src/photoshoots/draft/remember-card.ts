import { and, eq, isNull } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { photoshoots } from '../../database/schema/index.ts';
import { type Photoshoot, toPhotoshoot } from '../photoshoot.ts';

/**
 * Remembers the message that shows this photoshoot.
 * @returns it as it is now; null when another message was there first (an update that was handled twice)
 */
export async function rememberCard(
  db: Database,
  photoshootId: number,
  messageId: number,
): Promise<Photoshoot | null> {
  const [stored] = await db
    .update(photoshoots)
    .set({ cardMessageId: messageId })
    .where(and(eq(photoshoots.id, photoshootId), isNull(photoshoots.cardMessageId)))
    .returning();
  return stored === undefined ? null : toPhotoshoot(stored);
}

/** Another message shows this photoshoot from now on, because the one before it is gone. */
export async function moveCard(db: Database, photoshootId: number, messageId: number): Promise<void> {
  await db.update(photoshoots).set({ cardMessageId: messageId }).where(eq(photoshoots.id, photoshootId));
}
