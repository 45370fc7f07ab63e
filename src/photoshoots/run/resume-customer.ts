import { and, eq, inArray, isNull, or } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { photoshoots } from '../../database/schema/index.ts';
import type { Queue } from '../../queue/queue.ts';
import { ENDED } from '../steps.ts';

/**
 * Somebody who had blocked the bot is back: what was made for them meanwhile is sent now, and what they have
 * not heard of is told. Also what a worker still has: it may be about to find out that it could not send.
 * @param deps.db the transaction in which the person becomes reachable again
 */
export async function resumeCustomer(
  { db, queue }: { db: Database; queue: Queue },
  userId: number,
): Promise<void> {
  const kept = await db
    .select({ id: photoshoots.id, priority: photoshoots.priority })
    .from(photoshoots)
    .where(
      and(
        eq(photoshoots.userId, userId),
        or(
          eq(photoshoots.state, 'generating'),
          and(inArray(photoshoots.state, ENDED), isNull(photoshoots.outcomeToldAt)),
        ),
      ),
    );
  for (const { id, priority } of kept) {
    await queue.enqueue(db, 'run-photoshoot', { photoshootId: id }, { priority });
  }
}
