/**
 * The figures of a period, money first; what waits for somebody stands above them. Each section has its figures, its
 * charts, and the same in tables where a chart shows no more than the largest.
 */
import { GIVE_BACK_REASONS } from '../photoshoots/give-back.ts';
import { durationOf } from '../screens/statistics-card.ts';
import { type ChartPart, type NamedChart, statisticsCharts } from '../screens/statistics-charts.ts';
import type { Counted, DayValue } from '../statistics/book.ts';
import { type ChartFigures, readChartFigures } from '../statistics/chart-figures.ts';
import { decimalAmount } from '../statistics/decimal-amount.ts';
import { type Overview, readOverview } from '../statistics/overview.ts';
import { readProviderSpending } from '../statistics/provider-spending.ts';
import type { Times } from '../statistics/times.ts';
import { readWhatWaits, type WhatWaits } from '../statistics/what-waits.ts';
import { readStanding } from './alerts.ts';
import { ROOT } from './cookie.ts';
import { figure } from './figure.ts';
import { change, dollars, number, price } from './format.ts';
import { type Content, drawing, type Html, html } from './html.ts';
import { type Column, csvFile } from './list.ts';
import { address, periodIn, periodMenu, periodQuery } from './period.ts';
import type { Route, Visitor } from './visit.ts';

const MICRO_USD = 1_000_000;
/** Of a breakdown the largest so many. */
const SHOWN = 8;
/** As wide as a phone has room for: there its words have their own size. */
const CHART_WIDTH = 360;

type Part = { name: string; value: number; shown: string };

export const overviewRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '',
    right: 'see-figures',
    async answer({ db, counting, providerBudgetUsd }, { visitor, query }) {
      const now = new Date();
      const period = periodIn(query, '30', counting.timeZone, now);
      const spending = await readProviderSpending(db, counting.timeZone, now);
      const overview = await readOverview(db, { ...counting, period }, now);
      const figures = await readChartFigures(db, { timeZone: counting.timeZone, period }, now);
      const { t, language } = visitor;
      const look = { width: CHART_WIDTH, locale: language, theme: 'page' } as const;
      const charts = statisticsCharts(t, figures, look);
      const main = html`<h1>${t('dash-section-overview')}</h1>
${waiting(visitor, await readWhatWaits(db), (await readStanding(db, now)).length)}
${periodMenu(visitor, '', period, { beside: html`<a href="${address('/overview.csv', periodQuery(period))}" download>${t('dash-csv')}</a>` })}
${moneyOf(visitor, overview, chartsOf(charts, 'money'))}
${usageOf(visitor, overview, chartsOf(charts, 'use'))}
${qualityOf(visitor, overview, chartsOf(charts, 'quality'))}
${serviceOf(visitor, overview)}
${workOf(visitor, overview, { spending, providerBudgetUsd })}`;
      return { kind: 'page', title: t('dash-section-overview'), section: 'overview', main };
    },
  },
  {
    method: 'GET',
    path: '/overview.csv',
    right: 'see-figures',
    async answer({ db, counting }, { visitor, query }) {
      const now = new Date();
      const period = periodIn(query, '30', counting.timeZone, now);
      const figures = await readChartFigures(db, { timeZone: counting.timeZone, period }, now);
      return csvFile('overview', courseColumns(visitor, figures), [...figures.pictures.keys()]);
    },
  },
];

/** What the courses of the charts are drawn of, a day (of a long time a week) each row. Rows are numbers of points. */
function courseColumns(
  { t }: Visitor,
  { step, pictures, newPeople, revenue }: ChartFigures,
): Column<number>[] {
  const valueAt = (course: readonly DayValue[], point: number) => course[point]?.value ?? 0;
  return [
    {
      title: t(step === 'day' ? 'dash-col-day' : 'dash-col-week'),
      cell: (point) => pictures[point]?.day ?? '',
    },
    ...revenue.map(({ currency, course }) => ({
      title: `${t('chart-revenue')}, ${currency}`,
      cell: (point: number) => decimalAmount(valueAt(course, point), currency),
    })),
    { title: t('chart-pictures'), cell: (point) => valueAt(pictures, point) },
    { title: t('chart-new-people'), cell: (point) => valueAt(newPeople, point) },
  ];
}

