/**
 * Payments as an admin sees them, and what a refund would do before it is done. Ids go into texts as strings:
 * a number would be written with separators.
 */

import { STARS } from '../billing/orders/offers.ts';
import type { PaymentEntry } from '../billing/orders/payment-lists.ts';
import type { UnsettledCharge } from '../billing/orders/unsettled-charges.ts';
import {
  amountLeft,
  creditsOfParts,
  isDivisible,
  standingCredits,
  unusedCredits,
} from '../billing/refunds/parts.ts';
import type { ToldPart } from '../billing/refunds/read-parts.ts';
import { REFUND_REASONS, type RefundOutcome } from '../billing/refunds/refund-payment.ts';
import type { Page } from '../owners/page.ts';
import { decimalAmount } from '../statistics/decimal-amount.ts';
import { escapeHtml } from '../telegram/escape-html.ts';
import type { Translate } from '../texts/texts.ts';
import { priceText } from './buy-card.ts';
import { filterKeys, pageKeys } from './list-keys.ts';
import { button, type Keyboard, lines, type Screen } from './screen.ts';

const PAYMENT_FILTERS = [null, 'credited', 'held', 'refunded'] as const;

/** Payments, one line and, where it is possible, one button each. */
export function paymentsCard(t: Translate, language: string, list: Page<PaymentEntry>): Screen {
  const filters = PAYMENT_FILTERS.map((filter) => ({
    filter,
    text: filter === null ? t('order-state-all') : t(`payment-state-${filter}`),
  }));
  const entries = list.entries.map((entry) => paymentLine(t, language, entry));
  return {
    text: lines(t('payments-title'), '', ...entries, entries.length === 0 && t('payments-none')),
    keyboard: [
      ...refundKeys(t, language, list.entries),
      ...filterKeys('payments', list, filters),
      ...pageKeys(t, 'payments', list),
    ],
  };
}

/**
 * Money that waits for somebody, the longest first: what could not be written down, on the first page, and what fits
 * no order.
 */
export function heldCard(
  t: Translate,
  language: string,
  held: Page<PaymentEntry>,
  unsettled: { charges: readonly UnsettledCharge[]; total: number },
): Screen {
  const charges = held.page === 1 ? unsettled.charges : [];
  const more = unsettled.total - charges.length;
  const misfits = held.entries.map((entry) => paymentLine(t, language, entry));
  const isNothing = misfits.length + charges.length === 0;
  return {
    text: isNothing
      ? t('held-none')
      : lines(
          charges.length > 0 && lines(t('unsettled-title'), ''),
          ...charges.map((charge) => unsettledLine(t, language, charge)),
          charges.length > 0 && more > 0 && t('unsettled-more', { more }),
          charges.length > 0 && misfits.length > 0 && '',
          misfits.length > 0 && lines(t('held-title'), '', ...misfits),
        ),
    keyboard: [
      ...charges.map((charge) => {
        const price = priceText(language, charge.currency, charge.amount);
        return [
          button(t(`button-settle-${charge.kind}`, { id: String(charge.id), price }), 'settle', charge.id),
        ];
      }),
      ...refundKeys(t, language, held.entries),
      ...pageKeys(t, 'held', held),
    ],
  };
}

/** What became of a charge that was tried again, for the admin. */
export function settlementCard(t: Translate, settlement: 'settled' | 'before' | 'held' | 'failed'): Screen {
  return { text: t(`settle-outcome-${settlement}`), keyboard: [] };
}

/** What the refund of this payment would do, and the button that does it. */
export function confirmRefundCard(t: Translate, language: string, entry: PaymentEntry): Screen {
  const price = priceText(language, entry.currency, amountLeft(entry));
  // Telegram gives Stars back, and nothing else: money paid by card has to be returned at the provider.
  const inStars = entry.currency === STARS;
  return {
    text: lines(
      t('refund-confirm', {
        id: String(entry.id),
        price,
        name: escapeHtml(entry.buyer),
        user: String(entry.userId),
      }),
      entry.givenBack > 0 &&
        t('refund-given-back', { part: priceText(language, entry.currency, entry.givenBack) }),
      entry.credits > 0 && t('refund-credits', { credits: entry.credits, unused: entry.unused }),
      entry.atWork > 0 && t('refund-at-work', { credits: entry.atWork }),
      t(inStars ? 'refund-whole-only' : 'refund-by-hand'),
      t('refund-why'),
    ),
    keyboard: [
      ...REFUND_REASONS.map((reason) => {
        const why = t(`refund-reason-${reason}`);
        const text = inStars ? t('button-refund-yes', { price, why }) : t('button-refund-by-hand', { why });
        return [
          button(text, 'refund', entry.id, `${inStars ? 'yes' : 'hand'}:${reason}`, { style: 'danger' }),
        ];
      }),
      ...(isDivisible(entry) ? [[button(t('button-refund-part'), 'refund', entry.id, 'part')]] : []),
      ...(entry.renewingOrderId === null
        ? []
        : [[button(t('button-unsubscribe'), 'unsubscribe', entry.renewingOrderId)]]),
      [button(t('button-back'), 'refund', entry.id, 'back')],
    ],
  };
}

