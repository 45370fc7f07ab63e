/** What is sold, and the promo codes that give or lower something. */
import { offerOf } from '../billing/orders/offers.ts';
import { createPromoCode, PROMO_LIMITS } from '../billing/promo-codes/create-promo-code.ts';
import { listPromoCodes, type PromoCode } from '../billing/promo-codes/list-promo-codes.ts';
import { normalisePromoCode } from '../billing/promo-codes/promo-codes.ts';
import { PROMO_KINDS } from '../database/schema/index.ts';
import { ROOT } from './cookie.ts';
import type { DashboardDeps } from './deps.ts';
import { actForm, oneOf, wholeNumber } from './form.ts';
import { moment, number, price } from './format.ts';
import { type Html, html } from './html.ts';
import { type Column, csvFile, table } from './list.ts';
import { noticeIn, withNotice } from './notice.ts';
import type { Route, Visit, Visitor } from './visit.ts';

/** More than anybody makes by hand. */
const CODES_SHOWN = 500;
const DAY_MS = 86_400_000;

export const priceRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/prices',
    right: 'create-promo',
    async answer({ db, selling, counting }, visit) {
      const { visitor } = visit;
      const { t } = visitor;
      const codes = await listPromoCodes(db, CODES_SHOWN);
      const title = t('dash-section-prices');
      const main = html`<h1>${title}</h1>${noticeIn(visit)}
<h2>${t('dash-packages')}</h2>${table(t('dash-packages'), packageColumns(visitor, selling), packagesOf(selling))}
<p class="soft">${t('dash-packages-hint')}</p>
<h2>${t('dash-promo-codes')}</h2>
<div class="acts"><details><summary>${t('dash-promo-new')}</summary>${promoForm(visitor)}</details></div>
<p class="tools"><a href="${ROOT}/prices.csv" download>${t('dash-csv')}</a></p>
${codes.length === 0 ? html`<p class="calm">${t('dash-none')}</p>` : table(t('dash-promo-codes'), codeColumns(visitor, counting.timeZone), codes)}`;
      return { kind: 'page', title, section: 'prices', main };
    },
  },
  {
    method: 'GET',
    path: '/prices.csv',
    right: 'create-promo',
    async answer({ db, counting }, { visitor }) {
      const codes = await listPromoCodes(db, CODES_SHOWN);
      return csvFile('promo-codes', codeColumns(visitor, counting.timeZone), codes);
    },
  },
  {
    method: 'POST',
    path: '/prices/codes',
    right: 'create-promo',
    async answer({ db }, { visitor, form }) {
      const now = new Date();
      const promo = readPromo(form, now);
      if (promo === null) return { kind: 'refused', sentence: visitor.t('dash-promo-unread') };
      const created = await createPromoCode(db, { ...promo, createdBy: visitor.userId }, now);
      return { kind: 'redirect', to: withNotice('/prices', created ? 'promo-created' : 'promo-exists') };
    },
  },
];

type Sold = { name: string; credits: number; stars: number; card: number | null; isMonthly: boolean };

function packagesOf({ packages, subscription }: DashboardDeps['selling']): Sold[] {
  return [
    ...packages.map((item) => ({ ...item, isMonthly: false })),
    ...(subscription === null ? [] : [{ ...subscription, card: null, isMonthly: true }]),
  ];
}

function packageColumns(visitor: Visitor, { card }: DashboardDeps['selling']): Column<Sold>[] {
  const { t } = visitor;
  return [
    {
      title: t('dash-col-package'),
      kind: 'name',
      cell: ({ name }) => name,
      show: ({ name, isMonthly }) =>
        html`${name}${isMonthly && html` <span class="soft">${t('dash-monthly')}</span>`}`,
    },
    {
      title: t('dash-col-credits'),
      kind: 'number',
      cell: ({ credits }) => credits,
      show: ({ credits }) => number(visitor, credits),
    },
    {
      title: t('dash-col-stars'),
      kind: 'number',
      cell: ({ stars }) => stars,
      show: ({ stars }) => price(visitor, 'XTR', stars),
    },
    {
      title: t('dash-col-each'),
      kind: 'number',
      cell: ({ stars, credits }) => Math.round((stars * 10) / credits) / 10,
      show: ({ stars, credits }) => price(visitor, 'XTR', Math.round((stars * 10) / credits) / 10),
    },
    {
      title: t('dash-col-card'),
      kind: 'number',
      cell: (item) => item.card,
      show: (item) => {
        const offer = offerOf(item, 'card', card);
        return offer === null ? null : price(visitor, offer.currency, offer.amount);
      },
    },
  ];
}

