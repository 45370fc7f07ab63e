import {
  type EndingSubscription,
  markCancelled,
  readLeaversRenewing,
  readRefundedButRenewing,
  readSurplus,
} from '../billing/orders/cancel-subscription.ts';
import { toError } from '../errors.ts';
import { tellPerson } from '../messenger/tell-person.ts';
import type { PaymentsDeps } from './deps.ts';

/**
 * A subscription ends with the period that is paid.
 * @returns false when somebody else had ended it
 * @throws TelegramRefused, TelegramUnreachable
 */
export async function endSubscription(
  deps: PaymentsDeps,
  { orderId, userId, chargeId }: EndingSubscription,
  signal?: AbortSignal,
): Promise<boolean> {
  const params = { user_id: userId, telegram_payment_charge_id: chargeId, is_canceled: true };
  await deps.gateway.call('editUserStarSubscription', params, { signal });
  return markCancelled(deps.db, orderId);
}

/**
 * Lets a person take a subscription up again. Telegram leaves that to them, in its own settings (Bot API,
 * editUserStarSubscription: “Pass False to allow the user to re-enable”), so that it counts as ending until a renewal
 * is paid, which makes it one that renews (billing/orders/credit-payment).
 * @throws TelegramRefused, TelegramUnreachable
 */
export async function allowResuming(
  deps: Pick<PaymentsDeps, 'gateway'>,
  { userId, chargeId }: EndingSubscription,
  signal?: AbortSignal,
): Promise<void> {
  const params = { user_id: userId, telegram_payment_charge_id: chargeId, is_canceled: false };
  await deps.gateway.call('editUserStarSubscription', params, { signal });
}

/**
 * Tells Telegram not to renew what was refunded, nor for whoever wants their data deleted, nor the second of two
 * subscriptions of one person, who is told.
 * Where that fails, the reconciliation comes back to it.
 */
export async function endUnwantedSubscriptions(deps: PaymentsDeps): Promise<void> {
  const now = new Date();
  const unwanted = [
    ...(await readRefundedButRenewing(deps.db, now)),
    ...(await readLeaversRenewing(deps.db, now)),
  ];
  for (const subscription of unwanted) await tryToEnd(deps, subscription);
  for (const surplus of await readSurplus(deps.db, now)) {
    const ended = await tryToEnd(deps, surplus);
    if (ended) await tellPerson(deps, surplus.userId, (t) => t('subscription-surplus'));
  }
}

async function tryToEnd(deps: PaymentsDeps, subscription: EndingSubscription): Promise<boolean> {
  try {
    return await endSubscription(deps, subscription);
  } catch (error) {
    deps.log.error(
      { err: toError(error), orderId: subscription.orderId },
      'a subscription that nobody wants still renews',
    );
    return false;
  }
}
