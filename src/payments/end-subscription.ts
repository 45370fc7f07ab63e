import {
  type EndingSubscription,
  markCancelled,
  readRefundedButRenewing,
} from '../billing/orders/cancel-subscription.ts';
import { toError } from '../errors.ts';
import type { PaymentsDeps } from './deps.ts';

/** A subscription ends with the period that is paid. @throws TelegramRefused, TelegramUnreachable */
export async function endSubscription(
  deps: PaymentsDeps,
  { orderId, userId, chargeId }: EndingSubscription,
  signal?: AbortSignal,
): Promise<void> {
  const params = { user_id: userId, telegram_payment_charge_id: chargeId, is_canceled: true };
  await deps.gateway.call('editUserStarSubscription', params, { signal });
  await markCancelled(deps.db, orderId);
}

/** Tells Telegram not to renew what was refunded. Where that fails, the reconciliation comes back to it. */
export async function endRefundedSubscriptions(deps: PaymentsDeps): Promise<void> {
  for (const subscription of await readRefundedButRenewing(deps.db, new Date())) {
    try {
      await endSubscription(deps, subscription);
    } catch (error) {
      deps.log.error(
        { err: toError(error), orderId: subscription.orderId },
        'a refunded subscription still renews',
      );
    }
  }
}
