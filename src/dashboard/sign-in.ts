/** The door: a one-time link that the bot sends, and Telegram's Mini App. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { readCustomer } from '../customers/read-customer.ts';
import { may, roleOf } from '../owners/rights.ts';
import { isLinkOpen, signInByInitData, signInByLink } from '../owners/sessions/sign-in.ts';
import { readInitData } from '../telegram/init-data.ts';
import { OPEN } from '../web/doors.ts';
import { refusal } from '../web/refusals.ts';
import { ROOT, setSessionCookie } from './cookie.ts';
import type { DashboardDeps } from './deps.ts';
import { openFraming } from './headers.ts';
import { html } from './html.ts';
import { plainPage } from './layout.ts';
import { strangerOf } from './stranger.ts';

const LINK_FORM = z.object({ secret: z.string().max(100) });
/** Telegram's own limit of a start parameter and a name is far below it. */
const APP_FORM = z.object({ initData: z.string().max(10_000) });

export function registerSignIn(scope: FastifyInstance, deps: DashboardDeps): void {
  // This is the door itself.
  const open = { config: { door: OPEN } } as const;
  // Whoever previews a link opens it; it is spent by the button alone.
  scope.get<{ Params: { secret: string } }>('/sign-in/:secret', open, async (request, reply) => {
    const { secret } = request.params;
    if (!(await isLinkOpen(deps.db, secret, new Date()))) return refuseLink(deps, request, reply);
    const stranger = strangerOf(deps, request);
    const { t } = stranger;
    const main = html`<h1>${t('dash-title')}</h1>
<p>${t('dash-sign-in-hint')}</p>
<form method="post" action="${ROOT}/sign-in">
<input type="hidden" name="secret" value="${secret}">
<button class="primary">${t('dash-sign-in')}</button>
</form>`;
    return sendHtml(reply, plainPage(stranger, t('dash-sign-in'), main).toString());
  });

  scope.post('/sign-in', open, async (request, reply) => {
    const form = LINK_FORM.safeParse(request.body);
    const session = form.success ? await signInByLink(deps.db, form.data.secret, new Date()) : null;
    if (session === null) return refuseLink(deps, request, reply);
    deps.log.info({ adminId: session.userId }, 'somebody signed in to the dashboard by a link');
    setSessionCookie(reply, session, deps.isSecure);
    return reply.redirect(ROOT, 303);
  });

  // Telegram's web clients show a Mini App in a frame of theirs.
  scope.get('/app', open, async (request, reply) => {
    const stranger = strangerOf(deps, request);
    const { t } = stranger;
    const main = html`<h1>${t('dash-title')}</h1>
<p id="opening" role="status">${t('dash-opening')}</p>
<p id="closed" role="alert" hidden>${t('dash-app-refused')}</p>`;
    openFraming(reply);
    return sendHtml(reply, plainPage(stranger, t('dash-title'), main, 'mini-app.js').toString());
  });

  scope.post('/app', open, async (request, reply) => {
    const form = APP_FORM.safeParse(request.body);
    const session = form.success ? await signInApp(deps, form.data.initData, new Date()) : null;
    if (session === null) return reply.code(401).send(refusal(401, 'not signed in'));
    deps.log.info({ adminId: session.userId }, 'somebody signed in to the dashboard in Telegram');
    return reply.send({ bearer: session.secret });
  });
}

async function signInApp(deps: DashboardDeps, text: string, now: Date) {
  const data = readInitData(text, deps.initDataKey, now);
  if (data === null) return null;
  const { userId: id } = data;
  const customer = await readCustomer(deps.db, id);
  // Every seller can open an app of the bot's.
  if (!may(roleOf(deps.adminIds, { id, role: customer?.role ?? null }), 'sign-in')) return null;
  return signInByInitData(deps.db, data, now);
}

function refuseLink(deps: DashboardDeps, request: FastifyRequest, reply: FastifyReply) {
  const stranger = strangerOf(deps, request);
  const { t } = stranger;
  const main = html`<h1>${t('dash-link-over')}</h1><p>${t('dash-link-again')}</p>`;
  return sendHtml(reply.code(410), plainPage(stranger, t('dash-link-over'), main).toString());
}

function sendHtml(reply: FastifyReply, markup: string) {
  return reply.type('text/html; charset=utf-8').send(markup);
}
