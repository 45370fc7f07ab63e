/** One person: what they have, what was done to them, and what an owner can do; each act is asked once and done once. */
import { readPayment } from '../billing/orders/payment-lists.ts';
import { unbanPerson } from '../customers/ban.ts';
import { PERSON_ACTS, type PersonAct } from '../database/schema/index.ts';
import { AppError } from '../errors.ts';
import { carryOutRequest } from '../messenger/carry-out-request.ts';
import { tellPerson } from '../messenger/tell-person.ts';
import { type RecordedAct, readActsUpon } from '../owners/read-acts.ts';
import {
  LONGEST_WORDS,
  MOST_CREDITS,
  type OwnerRequest,
  readRequest,
  writeRequest,
} from '../owners/requests.ts';
import type { Right } from '../owners/rights.ts';
import { creditsWith } from '../screens/refund-cards.ts';
import { type PersonFigures, readPerson } from '../statistics/person.ts';
import { ROOT } from './cookie.ts';
import { fact, figure } from './figure.ts';
import { actForm, idIn, oneOf, wholeNumber } from './form.ts';
import { moment, number, price } from './format.ts';
import { type Content, type Html, html } from './html.ts';
import { noticeIn, withNotice } from './notice.ts';
import { stateWord } from './state.ts';
import { type Answer, allows, type Route, type Visit, type Visitor } from './visit.ts';

const ACTS_SHOWN = 10;
/** A process that did something tells the person within this, or is dead. */
const TELLING_MS = 60_000;

export const personRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/people/:id',
    right: 'see-person',
    async answer({ db, counting }, visit) {
      const { visitor, params } = visit;
      const person = known(await readPerson(db, idIn(params), new Date()));
      const acts = allows(visitor)('correct') ? await readActsUpon(db, person.userId, ACTS_SHOWN) : [];
      const main = html`<h1>${person.firstName}</h1>${noticeIn(visit)}
<p class="row">${person.username !== null && html`<span class="soft">@${person.username}</span>`}<span class="soft">${String(person.userId)}</span>${standing(visitor, person)}</p>
${person.banReason !== null && html`<blockquote>${person.banReason}</blockquote>`}
${figures(visitor, person)}
<div class="columns"><div>${facts(visitor, person, counting.timeZone)}${ways(visitor, person)}</div><div>${forms(visitor, person)}</div></div>
${history(visitor, acts, counting.timeZone)}`;
      return {
        kind: 'page',
        title: person.firstName,
        section: allows(visitor)('see-people') ? 'people' : 'find',
        main,
      };
    },
  },
  ...PERSON_ACTS.map(
    (act): Route => ({
      method: 'POST',
      path: `/people/:id/${act}`,
      right: act,
      answer: ({ db }, visit) => begin(db, visit, act),
    }),
  ),
  {
    method: 'POST',
    path: '/people/:id/unban',
    right: 'unban',
    async answer(deps, { visitor, params, log }) {
      const userId = idIn(params);
      if (await unbanPerson(deps.db, { by: visitor.userId, userId })) {
        log.info({ adminId: visitor.userId, userId }, 'a person is let in again');
        await tellPerson(deps, userId, (t) => t('let-in'));
      }
      return { kind: 'redirect', to: withNotice(`/people/${userId}`, 'unban-done') };
    },
  },
  {
    method: 'GET',
    path: '/requests/:id',
    // Only who has begun a request may end it; what may be begun is asked above.
    right: 'message',
    async answer({ db }, { visitor, params }) {
      const { t } = visitor;
      const request = await readRequest(db, { requestId: idIn(params), by: visitor.userId });
      const person = request === null ? null : await readPerson(db, request.userId, new Date());
      if (request === null || person === null)
        throw new AppError('already-done', 'this request was done before, or is nobody’s');
      const { act, words, credits } = request;
      const entry = request.paymentId === null ? null : await readPayment(db, request.paymentId);
      const after = person.credits + (credits ?? 0);
      const isShort = act === 'correct' && (credits ?? 0) < 0 && after < 0;
      const part = entry === null ? '' : price(visitor, entry.currency, request.amount ?? 0);
      const main = html`<h1>${t(`dash-act-${act}`)}</h1>
<p>${t(`dash-confirm-${act}`, { name: person.firstName, credits: signed(credits ?? 0), before: person.credits, after, part })}</p>
<blockquote>${words ?? ''}</blockquote>
${entry !== null && html`<p>${t('refund-part-credits', creditsWith(entry, request.amount ?? 0))}</p>`}
${isShort ? html`<p class="notice warn" role="alert">${t('dash-too-few', { before: person.credits })}</p>` : actForm(visitor, `/requests/${request.id}`, html`<button class="${act === 'ban' ? 'danger' : 'primary'}">${t(`dash-do-${act}`, { credits: signed(credits ?? 0), part })}</button>`)}
<p><a class="button" href="${ROOT}${pageOf(request)}">${t('dash-leave-it')}</a></p>`;
      const section = entry === null ? 'people' : 'payments';
      return { kind: 'page', title: t(`dash-act-${act}`), section, main };
    },
  },
  {
    method: 'POST',
    path: '/requests/:id',
    right: 'message',
    async answer(deps, { visitor, params }) {
      const asked = { requestId: idIn(params), by: visitor.userId };
      // Whoever closes the page does not end what has begun. Two presses may arrive at once, also in two processes.
      const { request, told } = await carryOutRequest(deps, asked, { silentForMs: TELLING_MS });
      const untold = request.act === 'message' ? 'message-unsent' : 'person-untold';
      const to = withNotice(pageOf(request), told ? `${request.act}-done` : untold);
      return { kind: 'redirect', to };
    },
  },
];

