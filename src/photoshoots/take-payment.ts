import { and, eq } from 'drizzle-orm';
import { creditPayment, type IncomingPayment, type PaymentOutcome } from '../billing/credit-payment.ts';
import type { ReferralSettings } from '../billing/referrals.ts';
import type { Database } from '../database/client.ts';
import { photoshoots } from '../database/schema/index.ts';
import { isAppError } from '../errors.ts';
import type { Queue } from '../queue/queue.ts';
import { type Draft, readStyles, toPhotoshoot } from './photoshoot.ts';
import { placeDraft } from './place-photoshoot.ts';

export type Taken = PaymentOutcome & {
  /** The photoshoot that waited for this money and is now in the queue. */
  startedPhotoshootId: number | null;
};

/**
 * Money arrived: it is credited, and the photoshoot that waited for it is placed, in one transaction. A
 * repeat of the same charge changes nothing.
 */
export async function takePayment(
  deps: { db: Database; queue: Queue; referral: ReferralSettings },
  incoming: IncomingPayment,
  now: Date,
): Promise<Taken> {
  return deps.db.transaction(async (tx) => {
    const outcome = await creditPayment(tx, incoming, deps.referral, now);
    const waiting = outcome.kind === 'credited' ? outcome.order.photoshootId : null;
    const startedPhotoshootId =
      waiting === null ? null : await placeWaiting({ db: tx, queue: deps.queue }, waiting, now);
    return { ...outcome, startedPhotoshootId };
  });
}

/** @returns null where the photoshoot no longer waits, or the money does not cover it after all */
async function placeWaiting(
  deps: { db: Database; queue: Queue },
  photoshootId: number,
  now: Date,
): Promise<number | null> {
  const [row] = await deps.db
    .select()
    .from(photoshoots)
    .where(and(eq(photoshoots.id, photoshootId), eq(photoshoots.state, 'awaiting_payment')))
    .for('update');
  if (row === undefined) return null;
  const photoshoot = toPhotoshoot(row);
  if (photoshoot.state !== 'awaiting_payment') return null;
  const draft: Draft = { ...photoshoot, state: 'draft', expiresAt: row.expiresAt };
  const chosen = (await readStyles(deps.db, photoshootId)).filter((style) => style.chosen);
  try {
    // A savepoint: when the credits are short all the same, the payment stands and the photoshoot waits on.
    await deps.db.transaction((tx) => placeDraft({ db: tx, queue: deps.queue }, draft, chosen, now));
    return photoshootId;
  } catch (error) {
    if (isAppError(error, 'not-enough-credits')) return null;
    throw error;
  }
}