/** How it went, for the admin. */
export function refundOutcomeCard(t: Translate, paymentId: number, outcome: RefundOutcome): Screen {
  return { text: t(`refund-outcome-${outcome}`, { id: String(paymentId) }), keyboard: [] };
}

/** What the owner is to write: the part, and why. */
export function partWordsCard(t: Translate, language: string, entry: PaymentEntry): Screen {
  const left = amountLeft(entry);
  return {
    text: t('request-ask-refund-part', {
      id: String(entry.id),
      left: priceText(language, entry.currency, left),
      example: decimalAmount(Math.ceil(left / 2), entry.currency),
    }),
    keyboard: [],
  };
}

/** What giving back this part would do, and the key that does it once. */
export function confirmPartCard(
  t: Translate,
  language: string,
  entry: PaymentEntry,
  request: { id: number; amount: number; words: string },
): Screen {
  const part = priceText(language, entry.currency, request.amount);
  return {
    text: lines(
      t('request-confirm-refund-part', {
        part,
        left: priceText(language, entry.currency, amountLeft(entry)),
        id: String(entry.id),
        name: escapeHtml(entry.buyer),
        user: String(entry.userId),
      }),
      t('refund-part-credits', creditsWith(entry, request.amount)),
      t('refund-by-hand'),
      `<blockquote>${escapeHtml(request.words)}</blockquote>`,
    ),
    keyboard: [
      [button(t('button-do-refund-part', { part }), 'act', request.id, 'yes')],
      [button(t('button-leave-it'), 'act', request.id, 'no')],
    ],
  };
}

/** The credits that go with a part: of how many, and how many of them are not there any more. */
export function creditsWith(
  entry: PaymentEntry,
  amount: number,
): { claimed: number; standing: number; missing: number } {
  const claimed = creditsOfParts(entry, entry.givenBack + amount) - entry.reclaimed;
  const missing = claimed - unusedCredits(entry.balance, claimed);
  return { claimed, standing: standingCredits(entry), missing };
}

/** The buyer's word: the price, or what was left of it, is back, and what they have. @param credits below zero: a debt */
export function refundedText(
  t: Translate,
  language: string,
  payment: { currency: string; amount: number; givenBack: number },
  credits: number,
): string {
  const price = priceText(language, payment.currency, amountLeft(payment));
  return t(payment.givenBack > 0 ? 'refund-rest-done' : 'refund-done', {
    price,
    credits: Math.max(0, credits),
  });
}

/** The buyer's word of a part: how much of what, why, what went with it, and what they have. @param told.balance below zero: a debt */
export function partRefundedText(
  t: Translate,
  language: string,
  { amount, price, currency, credits, taken, balance, why }: ToldPart & { balance: number; why: string },
): string {
  return lines(
    t('refund-part-done', {
      part: priceText(language, currency, amount),
      price: priceText(language, currency, price),
      taken,
      owed: credits - taken,
    }),
    t('refund-part-balance', { credits: Math.max(0, balance) }),
    `<blockquote>${escapeHtml(why)}</blockquote>`,
  );
}

/** What can be refunded among these. */
function refundKeys(t: Translate, language: string, entries: readonly PaymentEntry[]): Keyboard {
  return entries
    .filter(({ state }) => state === 'credited' || state === 'held')
    .map((entry) => {
      const price = priceText(language, entry.currency, amountLeft(entry));
      return [button(t('button-refund', { id: String(entry.id), price }), 'refund', entry.id)];
    });
}

function unsettledLine(t: Translate, language: string, charge: UnsettledCharge): string {
  return t(`unsettled-line-${charge.kind}`, {
    id: String(charge.id),
    date: dateText(charge.createdAt),
    price: priceText(language, charge.currency, charge.amount),
    name: escapeHtml(charge.buyer ?? '?'),
    user: String(charge.userId),
  });
}

function dateText(date: Date): string {
  return date.toISOString().slice(0, 16).replace('T', ' ');
}

function paymentLine(t: Translate, language: string, entry: PaymentEntry): string {
  const reason = entry.heldReason === null ? null : t(`held-reason-${entry.heldReason}`);
  const inParts =
    entry.givenBack > 0 &&
    t('payment-given-back', { part: priceText(language, entry.currency, entry.givenBack) });
  const state = [t(`payment-state-${entry.state}`), ...(inParts === false ? [] : [inParts])].join(', ');
  return t('payment-line', {
    id: String(entry.id),
    date: dateText(entry.createdAt),
    price: priceText(language, entry.currency, entry.amount),
    credits: entry.credits,
    name: escapeHtml(entry.buyer),
    user: String(entry.userId),
    state: reason === null ? state : `${state} (${reason})`,
  });
}