/** Where it was asked for. */
function pageOf({ userId, paymentId }: Pick<OwnerRequest, 'userId' | 'paymentId'>): string {
  return paymentId === null ? `/people/${userId}` : `/payments/${paymentId}`;
}

/** Writes down what is asked for, and asks once whether it is meant. */
async function begin(
  db: Parameters<typeof writeRequest>[0],
  { visitor, params, form }: Visit,
  act: PersonAct,
): Promise<Answer> {
  const userId = idIn(params);
  const words = (form.words ?? '').trim();
  const credits = creditsIn(act, form);
  if (words === '' || words.length > LONGEST_WORDS || credits === 'none') {
    return { kind: 'refused', sentence: visitor.t('dash-words-missing', { longest: LONGEST_WORDS }) };
  }
  const requestId = await writeRequest(db, { by: visitor.userId, act, userId, credits, words });
  return { kind: 'redirect', to: `/requests/${requestId}` };
}

/** Below zero for what is taken; null for an act that has none, `none` where the number is missing. */
function creditsIn(act: PersonAct, form: Visit['form']): number | null | 'none' {
  if (act !== 'gift' && act !== 'correct') return null;
  const credits = wholeNumber(form.credits, MOST_CREDITS);
  // Whether a correction is up or down is said, never guessed.
  const direction = act === 'gift' ? 'up' : oneOf(['up', 'down'], form.direction);
  if (credits === null || direction === null) return 'none';
  return direction === 'up' ? credits : -credits;
}

function standing({ t }: Visitor, { banReason, hasBlocked, role }: PersonFigures): Content {
  return [
    banReason !== null && stateWord(t('dash-banned'), 'bad'),
    hasBlocked && stateWord(t('dash-blocked'), 'warn'),
    role !== null && stateWord(t('dash-support'), ''),
  ];
}

function figures(visitor: Visitor, person: PersonFigures): Html {
  const { t } = visitor;
  const spent = person.spent.map(({ currency, amount }) => price(visitor, currency, amount)).join(', ');
  return html`<dl class="figures">
${figure(t('dash-col-credits'), number(visitor, person.credits), person.reserved > 0 ? t('dash-reserved', { credits: person.reserved }) : '')}
${figure(t('dash-spent'), spent === '' ? '–' : spent, t('dash-payments-count', { count: person.payments }))}
${figure(t('dash-pictures-delivered'), number(visitor, person.pictures), t('dash-photoshoots-count', { count: person.photoshoots }))}
${figure(t('dash-open-tickets'), number(visitor, person.openTickets), t('dash-tickets-count', { count: person.tickets }))}
</dl>`;
}

