import { and, desc, eq, inArray } from 'drizzle-orm';
import { cancelOrdersFor, lockOrdersFor } from '../../billing/orders/create-order.ts';
import { returnCredits } from '../../billing/refunds/return-credits.ts';
import type { Database } from '../../database/client.ts';
import { photoshoots, processedImages } from '../../database/schema/index.ts';
import { AppError } from '../../errors.ts';
import { toPhotoshoot } from '../photoshoot.ts';
import { IN_WORK, UNPLACED } from '../steps.ts';
import { takeLockedStep } from '../take-step.ts';
import { readPictures } from './start-photoshoot.ts';

export type Cancellation =
  /** Nothing had begun: it is over, and this many credits are back with the seller. */
  | { kind: 'cancelled'; released: number }
  /** The worker stops within a second; pictures that are finished still arrive and are paid for. */
  | { kind: 'stopping' }
  | { kind: 'too-late' };

/**
 * The seller wants no more of this photoshoot. A draft is dropped, and an invoice that waits for it is no longer
 * to be paid.
 * @throws AppError not-found, also for somebody else's
 */
export async function cancelPhotoshoot(
  db: Database,
  input: { photoshootId: number; userId: number },
): Promise<Cancellation> {
  const { photoshootId, userId } = input;
  return db.transaction(async (tx) => {
    await lockOrdersFor(tx, photoshootId);
    const [row] = await tx
      .select()
      .from(photoshoots)
      .where(and(eq(photoshoots.id, photoshootId), eq(photoshoots.userId, userId)))
      .for('update');
    if (row === undefined) throw new AppError('not-found', 'this person has no such photoshoot');
    const photoshoot = toPhotoshoot(row);
    switch (photoshoot.state) {
      case 'draft':
      case 'awaiting_payment':
        await takeLockedStep(tx, 'expire', photoshootId);
        await cancelOrdersFor(tx, photoshootId);
        return { kind: 'cancelled', released: 0 };
      case 'queued': {
        const released = await releaseAll(tx, userId, photoshootId);
        // The outcome stands in the card itself: nothing is left to be told.
        await takeLockedStep(tx, 'withdraw', photoshootId, {
          finishedAt: new Date(),
          outcomeToldAt: new Date(),
        });
        return { kind: 'cancelled', released };
      }
      case 'generating':
        await tx
          .update(photoshoots)
          .set({ cancelRequestedAt: row.cancelRequestedAt ?? new Date() })
          .where(eq(photoshoots.id, photoshootId));
        return { kind: 'stopping' };
      case 'completed':
      case 'cancelled':
      case 'failed':
      case 'expired':
        return { kind: 'too-late' };
      default: {
        const never: never = photoshoot;
        throw new Error(`unknown photoshoot ${String(never)}`);
      }
    }
  });
}

async function releaseAll(tx: Database, userId: number, photoshootId: number): Promise<number> {
  const pictures = await readPictures(tx, photoshootId);
  await tx
    .update(processedImages)
    .set({ state: 'cancelled' })
    .where(eq(processedImages.photoshootId, photoshootId));
  let released = 0;
  for (const picture of pictures) {
    const { id: pictureId, credits } = picture;
    const returned = { userId, kind: 'release', photoshootId, pictureId, credits } as const;
    released += credits - (await returnCredits(tx, returned)).repaid;
  }
  return released;
}

/** The person's newest photoshoot that can still be stopped or dropped, if there is one: what `/cancel` means. */
export async function findCancellable(
  db: Database,
  userId: number,
): Promise<{ id: number; cardMessageId: number | null } | null> {
  const [row] = await db
    .select({ id: photoshoots.id, cardMessageId: photoshoots.cardMessageId })
    .from(photoshoots)
    .where(and(eq(photoshoots.userId, userId), inArray(photoshoots.state, [...UNPLACED, ...IN_WORK])))
    .orderBy(desc(photoshoots.createdAt))
    .limit(1);
  return row ?? null;
}
