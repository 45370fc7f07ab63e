/** What Telegram's messages say about money: it has arrived, or it went back. */
import type { Update, User } from '@grammyjs/types';
import type { ReportedCharge } from '../billing/orders/unsettled-charges.ts';
import type { PaymentsDeps } from '../payments/deps.ts';
import { receivePayment } from '../payments/receive-payment.ts';
import { receiveRefund } from '../payments/receive-refund.ts';
import type { Texts } from '../texts/texts.ts';

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
  deps: PaymentsDeps,
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
      await receivePayment(deps, charge, payer, 'at-once', new Date());
      return;
    }
    case 'refund':
      await receiveRefund(deps, charge, new Date());
      return;
    default: {
      const never: never = charge.kind;
      throw new Error(`unknown charge ${String(never)}`);
    }
  }
}
