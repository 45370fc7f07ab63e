/** A refund with Telegram in the middle: no transaction is open while it is asked. */
import { readBalance } from '../billing/ledger/read-balance.ts';
import type { Payment } from '../billing/orders/lock-payment.ts';
import {
  beginRefund,
  type OpenRefund,
  type RefundOutcome,
  type RefundRequest,
  refundByHand,
  settleRefund,
  undoRefund,
} from '../billing/refunds/refund-payment.ts';
import { toError } from '../errors.ts';
import { tellPerson } from '../messenger/tell-person.ts';
import { refundedText } from '../screens/refund-cards.ts';
import { isRefusal, TelegramRefused, TelegramUnreachable } from '../telegram/errors.ts';
import type { PaymentsDeps } from './deps.ts';
import { endUnwantedSubscriptions } from './end-subscription.ts';

/**
 * Refunds a payment in Stars because an admin wants it.
 * @throws AppError nothing-to-refund, not-found; and what the signal ends with, the refund then being open
 */
export async function refundPayment(
  deps: PaymentsDeps,
  request: RefundRequest,
  signal?: AbortSignal,
): Promise<RefundOutcome> {
  const refund = await beginRefund(deps.db, request, new Date());
  deps.log.info({ paymentId: request.paymentId, adminId: request.adminId }, 'a refund has begun');
  return (await carryOutRefund(deps, refund, signal)).outcome;
}

/**
 * Asks Telegram for a refund that has begun, and ends it as Telegram says. It may be asked again and again.
 * @returns `ended`: true for the one caller who wrote the end down
 */
export async function carryOutRefund(
  deps: PaymentsDeps,
  refund: OpenRefund,
  signal?: AbortSignal,
): Promise<{ outcome: RefundOutcome; ended: boolean }> {
  const { paymentId } = refund;
  const outcome = await askTelegram(deps, refund, signal);
  switch (outcome) {
    case 'unknown':
      return { outcome, ended: false };
    case 'refused':
      return { outcome, ended: await undoRefund(deps.db, paymentId) };
    case 'refunded': {
      const payment = await settleRefund(deps.db, paymentId, new Date());
      if (payment !== null) await followRefund(deps, payment);
      return { outcome, ended: payment !== null };
    }
    default: {
      const never: never = outcome;
      throw new Error(`unknown answer to a refund ${String(never)}`);
    }
  }
}

/**
 * A card payment, or what is left of it, that an admin has returned at the provider; the buyer is told.
 * @throws AppError nothing-to-refund, not-found
 */
export async function refundCardPayment(deps: PaymentsDeps, request: RefundRequest): Promise<void> {
  const payment = await refundByHand(deps.db, request, new Date());
  const { paymentId, adminId } = request;
  deps.log.info({ paymentId, adminId }, 'a payment was marked as returned');
  await followRefund(deps, payment);
}

/** What follows once a refund is settled: the buyer is told, and nothing is renewed. */
export async function followRefund(deps: PaymentsDeps, payment: Payment): Promise<void> {
  const { credits } = await readBalance(deps.db, payment.userId);
  await tellPerson(deps, payment.userId, (t, language) => refundedText(t, language, payment, credits));
  await endUnwantedSubscriptions(deps);
}

async function askTelegram(
  deps: PaymentsDeps,
  { paymentId, userId, chargeId }: OpenRefund,
  signal: AbortSignal | undefined,
): Promise<RefundOutcome> {
  const params = { user_id: userId, telegram_payment_charge_id: chargeId };
  try {
    await deps.gateway.call('refundStarPayment', params, { signal });
    return 'refunded';
  } catch (error) {
    if (isRefusal(error, 400, /CHARGE_ALREADY_REFUNDED/)) return 'refunded';
    const refused = error instanceof TelegramRefused;
    if (!refused && !(error instanceof TelegramUnreachable)) throw error;
    deps.log.error({ err: toError(error), paymentId }, 'a refund did not go through');
    // “Too many requests” is no word about the refund: it is asked for again later.
    return refused && error.code !== 429 ? 'refused' : 'unknown';
  }
}
