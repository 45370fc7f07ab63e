/**
 * Payments as an admin sees them, and what a refund would do before it is done. Ids go into texts as strings:
 * a number would be written with separators.
 */
import { STARS } from '../billing/orders/offers.ts';
import type { PaymentEntry } from '../billing/orders/payment-lists.ts';
import type { UnsettledCharge } from '../billing/orders/unsettled-charges.ts';
import type { RefundOutcome } from '../billing/refunds/refund-payment.ts';
import { escapeHtml } from '../telegram/escape-html.ts';
import type { Translate } from '../texts/texts.ts';
import { priceText } from './buy-card.ts';
import { button, lines, type Screen } from './screen.ts';

/** The newest payments, one line and, where it is possible, one button each. */
export function paymentsCard(t: Translate, language: string, entries: readonly PaymentEntry[]): Screen {
  if (entries.length === 0) return { text: t('payments-none'), keyboard: [] };
  return listCard(t, language, t('payments-title'), entries);
}

/** Money that waits for somebody: what could not be written down, the oldest first, and what fits no order. */
export function heldCard(
  t: Translate,
  language: string,
  held: readonly PaymentEntry[],
  { charges, total }: { charges: readonly UnsettledCharge[]; total: number },
): Screen {
  if (held.length + charges.length === 0) return { text: t('held-none'), keyboard: [] };
  const misfits = held.length === 0 ? null : listCard(t, language, t('held-title'), held);
  const more = total - charges.length;
  return {
    text: lines(
      charges.length > 0 && lines(t('unsettled-title'), ''),
      ...charges.map((charge) => unsettledLine(t, language, charge)),
      more > 0 && t('unsettled-more', { more }),
      charges.length > 0 && misfits !== null && '',
      misfits?.text ?? null,
    ),
    keyboard: [
      ...charges.map((charge) => {
        const price = priceText(language, charge.currency, charge.amount);
        return [
          button(t(`button-settle-${charge.kind}`, { id: String(charge.id), price }), 'settle', charge.id),
        ];
      }),
      ...(misfits?.keyboard ?? []),
    ],
  };
}

/** What became of a charge that was tried again, for the admin. */
export function settlementCard(t: Translate, settlement: 'settled' | 'before' | 'held' | 'failed'): Screen {
  return { text: t(`settle-outcome-${settlement}`), keyboard: [] };
}

/** What the refund of this payment would do, and the button that does it. */
export function confirmRefundCard(t: Translate, language: string, entry: PaymentEntry): Screen {
  const price = priceText(language, entry.currency, entry.amount);
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
      entry.credits > 0 && t('refund-credits', { credits: entry.credits, unused: entry.unused }),
      entry.atWork > 0 && t('refund-at-work', { credits: entry.atWork }),
      !inStars && t('refund-by-hand'),
    ),
    keyboard: [
      [
        inStars
          ? button(t('button-refund-yes', { price }), 'refund', entry.id, 'yes', { style: 'danger' })
          : button(t('button-refund-by-hand'), 'refund', entry.id, 'hand', { style: 'danger' }),
      ],
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

/** The buyer's word: the price is back, and what is left. @param credits below zero: a debt */
export function refundedText(
  t: Translate,
  language: string,
  payment: { currency: string; amount: number },
  credits: number,
): string {
  const price = priceText(language, payment.currency, payment.amount);
  return t('refund-done', { price, credits: Math.max(0, credits) });
}

function listCard(t: Translate, language: string, title: string, entries: readonly PaymentEntry[]): Screen {
  const refundable = entries.filter((entry) => entry.state === 'credited' || entry.state === 'held');
  return {
    text: lines(title, '', ...entries.map((entry) => paymentLine(t, language, entry))),
    keyboard: refundable.map((entry) => [
      button(
        t('button-refund', {
          id: String(entry.id),
          price: priceText(language, entry.currency, entry.amount),
        }),
        'refund',
        entry.id,
      ),
    ]),
  };
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
  const state = t(`payment-state-${entry.state}`);
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
