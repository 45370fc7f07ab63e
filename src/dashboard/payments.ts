/** Payments; one of them with its refund; and money that could not be written down. */

import { STARS } from '../billing/orders/offers.ts';
import { type PaymentEntry, readPayment, readPayments } from '../billing/orders/payment-lists.ts';
import { readUnsettled } from '../billing/orders/unsettled-charges.ts';
import { amountLeft, isDivisible } from '../billing/refunds/parts.ts';
import { type RefundPart, readParts } from '../billing/refunds/read-parts.ts';
import { REFUND_REASONS } from '../billing/refunds/refund-payment.ts';
import { PAYMENT_STATES } from '../database/schema/index.ts';
import { LONGEST_WORDS, writeRequest } from '../owners/requests.ts';
import { may } from '../owners/rights.ts';
import { refundCardPayment, refundPayment } from '../payments/refund.ts';
import { settleCharge } from '../payments/settle-charge.ts';
import { decimalAmount, readAmount } from '../statistics/decimal-amount.ts';
import { momentColumn, personColumn, personIdColumn } from './columns.ts';
import { ROOT } from './cookie.ts';
import type { DashboardDeps } from './deps.ts';
import { fact } from './figure.ts';
import { actForm, idIn, oneOf } from './form.ts';
import { moment, price } from './format.ts';
import { type Content, type Html, html } from './html.ts';
import { personLink } from './links.ts';
import { type ListSpec, listRoutes } from './list.ts';
import { noticeIn, withNotice } from './notice.ts';
import { PAYMENT_MOODS, stateWord } from './state.ts';
import type { Route, Visitor } from './visit.ts';

const CHARGES_SHOWN = 20;

const PAYMENTS: ListSpec<PaymentEntry> = {
  section: 'payments',
  path: '/payments',
  right: 'see-money',
  period: '30',
  orders: ['newest', 'oldest'],
  states: [
    { name: 'all', title: ({ t }) => t('order-state-all') },
    ...PAYMENT_STATES.map((name) => ({ name, title: ({ t }: Visitor) => t(`payment-state-${name}`) })),
  ],
  ofPerson: true,
  columns: (visitor, { counting }) => {
    const { t } = visitor;
    return [
      {
        title: t('dash-col-payment'),
        kind: 'name',
        cell: ({ id }) => id,
        show: ({ id, currency, amount }) =>
          html`<a href="${ROOT}/payments/${String(id)}">${price(visitor, currency, amount)}</a> <span class="soft">#${String(id)}</span>`,
      },
      personColumn(visitor, ({ buyer }) => buyer),
      {
        title: t('dash-col-state'),
        cell: ({ state }) => state,
        show: (entry) => states(visitor, entry),
      },
      {
        title: t('dash-col-amount'),
        kind: 'number',
        cell: ({ amount, currency }) => decimalAmount(amount, currency),
        only: 'file',
      },
      {
        title: t('dash-col-given-back'),
        kind: 'number',
        cell: ({ givenBack, currency }) => decimalAmount(givenBack, currency),
        only: 'file',
      },
      { title: t('dash-col-currency'), cell: ({ currency }) => currency, only: 'file' },
      { title: t('dash-col-credits'), kind: 'number', cell: ({ credits }) => credits },
      momentColumn(visitor, counting.timeZone, t('dash-col-time'), ({ createdAt }) => createdAt),
      personIdColumn(visitor),
    ];
  },
  read: ({ db }, { state, ...wanted }) =>
    readPayments(db, { ...wanted, state: oneOf(PAYMENT_STATES, state ?? undefined) }),
  above: ({ db, counting }, { visitor }) => unsettledCharges(db, visitor, counting.timeZone),
};

