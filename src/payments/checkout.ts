/** Telegram asks whether it may take the money of somebody who has pressed Pay. */
import type { PreCheckoutQuery } from '@grammyjs/types';
import { approveCheckout, type CheckoutVerdict } from '../billing/orders/approve-checkout.ts';
import { toError } from '../errors.ts';
import { isQueryTooOld } from '../telegram/errors.ts';
import type { TextArguments } from '../texts/texts.ts';
import { withDeadline } from '../time/deadline.ts';
import type { PaymentsDeps } from './deps.ts';

/** Telegram gives ten seconds; a database that needs longer than this has said no. */
const CHECKOUT_LIMIT_MS = 7_000;

/** Answers a checkout well within Telegram's time. What cannot be checked is refused: nothing is taken then. */
export async function answerCheckout(deps: PaymentsDeps, query: PreCheckoutQuery): Promise<void> {
  const t = deps.texts.in(deps.texts.match(query.from.language_code));
  const verdict = await judge(deps, query);
  try {
    await deps.gateway.call('answerPreCheckoutQuery', {
      pre_checkout_query_id: query.id,
      ...(verdict.ok
        ? { ok: true }
        : { ok: false, error_message: t(`checkout-${verdict.reason}`, argumentsOf(verdict)) }),
    });
  } catch (error) {
    if (!isQueryTooOld(error)) throw error;
  }
}

async function judge(
  deps: PaymentsDeps,
  query: PreCheckoutQuery,
): Promise<CheckoutVerdict | { ok: false; reason: 'later' }> {
  const checkout = {
    userId: query.from.id,
    payload: query.invoice_payload,
    currency: query.currency,
    amount: query.total_amount,
  };
  try {
    return await withDeadline(CHECKOUT_LIMIT_MS, null, () => approveCheckout(deps.db, checkout, new Date()));
  } catch (error) {
    deps.log.error({ err: toError(error) }, 'a checkout could not be checked');
    return { ok: false, reason: 'later' };
  }
}

function argumentsOf(verdict: Exclude<CheckoutVerdict, { ok: true }> | { reason: 'later' }): TextArguments {
  return verdict.reason === 'paused-by-owner' ? { why: verdict.why } : {};
}
