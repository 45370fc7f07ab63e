/** The owner's pages at `/admin` of the one HTTP server: who may pass, and how a page's answer becomes a response. */
import { timingSafeEqual } from 'node:crypto';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isAppError } from '../errors.ts';
import { languageUnread } from '../messenger/language-of.ts';
import { may, roleOf } from '../owners/rights.ts';
import { hashOf } from '../owners/sessions/secret.ts';
import { readSession } from '../owners/sessions/sessions.ts';
import type { Door } from '../web/doors.ts';
import { registerAssets } from './assets.ts';
import { clearSessionCookie, ROOT, shownSecret } from './cookie.ts';
import type { DashboardDeps } from './deps.ts';
import { setHeaders } from './headers.ts';
import { html } from './html.ts';
import { page, plainPage } from './layout.ts';
import { ROUTES } from './routes.ts';
import { registerSignIn } from './sign-in.ts';
import { strangerOf } from './stranger.ts';
import type { Answer, Route, Visit, Visitor } from './visit.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in; null for nobody. */
    visitor: Visitor | null;
  }
}

/** Adds everything below `/admin`. */
export function registerDashboard(app: FastifyInstance, deps: DashboardDeps): void {
  app.register(
    async (scope) => {
      await scope.register(cookie);
      await scope.register(formbody);
      scope.decorateRequest('visitor', null);
      scope.addHook('onRequest', async (_request, reply) => setHeaders(reply));
      registerAssets(scope);
      registerSignIn(scope, deps);
      await scope.register(async (inner) => registerRoutes(inner, deps));
    },
    { prefix: ROOT },
  );
}

function registerRoutes(scope: FastifyInstance, deps: DashboardDeps): void {
  const door: Door = {
    kind: 'closed',
    to: 'session',
    async knows(request) {
      request.visitor = await visitorOf(deps, request);
      return request.visitor !== null;
    },
    refuse: (request, reply) => askToSignIn(deps, request, reply),
  };
  for (const route of ROUTES) {
    scope.route({
      method: route.method,
      url: route.path === '' ? '/' : route.path,
      config: { door },
      handler: (request, reply) => handle(deps, route, request, reply),
    });
  }
  scope.get('/*', { config: { door } }, (request, reply) => {
    const visitor = visitorIn(request);
    return refuse(reply, visitor, 404, visitor.t('error-not-found'));
  });
}

function visitorIn({ visitor }: FastifyRequest): Visitor {
  if (visitor === null) throw new Error('nobody passes the door but a visitor');
  return visitor;
}

async function visitorOf(deps: DashboardDeps, request: FastifyRequest): Promise<Visitor | null> {
  const secret = shownSecret(request);
  const session = secret === null ? null : await readSession(deps.db, secret, new Date());
  if (secret === null || session === null) return null;
  const { userId, sessionId } = session;
  // As it is now: whoever is no longer an owner, or no longer helps, is out at once.
  const role = roleOf(deps.adminIds, { id: userId, role: session.role });
  if (role === null || !may(role, 'sign-in')) return null;
  const formToken = hashOf(`form:${secret}`);
  return { userId, role, sessionId, formToken, ...languageUnread(deps, session.language) };
}

async function handle(deps: DashboardDeps, route: Route, request: FastifyRequest, reply: FastifyReply) {
  const visitor = visitorIn(request);
  const visit = visitOf(deps, visitor, request, reply);
  // Support begins with what it may see.
  if (route.path === '' && !may(visitor.role, route.right)) return reply.redirect(`${ROOT}/tickets`, 303);
  // Answered like what is not there, as in the chat.
  if (!may(visitor.role, route.right)) {
    visit.log.warn({ userId: visitor.userId, path: route.path }, 'a page for somebody who may not see it');
    return refuse(reply, visitor, 404, visitor.t('error-not-found'));
  }
  if (route.method === 'POST' && !isOwnForm(visitor, visit.form)) {
    return refuse(reply, visitor, 403, visitor.t('dash-form-foreign'));
  }
  try {
    return send(deps, reply, visitor, await route.answer(deps, visit));
  } catch (error) {
    if (!isAppError(error) || error.code === 'unexpected') throw error;
    return refuse(
      reply,
      visitor,
      error.code === 'not-found' ? 404 : 409,
      visitor.t(`error-${error.code}`, error.details),
    );
  }
}

