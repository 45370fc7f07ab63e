/** One transaction of Telegram's list, made good where our rows lack it. */
import type { StarTransaction, TransactionPartner, TransactionPartnerUser, User } from '@grammyjs/types';
import { STARS } from '../billing/orders/offers.ts';
import type { ReportedCharge } from '../billing/orders/unsettled-charges.ts';
import type { PaymentState } from '../database/schema/index.ts';
import type { Texts } from '../texts/texts.ts';
import type { PaymentsDeps } from './deps.ts';
import { receivePayment } from './receive-payment.ts';
import { receiveRefund } from './receive-refund.ts';
import { timeOf } from './transactions.ts';

/** What was repaired; `nothing`: the rows knew it, or another process was first. */
export type Repair = 'nothing' | 'payment' | 'held' | 'refund' | 'chargeback';

/** @param state what our payment of this charge says; undefined where there is none */
export async function reconcileCharge(
  deps: PaymentsDeps,
  transaction: StarTransaction,
  state: PaymentState | undefined,
  now: Date,
): Promise<Repair> {
  const charge = chargeOf(transaction, deps.texts);
  if (charge === null) return 'nothing';
  const payer = invoicePartner(transaction.source);
  if (payer !== null) return state === undefined ? takeFound(deps, charge, payer, now) : 'nothing';
  if (state === 'refunded' || state === 'charged-back') return 'nothing';
  switch (await receiveRefund(deps, { chargeId: transaction.id }, now)) {
    case 'refunded':
      return 'refund';
    case 'charged-back':
      return 'chargeback';
    case 'repeated':
    case 'unknown':
      return 'nothing';
  }
}

/** Somebody who pays an invoice or gets its money back; everything else in the list is no business of ours. */
function invoicePartner(partner: TransactionPartner | undefined): TransactionPartnerUser | null {
  return partner?.type === 'user' && partner.transaction_type === 'invoice_payment' ? partner : null;
}

/** The charge that this transaction is about; null for what is no invoice. */
export function chargeOf(transaction: StarTransaction, texts: Texts): ReportedCharge | null {
  const payer = invoicePartner(transaction.source);
  const partner = payer ?? invoicePartner(transaction.receiver);
  if (partner === null) return null;
  const period = payer?.subscription_period;
  return {
    kind: payer === null ? 'refund' : 'payment',
    userId: partner.user.id,
    language: languageOf(partner.user, texts),
    payload: partner.invoice_payload ?? '',
    currency: STARS,
    amount: transaction.amount,
    chargeId: transaction.id,
    providerChargeId: null,
    paidUntil: period === undefined ? null : new Date(timeOf(transaction) + period * 1000),
    source: 'reconciliation',
  };
}

/** Money that arrived without its update: it is taken as if the update had come. */
async function takeFound(
  deps: PaymentsDeps,
  charge: ReportedCharge,
  { user }: TransactionPartnerUser,
  now: Date,
): Promise<Repair> {
  const payer = {
    id: user.id,
    firstName: user.first_name,
    username: user.username ?? null,
    language: charge.language,
  };
  const { kind } = await receivePayment(deps, charge, payer, 'late', now);
  switch (kind) {
    case 'repeated':
      return 'nothing';
    case 'held':
      return 'held';
    case 'credited':
      return 'payment';
  }
}

function languageOf(user: User, texts: Texts): string | null {
  return user.language_code === undefined ? null : texts.match(user.language_code);
}
