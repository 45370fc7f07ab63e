/** Telegram's three words about money: may I take it, it has arrived, it went back. */
import type { PreCheckoutQuery, Update, User } from '@grammyjs/types';
import { approveCheckout, type CheckoutVerdict } from '../billing/orders/approve-checkout.ts';
import type { ReportedCharge } from '../billing/orders/unsettled-charges.ts';
import { toError } from '../errors.ts';
import { isQueryTooOld } from '../telegram/errors.ts';
import type { Texts } from '../texts/texts.ts';
import type { BotDeps } from './deps.ts';
import type { Money } from './money.ts';

/** Telegram gives ten seconds; a database that needs longer than this has said no. */
const CHECKOUT_LIMIT_MS = 7_000;

/** Answers a checkout well within Telegram's time. What cannot be checked is refused: nothing is taken then. */
export async function answerCheckout(
  deps: Pick<BotDeps, 'db' | 'gateway' | 'texts' | 'log'>,
  query: PreCheckoutQuery,
): Promise<void> {
  const t = deps.texts.in(deps.texts.match(query.from.language_code));
  const verdict = await judge(deps, query);
  try {
    await deps.gateway.call('answerPreCheckoutQuery', {
      pre_checkout_query_id: query.id,
      ...(verdict.ok ? { ok: true } : { ok: false, error_message: t(`checkout-${verdict.reason}`) }),
    });
  } catch (error) {
    if (!isQueryTooOld(error)) throw error;
  }
}

async function judge(
  deps: Pick<BotDeps, 'db' | 'log'>,
  query: PreCheckoutQuery,
): Promise<CheckoutVerdict | { ok: false; reason: 'later' }> {
  const checkout = {
    userId: query.from.id,
    payload: query.invoice_payload,
    currency: query.currency,
    amount: query.total_amount,
  };
  const late = Promise.withResolvers<{ ok: false; reason: 'later' }>();
  const timer = setTimeout(() => late.resolve({ ok: false, reason: 'later' }), CHECKOUT_LIMIT_MS);
  try {
    return await Promise.race([approveCheckout(deps.db, checkout, new Date()), late.promise]);
  } catch (error) {
    deps.log.error({ err: toError(error) }, 'a checkout could not be checked');
    return { ok: false, reason: 'later' };
  } finally {
    clearTimeout(timer);
  }
}

/** The money that a message tells of, either way; null for one that tells of none. */
export function chargeIn(update: Update, texts: Pick<Texts, 'match'>): ReportedCharge | null {
  const { message } = update;
  const paid = message?.successful_payment;
  const money = paid ?? message?.refunded_payment;
  if (message === undefined || money === undefined) return null;
  // Of a refund Telegram may write in the bot's own name; the chat is the buyer's then.
  const payer = paid === undefined && message.chat.type === 'private' ? message.chat : message.from;
  const language = message.from?.is_bot === true ? undefined : message.from?.language_code;
  const until = paid?.subscription_expiration_date;
  return {
    kind: paid === undefined ? 'refund' : 'payment',
    userId: payer?.id ?? message.chat.id,
    language: language === undefined ? null : texts.match(language),
    payload: money.invoice_payload,
    currency: money.currency,
    amount: money.total_amount,
    chargeId: money.telegram_payment_charge_id,
    providerChargeId: money.provider_payment_charge_id ?? null,
    paidUntil: until === undefined ? null : new Date(until * 1000),
    source: 'update',
  };
}

/** Does what a message about money says, in whatever chat it was paid. @throws what keeps it from being done */
export async function receiveCharge(
  money: Pick<Money, 'receivePayment' | 'receiveRefund'>,
  charge: ReportedCharge,
  from: User | undefined,
): Promise<void> {
  switch (charge.kind) {
    case 'payment': {
      const { userId: id, language } = charge;
      const payer = {
        id,
        firstName: from?.first_name ?? String(id),
        username: from?.username ?? null,
        language,
      };
      await money.receivePayment(charge, payer);
      return;
    }
    case 'refund':
      await money.receiveRefund(charge.chargeId);
      return;
    default: {
      const never: never = charge.kind;
      throw new Error(`unknown charge ${String(never)}`);
    }
  }
}
