import { and, eq, isNull } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { isOneOf } from '../../database/is-one-of.ts';
import { photoshoots, processedImages, users } from '../../database/schema/index.ts';
import { IN_WORK } from '../steps.ts';

/**
 * Whether an order still has a picture to be made, now or by its next try, so that it will itself find out if
 * the provider makes pictures. One whose owner has blocked the bot will not, nor one that is to be cancelled.
 */
export async function isAnyPictureDue(db: Database): Promise<boolean> {
  const due = await db
    .select({ id: processedImages.id })
    .from(photoshoots)
    .innerJoin(users, eq(users.id, photoshoots.userId))
    .innerJoin(processedImages, eq(processedImages.photoshootId, photoshoots.id))
    .where(
      and(
        isOneOf(photoshoots.state, IN_WORK),
        isNull(photoshoots.cancelRequestedAt),
        isNull(users.blockedAt),
        eq(processedImages.state, 'waiting'),
      ),
    )
    .limit(1);
  return due.length > 0;
}
