/** Photoshoots whose payment has landed: each is placed once, whoever comes to it first. */
import { and, asc, eq, exists } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { orders, photoshoots } from '../../database/schema/index.ts';
import { isAppError } from '../../errors.ts';
import type { Queue } from '../../queue/queue.ts';
import { type Draft, toPhotoshoot } from '../photoshoot.ts';
import { placeChosen } from './place-photoshoot.ts';

/** Paid for, and still waiting: as a fault or a death between the two has left it, or short of credits. */
const isPaidAndWaits = (db: Database) =>
  and(
    eq(photoshoots.state, 'awaiting_payment'),
    exists(
      db
        .select({ id: orders.id })
        .from(orders)
        .where(and(eq(orders.photoshootId, photoshoots.id), eq(orders.state, 'paid'))),
    ),
  );

/** The photoshoot that waits for this order, which is paid; null where there is none. */
export async function readPaidPhotoshoot(db: Database, orderId: number): Promise<number | null> {
  const [row] = await db
    .select({ id: photoshoots.id })
    .from(orders)
    .innerJoin(photoshoots, eq(photoshoots.id, orders.photoshootId))
    .where(and(eq(orders.id, orderId), isPaidAndWaits(db)));
  return row?.id ?? null;
}

/** All photoshoots that are paid for and wait all the same, the oldest first. */
export async function readPaidButWaiting(db: Database): Promise<number[]> {
  const rows = await db
    .select({ id: photoshoots.id })
    .from(photoshoots)
    .where(isPaidAndWaits(db))
    .orderBy(asc(photoshoots.id));
  return rows.map((row) => row.id);
}

/**
 * Places a photoshoot that waits for its payment, which must have landed.
 * @returns false where it no longer waits, or the credits do not cover it after all: then it waits on
 */
export async function placePaid(
  deps: { db: Database; queue: Queue },
  photoshootId: number,
  now: Date,
): Promise<boolean> {
  try {
    return await deps.db.transaction(async (tx) => {
      const [row] = await tx
        .select()
        .from(photoshoots)
        .where(and(eq(photoshoots.id, photoshootId), isPaidAndWaits(tx)))
        .for('update');
      if (row === undefined) return false;
      const photoshoot = toPhotoshoot(row);
      if (photoshoot.state !== 'awaiting_payment') return false;
      const draft: Draft = { ...photoshoot, state: 'draft', expiresAt: row.expiresAt };
      await placeChosen({ db: tx, queue: deps.queue }, { draft }, now);
      return true;
    });
  } catch (error) {
    if (isAppError(error, 'not-enough-credits')) return false;
    throw error;
  }
}
