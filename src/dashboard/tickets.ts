/** Tickets, and the talk in one of them. */
import { randomUUID } from 'node:crypto';
import { readCustomer } from '../customers/read-customer.ts';
import { TICKET_STATES } from '../database/schema/index.ts';
import { tellPerson } from '../messenger/tell-person.ts';
import { answerCard, answerPieces } from '../screens/support-cards.ts';
import {
  readThread,
  readTicket,
  readTickets,
  type ThreadMessage,
  type TicketEntry,
} from '../support/read-tickets.ts';
import { resolveTicket, writeTicketAnswer } from '../support/write-message.ts';
import { momentColumn, personColumn, personIdColumn } from './columns.ts';
import { ROOT } from './cookie.ts';
import type { DashboardDeps } from './deps.ts';
import { actForm, idIn } from './form.ts';
import { moment } from './format.ts';
import { type Content, type Html, html } from './html.ts';
import { personLink } from './links.ts';
import { type ListSpec, listRoutes } from './list.ts';
import { noticeIn, withNotice } from './notice.ts';
import { stateWord, TICKET_MOODS } from './state.ts';
import type { Route, Visitor } from './visit.ts';

/** More than anybody reads again; the newest count. */
const MESSAGES_SHOWN = 100;
/** Several messages of Telegram's. */
const LONGEST_ANSWER = 10_000;
const FORM_KEY = /^[0-9a-f-]{36}$/;

const TICKETS: ListSpec<TicketEntry> = {
  section: 'tickets',
  path: '/tickets',
  right: 'see-tickets',
  period: 'all',
  // Who has waited longest comes first.
  orders: ['oldest', 'newest'],
  states: [
    { name: 'waiting', title: ({ t }) => t('dash-waiting') },
    { name: 'resolved', title: ({ t }) => t('dash-ticket-state-resolved') },
    { name: 'all', title: ({ t }) => t('order-state-all') },
  ],
  ofPerson: true,
  columns: (visitor, { counting }) => {
    const { t } = visitor;
    return [
      {
        title: t('dash-col-ticket'),
        kind: 'name',
        cell: ({ id }) => id,
        show: ({ id, topic }) =>
          html`<a href="${ROOT}/tickets/${String(id)}">#${String(id)} · ${t(`ticket-topic-${topic}`)}</a>`,
      },
      { title: t('dash-col-topic'), cell: ({ topic }) => topic, only: 'file' },
      personColumn(visitor, ({ firstName }) => firstName),
      {
        title: t('dash-col-state'),
        cell: ({ state }) => state,
        show: ({ state }) => ticketState(visitor, state),
      },
      momentColumn(visitor, counting.timeZone, t('dash-col-moved'), ({ updatedAt }) => updatedAt),
      momentColumn(visitor, counting.timeZone, t('dash-col-since'), ({ createdAt }) => createdAt),
      personIdColumn(visitor),
    ];
  },
  read: ({ db }, { state, ...wanted }) =>
    readTickets(db, { ...wanted, states: STATES_OF[state ?? 'all'] ?? TICKET_STATES }),
};

const STATES_OF: Readonly<Record<string, readonly (typeof TICKET_STATES)[number][]>> = {
  waiting: ['open', 'in-progress'],
  resolved: ['resolved'],
};

export const ticketRoutes: readonly Route[] = [
  ...listRoutes(TICKETS),
  {
    method: 'GET',
    path: '/tickets/:id',
    right: 'see-tickets',
    async answer({ db, counting }, visit) {
      const { visitor, params } = visit;
      const { t } = visitor;
      const ticket = await readTicket(db, idIn(params));
      const person = await readCustomer(db, ticket.userId);
      const thread = await readThread(db, ticket.id, MESSAGES_SHOWN);
      const title = t('dash-ticket', { id: String(ticket.id) });
      const main = html`<h1>${title}</h1>${noticeIn(visit)}
<p class="row">${personLink(ticket.userId, person?.firstName ?? String(ticket.userId))}${ticketState(visitor, ticket.state)}</p>
<ol class="talk">${thread.map((message) => said(visitor, message, ticket.userId, counting.timeZone))}</ol>
${answerForm(visitor, ticket.id)}
${ticket.state !== 'resolved' && actForm(visitor, `/tickets/${ticket.id}/resolve`, html`<button>${t('dash-resolve')}</button>`)}`;
      return { kind: 'page', title, section: 'tickets', main };
    },
  },
  {
    method: 'POST',
    path: '/tickets/:id/answer',
    right: 'answer-ticket',
    answer: (deps, { visitor, params, form }) => answer(deps, visitor, idIn(params), form),
  },
  {
    method: 'POST',
    path: '/tickets/:id/resolve',
    right: 'resolve-ticket',
    async answer(deps, { visitor, params }) {
      const ticketId = idIn(params);
      const ticket = await resolveTicket(deps.db, { by: visitor.userId, ticketId });
      if (ticket !== null)
        await tellPerson(deps, ticket.userId, (t) => t('support-resolved', { id: String(ticketId) }));
      return { kind: 'redirect', to: withNotice(`/tickets/${ticketId}`, 'resolved') };
    },
  },
];

/** Written down once for each form, however often it is sent; then brought to the person. */
async function answer(
  deps: DashboardDeps,
  visitor: Visitor,
  ticketId: number,
  { body = '', key = '' }: Readonly<Record<string, string>>,
) {
  const words = body.trim();
  if (words === '' || words.length > LONGEST_ANSWER || !FORM_KEY.test(key)) {
    return {
      kind: 'refused',
      sentence: visitor.t('dash-answer-missing', { longest: LONGEST_ANSWER }),
    } as const;
  }
  const path = `/tickets/${ticketId}`;
  const message = {
    ticketId,
    authorId: visitor.userId,
    body: words,
    photoFileId: null,
    sourceKey: `form:${key}`,
  };
  const ticket = await writeTicketAnswer(deps.db, message);
  if (ticket === null) return { kind: 'redirect', to: path } as const;
  let arrived = true;
  for (const part of answerPieces(words)) {
    arrived &&= (await tellPerson(deps, ticket.userId, (t) => answerCard(t, ticketId, part))) === 'told';
  }
  return { kind: 'redirect', to: withNotice(path, arrived ? 'answered' : 'unanswered') } as const;
}

function answerForm(visitor: Visitor, ticketId: number): Html {
  const { t } = visitor;
  return actForm(
    visitor,
    `/tickets/${ticketId}/answer`,
    html`<input type="hidden" name="key" value="${randomUUID()}"><label>${t('dash-answer')} <textarea name="body" required maxlength="${LONGEST_ANSWER}"></textarea></label><button class="primary">${t('dash-send')}</button>`,
  );
}

function said(
  visitor: Visitor,
  { authorId, body, photoFileId, createdAt }: ThreadMessage,
  userId: number,
  timeZone: string,
): Html {
  const { t } = visitor;
  const isOurs = authorId !== userId;
  return html`<li class="${isOurs && 'ours'}"><small>${isOurs && html`${t('dash-us')} · `}${moment(visitor, timeZone, createdAt)}</small><p>${body}${photoFileId !== null && html` 📎 ${t('dash-with-photo')}`}</p></li>`;
}

function ticketState({ t }: Visitor, state: TicketEntry['state']): Content {
  return stateWord(t(`dash-ticket-state-${state}`), TICKET_MOODS[state]);
}