function waiting({ t }: Visitor, waits: WhatWaits, alerts: number): Html {
  const one = (count: number, label: string, path: string) =>
    count > 0 && html`<li><a class="alert" href="${ROOT}${path}"><strong>${count}</strong> ${label}</a></li>`;
  const open = waits.tickets + waits.held + waits.unsettled + waits.failed + alerts;
  return html`<section aria-label="${t('dash-waits')}">${
    open === 0
      ? html`<p class="calm">${t('dash-nothing-waits')}</p>`
      : html`<ul class="alerts">${one(alerts, t('dash-waits-alerts', { count: alerts }), '/alerts')}${one(waits.tickets, t('dash-waits-tickets', { count: waits.tickets }), '/tickets')}${one(waits.held, t('dash-waits-held', { count: waits.held }), '/payments?state=held')}${one(waits.unsettled, t('dash-waits-unsettled', { count: waits.unsettled }), '/payments#unsettled')}${one(waits.failed, t('dash-waits-failed', { count: waits.failed }), '/health#failed')}</ul>`
  }</section>`;
}

function moneyOf(visitor: Visitor, { money, margin, outstanding }: Overview, charts: Content): Html {
  const { t } = visitor;
  const { unpaid, conversion } = money;
  const each = (microUsd: number, count: number) =>
    count === 0 ? '–' : dollars(visitor, microUsd / count, 3);
  const earned = money.earnings.map(({ currency, gross, refunded, net, payments }) => {
    const average = payments.now === 0 ? '–' : price(visitor, currency, Math.round(gross.now / payments.now));
    return html`${figure(t('dash-net'), html`${price(visitor, currency, net.now)}${change(visitor, net)}`, t('dash-net-note', { gross: price(visitor, currency, gross.now), refunded: price(visitor, currency, refunded.now), average }), 'large')}`;
  });
  const ofMoney = (rows: readonly ({ dimension: string } & Counted)[]): Part[] =>
    rows.map(({ dimension, now: value }) => {
      const [currency = ''] = dimension.split(':', 1);
      return {
        name: dimension.slice(currency.length + 1) || t('sources-direct'),
        value,
        shown: price(visitor, currency, value),
      };
    });
  return html`<section aria-labelledby="money"><h2 id="money">${t('dash-money')}</h2>
<dl class="figures">
${earned.length > 0 ? earned : figure(t('dash-net'), '–', t('figures-no-money'), 'large')}
${figure(t('dash-margin'), html`${dollars(visitor, margin.marginMicroUsd.now)}${change(visitor, margin.marginMicroUsd)}`, margin.without.length > 0 ? t('figures-margin-without', { currencies: margin.without.join(', ') }) : t('dash-margin-note', { each: each(margin.marginMicroUsd.now, money.ordersPaid.now) }))}
${figure(t('dash-cost'), html`${dollars(visitor, money.costMicroUsd.now)}${change(visitor, money.costMicroUsd)}`, t('dash-cost-note', { each: each(money.costMicroUsd.now, money.delivered.now) }))}
${figure(t('dash-orders-paid'), counted(visitor, money.ordersPaid), t('dash-orders-note', unpaid))}
${figure(t('dash-paying'), counted(visitor, money.paying), conversion.over > 0 ? t('dash-conversion', { percent: Math.round((conversion.paid * 100) / conversion.over) }) : '')}
${figure(t('dash-refunds'), number(visitor, money.refunds.now), t('dash-chargebacks', { count: money.chargebacks.now, parts: money.partRefunds.now }))}
${figure(t('dash-outstanding'), number(visitor, outstanding), t('dash-outstanding-note'))}
</dl>
${charts}
${inTables(visitor, [breakdown(visitor, t('dash-by-package'), ofMoney(money.byPackage)), breakdown(visitor, t('dash-by-source'), ofMoney(money.bySource))])}</section>`;
}

