/** One mechanism for every list: narrowed and ordered by its address, a page of it to look at, all of it as CSV. */
import { findPerson } from '../customers/find-person.ts';
import type { Span } from '../database/within.ts';
import { type Listing, readPage } from '../owners/page.ts';
import type { Right } from '../owners/rights.ts';
import { type Cell, writeCsv } from '../screens/csv.ts';
import { addDays, type PERIODS, type Period, startOfDay } from '../statistics/period.ts';
import { ROOT } from './cookie.ts';
import type { DashboardDeps } from './deps.ts';
import { oneOf, wholeNumber } from './form.ts';
import { type Content, type Html, html } from './html.ts';
import { noticeIn } from './notice.ts';
import { address, periodIn, periodMenu, periodQuery } from './period.ts';
import type { SectionName } from './sections.ts';
import type { Answer, Route, Visit, Visitor } from './visit.ts';

/** A page of a list on a screen. */
const PAGE_ROWS = 25;
/** Far more pages than anybody turns; the database counts its way to a page. */
const LAST_PAGE = 1000;
/** About 2 MB of CSV; whoever needs more takes one period after the other. */
const CSV_ROWS = 10_000;

export type Wanted = Required<Pick<Listing, 'during' | 'order' | 'limit' | 'offset'>> & {
  /** The person that it is narrowed to. */
  userId: number | null;
  state: string | null;
  /** The style that it is narrowed to. */
  style: string | null;
};

export type Column<Row> = {
  title: string;
  /** What is said in place of a title that is a sign. */
  spoken?: string;
  /** As a table of CSV has it. */
  cell(row: Row): Cell;
  /** As the page shows it; the cell itself where nothing is said. */
  show?(row: Row): Content;
  kind?: 'name' | 'number' | 'whole';
  /** What the page shows in another column, and a file has in one of its own. */
  only?: 'file';
};

export type ListSpec<Row> = {
  section: SectionName;
  path: string;
  right: Right;
  /** The period where the address names none. */
  period: (typeof PERIODS)[number];
  /** The first one where the address names none. */
  orders: readonly NonNullable<Listing['order']>[];
  /** What it can be narrowed to; `all` for everything, the first one where the address names none. */
  states?: readonly { name: string; title(visitor: Visitor): string }[];
  /** Whether it can be narrowed to one person. */
  ofPerson: boolean;
  /** Whether it can be narrowed to one style, which is chosen in the list itself. */
  ofStyle?: boolean;
  columns(visitor: Visitor, deps: DashboardDeps): readonly Column<Row>[];
  read(deps: DashboardDeps, wanted: Wanted): Promise<readonly Row[]>;
  /** Stands above the list. */
  above?(deps: DashboardDeps, visit: Visit): Promise<Content>;
  /** In place of a table. */
  draw?(visitor: Visitor, deps: DashboardDeps, rows: readonly Row[]): Html;
};

/** What an empty list says of a search for somebody. */
const NOTHING: Readonly<Record<string, string>> = { unknown: 'dash-nobody', several: 'dash-several' };

/** What the address narrows a list to. */
type Narrowed = {
  period: Period;
  order: NonNullable<Listing['order']>;
  state: string | null;
  /** What was searched for, as it was typed. */
  who: string;
  /** Null where nobody was searched for. */
  person: number | null | 'unknown' | 'several';
  /** Empty where it is narrowed to none. */
  style: string;
  page: number;
};

/** The page of a list, and its table as a file. */
export function listRoutes<Row>(spec: ListSpec<Row>): Route[] {
  const { right, path } = spec;
  return [
    { method: 'GET', path, right, answer: (deps, visit) => showList(spec, deps, visit) },
    { method: 'GET', path: `${path}.csv`, right, answer: (deps, visit) => saveList(spec, deps, visit) },
  ];
}