export const paymentRoutes: readonly Route[] = [
  ...listRoutes(PAYMENTS),
  {
    method: 'GET',
    path: '/payments/:id',
    right: 'see-money',
    async answer({ db, counting }, visit) {
      const { visitor, params } = visit;
      const entry = await readPayment(db, idIn(params));
      const title = visitor.t('dash-payment', { id: String(entry.id) });
      const parts = await readParts(db, entry.id);
      const main = html`<h1>${title}</h1>${noticeIn(visit)}${facts(visitor, entry, counting.timeZone)}${partsOf(visitor, entry, parts, counting.timeZone)}${refundForm(visitor, entry)}`;
      return { kind: 'page', title, section: 'payments', main };
    },
  },
  {
    method: 'POST',
    path: '/payments/:id/refund',
    right: 'refund',
    async answer(deps, { visitor, params, form, log }) {
      const paymentId = idIn(params);
      const reason = oneOf(REFUND_REASONS, form.reason);
      if (reason === null) return { kind: 'refused', sentence: visitor.t('dash-why-missing') };
      const request = { paymentId, adminId: visitor.userId, reason };
      const path = `/payments/${paymentId}`;
      const { currency } = await readPayment(deps.db, paymentId);
      if (currency !== STARS) {
        await refundCardPayment({ ...deps, log }, request);
        return { kind: 'redirect', to: withNotice(path, 'refunded') };
      }
      // Whoever closes the page does not end what has begun.
      const outcome = await refundPayment(deps, request);
      const notices = { refunded: 'refunded', refused: 'refund-refused', unknown: 'refund-unknown' } as const;
      return { kind: 'redirect', to: withNotice(path, notices[outcome]) };
    },
  },
  {
    method: 'POST',
    path: '/payments/:id/refund-part',
    right: 'refund-part',
    async answer({ db }, { visitor, params, form }) {
      const entry = await readPayment(db, idIn(params));
      const amount = readAmount(form.amount ?? '', entry.currency);
      const words = (form.words ?? '').trim();
      const left = price(visitor, entry.currency, amountLeft(entry));
      if (amount === null || amount > amountLeft(entry) || words === '' || words.length > LONGEST_WORDS)
        return { kind: 'refused', sentence: visitor.t('dash-part-unread', { left, longest: LONGEST_WORDS }) };
      if (!isDivisible(entry)) return { kind: 'refused', sentence: visitor.t('error-nothing-to-refund') };
      const { userId, id: paymentId } = entry;
      const request = { act: 'refund-part', userId, paymentId, credits: null, amount, words } as const;
      const requestId = await writeRequest(db, { by: visitor.userId, ...request });
      return { kind: 'redirect', to: `/requests/${requestId}` };
    },
  },
  {
    method: 'POST',
    path: '/charges/:id/settle',
    right: 'settle',
    async answer(deps, { visitor, params, log }) {
      const id = idIn(params);
      const settlement = await settleCharge(deps, { id, by: visitor.userId }, new Date());
      log.info({ adminId: visitor.userId, chargeId: id, settlement }, 'a charge was tried again');
      return { kind: 'redirect', to: withNotice('/payments', `charge-${settlement}`) };
    },
  },
];

function facts(visitor: Visitor, entry: PaymentEntry, timeZone: string): Html {
  const { t } = visitor;
  return html`<dl class="facts">
${fact(t('dash-col-amount'), html`<strong>${price(visitor, entry.currency, entry.amount)}</strong>`)}
${fact(t('dash-col-state'), states(visitor, entry))}
${entry.givenBack > 0 && fact(t('dash-part-left'), price(visitor, entry.currency, isRefundable(entry) ? amountLeft(entry) : 0))}
${entry.heldReason !== null && fact(t('dash-held-why'), heldReason(visitor, entry.heldReason))}
${fact(t('dash-col-person'), personLink(entry.userId, entry.buyer))}
${fact(t('dash-col-credits'), String(entry.credits))}
${isRefundable(entry) && fact(t('dash-unused'), String(entry.unused))}
${entry.atWork > 0 && fact(t('dash-at-work'), String(entry.atWork))}
${fact(t('dash-col-time'), moment(visitor, timeZone, entry.createdAt))}
</dl>`;
}

/** What became of it; of a payment that stands, that parts of it are back. */
function states(visitor: Visitor, { state, givenBack, currency }: PaymentEntry): Content {
  const { t } = visitor;
  const became = stateWord(t(`payment-state-${state}`), PAYMENT_MOODS[state]);
  if (state !== 'credited' || givenBack === 0) return became;
  const part = price(visitor, currency, givenBack);
  return html`<span>${became} ${stateWord(t('payment-given-back', { part }), 'warn')}</span>`;
}

