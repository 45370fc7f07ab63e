/** What people and addresses may do how often: what is in force, whence and until when, and a form to change each. */
import { changedLimits, changeLimits, LIMIT_BOUNDS, readLimits } from '../owners/change-limits.ts';
import { TOKEN_ACTOR } from '../owners/change-thresholds.ts';
import { type LimitOrigin, readLimitOrigins } from '../owners/read-limit-origins.ts';
import { LONGEST_WORDS } from '../owners/requests.ts';
import { LIMIT_NAMES, type LimitInForce, type LimitName, type Waiting } from '../resilience/rate-limits.ts';
import { spokenSpan } from '../screens/limits-card.ts';
import type { DashboardDeps } from './deps.ts';
import { actForm, oneOf, wholeNumber } from './form.ts';
import { moment, number } from './format.ts';
import { type Content, type Html, html } from './html.ts';
import { noticeIn, withNotice } from './notice.ts';
import type { Answer, Route, Visit, Visitor } from './visit.ts';

/** For how many minutes each unit stands. */
const UNITS = { minutes: 1, hours: 60, days: 1440 } as const;
type Unit = keyof typeof UNITS;
const UNIT_NAMES = Object.keys(UNITS) as Unit[];
const WAITING_SHOWN = 20;

export const limitRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/limits',
    right: 'set-limit',
    async answer({ db, rateLimits, counting }, visit) {
      const { visitor } = visit;
      const { t } = visitor;
      const now = new Date();
      // Whatever another process has set is shown at once.
      rateLimits.adopt(await readLimits(db, now));
      const origins = new Map((await readLimitOrigins(db, now)).map((origin) => [origin.name, origin]));
      const title = t('dash-section-limits');
      const main = html`<h1>${title}</h1>${noticeIn(visit)}<p class="soft">${t('dash-limits-hint')}</p>
<div class="acts">${LIMIT_NAMES.map((name) =>
        limitForms(visitor, {
          name,
          limit: rateLimits.inForce(name),
          origin: origins.get(name),
          timeZone: counting.timeZone,
        }),
      )}</div>
<section aria-labelledby="waiting"><h2 id="waiting">${t('dash-limits-waiting')}</h2><p class="soft">${t('dash-limits-waiting-hint')}</p>
${waitingList(visitor, rateLimits.waiting())}</section>`;
      return { kind: 'page', title, section: 'limits', main };
    },
  },
  {
    method: 'POST',
    path: '/limits/:name',
    right: 'set-limit',
    async answer(deps, visit) {
      const { visitor, form } = visit;
      const change = {
        most: wholeNumber(form.most, LIMIT_BOUNDS.most),
        minutes: minutesIn(form),
      };
      const read = changedLimits.safeParse({ [limitIn(visit) ?? '']: change });
      const why = (form.words ?? '').trim();
      if (!read.success || why === '' || why.length > LONGEST_WORDS)
        return { kind: 'refused', sentence: visitor.t('dash-limits-unread', { longest: LONGEST_WORDS }) };
      return set(deps, visit, read.data, why);
    },
  },
  {
    method: 'POST',
    path: '/limits/:name/usual',
    right: 'set-limit',
    async answer(deps, visit) {
      const name = limitIn(visit);
      if (name === null) return { kind: 'refused', sentence: visit.visitor.t('error-not-found') };
      return set(deps, visit, { [name]: null }, null);
    },
  },
];

async function set(
  { db, rateLimits }: Pick<DashboardDeps, 'db' | 'rateLimits'>,
  { visitor, log }: Visit,
  changes: Parameters<typeof changeLimits>[1]['changes'],
  why: string | null,
): Promise<Answer> {
  rateLimits.adopt(await changeLimits(db, { by: visitor.userId, changes, why }, new Date()));
  log.warn({ adminId: visitor.userId, changes }, 'limits are changed by an owner');
  return { kind: 'redirect', to: withNotice('/limits', 'limit-set') };
}

function limitIn({ params }: Pick<Visit, 'params'>): LimitName | null {
  return oneOf(LIMIT_NAMES, params.name);
}

/** Null where the form names no time; more than the longest is refused by the shape of a change. */
function minutesIn({ time, unit }: Visit['form']): number | null {
  const number = wholeNumber(time, LIMIT_BOUNDS.minutes);
  const named = oneOf(UNIT_NAMES, unit);
  return number === null || named === null ? null : number * UNITS[named];
}

function limitForms(
  visitor: Visitor,
  {
    name,
    limit,
    origin,
    timeZone,
  }: { name: LimitName; limit: LimitInForce; origin: LimitOrigin | undefined; timeZone: string },
): Html {
  const { t } = visitor;
  const { most, windowMs, usual, until } = limit;
  const inForce = t('dash-limit-in-force', {
    most: number(visitor, most),
    window: spokenSpan(t, windowMs),
  });
  const fields = html`<label>${t('dash-limit-most')} <input name="most" type="number" inputmode="numeric" min="1" max="${LIMIT_BOUNDS.most}" required value="${most}"></label>
<label>${t('dash-limit-time')} <input name="time" type="number" inputmode="numeric" min="1" max="${LIMIT_BOUNDS.minutes}" required value="1"></label>
<label>${t('dash-limit-unit')} <select name="unit" required>${UNIT_NAMES.map((unit) => html`<option value="${unit}"${unit === 'hours' && html` selected`}>${t(`dash-limit-unit-${unit}`)}</option>`)}</select></label>
<label>${t('dash-limit-why')} <textarea name="words" required maxlength="${LONGEST_WORDS}"></textarea></label>
<button class="primary">${t('dash-limit-set')}</button>`;
  return html`<details><summary><span class="rule"><span>${t(`limit-${name}`)}</span> <small>${inForce} · ${originOf(visitor, limit, origin, timeZone)}</small></span></summary>${actForm(visitor, `/limits/${name}`, fields)}
${until !== null && actForm(visitor, `/limits/${name}/usual`, html`<button>${t('dash-limit-usual', { most: number(visitor, usual) })}</button>`)}</details>`;
}

/** Whence it is: of the configuration, or set by whom, until when and why. */
function originOf(
  visitor: Visitor,
  { usual, until }: LimitInForce,
  origin: LimitOrigin | undefined,
  timeZone: string,
): Content {
  const { t } = visitor;
  if (until === null) return t('dash-limit-configured');
  const ends = html`${t('dash-limit-until')} ${moment(visitor, timeZone, until)}, ${t('dash-limit-then', { usual: number(visitor, usual) })}`;
  if (origin === undefined) return ends;
  const { actor, actorId, reason } = origin;
  const who = actorId === TOKEN_ACTOR ? t('dash-by-token') : (actor ?? String(actorId));
  return html`${ends} · ${t('dash-limit-by', { who })}${reason !== null && html` · ${reason}`}`;
}

function waitingList(visitor: Visitor, waiting: readonly Waiting[]): Html {
  const { t } = visitor;
  if (waiting.length === 0) return html`<p class="calm">${t('limits-nobody-waits')}</p>`;
  return html`<ul class="talk">${waiting
    .slice(0, WAITING_SHOWN)
    .map(
      ({ limit, subject, retryAfterMs }) =>
        html`<li><p><strong>${subject}</strong> ${t(`limit-${limit}`)} · ${spokenSpan(t, retryAfterMs)}</p></li>`,
    )}</ul>`;
}