function visitOf(deps: DashboardDeps, visitor: Visitor, request: FastifyRequest, reply: FastifyReply): Visit {
  const leaving = new AbortController();
  reply.raw.once('close', () => leaving.abort());
  return {
    visitor,
    params: textsIn(request.params),
    query: textsIn(request.query),
    form: textsIn(request.body),
    signal: leaving.signal,
    log: deps.log,
  };
}

/** What was sent by name; a name that is there twice says nothing. */
function textsIn(values: unknown): Record<string, string> {
  const entries = typeof values === 'object' && values !== null ? Object.entries(values) : [];
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function isOwnForm({ formToken }: Visitor, form: Visit['form']): boolean {
  const given = Buffer.from(form.token ?? '');
  const expected = Buffer.from(formToken);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function send(deps: DashboardDeps, reply: FastifyReply, visitor: Visitor, answer: Answer) {
  switch (answer.kind) {
    case 'page':
      return sendHtml(reply, page(visitor, answer.title, answer.section, answer.main).toString());
    case 'redirect':
      return reply.redirect(`${ROOT}${answer.to}`, 303);
    case 'file':
      return reply
        .header('content-disposition', `attachment; filename="${answer.name}"`)
        .type(answer.type)
        .send(answer.body);
    case 'picture':
      // What a picture shows never changes; nobody but this browser may keep it.
      return reply
        .header('cache-control', 'private, max-age=86400')
        .type('image/jpeg')
        .send(Buffer.from(answer.jpeg));
    case 'refused':
      return refuse(reply, visitor, 400, answer.sentence);
    case 'goodbye':
      return sayGoodbye(deps, reply, visitor);
    case 'events':
      return reply.type('text/event-stream').send(answer.stream);
    default: {
      const never: never = answer;
      throw new Error(`unknown answer ${String(never)}`);
    }
  }
}

function refuse(reply: FastifyReply, visitor: Visitor, status: 400 | 403 | 404 | 409, sentence: string) {
  const { t } = visitor;
  const main = html`<h1>${t('dash-refused')}</h1><p role="alert">${sentence}</p><p><a href="${ROOT}">${t('dash-to-start')}</a></p>`;
  return sendHtml(reply.code(status), page(visitor, t('dash-refused'), null, main).toString());
}

function sayGoodbye({ isSecure }: DashboardDeps, reply: FastifyReply, visitor: Visitor) {
  const { t } = visitor;
  clearSessionCookie(reply, isSecure);
  const main = html`<h1>${t('dash-signed-out')}</h1><p>${t('dash-sign-in-how')}</p>`;
  return sendHtml(reply, plainPage(visitor, t('dash-signed-out'), main).toString());
}

/** A cookie is not sent with a link that is followed from elsewhere; the link on this page is one of ours. */
function askToSignIn(deps: DashboardDeps, request: FastifyRequest, reply: FastifyReply) {
  const stranger = strangerOf(deps, request);
  const { t } = stranger;
  const main = html`<h1>${t('dash-title')}</h1>
<p>${t('dash-sign-in-how')}</p>
<p><a class="button" href="${ROOT}">${t('dash-signed-in-already')}</a></p>`;
  return sendHtml(reply.code(401), plainPage(stranger, t('dash-sign-in'), main).toString());
}

function sendHtml(reply: FastifyReply, markup: string) {
  return reply.type('text/html; charset=utf-8').send(markup);
}
