import { and, eq, isNull } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { photoshoots } from '../database/schema/index.ts';
import type { Queue } from '../queue/queue.ts';

/**
 * Somebody who had blocked the bot is back: what was made for them meanwhile is sent now.
 * @returns how many photoshoots go on
 */
export async function resumeCustomer(deps: { db: Database; queue: Queue }, userId: number): Promise<number> {
  return deps.db.transaction(async (tx) => {
    const kept = await tx
      .select({ id: photoshoots.id })
      .from(photoshoots)
      .where(
        and(
          eq(photoshoots.userId, userId),
          eq(photoshoots.state, 'generating'),
          isNull(photoshoots.leaseUntil),
        ),
      );
    for (const { id } of kept) await deps.queue.enqueue(tx, 'run-photoshoot', { photoshootId: id });
    return kept.length;
  });
}