function partsOf(
  visitor: Visitor,
  { currency }: PaymentEntry,
  parts: readonly RefundPart[],
  timeZone: string,
): Content {
  const { t } = visitor;
  if (parts.length === 0) return null;
  return html`<section aria-labelledby="parts"><h2 id="parts">${t('dash-given-parts')}</h2><ul class="talk">${parts.map(
    ({ amount, credits, givenAt }) =>
      html`<li><small>${moment(visitor, timeZone, givenAt)}</small><p><strong>${price(visitor, currency, amount)}</strong> ${t('dash-part-credits', { credits })}</p></li>`,
  )}</ul></section>`;
}

function isRefundable({ state }: PaymentEntry): boolean {
  return state === 'credited' || state === 'held';
}

/** It says what would happen, with the numbers, and asks why: one press does it, and a second one changes nothing. */
function refundForm(visitor: Visitor, entry: PaymentEntry): Content {
  const { t, role } = visitor;
  if (!may(role, 'refund') || !isRefundable(entry)) return null;
  const inStars = entry.currency === STARS;
  const sum = price(visitor, entry.currency, amountLeft(entry));
  return html`<h2>${t('dash-refund')}</h2>
${entry.credits > 0 && html`<p>${t('refund-credits', { credits: entry.credits, unused: entry.unused })}</p>`}
${entry.atWork > 0 && html`<p>${t('refund-at-work', { credits: entry.atWork })}</p>`}
${!inStars && html`<p class="notice warn">${t('dash-by-hand')}</p>`}
${entry.renewingOrderId !== null && html`<p class="notice warn">${t('dash-renews')}</p>`}
${inStars && html`<p class="soft">${t('dash-refund-whole-only')}</p>`}
${actForm(
  visitor,
  `/payments/${entry.id}/refund`,
  html`<label>${t('dash-why')} <select name="reason" required><option value="">${t('dash-choose')}</option>${REFUND_REASONS.map((reason) => html`<option value="${reason}">${t(`refund-reason-${reason}`)}</option>`)}</select></label>
<button class="danger">${t(inStars ? 'dash-refund-yes' : 'dash-refund-by-hand', { price: sum })}</button>`,
)}${partForm(visitor, entry)}`;
}

/** A part and why: what would go with it is shown, and asked once, on a page of its own. */
function partForm(visitor: Visitor, entry: PaymentEntry): Content {
  const { t, role } = visitor;
  if (!may(role, 'refund-part') || !isDivisible(entry)) return null;
  const { currency } = entry;
  const left = price(visitor, currency, amountLeft(entry));
  const fields = html`<label>${t('dash-part-amount', { left, currency })} <input name="amount" inputmode="decimal" autocomplete="off" required></label>
<label>${t('dash-why-read')} <textarea name="words" required maxlength="${LONGEST_WORDS}"></textarea></label><button class="primary">${t('dash-go-on')}</button>`;
  return html`<div class="acts"><details><summary>${t('dash-act-refund-part')}</summary>${actForm(visitor, `/payments/${entry.id}/refund-part`, fields)}</details></div>`;
}

async function unsettledCharges(
  db: DashboardDeps['db'],
  visitor: Visitor,
  timeZone: string,
): Promise<Content> {
  const { t } = visitor;
  const { charges, total } = await readUnsettled(db, CHARGES_SHOWN);
  if (total === 0) return null;
  return html`<section id="unsettled" aria-labelledby="unsettled-title"><h2 id="unsettled-title">${t('dash-unsettled')}</h2>
<p>${t('dash-unsettled-hint')}</p>${charges.map(
    (charge) =>
      html`<div class="notice warn"><p><strong>${price(visitor, charge.currency, charge.amount)}</strong> · ${charge.buyer ?? String(charge.userId)} · ${moment(visitor, timeZone, charge.createdAt)}</p>${actForm(visitor, `/charges/${charge.id}/settle`, html`<button>${t('dash-try-again')}</button>`)}</div>`,
  )}</section>`;
}

/** What did not fit, in words; one that has none is shown as it is. */
function heldReason({ t }: Visitor, reason: string): string {
  const known = oneOf(['order', 'price', 'payer', 'period'], reason);
  return known === null ? reason : t(`held-reason-${known}`);
}
