import {
  creditPayment,
  type IncomingPayment,
  type PaymentOutcome,
} from '../../billing/orders/credit-payment.ts';
import { readInvoice } from '../../billing/orders/invoice-payload.ts';
import type { ReferralSettings } from '../../billing/referrals/reward-inviter.ts';
import type { Database } from '../../database/client.ts';
import { toError } from '../../errors.ts';
import type { Queue } from '../../queue/queue.ts';
import { placePaid, readPaidPhotoshoot } from './place-paid.ts';

export type TakenPayment = PaymentOutcome & {
  /** The photoshoot that waited for this money and is now in the queue. */
  startedPhotoshootId: number | null;
  /** Why it could not be placed, although it is paid; the sweep of paid photoshoots places it. */
  placingFault: Error | null;
};

/**
 * Money arrived: it is credited, and the photoshoot that waited for it is placed. These are two transactions,
 * the money first: whatever keeps the order from being placed must not undo the payment. A repeat of the same
 * charge credits nothing and places what a process that died in between has left.
 */
export async function takePayment(
  deps: { db: Database; queue: Queue; referral: ReferralSettings },
  incoming: IncomingPayment,
  now: Date,
): Promise<TakenPayment> {
  const outcome = await deps.db.transaction((tx) => creditPayment(tx, incoming, deps.referral, now));
  if (outcome.kind === 'held') return { ...outcome, startedPhotoshootId: null, placingFault: null };
  try {
    const orderId = readInvoice(incoming.payload);
    const photoshootId = orderId === null ? null : await readPaidPhotoshoot(deps.db, orderId);
    const placed = photoshootId !== null && (await placePaid(deps, photoshootId, now));
    return { ...outcome, startedPhotoshootId: placed ? photoshootId : null, placingFault: null };
  } catch (error) {
    return { ...outcome, startedPhotoshootId: null, placingFault: toError(error) };
  }
}
