/** All broadcasts, the newest first, and a new one. */
import { type Broadcast, createBroadcast, readBroadcasts } from '../owners/broadcasts/broadcast.ts';
import { readPage } from '../owners/page.ts';
import { segmentWords } from './broadcast.ts';
import { momentColumn } from './columns.ts';
import { ROOT } from './cookie.ts';
import type { DashboardDeps } from './deps.ts';
import { actForm } from './form.ts';
import { html } from './html.ts';
import { type Column, csvFile, table } from './list.ts';
import { noticeIn } from './notice.ts';
import { BROADCAST_MOODS, stateWord } from './state.ts';
import type { Route, Visitor } from './visit.ts';

const SHOWN = 50;
const LONGEST_QUOTE = 60;

export const broadcastsRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/broadcasts',
    right: 'broadcast',
    async answer(deps, visit) {
      const { visitor } = visit;
      const { t } = visitor;
      const entries = await newest(deps);
      const title = t('dash-section-broadcasts');
      const main = html`<h1>${title}</h1>${noticeIn(visit)}
${actForm(visitor, '/broadcasts', html`<div><button class="primary">${t('dash-broadcast-new')}</button></div>`)}
<p class="tools"><a href="${ROOT}/broadcasts.csv" download>${t('dash-csv')}</a></p>
${entries.length === 0 ? html`<p class="calm">${t('dash-none')}</p>` : table(title, columns(visitor, deps), entries)}`;
      return { kind: 'page', title, section: 'broadcasts', main };
    },
  },
  {
    method: 'GET',
    path: '/broadcasts.csv',
    right: 'broadcast',
    async answer(deps, { visitor }) {
      return csvFile('broadcasts', columns(visitor, deps), await newest(deps));
    },
  },
  {
    method: 'POST',
    path: '/broadcasts',
    right: 'broadcast',
    async answer({ db }, { visitor }) {
      const { id } = await createBroadcast(db, visitor.userId);
      return { kind: 'redirect', to: `/broadcasts/${id}` };
    },
  },
];

async function newest({ db }: DashboardDeps): Promise<readonly Broadcast[]> {
  const { entries } = await readPage({ page: 1, filter: null }, (rows) => readBroadcasts(db, rows), SHOWN);
  return entries;
}

function columns(visitor: Visitor, { counting }: DashboardDeps): Column<Broadcast>[] {
  const { t } = visitor;
  return [
    {
      title: t('dash-col-broadcast'),
      kind: 'name',
      cell: ({ id }) => id,
      show: ({ id, texts }) =>
        html`<a href="${ROOT}/broadcasts/${String(id)}">#${String(id)} · ${quoteOf(visitor, texts)}</a>`,
    },
    {
      title: t('dash-col-state'),
      cell: ({ state }) => state,
      show: ({ state }) => stateWord(t(`broadcast-state-${state}`), BROADCAST_MOODS[state]),
    },
    {
      title: t('dash-col-segment'),
      cell: ({ segment, language }) => (language === null ? segment : `${segment}:${language}`),
      show: ({ segment, language }) => segmentWords(visitor, segment, language),
    },
    momentColumn(visitor, counting.timeZone, t('dash-col-time'), ({ createdAt }) => createdAt),
  ];
}

function quoteOf({ t, language }: Visitor, texts: Broadcast['texts']): string {
  const text = texts[language] ?? Object.values(texts)[0] ?? t('dash-no-text');
  return text.length <= LONGEST_QUOTE ? text : `${text.slice(0, LONGEST_QUOTE).trimEnd()}…`;
}
