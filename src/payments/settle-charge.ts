/** The second try of money that could not be written down: by the sweep, and by an admin's tap. */

import type { PaymentOutcome } from '../billing/orders/credit-payment.ts';
import { type ReportedCharge, readReported, readUnsettled } from '../billing/orders/unsettled-charges.ts';
import type { Reversal } from '../billing/refunds/reverse-payment.ts';
import { AppError, toError } from '../errors.ts';
import { tellAdmins } from '../messenger/tell-admins.ts';
import { placePaid, readPaidButWaiting } from '../photoshoots/draft/place-paid.ts';
import { priceText } from '../screens/buy-card.ts';
import type { PaymentsDeps } from './deps.ts';
import { receivePayment } from './receive-payment.ts';
import { receiveRefund } from './receive-refund.ts';

/** `settled`: it is written down where it belongs; `before`: somebody was faster; `held`: it fits no order. */
export type Settlement = 'settled' | 'before' | 'held' | 'failed';

/** What became of a charge, by what its verb says; a refund is `unknown` while its payment is not credited. */
const SETTLEMENTS = {
  credited: 'settled',
  held: 'held',
  repeated: 'before',
  refunded: 'settled',
  'charged-back': 'settled',
  unknown: 'failed',
} as const satisfies Record<PaymentOutcome['kind'] | Reversal['kind'], Settlement>;

/** Charges in one run of the sweep. */
const CHARGES_AT_ONCE = 100;

/**
 * Tries again to settle a charge that was reported; one that fails again stays as it is.
 * @param by the owner who asks for it; null for the sweep
 * @throws AppError not-found
 */
export async function settleCharge(
  deps: PaymentsDeps,
  { id, by }: { id: number; by: number | null },
  now: Date,
): Promise<Settlement> {
  const reported = await readReported(deps.db, id);
  if (reported === null) throw new AppError('not-found', 'no such charge was reported');
  if (reported.settled) return 'before';
  const charge = by === null ? reported.charge : { ...reported.charge, settledBy: by };
  try {
    return await settle(deps, charge, now);
  } catch (error) {
    deps.log.error({ err: toError(error), chargeId: id, kind: charge.kind }, 'a charge is still unsettled');
    return 'failed';
  }
}

async function settle(deps: PaymentsDeps, charge: ReportedCharge, now: Date): Promise<Settlement> {
  switch (charge.kind) {
    case 'payment': {
      // Somebody unknown goes by their number until they write: their name may be what was in the way.
      const { userId: id, language } = charge;
      const payer = { id, firstName: String(id), username: null, language };
      const { kind } = await receivePayment(deps, charge, payer, 'late', now);
      return SETTLEMENTS[kind];
    }
    case 'refund':
      return SETTLEMENTS[await receiveRefund(deps, charge, now)];
    default: {
      const never: never = charge.kind;
      throw new Error(`unknown charge ${String(never)}`);
    }
  }
}

/**
 * What a schedule does: tries again what could not be settled, and places what is paid for and still waits. One
 * that fails does not keep the others from being seen to.
 */
export async function finishPayments(deps: PaymentsDeps, now: Date): Promise<void> {
  const { charges } = await readUnsettled(deps.db, CHARGES_AT_ONCE);
  for (const { id, kind, userId, currency, amount } of charges) {
    const settlement = await settleCharge(deps, { id, by: null }, now);
    if (settlement === 'held') await tellAdmins(deps, 'alert-payment-held');
    if (settlement !== 'settled') continue;
    const price = priceText('en', currency, amount);
    await tellAdmins(deps, `alert-settled-${kind}`, { user: String(userId), price });
  }
  for (const photoshootId of await readPaidButWaiting(deps.db)) {
    try {
      if (await placePaid(deps, photoshootId, now)) {
        deps.log.warn({ photoshootId }, 'a paid photoshoot was placed that had been left waiting');
      }
    } catch (error) {
      deps.log.error({ err: toError(error), photoshootId }, 'a paid photoshoot could not be placed');
    }
  }
}