function usageOf(visitor: Visitor, { usage }: Overview, charts: Content): Html {
  const { t } = visitor;
  const { bought, given, free } = usage.paidWith;
  const styleName = (style: string) =>
    style.startsWith('house:') ? style.slice('house:'.length) : t('figures-style', { origin: style });
  return html`<section aria-labelledby="use"><h2 id="use">${t('dash-use')}</h2>
<dl class="figures">
${figure(t('dash-pictures-delivered'), counted(visitor, usage.delivered), t('dash-pictures-note', { bought: bought.now, given: given.now, free: free.now }))}
${figure(t('dash-people-active'), counted(visitor, usage.active), '')}
${figure(t('dash-people-new'), counted(visitor, usage.newPeople), t('dash-people-blocked', { count: usage.blocked }))}
${figure(t('dash-known-again'), counted(visitor, usage.recognised.known), t('dash-known-again-note', { model: usage.recognised.model.now, house: usage.recognised.house.now }))}
${figure(t('dash-photoshoots'), counted(visitor, usage.placed), t('dash-photos-note', { count: usage.drafts.now }))}
</dl>
${charts}
<div class="parts">${breakdown(visitor, t('dash-by-style'), partsOf(visitor, usage.byStyle, styleName))}${breakdown(
    visitor,
    t('dash-by-ratio'),
    partsOf(visitor, usage.byRatio, (ratio) => ratio),
  )}${breakdown(
    visitor,
    t('dash-by-language'),
    partsOf(visitor, usage.byLanguage, (language) => languageName(visitor, language)),
  )}</div></section>`;
}

function qualityOf(visitor: Visitor, { quality }: Overview, charts: Content): Html {
  const { t } = visitor;
  const { outcomes, pictures, likeness, labels, notRight } = quality;
  const rate = pictures.delivered.now === 0 ? 0 : (notRight.now * 100) / pictures.delivered.now;
  const reasonName = (reason: string) => {
    if (reason === 'drifted') return t('figures-drifted');
    const known = GIVE_BACK_REASONS.find((one) => one === reason);
    return known === undefined ? t('figures-no-reason') : t(`reason-${known}`);
  };
  return html`<section aria-labelledby="quality"><h2 id="quality">${t('dash-quality')}</h2>
<dl class="figures">
${figure(t('dash-complete'), counted(visitor, outcomes.complete), t('dash-outcomes-note', { partial: outcomes.partial.now, failed: outcomes.failed.now, cancelled: outcomes.cancelled.now, refused: outcomes.photoRefused.now }))}
${figure(t('dash-not-right'), counted(visitor, notRight), t('percent', { percent: number(visitor, rate, 1) }))}
${figure(t('dash-missing'), number(visitor, pictures.failed.now + pictures.refused.now), t('dash-missing-note', { failed: pictures.failed.now, refused: pictures.refused.now }))}
${figure(t('dash-drifted'), counted(visitor, likeness.drifted), t('dash-drifted-note', { same: likeness.same.now, notMeasured: likeness.notMeasured.now }))}
${figure(t('dash-labels'), counted(visitor, labels.differs), t('dash-labels-note', { same: labels.asInPhoto.now, none: labels.none.now, notRead: labels.notRead.now }))}
${figure(t('dash-photo-to-card'), seconds(visitor, quality.photoToCard.p50), within(visitor, quality.photoToCard))}
${figure(t('dash-create-to-delivery'), seconds(visitor, quality.createToDelivery.p50), within(visitor, quality.createToDelivery))}
</dl>
${charts}
${inTables(visitor, [breakdown(visitor, t('dash-not-right-reasons'), partsOf(visitor, quality.notRightReasons, reasonName))])}
<div class="parts">${breakdown(
    visitor,
    t('dash-missing-why'),
    partsOf(visitor, quality.missing, (code) => code),
  )}</div></section>`;
}