function codeColumns(visitor: Visitor, timeZone: string): Column<PromoCode>[] {
  const { t } = visitor;
  return [
    { title: t('dash-col-code'), kind: 'name', cell: ({ code }) => code },
    {
      title: t('dash-col-gives'),
      cell: ({ kind, value }) => (kind === 'percent' ? `${value} %` : value),
      show: ({ kind, value }) =>
        kind === 'percent' ? t('dash-gives-percent', { value }) : t('dash-gives-credits', { value }),
    },
    {
      title: t('dash-col-used'),
      kind: 'number',
      cell: ({ uses }) => uses,
      show: ({ uses, maxUses }) =>
        maxUses === null ? number(visitor, uses) : `${number(visitor, uses)} / ${number(visitor, maxUses)}`,
    },
    { title: t('dash-col-per-person'), kind: 'number', cell: ({ usesPerUser }) => usesPerUser },
    {
      title: t('dash-col-until'),
      cell: ({ endsAt }) => endsAt?.toISOString() ?? null,
      show: ({ endsAt }) => endsAt !== null && moment(visitor, timeZone, endsAt),
    },
  ];
}

function promoForm(visitor: Visitor): Html {
  const { t } = visitor;
  return actForm(
    visitor,
    '/prices/codes',
    html`<label>${t('dash-promo-code')} <input name="code" required pattern="[A-Za-z0-9]{3,24}" maxlength="24" autocapitalize="characters" autocomplete="off"></label>
<label>${t('dash-promo-kind')} <select name="kind" required><option value="">${t('dash-choose')}</option><option value="credits">${t('dash-promo-credits')}</option><option value="percent">${t('dash-promo-percent')}</option></select></label>
<label>${t('dash-promo-value')} <input name="value" type="number" inputmode="numeric" min="1" max="${PROMO_LIMITS.credits}" required></label>
<label>${t('dash-promo-uses')} <input name="uses" type="number" inputmode="numeric" min="1" max="${PROMO_LIMITS.uses}"></label>
<label>${t('dash-promo-per-person')} <input name="usesPerUser" type="number" inputmode="numeric" min="1" max="${PROMO_LIMITS.usesPerUser}" value="1" required></label>
<label>${t('dash-promo-days')} <input name="days" type="number" inputmode="numeric" min="1" max="${PROMO_LIMITS.days}"></label>
<button class="primary">${t('dash-promo-create')}</button>`,
  );
}

/** Null for what is none: a limit that is left out is none, one that cannot be read is a fault. */
function readPromo(form: Visit['form'], now: Date) {
  const code = normalisePromoCode(form.code ?? '');
  const kind = oneOf(PROMO_KINDS, form.kind);
  const value = kind === null ? null : wholeNumber(form.value, PROMO_LIMITS[kind]);
  const usesPerUser = wholeNumber(form.usesPerUser, PROMO_LIMITS.usesPerUser);
  const [maxUses, days] = [optional(form.uses, PROMO_LIMITS.uses), optional(form.days, PROMO_LIMITS.days)];
  if (code === null || kind === null || value === null || usesPerUser === null) return null;
  if (maxUses === 'unread' || days === 'unread') return null;
  const endsAt = days === null ? null : new Date(now.getTime() + days * DAY_MS);
  return { code, kind, value, maxUses, usesPerUser, endsAt };
}

function optional(text: string | undefined, most: number): number | null | 'unread' {
  if (text === undefined || text.trim() === '') return null;
  return wholeNumber(text, most) ?? 'unread';
}
