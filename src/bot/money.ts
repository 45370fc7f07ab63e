/** What the bot asks of whoever moves money with Telegram; built in app.ts, since it works outside a conversation. */
import type { EndingSubscription } from '../billing/cancel-subscription.ts';
import type { RefundOutcome, RefundRequest } from '../billing/refund-payment.ts';

export type Money = {
  /** Refunds a payment in Stars. @throws AppError nothing-to-refund, not-found */
  refund(request: RefundRequest, signal: AbortSignal): Promise<RefundOutcome>;
  /** The money of a charge went back to the buyer, as Telegram reports it. */
  receiveRefund(chargeId: string): Promise<unknown>;
  /** A subscription ends with its period. @throws TelegramRefused, TelegramUnreachable */
  endSubscription(subscription: EndingSubscription, signal: AbortSignal): Promise<void>;
};
