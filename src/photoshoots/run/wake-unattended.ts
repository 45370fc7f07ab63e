import { and, asc, eq, isNull, lt, or, sql } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { isOneOf } from '../../database/is-one-of.ts';
import { photoshoots, users } from '../../database/schema/index.ts';
import type { Queue } from '../../queue/queue.ts';

/**
 * Has photoshoots that were begun and that no worker has at the moment taken up now, instead of when their
 * job is due: those that wait for a provider. One whose owner has blocked the bot waits for nobody but them.
 * @param which one photoshoot, everybody's, or the one of all that has been tried least often, the oldest first
 * @returns how many there were
 */
export async function wakeUnattended(
  deps: { db: Database; queue: Queue },
  which: { photoshootId: number } | 'one' | 'all',
): Promise<number> {
  const { db, queue } = deps;
  const unattended = db
    .select({ id: photoshoots.id, priority: photoshoots.priority })
    .from(photoshoots)
    .innerJoin(users, eq(users.id, photoshoots.userId))
    .where(
      and(
        isOneOf(photoshoots.state, ['generating']),
        or(isNull(photoshoots.leaseUntil), lt(photoshoots.leaseUntil, sql`now()`)),
        isNull(users.blockedAt),
        typeof which === 'string' ? undefined : eq(photoshoots.id, which.photoshootId),
      ),
    )
    .orderBy(asc(photoshoots.run), asc(photoshoots.placedAt));
  const waiting = await (which === 'one' ? unattended.limit(1) : unattended);
  for (const { id, priority } of waiting) {
    await queue.enqueue(db, 'run-photoshoot', { photoshootId: id }, { priority });
  }
  return waiting.length;
}
