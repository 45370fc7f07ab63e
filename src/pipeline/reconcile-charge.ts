/** One transaction of Telegram's list, made good where our rows lack it. */
import type { StarTransaction, TransactionPartner, TransactionPartnerUser } from '@grammyjs/types';
import type { IncomingPayment } from '../billing/credit-payment.ts';
import { STARS } from '../billing/offers.ts';
import { readBalance } from '../billing/read-balance.ts';
import type { ReferralSettings } from '../billing/referrals.ts';
import { giveWelcomeCredits } from '../billing/welcome-gift.ts';
import { readLanguage } from '../customers/read-language.ts';
import { registerCustomer } from '../customers/register-customer.ts';
import type { PaymentState } from '../database/schema/index.ts';
import { takePayment } from '../photoshoots/take-payment.ts';
import type { PipelineDeps } from './deps.ts';
import { timeOf } from './reconcile-transactions.ts';
import { receiveRefund } from './refund-received.ts';
import { tellPerson } from './tell-person.ts';

export type ReconcileDeps = Pick<PipelineDeps, 'db' | 'queue' | 'gateway' | 'texts' | 'adminIds' | 'log'> & {
  referral: ReferralSettings;
  freeCredits: number;
};

/** What was repaired; `nothing`: the rows knew it, or another process was first. */
export type Repair = 'nothing' | 'payment' | 'held' | 'refund' | 'chargeback';

/** @param state what our payment of this charge says; undefined where there is none */
export async function reconcileCharge(
  deps: ReconcileDeps,
  transaction: StarTransaction,
  state: PaymentState | undefined,
  now: Date,
): Promise<Repair> {
  const payer = invoicePartner(transaction.source);
  if (payer !== null) return state === undefined ? takeFound(deps, transaction, payer, now) : 'nothing';
  if (invoicePartner(transaction.receiver) === null) return 'nothing';
  if (state === 'refunded' || state === 'charged-back') return 'nothing';
  switch (await receiveRefund(deps, transaction.id, now)) {
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

/** Money that arrived without its update: it is taken as if the update had come, and the person is told. */
async function takeFound(
  deps: ReconcileDeps,
  transaction: StarTransaction,
  payer: TransactionPartnerUser,
  now: Date,
): Promise<Repair> {
  await registerPayer(deps, payer);
  const period = payer.subscription_period;
  const incoming: IncomingPayment = {
    userId: payer.user.id,
    payload: payer.invoice_payload ?? '',
    currency: STARS,
    amount: transaction.amount,
    chargeId: transaction.id,
    providerChargeId: null,
    paidUntil: period === undefined ? null : new Date(timeOf(transaction) + period * 1000),
    source: 'reconciliation',
  };
  const taken = await takePayment(deps, incoming, now);
  switch (taken.kind) {
    case 'repeated':
      return 'nothing';
    case 'held':
      deps.log.error({ paymentId: taken.paymentId, reason: taken.reason }, 'a found payment is held');
      await tellPerson(deps, incoming.userId, (t) => t('payment-held'));
      return 'held';
    case 'credited': {
      deps.log.warn({ paymentId: taken.paymentId }, 'a payment was found that had not been credited');
      const { credits } = await readBalance(deps.db, incoming.userId);
      await tellPerson(deps, incoming.userId, (t) => t('payment-found', { added: taken.credits, credits }));
      return 'payment';
    }
    default: {
      const never: never = taken;
      throw new Error(`unknown outcome of a payment ${String(never)}`);
    }
  }
}

/** An invoice that was passed on can be paid by somebody who never wrote to the bot. */
async function registerPayer(deps: ReconcileDeps, { user }: TransactionPartnerUser): Promise<void> {
  if ((await readLanguage(deps.db, user.id)) !== null) return;
  const person = {
    id: user.id,
    firstName: user.first_name,
    username: user.username ?? null,
    language: deps.texts.match(user.language_code),
  };
  await registerCustomer(deps.db, person, (tx, id) => giveWelcomeCredits(tx, id, deps.freeCredits));
}
