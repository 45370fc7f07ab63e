import { and, eq, isNull, lt, or, sql } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { photoshoots, users } from '../../database/schema/index.ts';
import { PRIORITY, type Queue } from '../../queue/queue.ts';

/**
 * Has photoshoots that were begun and that no worker has at the moment taken up now, instead of when their
 * job is due: those that wait for a provider. One that is taken up twice is only looked at twice. One whose
 * owner has blocked the bot waits for nobody but them.
 * @param which one photoshoot, or everybody's
 * @returns how many there were
 */
export async function wakeUnattended(
  deps: { db: Database; queue: Queue },
  which: { photoshootId: number } | 'all',
): Promise<number> {
  const { db, queue } = deps;
  const waiting = await db
    .select({ id: photoshoots.id, paid: photoshoots.paid })
    .from(photoshoots)
    .innerJoin(users, eq(users.id, photoshoots.userId))
    .where(
      and(
        eq(photoshoots.state, 'generating'),
        or(isNull(photoshoots.leaseUntil), lt(photoshoots.leaseUntil, sql`now()`)),
        isNull(users.blockedAt),
        which === 'all' ? undefined : eq(photoshoots.id, which.photoshootId),
      ),
    );
  for (const { id, paid } of waiting) {
    const priority = paid ? PRIORITY.paid : PRIORITY.free;
    await queue.enqueue(db, 'run-photoshoot', { photoshootId: id }, { priority });
  }
  return waiting.length;
}
