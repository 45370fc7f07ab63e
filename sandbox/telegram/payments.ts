import { randomBytes } from 'node:crypto';
import type { Invoice, Message, SuccessfulPayment, TransactionPartnerUser } from '@grammyjs/types';
import { type Chats, invoiceKey, nowInSeconds } from './chats.ts';
import { newQueryId } from './query-ids.ts';
import { badRequest, NotPossible } from './refusal.ts';
import { type Charge, type Chat, type InvoiceRecord, type State, userOf } from './state.ts';
import type { Updates } from './updates.ts';

export const STARS = 'XTR';
const TOO_OLD = 'query is too old and response timeout expired or query ID is invalid';

export type PaymentOutcome =
  | { status: 'paid'; message: Message; telegram_payment_charge_id: string }
  | { status: 'refused'; error_message: string }
  | { status: 'unanswered' };
type Verdict = { ok: true } | { ok: false; errorMessage: string };

export type Payments = ReturnType<typeof createPayments>;

/** Invoices, the bot's ten seconds to agree, charges, refunds, and the bot's account of Stars. */
export function createPayments(deps: {
  state: State;
  chats: Chats;
  updates: Updates;
  changed: () => void;
  preCheckoutMs: number;
}) {
  const { state, chats, updates, changed } = deps;
  const asked = new Map<string, (verdict: Verdict | 'unanswered') => void>();

  /** Asks the bot whether the payment may go on; a bot that is silent for too long has said no. */
  function askBot(chat: Chat, invoice: InvoiceRecord): Promise<Verdict | 'unanswered'> {
    const id = newQueryId();
    return new Promise((resolve) => {
      const settle = (verdict: Verdict | 'unanswered') => {
        clearTimeout(timer);
        asked.delete(id);
        resolve(verdict);
      };
      const timer = setTimeout(() => settle('unanswered'), deps.preCheckoutMs);
      asked.set(id, settle);
      updates.push({
        pre_checkout_query: {
          id,
          from: userOf(chat.persona),
          currency: invoice.currency,
          total_amount: invoice.total,
          invoice_payload: invoice.payload,
        },
      });
    });
  }

  function partner(chat: Chat, invoice: InvoiceRecord): TransactionPartnerUser {
    return {
      type: 'user',
      transaction_type: 'invoice_payment',
      user: userOf(chat.persona),
      invoice_payload: invoice.payload,
      ...(invoice.subscriptionPeriod === undefined
        ? {}
        : { subscription_period: invoice.subscriptionPeriod }),
    };
  }

  /** @param renewed the charge of a subscription that this one follows */
  function charge(chat: Chat, invoice: InvoiceRecord, renewed?: Charge): SuccessfulPayment {
    const id = `stx${randomBytes(24).toString('base64url')}`;
    const made: Charge = { id, personaId: chat.persona.id, invoice, refunded: false };
    const period = invoice.subscriptionPeriod;
    if (period !== undefined) made.paidUntil = (renewed?.paidUntil ?? nowInSeconds()) + period;
    state.charges.set(id, made);
    if (invoice.currency === STARS) {
      chat.stars -= invoice.total;
      state.transactions.push({
        id,
        amount: invoice.total,
        date: nowInSeconds(),
        source: partner(chat, invoice),
      });
    }
    changed();
    return {
      currency: invoice.currency,
      total_amount: invoice.total,
      invoice_payload: invoice.payload,
      telegram_payment_charge_id: id,
      provider_payment_charge_id: `sandbox_${randomBytes(9).toString('hex')}`,
      ...(made.paidUntil === undefined
        ? {}
        : {
            subscription_expiration_date: made.paidUntil,
            is_recurring: true,
            ...(renewed === undefined ? { is_first_recurring: true } : {}),
          }),
    };
  }

  function report(chat: Chat, payment: SuccessfulPayment): Extract<PaymentOutcome, { status: 'paid' }> {
    const message = chats.post(chat, 'person', { successful_payment: payment });
    updates.push({ message });
    return {
      status: 'paid',
      message,
      telegram_payment_charge_id: payment.telegram_payment_charge_id,
    };
  }

  function find(key: number | string): InvoiceRecord {
    const invoice = state.invoices.get(typeof key === 'number' ? invoiceKey(key) : key);
    if (!invoice) throw new NotPossible(`There is no invoice ${key}`);
    return invoice;
  }

  function afford(chat: Chat, invoice: InvoiceRecord): void {
    if (invoice.currency !== STARS || chat.stars >= invoice.total) return;
    throw new NotPossible(`${invoice.total} Stars are asked and ${chat.stars} are left`);
  }

  function findCharge(id: string, personaId: number | undefined): Charge {
    const found = state.charges.get(id);
    if (!found || found.personaId !== personaId) throw badRequest('CHARGE_NOT_FOUND');
    return found;
  }

  return {
    keep(key: number | string, invoice: InvoiceRecord): void {
      state.invoices.set(typeof key === 'number' ? invoiceKey(key) : key, invoice);
      changed();
    },

    /**
     * The person presses Pay on an invoice message, or opens an invoice link. An invoice can be paid again.
     * @throws NotPossible when there is no such invoice or not enough Stars.
     */
    async pay(chat: Chat, key: number | string): Promise<PaymentOutcome> {
      const invoice = find(key);
      afford(chat, invoice);
      const verdict = await askBot(chat, invoice);
      if (verdict === 'unanswered') return { status: 'unanswered' };
      if (!verdict.ok) return { status: 'refused', error_message: verdict.errorMessage };
      return report(chat, charge(chat, invoice));
    },

    /** What an invoice link asks for, as a messenger shows it. @throws NotPossible when there is none */
    invoice(link: string): Invoice {
      const { title, description, startParameter, currency, total } = find(link);
      return { title, description, start_parameter: startParameter, currency, total_amount: total };
    },

    /**
     * A period is over, and Telegram takes the next one by itself: the bot is not asked.
     * @param chargeId the subscription's first charge
     * @throws NotPossible when it does not renew
     */
    renew(chat: Chat, chargeId: string): PaymentOutcome {
      const first = state.charges.get(chargeId);
      if (first?.personaId !== chat.persona.id || first.paidUntil === undefined) {
        throw new NotPossible(`There is no subscription ${chargeId}`);
      }
      if (first.subscriptionCanceled) throw new NotPossible('The subscription was cancelled');
      afford(chat, first.invoice);
      const payment = charge(chat, first.invoice, first);
      first.paidUntil = payment.subscription_expiration_date ?? first.paidUntil;
      return report(chat, payment);
    },

    /** @throws Refusal when nobody waits for this query any more. */
    answerPreCheckout(id: string, verdict: Verdict): void {
      const settle = asked.get(id);
      if (!settle) throw badRequest(TOO_OLD);
      settle(verdict);
    },

    /** @throws Refusal as the real server does for the second refund of a charge. */
    refund(personaId: number | undefined, chargeId: string): void {
      const found = findCharge(chargeId, personaId);
      if (found.invoice.currency !== STARS) throw badRequest('CHARGE_NOT_FOUND');
      if (found.refunded) throw badRequest('CHARGE_ALREADY_REFUNDED');
      const chat = chats.of(found.personaId);
      found.refunded = true;
      chat.stars += found.invoice.total;
      state.transactions.push({
        id: chargeId,
        amount: found.invoice.total,
        date: nowInSeconds(),
        receiver: partner(chat, found.invoice),
      });
      const message = chats.post(chat, 'person', {
        refunded_payment: {
          currency: STARS,
          total_amount: found.invoice.total,
          invoice_payload: found.invoice.payload,
          telegram_payment_charge_id: chargeId,
        },
      });
      updates.push({ message });
    },

    editSubscription(personaId: number | undefined, chargeId: string, canceled: boolean): void {
      const found = findCharge(chargeId, personaId);
      if (found.invoice.subscriptionPeriod === undefined) throw badRequest('CHARGE_NOT_FOUND');
      found.subscriptionCanceled = canceled;
      changed();
    },

    transactions: (offset: number, limit: number) => state.transactions.slice(offset, offset + limit),

    /** Stars that came in less those that went back. */
    balance: (): number =>
      state.transactions.reduce((sum, { amount, source }) => sum + (source ? amount : -amount), 0),

    /** Ends every payment that is under way. */
    close(): void {
      for (const settle of [...asked.values()]) settle('unanswered');
    },
  };
}