function facts(visitor: Visitor, person: PersonFigures, timeZone: string): Html {
  const { t } = visitor;
  return html`<dl class="facts">
${fact(t('dash-col-since'), moment(visitor, timeZone, new Date(person.createdMs)))}
${fact(t('dash-col-seen'), moment(visitor, timeZone, new Date(person.lastSeenMs)))}
${fact(t('dash-col-language'), person.language)}
${person.source !== null && fact(t('dash-col-source'), person.source)}
${person.invitedBy !== null && fact(t('dash-invited-by'), html`<a href="${ROOT}/people/${String(person.invitedBy)}">${String(person.invitedBy)}</a>`)}
${person.photoshootsAtWork > 0 && fact(t('dash-at-work-now'), String(person.photoshootsAtWork))}
${person.openOrders > 0 && fact(t('dash-open-orders'), String(person.openOrders))}
${person.heldPayments > 0 && fact(t('dash-held-payments'), String(person.heldPayments))}
${person.renewingOrderId !== null && fact(t('dash-subscription'), t('dash-subscription-renews'))}
</dl>`;
}

/** Whatever else is there of this person. */
function ways(visitor: Visitor, { userId }: PersonFigures): Html {
  const { t } = visitor;
  const way = (right: Right, path: string, title: string) =>
    allows(visitor)(right) && html`<li><a href="${ROOT}${path}">${title}</a></li>`;
  return html`<nav aria-label="${t('dash-of-person')}"><ul class="chips ways">
${way('see-money', `/payments?who=${userId}`, t('dash-section-payments'))}
${way('see-money', `/orders?who=${userId}`, t('dash-section-orders'))}
${way('see-pictures', `/pictures?who=${userId}`, t('dash-section-pictures'))}
${way('see-tickets', `/tickets?who=${userId}`, t('dash-section-tickets'))}
</ul></nav>`;
}

function forms(visitor: Visitor, { userId, banReason }: PersonFigures): Content {
  const { t } = visitor;
  const path = `/people/${userId}`;
  const words = (label: string) =>
    html`<label>${label} <textarea name="words" required maxlength="${LONGEST_WORDS}"></textarea></label>`;
  const credits = html`<label>${t('dash-how-many')} <input name="credits" type="number" inputmode="numeric" min="1" max="${MOST_CREDITS}" required></label>`;
  const act = (right: PersonAct, fields: Html) =>
    allows(visitor)(right) &&
    html`<details><summary>${t(`dash-act-${right}`)}</summary>${actForm(visitor, `${path}/${right}`, html`${fields}<button class="primary">${t('dash-go-on')}</button>`)}</details>`;
  const acts = [
    act('message', words(t('dash-message-words'))),
    act('gift', html`${credits}${words(t('dash-why-read'))}`),
    act(
      'correct',
      html`<label>${t('dash-direction')} <select name="direction" required><option value="">${t('dash-choose')}</option><option value="up">${t('dash-up')}</option><option value="down">${t('dash-down')}</option></select></label>${credits}${words(t('dash-why-read'))}`,
    ),
    banReason === null && act('ban', html`<p>${t('dash-ban-hint')}</p>${words(t('dash-why-read'))}`),
    banReason !== null &&
      allows(visitor)('unban') &&
      actForm(visitor, `${path}/unban`, html`<button>${t('dash-unban')}</button>`),
  ];
  return acts.some((one) => one !== false) && html`<div class="acts">${acts}</div>`;
}

function history(visitor: Visitor, acts: readonly RecordedAct[], timeZone: string): Content {
  const { t } = visitor;
  if (acts.length === 0) return null;
  return html`<h2>${t('dash-done-to-them')}</h2><ul class="talk">${acts.map(
    ({ act, createdAt, reason, actorId }) =>
      html`<li><small>${moment(visitor, timeZone, createdAt)} · ${String(actorId)}</small><p><strong>${t(`act-${act}`)}</strong>${reason !== null && html` ${reason}`}</p></li>`,
  )}</ul>`;
}

function known(person: PersonFigures | null): PersonFigures {
  if (person === null) throw new AppError('not-found', 'there is no such person');
  return person;
}

/** `+5` or `−3`. */
function signed(credits: number): string {
  return credits < 0 ? `−${-credits}` : `+${credits}`;
}
