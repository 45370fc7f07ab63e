import { and, eq, inArray, isNull, or } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { photoshoots } from '../database/schema/index.ts';
import type { Queue } from '../queue/queue.ts';

/**
 * Somebody who had blocked the bot is back: what was made for them meanwhile is sent now, and what they have
 * not heard of is told. Also what a worker still has: it may be about to find out that it could not send.
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
          or(
            eq(photoshoots.state, 'generating'),
            and(
              inArray(photoshoots.state, ['completed', 'cancelled', 'failed']),
              isNull(photoshoots.outcomeToldAt),
            ),
          ),
        ),
      );
    for (const { id } of kept) await deps.queue.enqueue(tx, 'run-photoshoot', { photoshootId: id });
    return kept.length;
  });
}
