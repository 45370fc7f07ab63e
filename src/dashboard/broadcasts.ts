/** Broadcasts: how they go, and how they are held up. They are written, tried and begun in the chat. */
import {
  type Broadcast,
  type BroadcastCounts,
  type BroadcastStep,
  readBroadcast,
  readBroadcasts,
  readCounts,
  stepBroadcast,
} from '../owners/broadcasts/broadcast.ts';
import { readPage } from '../owners/page.ts';
import { momentColumn } from './columns.ts';
import { ROOT } from './cookie.ts';
import { figure } from './figure.ts';
import { actForm, idIn, oneOf } from './form.ts';
import { number } from './format.ts';
import { type Content, html } from './html.ts';
import { table } from './list.ts';
import { BROADCAST_MOODS, stateWord } from './state.ts';
import type { Route, Visitor } from './visit.ts';

const SHOWN = 50;
const LONGEST_QUOTE = 60;

/** What can be done in each state. */
const STEPS: Readonly<Record<Broadcast['state'], readonly BroadcastStep[]>> = {
  draft: ['cancel'],
  sending: ['pause', 'cancel'],
  paused: ['resume', 'cancel'],
  done: [],
  cancelled: [],
};

export const broadcastRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/broadcasts',
    right: 'broadcast',
    async answer({ db, counting }, { visitor }) {
      const { t } = visitor;
      const { entries } = await readPage(
        { page: 1, filter: null },
        (rows) => readBroadcasts(db, rows),
        SHOWN,
      );
      const title = t('dash-section-broadcasts');
      const columns = [
        {
          title: t('dash-col-broadcast'),
          kind: 'name' as const,
          cell: ({ id }: Broadcast) => id,
          show: ({ id, texts }: Broadcast) =>
            html`<a href="${ROOT}/broadcasts/${String(id)}">#${String(id)} · ${quoteOf(visitor, texts)}</a>`,
        },
        {
          title: t('dash-col-state'),
          cell: ({ state }: Broadcast) => state,
          show: ({ state }: Broadcast) => stateWord(t(`broadcast-state-${state}`), BROADCAST_MOODS[state]),
        },
        {
          title: t('dash-col-segment'),
          cell: ({ segment }: Broadcast) => segment,
          show: (broadcast: Broadcast) => segmentOf(visitor, broadcast),
        },
        momentColumn<Broadcast>(visitor, counting.timeZone, t('dash-col-time'), ({ createdAt }) => createdAt),
      ];
      const main = html`<h1>${title}</h1><p class="soft">${t('dash-broadcasts-hint')}</p>
${entries.length === 0 ? html`<p class="calm">${t('dash-none')}</p>` : table(title, columns, entries)}`;
      return { kind: 'page', title, section: 'broadcasts', main };
    },
  },
  {
    method: 'GET',
    path: '/broadcasts/:id',
    right: 'broadcast',
    async answer({ db }, { visitor, params }) {
      const { t } = visitor;
      const broadcast = await readBroadcast(db, idIn(params));
      const counts = await readCounts(db, broadcast, new Date());
      const { id, state, texts } = broadcast;
      const title = t('dash-broadcast', { id: String(id) });
      const main = html`<h1>${title}</h1>
<p class="row">${stateWord(t(`broadcast-state-${state}`), BROADCAST_MOODS[state])}<span class="soft">${segmentOf(visitor, broadcast)}</span></p>
${figures(visitor, counts)}
${Object.entries(texts).map(([language, text]) => html`<h2>${language}</h2><blockquote>${text}</blockquote>`)}
<div class="row">${STEPS[state].map((step) => actForm(visitor, `/broadcasts/${id}/${step}`, html`<button${step === 'cancel' && html` class="danger"`}>${t(`dash-step-${step}`)}</button>`))}</div>`;
      return { kind: 'page', title, section: 'broadcasts', main };
    },
  },
  {
    method: 'POST',
    path: '/broadcasts/:id/:step',
    right: 'broadcast',
    async answer({ db }, { visitor, params, log }) {
      const id = idIn(params);
      const step = oneOf(['pause', 'resume', 'cancel'], params.step);
      if (step === null) return { kind: 'refused', sentence: visitor.t('error-not-found') };
      if (await stepBroadcast(db, { id, by: visitor.userId, step }))
        log.info({ adminId: visitor.userId, broadcastId: id, step }, 'a broadcast was changed');
      return { kind: 'redirect', to: `/broadcasts/${id}` };
    },
  },
];

function figures(visitor: Visitor, counts: BroadcastCounts): Content {
  const { t } = visitor;
  const one = (name: keyof BroadcastCounts) =>
    figure(t(`dash-readers-${name}`), number(visitor, counts[name]), '');
  return html`<dl class="figures">${one('sent')}${one('waiting')}${one('blocked')}${counts.failed > 0 && one('failed')}${counts.unknown > 0 && one('unknown')}</dl>`;
}

function quoteOf({ t, language }: Visitor, texts: Broadcast['texts']): string {
  const text = texts[language] ?? Object.values(texts)[0] ?? t('dash-no-text');
  return text.length <= LONGEST_QUOTE ? text : `${text.slice(0, LONGEST_QUOTE).trimEnd()}…`;
}

function segmentOf({ t }: Visitor, { segment, language }: Broadcast): string {
  return `${t(`segment-${segment}`)}${segment === 'language' ? ` ${language}` : ''}`;
}