async function showList<Row>(spec: ListSpec<Row>, deps: DashboardDeps, visit: Visit): Promise<Answer> {
  const { visitor } = visit;
  const { t } = visitor;
  const narrowed = await narrow(spec, deps, visit);
  const title = t(`dash-section-${spec.section}`);
  const list = await readPage(
    { page: narrowed.page, filter: narrowed.state },
    (rows) => readRows(spec, deps, narrowed, rows),
    PAGE_ROWS,
  );
  const rows = list.entries;
  const above = (await spec.above?.(deps, visit)) ?? null;
  const words = queryOf(narrowed);
  const csv = address(`${spec.path}.csv`, words);
  const beside = html`${orderLink(spec, visitor, narrowed)}<a href="${csv}" download>${t('dash-csv')}</a>`;
  const drawn = spec.draw?.(visitor, deps, rows) ?? table(title, spec.columns(visitor, deps), rows);
  const main = html`<h1>${title}</h1>${noticeIn(visit)}${above}
${spec.ofPerson && searchForm(visitor, spec.path, narrowed)}
${stateMenu(spec, visitor, narrowed)}${styleChosen(spec, visitor, narrowed)}
${periodMenu(visitor, spec.path, narrowed.period, { rest: withoutPeriod(words), beside })}
${rows.length === 0 ? html`<p class="calm">${t(NOTHING[String(narrowed.person)] ?? 'dash-none')}</p>` : drawn}
${turns(spec, visitor, narrowed, list.hasMore)}`;
  return { kind: 'page', title, section: spec.section, main };
}

/** Nothing for a person who is not known, or not known for certain. */
async function readRows<Row>(
  spec: ListSpec<Row>,
  deps: DashboardDeps,
  narrowed: Narrowed,
  rows: Pick<Wanted, 'limit' | 'offset'>,
): Promise<readonly Row[]> {
  const { person } = narrowed;
  return typeof person === 'string' ? [] : spec.read(deps, wantedOf(narrowed, person, deps, rows));
}

async function saveList<Row>(spec: ListSpec<Row>, deps: DashboardDeps, visit: Visit): Promise<Answer> {
  const narrowed = await narrow(spec, deps, visit);
  const rows = await readRows(spec, deps, narrowed, { limit: CSV_ROWS, offset: 0 });
  return csvFile(spec.section, spec.columns(visit.visitor, deps), rows);
}

/** The byte order mark tells spreadsheets that it is UTF-8. */
export function csvFile<Row>(name: string, columns: readonly Column<Row>[], rows: readonly Row[]): Answer {
  const cells = [
    columns.map(({ title }) => title),
    ...rows.map((row) => columns.map(({ cell }) => cell(row))),
  ];
  const day = new Date().toISOString().slice(0, 10);
  return {
    kind: 'file',
    name: `${name}-${day}.csv`,
    type: 'text/csv; charset=utf-8',
    body: `\uFEFF${writeCsv(cells)}`,
  };
}

/**
 * A table that is one of cards on a phone. The roles say what it is also where the style makes it something else: a
 * browser takes rows that are no `table-row` for no rows.
 * @param look `grid` stays a table on a phone: its cells are numbers that are read beside each other
 */
export function table<Row>(
  caption: string,
  of: readonly Column<Row>[],
  rows: readonly Row[],
  look: 'list' | 'grid' = 'list',
): Html {
  const columns = of.filter(({ only }) => only !== 'file');
  return html`<table class="${look}" role="table"><caption class="unseen">${caption}</caption>
<thead role="rowgroup"><tr role="row">${columns.map(columnHead)}</tr></thead>
<tbody role="rowgroup">${rows.map((row) => html`<tr role="row">${columns.map((column) => tableCell(column, row))}</tr>`)}</tbody></table>`;
}

function columnHead<Row>({ title, spoken, kind }: Column<Row>): Html {
  const shown =
    spoken === undefined
      ? title
      : html`<span aria-hidden="true">${title}</span><span class="unseen">${spoken}</span>`;
  return html`<th scope="col" role="columnheader"${kind === 'number' && html` class="number"`}>${shown}</th>`;
}

function tableCell<Row>({ title, cell, show, kind }: Column<Row>, row: Row): Html {
  const content = show === undefined ? cell(row) : show(row);
  if (kind === 'name') return html`<th scope="row" role="rowheader">${content}</th>`;
  const isBlank = content === null || content === false || content === '';
  const look = [kind ?? '', isBlank ? 'blank' : ''].join(' ').trim();
  return html`<td role="cell" data-label="${title}"${look !== '' && html` class="${look}"`}>${content}</td>`;
}

