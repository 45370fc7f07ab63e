/** The period of a page: it stands in the address, so that a page can be kept and passed on. */
import { PERIODS, type Period, periodOf, readPeriod } from '../statistics/period.ts';
import { ROOT } from './cookie.ts';
import { type Content, type Html, html } from './html.ts';
import type { Visit, Visitor } from './visit.ts';

type PeriodName = (typeof PERIODS)[number];

/** What the address says, or `absent` for what is no period. */
export function periodIn(query: Visit['query'], absent: PeriodName, timeZone: string, now: Date): Period {
  const custom = query.from === undefined ? null : readPeriod([query.from, query.to || query.from]);
  if (custom !== null) return custom;
  return periodOf(PERIODS.find((name) => name === query.period) ?? absent, timeZone, now);
}

/** As it stands in an address. */
export function periodQuery({ name, from, to }: Period): Record<string, string> {
  return name === 'custom' ? { from, to } : { period: name };
}

/**
 * The periods to choose from.
 * @param more.rest what else the address says, and keeps
 * @param more.beside what else can be done with the page
 */
export function periodMenu(
  { t }: Visitor,
  path: string,
  period: Period,
  { rest = {}, beside = null }: { rest?: Readonly<Record<string, string>>; beside?: Content } = {},
): Html {
  const isCustom = period.name === 'custom';
  return html`<nav aria-label="${t('dash-period')}"><ul class="chips">${PERIODS.map(
    (name) =>
      html`<li><a href="${address(path, { ...rest, period: name })}"${name === period.name && html` aria-current="true"`}>${t('button-figures', { period: name })}</a></li>`,
  )}</ul></nav>
<div class="tools"><details${isCustom && html` open`}><summary>${t('dash-period-custom')}</summary>
<form class="inline" method="get" action="${ROOT}${path}">${Object.entries(rest).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<label>${t('dash-from')} <input type="date" name="from" required${isCustom && html` value="${period.from}"`}></label>
<label>${t('dash-to')} <input type="date" name="to"${isCustom && html` value="${period.to}"`}></label>
<button>${t('dash-show')}</button></form></details>${beside}</div>`;
}

/** An address of the dashboard with what it says behind the question mark. */
export function address(path: string, query: Readonly<Record<string, string>>): string {
  const words = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString();
  return `${ROOT}${path}${words === '' ? '' : `?${words}`}`;
}
