/** One broadcast: written, looked at, tried, begun, watched and held up, by the verbs that the chat uses. */
import { SEGMENTS } from '../database/schema/index.ts';
import { isAppError } from '../errors.ts';
import { tellPerson } from '../messenger/tell-person.ts';
import {
  type Broadcast,
  type BroadcastCounts,
  type BroadcastStep,
  readBroadcast,
  readCounts,
  startBroadcast,
  stepBroadcast,
  writeDraft,
} from '../owners/broadcasts/broadcast.ts';
import { newsCard, textFor } from '../screens/broadcast-cards.ts';
import { LONGEST_MESSAGE } from '../screens/telegram-text.ts';
import type { DashboardDeps } from './deps.ts';
import { figure } from './figure.ts';
import { actForm, idIn, oneOf } from './form.ts';
import { number } from './format.ts';
import { type Content, type Html, html } from './html.ts';
import { liveFigure, liveFigures, liveSection } from './live.ts';
import { noticeIn, withNotice } from './notice.ts';
import { BROADCAST_MOODS, stateWord } from './state.ts';
import type { Answer, Route, Visit, Visitor } from './visit.ts';

/** What can be done in each state. */
const STEPS: Readonly<Record<Broadcast['state'], readonly BroadcastStep[]>> = {
  draft: ['cancel'],
  sending: ['pause', 'cancel'],
  paused: ['resume', 'cancel'],
  done: [],
  cancelled: [],
};
const READERS = [
  'sent',
  'waiting',
  'blocked',
  'failed',
  'unknown',
] as const satisfies readonly (keyof BroadcastCounts)[];

