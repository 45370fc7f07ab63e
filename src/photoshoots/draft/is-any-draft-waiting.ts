import { and, eq, gt, isNull } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { isOneOf } from '../../database/is-one-of.ts';
import { photoshoots, users } from '../../database/schema/index.ts';

/** Whether a draft waits to be recognised, of somebody who has not blocked the bot. */
export async function isAnyDraftWaiting(db: Database, now: Date): Promise<boolean> {
  const waiting = await db
    .select({ id: photoshoots.id })
    .from(photoshoots)
    .innerJoin(users, eq(users.id, photoshoots.userId))
    .where(
      and(
        isOneOf(photoshoots.state, ['draft']),
        isNull(photoshoots.productName),
        gt(photoshoots.expiresAt, now),
        isNull(users.blockedAt),
      ),
    )
    .limit(1);
  return waiting.length > 0;
}
