import { reportRefundOfUnsettled } from '../billing/orders/unsettled-charges.ts';
import { amountLeft, standingCredits } from '../billing/refunds/parts.ts';
import { type Reversal, type ReversedCharge, reversePayment } from '../billing/refunds/reverse-payment.ts';
import { tellAdmins } from '../messenger/tell-admins.ts';
import { priceText } from '../screens/buy-card.ts';
import type { PaymentsDeps } from './deps.ts';
import { endUnwantedSubscriptions } from './end-subscription.ts';
import { followRefund } from './refund.ts';

/**
 * Telegram says that the money of a charge went back, in a message or in its list of transactions: our own
 * refund is settled, a buyer's chargeback takes the credits in full. Told once, however often it is heard.
 */
export async function receiveRefund(
  deps: PaymentsDeps,
  charge: ReversedCharge,
  now: Date,
): Promise<Reversal['kind']> {
  const reversal = await reversePayment(deps.db, charge, now);
  switch (reversal.kind) {
    case 'repeated':
      break;
    case 'unknown':
      if (await reportRefundOfUnsettled(deps.db, charge.chargeId)) {
        deps.log.warn('money went back of a payment that is not credited yet');
      } else {
        deps.log.error('money went back of a charge that no payment has');
      }
      break;
    case 'refunded':
      await followRefund(deps, reversal.payment);
      break;
    case 'charged-back': {
      const { payment } = reversal;
      const { id, userId, currency } = payment;
      const credits = standingCredits(payment);
      deps.log.warn({ paymentId: id, userId, credits }, 'a buyer took a payment back');
      await endUnwantedSubscriptions(deps);
      await tellAdmins(deps, 'alert-chargeback', {
        id: String(id),
        user: String(userId),
        price: priceText('en', currency, amountLeft(payment)),
        credits,
        balance: reversal.balance,
      });
      break;
    }
    default: {
      const never: never = reversal;
      throw new Error(`unknown reversal ${String(never)}`);
    }
  }
  return reversal.kind;
}
