/** Where people come from, and how far they go: the funnel of each source. */

import { STARS } from '../billing/orders/offers.ts';
import { PERIODS, periodOf } from '../statistics/period.ts';
import { readSources, type SourceFigures } from '../statistics/sources.ts';
import type { DashboardDeps } from './deps.ts';
import { oneOf } from './form.ts';
import { number, price } from './format.ts';
import { html } from './html.ts';
import { type Column, csvFile, spanOf, table } from './list.ts';
import { address } from './period.ts';
import type { Route, Visit, Visitor } from './visit.ts';

/** By what it can be sorted, the largest first. */
const SORTS = ['starts', 'photos', 'pictures', 'paid', 'revenue'] as const;
type Sort = (typeof SORTS)[number];

const BEGINNING = new Date(0);

export const sourceRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/sources',
    right: 'see-figures',
    async answer(deps, { visitor, query }) {
      const { t } = visitor;
      const { period, sort, rows } = await read(deps, query);
      const title = t('dash-section-sources');
      const words = { period: period.name, sort };
      const chips = (
        name: string,
        of: readonly { key: string; title: string; isChosen: boolean; to: string }[],
      ) =>
        html`<nav aria-label="${name}"><ul class="chips">${of.map(({ to, title: word, isChosen }) => html`<li><a href="${to}"${isChosen && html` aria-current="true"`}>${word}</a></li>`)}</ul></nav>`;
      const main = html`<h1>${title}</h1>
${chips(
  t('dash-period'),
  PERIODS.map((name) => ({
    key: name,
    title: t('button-figures', { period: name }),
    isChosen: name === period.name,
    to: address('/sources', { ...words, period: name }),
  })),
)}
${chips(
  t('dash-sort'),
  SORTS.map((name) => ({
    key: name,
    title: t(`dash-sort-${name}`),
    isChosen: name === sort,
    to: address('/sources', { ...words, sort: name }),
  })),
)}
<p class="tools"><a href="${address('/sources.csv', words)}" download>${t('dash-csv')}</a></p>
${rows.length === 0 ? html`<p class="calm">${t('dash-none')}</p>` : table(title, columns(visitor), rows)}`;
      return { kind: 'page', title, section: 'sources', main };
    },
  },
  {
    method: 'GET',
    path: '/sources.csv',
    right: 'see-figures',
    async answer(deps, { visitor, query }) {
      return csvFile('sources', columns(visitor), (await read(deps, query)).rows);
    },
  },
];

async function read({ db, counting }: DashboardDeps, query: Visit['query']) {
  const sort = oneOf(SORTS, query.sort) ?? 'starts';
  const period = periodOf(oneOf(PERIODS, query.period) ?? '90', counting.timeZone, new Date());
  const { since } = spanOf(period, counting.timeZone);
  const sources = await readSources(db, since ?? BEGINNING);
  return {
    period,
    sort,
    rows: sources.toSorted((one, other) => amountOf(other, sort) - amountOf(one, sort)),
  };
}

/** Of revenue the Stars, which everybody can pay with. */
function amountOf(source: SourceFigures, sort: Sort): number {
  if (sort === 'revenue') return source.revenue[STARS] ?? 0;
  return sort === 'pictures' ? source.firstPictures : source[sort];
}

function columns(visitor: Visitor): Column<SourceFigures>[] {
  const { t } = visitor;
  const count = (title: string, of: (source: SourceFigures) => number): Column<SourceFigures> => ({
    title,
    kind: 'number',
    cell: of,
    show: (source) => number(visitor, of(source)),
  });
  const revenue = (source: SourceFigures) =>
    Object.entries(source.revenue)
      .map(([currency, amount]) => price(visitor, currency, amount))
      .join(', ');
  return [
    {
      title: t('dash-col-source'),
      kind: 'name',
      cell: ({ source }) => source,
      show: ({ source, campaign }) =>
        html`${source ?? t('sources-direct')}${campaign !== null && html` <span class="soft">${campaign}</span>`}`,
    },
    { title: t('dash-col-campaign'), cell: ({ campaign }) => campaign, only: 'file' },
    count(t('dash-sort-starts'), ({ starts }) => starts),
    count(t('dash-sort-photos'), ({ photos }) => photos),
    count(t('dash-sort-pictures'), ({ firstPictures }) => firstPictures),
    count(t('dash-col-paywalls'), ({ paywalls }) => paywalls),
    count(t('dash-sort-paid'), ({ paid }) => paid),
    count(t('dash-col-again'), ({ secondPurchases }) => secondPurchases),
    { title: t('dash-sort-revenue'), kind: 'number', cell: revenue },
  ];
}
