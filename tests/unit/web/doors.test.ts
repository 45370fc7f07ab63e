/** In which order a request meets what stands before its handler, and what whoever is turned away is told. */
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { adminOnly } from '../../../src/api/admin-only.ts';
import { registerApi } from '../../../src/api/register-api.ts';
import { declareRoute, EVERYONE } from '../../../src/api/route.ts';
import { createLog } from '../../../src/log.ts';
import { createCompression } from '../../../src/web/compression.ts';
import { type AddRoute, createWeb } from '../../../src/web/create-web.ts';
import { Refused } from '../../../src/web/refusals.ts';
import { requestLimit } from '../../support/rate-limits.ts';

const TOKEN = 'an-owners-token-of-the-tests';
const LONG = 'word '.repeat(1000);
const log = createLog({ level: 'silent', pretty: false });
const admin = adminOnly(TOKEN);

let close = async () => {};
afterEach(() => close());

async function serve(resources: readonly AddRoute[], options: { limit?: number; events?: string[] } = {}) {
  const { limit = 1000, events = [] } = options;
  const web = await createWeb({
    host: '127.0.0.1',
    port: 0,
    limit: requestLimit(limit),
    trustedProxies: null,
    compression: createCompression({ level: 6, brotliQuality: 4 }),
    begin: () => {
      events.push('monitored');
      return ({ endpoint, status }) => void events.push(`answered ${endpoint} ${status}`);
    },
    routes: [(app) => registerApi(app, resources)],
    log,
  });
  close = web.close;
  return web;
}

/** A route of the owner's that writes down how far a request came. */
function watched(events: string[]): AddRoute {
  return (api) =>
    declareRoute(api, {
      method: 'POST',
      paths: ['/owned'],
      access: admin,
      summary: 'A route of the tests',
      body: z.object({ word: z.string().refine(() => events.push('read') > 0) }),
      answer: z.object({ words: z.string() }),
      async handle() {
        events.push('handled');
        return { words: LONG };
      },
    });
}

const post = (url: string, token: string | null, body: string, type = 'application/json') =>
  fetch(`${url}/owned`, {
    method: 'POST',
    headers: { 'content-type': type, ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
    body,
  });

test('a request is monitored, looked at, counted and refused before its body is read, and its answer is compressed', async () => {
  const events: string[] = [];
  const { url } = await serve([watched(events)], { limit: 2, events });
  // Neither a body that is no JSON nor one of a strange kind is looked at before the token.
  expect((await post(url, null, '{')).status).toBe(401);
  expect((await post(url, 'a-guess', 'x', 'application/x-strange')).status).toBe(401);
  expect((await post(url, 'a-guess', '{}')).status).toBe(429);
  const answer = await post(url, TOKEN, '{"word":"yes"}');
  expect(answer.status).toBe(200);
  // Over plain HTTP fetch does not say that it takes brotli.
  expect(answer.headers.get('content-encoding')).toBe('gzip');
  expect(await answer.json()).toEqual({ words: LONG });
  const refused = (status: number) => ['monitored', `answered /owned ${status}`];
  expect(events).toEqual([
    ...refused(401),
    ...refused(401),
    ...refused(429),
    'monitored',
    'read',
    'handled',
    'answered /owned 200',
  ]);
});

test('a route that does not say who may pass cannot be added', async () => {
  await expect(serve([(api) => api.get('/forgotten', async () => 'secrets')])).rejects.toThrow(
    'the route GET /forgotten does not say who may pass',
  );
});

test('each refusal is a code and a sentence, and tells nothing of what is inside', async () => {
  const failing: AddRoute = (api) => {
    const answering = (path: string, error: Error) =>
      declareRoute(api, {
        method: 'GET',
        paths: [path],
        access: EVERYONE,
        summary: 'A route of the tests',
        answer: z.object({}),
        handle: () => Promise.reject(error),
      });
    answering('/broken', new Error('password of the database'));
    answering('/forbidden', new Refused(403, 'not for you'));
    answering('/paused', new Refused(409, 'nothing is sold today', { code: 'selling-paused' }));
  };
  const { url } = await serve([watched([]), failing]);
  const bodyOf = async (answer: Promise<Response>) => [(await answer).status, await (await answer).json()];
  const refused = (status: number, code: string, error: unknown = expect.any(String)) => [
    status,
    { status: 'error', code, error },
  ];
  expect(await bodyOf(fetch(`${url}/nothing`))).toEqual(refused(404, 'not-found'));
  expect(await bodyOf(fetch(`${url}/broken`))).toEqual(refused(500, 'internal', 'internal error'));
  expect(await bodyOf(fetch(`${url}/forbidden`))).toEqual(refused(403, 'forbidden', 'not for you'));
  expect(await bodyOf(fetch(`${url}/paused`))).toEqual(
    refused(409, 'selling-paused', 'nothing is sold today'),
  );
  expect(await bodyOf(post(url, null, '{}'))).toEqual(refused(401, 'unauthorized'));
  expect(await bodyOf(post(url, TOKEN, '{'))).toEqual(refused(400, 'bad-request'));
  expect(await bodyOf(post(url, TOKEN, '{}'))).toEqual(
    refused(400, 'bad-request', expect.stringContaining('word')),
  );
  expect(await bodyOf(post(url, TOKEN, 'x', 'text/csv'))).toEqual(refused(415, 'unsupported-media-type'));
  expect(await bodyOf(post(url, TOKEN, JSON.stringify({ word: 'x'.repeat(2_000_000) })))).toEqual(
    refused(413, 'too-large'),
  );
});

test('a limit that is reached says when to come again', async () => {
  const { url } = await serve([watched([])], { limit: 1 });
  await fetch(`${url}/nothing`);
  const answer = await fetch(`${url}/nothing`);
  expect(answer.status).toBe(429);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await answer.json()).toMatchObject({ status: 'error', code: 'too-many-requests' });
});
