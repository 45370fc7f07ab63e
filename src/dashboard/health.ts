/** How the process is, while one looks: its parts, the queue, and what was given up. */
import type { Database } from '../database/client.ts';
import { openBook } from '../statistics/book.ts';
import { readWhatWaits } from '../statistics/what-waits.ts';
import { readWork } from '../statistics/work.ts';
import { type DeadUpdate, readDeadUpdates, retryDeadUpdate } from '../support/dead-updates.ts';
import type { DashboardDeps } from './deps.ts';
import { fact, figure } from './figure.ts';
import { actForm, idIn } from './form.ts';
import { moment } from './format.ts';
import { type Content, html } from './html.ts';
import { liveFigure, liveFigures, liveSection } from './live.ts';
import { noticeIn, withNotice } from './notice.ts';
import { HEALTH_MOODS, stateWord } from './state.ts';
import type { Route, Visitor } from './visit.ts';

const UPDATES_SHOWN = 20;

export const healthRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/health',
    right: 'see-failures',
    async answer(deps, visit) {
      const { visitor } = visit;
      const { t } = visitor;
      const { services } = await deps.health();
      const now = await figuresNow(deps);
      const dead = await readDeadUpdates(deps.db, { limit: UPDATES_SHOWN, offset: 0 });
      const title = t('dash-section-health');
      const live = (name: keyof typeof now) => liveFigure(name, now[name]);
      const main = html`<h1>${title}</h1>${noticeIn(visit)}
${liveSection(
  visitor,
  '/health/events',
  html`<dl class="figures">
${figure(t('dash-queued'), live('queued'), '')}
${figure(t('dash-generating'), live('generating'), '')}
${figure(t('dash-awaiting-payment'), live('awaitingPayment'), '')}
${figure(t('dash-drafts'), live('drafts'), '')}
${figure(t('dash-open-tickets'), live('tickets'), '')}
${figure(t('dash-held-payments'), live('held'), '')}
</dl>`,
)}
<h2>${t('dash-parts')}</h2>
<dl class="facts">${Object.entries(services).map(([name, { status, note }]) => fact(name, html`${note !== undefined && html`<span class="soft">${note}</span> `}${stateWord(t(`dash-health-${status}`), HEALTH_MOODS[status])}`))}</dl>
${deadUpdates(visitor, dead, deps.counting.timeZone)}`;
      return { kind: 'page', title, section: 'health', main };
    },
  },
  {
    method: 'GET',
    path: '/health/events',
    right: 'see-failures',
    async answer(deps, { signal }) {
      return liveFigures(() => figuresNow(deps), AbortSignal.any([signal, deps.closing]));
    },
  },
  {
    method: 'POST',
    path: '/health/updates/:id/retry',
    right: 'retry-update',
    async answer({ db }, { visitor, params, log }) {
      const updateId = idIn(params);
      const retried = await retryDeadUpdate(db, { by: visitor.userId, updateId });
      log.info(
        { adminId: visitor.userId, deadUpdateId: updateId, retried },
        'an update that was given up is tried again',
      );
      return { kind: 'redirect', to: withNotice('/health', retried ? 'retried' : 'retry-gone') };
    },
  },
];

async function figuresNow({ db, counting }: { db: Database } & Pick<DashboardDeps, 'counting'>) {
  const work = await openBook(db, { timeZone: counting.timeZone, now: new Date() }, readWork);
  const { tickets, held, unsettled } = await readWhatWaits(db);
  return {
    queued: String(work.queued),
    generating: String(work.generating),
    awaitingPayment: String(work.awaitingPayment),
    drafts: String(work.drafts),
    tickets: String(tickets),
    held: String(held + unsettled),
  };
}

function deadUpdates(
  visitor: Visitor,
  { updates, total }: { updates: readonly DeadUpdate[]; total: number },
  timeZone: string,
): Content {
  const { t } = visitor;
  return html`<section id="failed" aria-labelledby="failed-title"><h2 id="failed-title">${t('dash-failed')}</h2>
${total === 0 ? html`<p class="calm">${t('dash-none-failed')}</p>` : html`<p>${t('dash-failed-hint', { count: total })}</p>`}
${updates.map(({ updateId, chatId, kind, said, fault, receivedAt }) => html`<div class="notice warn"><p><strong>${kind}</strong> · ${String(chatId)} · ${moment(visitor, timeZone, receivedAt)} · ${fault}</p>${said !== null && html`<blockquote>${said}</blockquote>`}${actForm(visitor, `/health/updates/${updateId}/retry`, html`<button>${t('dash-try-again')}</button>`)}</div>`)}</section>`;
}
