/** The rest of the menu on a phone, and the way out. */
import { endSessions } from '../owners/sessions/sessions.ts';
import { ROOT } from './cookie.ts';
import { actForm } from './form.ts';
import { html } from './html.ts';
import { noticeIn } from './notice.ts';
import { sectionsFor } from './sections.ts';
import { allows, type Route } from './visit.ts';

export const moreRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/more',
    right: 'sign-in',
    async answer(_deps, visit) {
      const { visitor } = visit;
      const { t } = visitor;
      const places = sectionsFor(allows(visitor)).filter(({ tab }) => !tab);
      const main = html`<h1>${t('dash-more')}</h1>${noticeIn(visit)}
${places.length > 0 && html`<ul class="places">${places.map(({ name, path, icon }) => html`<li><a href="${ROOT}${path}">${icon}<span>${t(`dash-section-${name}`)}</span></a></li>`)}</ul>`}
<h2>${t('dash-session')}</h2>
<div class="row">${actForm(visitor, '/sign-out', html`<button>${t('dash-sign-out')}</button>`)}${actForm(visitor, '/sign-out-everywhere', html`<button class="danger">${t('dash-sign-out-everywhere')}</button>`)}</div>`;
      return { kind: 'page', title: t('dash-more'), section: null, main };
    },
  },
  {
    method: 'POST',
    path: '/sign-out',
    right: 'sign-in',
    async answer({ db }, { visitor }) {
      await endSessions(db, { sessionId: visitor.sessionId }, new Date());
      return { kind: 'goodbye' };
    },
  },
  {
    method: 'POST',
    path: '/sign-out-everywhere',
    right: 'sign-in',
    async answer({ db }, { visitor }) {
      await endSessions(db, { userId: visitor.userId }, new Date());
      return { kind: 'goodbye' };
    },
  },
];