async function narrow<Row>(
  spec: ListSpec<Row>,
  { db, counting }: DashboardDeps,
  { query }: Visit,
): Promise<Narrowed> {
  const who = spec.ofPerson ? (query.who ?? '').trim() : '';
  const found = who === '' ? null : await findPerson(db, who);
  const [order = 'newest'] = spec.orders;
  const states = spec.states?.map(({ name }) => name) ?? [];
  const state = oneOf(states, query.state) ?? states[0] ?? null;
  return {
    // Whoever is looked for is looked for in all time.
    period: periodIn(query, who === '' ? spec.period : 'all', counting.timeZone, new Date()),
    order: oneOf(spec.orders, query.sort) ?? order,
    state,
    who,
    person: found?.kind === 'found' ? found.userId : (found?.kind ?? null),
    style: spec.ofStyle === true ? (query.style ?? '').trim() : '',
    page: wholeNumber(query.page, LAST_PAGE) ?? 1,
  };
}

function wantedOf(
  { period, order, state, style }: Narrowed,
  userId: number | null,
  { counting }: DashboardDeps,
  rows: Pick<Wanted, 'limit' | 'offset'>,
): Wanted {
  return {
    userId,
    order,
    state: state === 'all' ? null : state,
    style: style === '' ? null : style,
    during: spanOf(period, counting.timeZone),
    ...rows,
  };
}

export function spanOf({ name, from, to }: Period, timeZone: string): Span {
  if (name === 'all') return { since: null, until: null };
  return { since: startOfDay(from, timeZone), until: startOfDay(addDays(to, 1), timeZone) };
}

/** What the address says, without the page. */
function queryOf({ period, order, state, who, style }: Narrowed): Record<string, string> {
  return { ...periodQuery(period), sort: order, state: state ?? '', who, style };
}

function withoutPeriod(words: Record<string, string>): Record<string, string> {
  const { sort = '', state = '', who = '', style = '' } = words;
  return Object.fromEntries(Object.entries({ sort, state, who, style }).filter(([, value]) => value !== ''));
}

function searchForm({ t }: Visitor, path: string, { who, state, style }: Narrowed): Html {
  return html`<form class="inline search" method="get" action="${ROOT}${path}" role="search">
${state !== null && html`<input type="hidden" name="state" value="${state}">`}${style !== '' && html`<input type="hidden" name="style" value="${style}">`}
<label><span class="unseen">${t('dash-search')}</span><input type="search" name="who" value="${who}" placeholder="${t('dash-search-hint')}" autocapitalize="none" autocomplete="off"></label>
<button>${t('dash-find')}</button></form>`;
}

function stateMenu<Row>({ states, path }: ListSpec<Row>, visitor: Visitor, narrowed: Narrowed): Content {
  if (states === undefined) return null;
  const words = queryOf(narrowed);
  return html`<nav aria-label="${visitor.t('dash-states')}"><ul class="chips">${states.map(
    ({ name, title }) =>
      html`<li><a href="${address(path, { ...words, state: name })}"${name === narrowed.state && html` aria-current="true"`}>${title(visitor)}</a></li>`,
  )}</ul></nav>`;
}

/** The style that the list is narrowed to, and the way back to all. */
function styleChosen<Row>({ path }: ListSpec<Row>, { t }: Visitor, narrowed: Narrowed): Content {
  const { style } = narrowed;
  if (style === '') return null;
  const all = address(path, { ...queryOf(narrowed), style: '' });
  return html`<p>${t('dash-of-style', { style })} <a href="${all}">${t('dash-all-styles')}</a></p>`;
}

function orderLink<Row>({ orders, path }: ListSpec<Row>, { t }: Visitor, narrowed: Narrowed): Content {
  const other = orders.find((order) => order !== narrowed.order);
  if (other === undefined) return null;
  return html`<a href="${address(path, { ...queryOf(narrowed), sort: other })}">${t('dash-order', { order: other })}</a>`;
}

function turns<Row>({ path }: ListSpec<Row>, { t }: Visitor, narrowed: Narrowed, hasMore: boolean): Content {
  const { page } = narrowed;
  if (page === 1 && !hasMore) return null;
  const to = (number: number) => address(path, { ...queryOf(narrowed), page: String(number) });
  return html`<nav class="pages" aria-label="${t('dash-pages')}">${page > 1 ? html`<a class="button" href="${to(page - 1)}" rel="prev">${t('dash-page-before')}</a>` : html`<span></span>`}${hasMore && html`<a class="button" href="${to(page + 1)}" rel="next">${t('dash-page-after')}</a>`}</nav>`;
}
