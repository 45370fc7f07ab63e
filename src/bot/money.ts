/** What the bot asks of whoever moves money with Telegram; built in app.ts, since it works outside a conversation. */
import type { EndingSubscription } from '../billing/orders/cancel-subscription.ts';
import type { IncomingPayment } from '../billing/orders/credit-payment.ts';
import type { ReportedCharge } from '../billing/orders/unsettled-charges.ts';
import type { RefundOutcome, RefundRequest } from '../billing/refunds/refund-payment.ts';
import type { Person } from '../customers/register-customer.ts';

export type Money = {
  /** Money arrived: it is credited once, and everybody is told who has to know. */
  receivePayment(incoming: IncomingPayment, payer: Person): Promise<unknown>;
  /** Refunds a payment in Stars. @throws AppError nothing-to-refund, not-found */
  refund(request: RefundRequest, signal: AbortSignal): Promise<RefundOutcome>;
  /** The money of a charge went back to the buyer, as Telegram reports it. */
  receiveRefund(chargeId: string): Promise<unknown>;
  /**
   * Keeps a charge that could not be settled, and tells of it once.
   * @throws when it could not be written down: it must not be forgotten then
   */
  reportCharge(charge: ReportedCharge): Promise<void>;
  /** Tries again to settle a charge that was reported. @throws AppError not-found */
  settleCharge(id: number): Promise<'settled' | 'before' | 'held' | 'failed'>;
  /** A subscription ends with its period. @throws TelegramRefused, TelegramUnreachable */
  endSubscription(subscription: EndingSubscription, signal: AbortSignal): Promise<void>;
};