function serviceOf(visitor: Visitor, { service }: Overview): Html {
  const { t, language } = visitor;
  const { opened, open, firstAnswer } = service;
  const { p50, p95 } = firstAnswer;
  return html`<section aria-labelledby="help"><h2 id="help">${t('dash-help')}</h2>
<dl class="figures">
${figure(t('dash-tickets-opened'), counted(visitor, opened), '')}
${figure(t('dash-open-tickets'), number(visitor, open), '')}
${figure(t('dash-first-answer'), p50 === null ? '–' : durationOf(language, p50), p95 === null ? '' : t('dash-within', { time: durationOf(language, p95) }))}
</dl></section>`;
}

/** @param day what the providers have cost today, in millionths of a dollar, and may cost */
function workOf(
  visitor: Visitor,
  { work }: Overview,
  { spending, providerBudgetUsd: budget }: { spending: number; providerBudgetUsd: number | null },
): Html {
  const { t } = visitor;
  const brake =
    budget === null
      ? t('dash-no-budget')
      : t('dash-of-budget', {
          budget: dollars(visitor, budget * MICRO_USD),
          percent: Math.round(spending / ((budget * MICRO_USD) / 100)),
        });
  return html`<section aria-labelledby="now"><h2 id="now">${t('dash-now')}</h2>
<dl class="figures">
${figure(t('dash-queued'), number(visitor, work.queued), '')}
${figure(t('dash-generating'), number(visitor, work.generating), '')}
${figure(t('dash-awaiting-payment'), number(visitor, work.awaitingPayment), '')}
${figure(t('dash-drafts'), number(visitor, work.drafts), '')}
${figure(t('dash-spent-today'), dollars(visitor, spending), brake)}
</dl></section>`;
}

/** What was counted of each, under its name. */
function partsOf(
  visitor: Visitor,
  rows: readonly ({ dimension: string } & Counted)[],
  name: (dimension: string) => string,
): Part[] {
  return rows.map(({ dimension, now: value }) => ({
    name: name(dimension),
    value,
    shown: number(visitor, value),
  }));
}

function counted(visitor: Visitor, about: Counted): Html {
  return html`${number(visitor, about.now)}${change(visitor, about)}`;
}

/** The charts of one part. Each has a title and its values in words for who does not see it (charts/frame.ts). */
function chartsOf(charts: readonly NamedChart[], part: ChartPart): Content {
  const drawn = charts.filter((chart) => chart.part === part);
  return drawn.length > 0 && html`<div class="charts">${drawn.map(({ svg }) => drawing(svg))}</div>`;
}

/** What charts show, for who reads tables rather; nothing where there are none. */
function inTables({ t }: Visitor, tables: readonly Content[]): Content {
  const shown = tables.filter((one) => one !== null);
  if (shown.length === 0) return null;
  return html`<details><summary>${t('dash-in-tables')}</summary><div class="parts">${shown}</div></details>`;
}

/** The largest of some parts, each with a bar of its share of the largest; nothing where there are none. */
function breakdown({ t }: Visitor, title: string, of: readonly Part[]): Content {
  const parts = of.filter(({ value }) => value > 0);
  const most = Math.max(...parts.map(({ value }) => value));
  if (parts.length === 0) return null;
  return html`<table class="breakdown"><caption>${title}</caption><thead class="unseen"><tr><th scope="col">${t('dash-name')}</th><th scope="col">${t('dash-value')}</th></tr></thead><tbody>${parts
    .slice(0, SHOWN)
    .map(
      ({ name, value, shown }) =>
        html`<tr><th scope="row">${name}${bar(value / most)}</th><td>${shown}</td></tr>`,
    )}</tbody></table>`;
}

/** @param share from 0 to 1 */
function bar(share: number): Html {
  const width = Math.max(1, Math.round(share * 100));
  return drawing(
    `<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect width="${width}" height="1"/></svg>`,
  );
}

function seconds(visitor: Visitor, ms: number | null): string {
  return ms === null ? '–' : visitor.t('dash-seconds', { seconds: number(visitor, ms / 1000, 1) });
}

function within(visitor: Visitor, { p95 }: Times): string {
  return p95 === null ? '' : visitor.t('dash-within', { time: seconds(visitor, p95) });
}

function languageName({ language }: Visitor, code: string): string {
  return new Intl.DisplayNames([language], { type: 'language', fallback: 'code' }).of(code) ?? code;
}