export const broadcastRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/broadcasts/:id',
    right: 'broadcast',
    async answer(deps, visit) {
      const { visitor, params } = visit;
      const { t } = visitor;
      const broadcast = await readBroadcast(deps.db, idIn(params));
      const counts = await readCounts(deps.db, broadcast, new Date());
      const title = t('dash-broadcast', { id: String(broadcast.id) });
      const main = html`<h1>${title}</h1>${noticeIn(visit)}
${broadcast.state === 'draft' ? draft(deps, visitor, broadcast, counts.waiting) : underWay(visitor, broadcast, counts)}`;
      return { kind: 'page', title, section: 'broadcasts', main };
    },
  },
  {
    method: 'GET',
    path: '/broadcasts/:id/events',
    right: 'broadcast',
    async answer({ db, closing }, { visitor, params, signal }) {
      const id = idIn(params);
      const read = async () => {
        const broadcast = await readBroadcast(db, id);
        return figuresOf(visitor, broadcast, await readCounts(db, broadcast, new Date()));
      };
      return liveFigures(read, AbortSignal.any([signal, closing]));
    },
  },
  {
    method: 'POST',
    path: '/broadcasts/:id/write',
    right: 'broadcast',
    async answer({ db, texts }, { visitor, params, form }) {
      const id = idIn(params);
      const written = readDraft(form, texts.languages);
      if (written === null)
        return {
          kind: 'refused',
          sentence: visitor.t('dash-broadcast-unread', { longest: LONGEST_MESSAGE }),
        };
      await writeDraft(db, { id, ...written });
      return { kind: 'redirect', to: withNotice(`/broadcasts/${id}`, 'broadcast-written') };
    },
  },
  {
    method: 'POST',
    path: '/broadcasts/:id/test',
    right: 'broadcast',
    async answer(deps, { visitor, params }) {
      const { id, texts } = await readBroadcast(deps.db, idIn(params));
      let arrived = true;
      for (const language of Object.keys(texts)) {
        const card = newsCard(deps.texts.in(language), textFor(texts, language));
        arrived &&= (await tellPerson(deps, visitor.userId, () => card)) === 'told';
      }
      const notice = arrived ? 'broadcast-tried' : 'broadcast-untried';
      return { kind: 'redirect', to: withNotice(`/broadcasts/${id}`, notice) };
    },
  },
  {
    method: 'POST',
    path: '/broadcasts/:id/start',
    right: 'broadcast',
    answer: (deps, visit) => start(deps, visit),
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

async function start({ db }: DashboardDeps, { visitor, params, log }: Visit): Promise<Answer> {
  const id = idIn(params);
  const to = `/broadcasts/${id}`;
  try {
    await startBroadcast(db, { id, by: visitor.userId, cardMessageId: null }, new Date());
  } catch (error) {
    // The second press of two finds it begun, and sees how it goes.
    if (isAppError(error) && error.code === 'already-done') return { kind: 'redirect', to };
    throw error;
  }
  log.info({ adminId: visitor.userId, broadcastId: id }, 'a broadcast begins');
  return { kind: 'redirect', to };
}

/** The form with what is written so far, how it will be read, and what can be done with it. */
function draft(
  { texts: { languages } }: DashboardDeps,
  visitor: Visitor,
  { id, segment, language, texts }: Broadcast,
  readers: number,
): Html {
  const { t } = visitor;
  const chosen = segment === 'language' ? `language:${language}` : segment;
  const option = (value: string, title: string) =>
    html`<option value="${value}"${value === chosen && html` selected`}>${title}</option>`;
  const segments = SEGMENTS.flatMap((name) =>
    name === 'language'
      ? languages.map((code) => option(`language:${code}`, segmentWords(visitor, name, code)))
      : [option(name, segmentWords(visitor, name, null))],
  );
  const written = Object.keys(texts);
  const fields = html`<label>${t('dash-col-segment')} <select name="segment">${segments}</select></label>
${languages.map((code) => html`<label>${t('button-broadcast-text', { language: code })} <textarea name="text-${code}" lang="${code}" maxlength="${LONGEST_MESSAGE}">${texts[code] ?? ''}</textarea></label>`)}
<p class="soft">${t('dash-broadcast-languages')}</p>
<div><button class="${written.length === 0 && 'primary'}">${t('dash-broadcast-save')}</button></div>`;
  return html`<p class="row">${stateWord(t('broadcast-state-draft'), BROADCAST_MOODS.draft)}</p>
${actForm(visitor, `/broadcasts/${id}/write`, fields)}
${
  written.length > 0 &&
  html`${previews(visitor, texts)}
<p>${t('dash-broadcast-to', { segment: segmentWords(visitor, segment, language), readers })}</p>
<div class="row">${actForm(visitor, `/broadcasts/${id}/test`, html`<button>${t('button-broadcast-test')}</button>`)}
${readers > 0 && actForm(visitor, `/broadcasts/${id}/start`, html`<button class="primary">${t('button-broadcast-start', { readers })}</button>`)}</div>`
}
<p></p>${steps(visitor, { id, state: 'draft' })}`;
}

function underWay(visitor: Visitor, broadcast: Broadcast, counts: BroadcastCounts): Html {
  const { t } = visitor;
  const now = figuresOf(visitor, broadcast, counts);
  const { id, state, segment, language, texts } = broadcast;
  const isOver = state === 'done' || state === 'cancelled';
  const shown = READERS.filter((name) => !isOver || name === 'sent' || counts[name] > 0);
  const content = html`<p class="row">${stateWord(liveFigure('state', now.state), BROADCAST_MOODS[state])}<span class="soft">${segmentWords(visitor, segment, language)}</span></p>
<dl class="figures">${shown.map((name) => figure(t(`dash-readers-${name}`), liveFigure(name, now[name]), ''))}</dl>`;
  return html`${isOver ? content : liveSection(visitor, `/broadcasts/${id}/events`, content)}
${steps(visitor, broadcast)}
${previews(visitor, texts)}`;
}

function steps(visitor: Visitor, { id, state }: Pick<Broadcast, 'id' | 'state'>): Html {
  return html`<div class="row">${STEPS[state].map((step) => actForm(visitor, `/broadcasts/${id}/${step}`, html`<button${step === 'cancel' && html` class="danger"`}>${visitor.t(`dash-step-${step}`)}</button>`))}</div>`;
}

function previews({ t }: Visitor, texts: Broadcast['texts']): Content {
  const written = Object.entries(texts);
  return (
    written.length > 0 &&
    html`<h2>${t('dash-broadcast-read-so')}</h2>${written.map(
      ([language, text]) =>
        html`<h3>${t('button-segment-language', { language })}</h3><blockquote lang="${language}">${text}</blockquote>`,
    )}`
  );
}

type LiveName = (typeof READERS)[number] | 'state';

function figuresOf(
  visitor: Visitor,
  { state }: Broadcast,
  counts: BroadcastCounts,
): Record<LiveName, string> {
  return {
    state: visitor.t(`broadcast-state-${state}`),
    sent: number(visitor, counts.sent),
    waiting: number(visitor, counts.waiting),
    blocked: number(visitor, counts.blocked),
    failed: number(visitor, counts.failed),
    unknown: number(visitor, counts.unknown),
  };
}

/** Null for a form that is none of ours, and for a text that no message has room for. */
function readDraft(
  form: Visit['form'],
  languages: readonly string[],
): Pick<Broadcast, 'segment' | 'language' | 'texts'> | null {
  const [name, code] = (form.segment ?? '').split(':');
  const segment = oneOf(SEGMENTS, name);
  const language = oneOf(languages, code);
  if (segment === null || (segment === 'language') !== (language !== null)) return null;
  // Browsers send lines as the net has them; Telegram counts each end of one as a sign.
  const written = languages
    .map((one): [string, string] => [one, (form[`text-${one}`] ?? '').replaceAll('\r\n', '\n').trim()])
    .filter(([, text]) => text !== '');
  if (written.some(([, text]) => text.length > LONGEST_MESSAGE)) return null;
  return { segment, language, texts: Object.fromEntries(written) };
}

/** Whom a broadcast is for, in the owner's words. */
export function segmentWords({ t }: Visitor, segment: Broadcast['segment'], language: string | null): string {
  return segment === 'language' && language !== null
    ? t('button-segment-language', { language })
    : t(`segment-${segment}`);
}
