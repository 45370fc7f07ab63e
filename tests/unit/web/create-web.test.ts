/** Whom the HTTP server counts, whom it takes a request to be from, and how long it waits for one. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { adminOnly } from '../../../src/api/admin-only.ts';
import { registerHealth } from '../../../src/api/health.ts';
import { registerApi } from '../../../src/api/register-api.ts';
import { EVERYONE } from '../../../src/api/route.ts';
import { registerWebhook } from '../../../src/intake/webhook.ts';
import { createLog } from '../../../src/log.ts';
import { type AddRoute, createWeb, type WebOptions } from '../../../src/web/create-web.ts';
import { requestLimit } from '../../support/rate-limits.ts';

const WELL = { health: () => ({ status: 'ok' as const }) };
const SECRET = 'a-secret-of-the-tests';
const LIMIT = 3;
const log = createLog({ level: 'silent', pretty: false });

let close = async () => {};
afterEach(() => close());

async function serve(options: Partial<WebOptions> = {}): Promise<string> {
  const home: AddRoute = (app) => app.get('/', EVERYONE, async (request) => request.ip);
  const web = await createWeb({
    host: '127.0.0.1',
    port: 0,
    limit: requestLimit(LIMIT),
    trustedProxies: null,
    compression: null,
    routes: [
      home,
      (app) =>
        registerApi(app, [
          (api) =>
            registerHealth(
              api,
              { database: WELL },
              { isReady: () => true, needed: {}, inside: {}, admin: adminOnly(null) },
            ),
        ]),
      (app) => registerWebhook(app, { secret: SECRET, receive: async () => 'stored', log }),
    ],
    log,
    ...options,
  });
  close = web.close;
  return web.url;
}

type Ask = (url: string, headers?: Record<string, string>) => Promise<Response>;
const get =
  (path: string): Ask =>
  (url, headers = {}) =>
    fetch(`${url}${path}`, { headers });
const post =
  (secret: string): Ask =>
  (url, headers = {}) =>
    fetch(`${url}/telegram/updates`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-telegram-bot-api-secret-token': secret,
        ...headers,
      },
      body: '{"update_id": 1, "message": {}}',
    });

async function statuses(url: string, ask: Ask, times: number): Promise<number[]> {
  const seen: number[] = [];
  for (let time = 0; time < times; time += 1) seen.push((await ask(url)).status);
  return seen;
}

describe('the limit on requests from one address', () => {
  test.each([
    ['an anonymous request', get('/'), 200],
    ['an unknown route', get('/wp-login.php'), 404],
    ['a method that a route does not have', (url: string) => fetch(url, { method: 'POST', body: 'x' }), 404],
    ['a wrong secret', post('a-guess'), 401],
  ])('counts %s', async (_name, ask, status) => {
    const url = await serve();
    expect(await statuses(url, ask, LIMIT + 2)).toEqual([status, status, status, 429, 429]);
  });

  test('is one for all that is counted', async () => {
    const url = await serve();
    const seen = [get('/'), post('a-guess'), get('/nothing'), get('/')].map((ask) => statuses(url, ask, 1));
    expect((await Promise.all(seen)).flat().filter((status) => status === 429)).toHaveLength(1);
  });

  test.each([
    ['/health', get('/health')],
    ['/api/health/live', get('/api/health/live')],
    ['the webhook with its secret', post(SECRET)],
  ])('never counts nor refuses %s', async (_name, ask) => {
    const url = await serve();
    expect(await statuses(url, ask, 3 * LIMIT)).toEqual(Array(3 * LIMIT).fill(200));
    expect(await statuses(url, get('/'), LIMIT + 1)).toEqual([200, 200, 200, 429]);
    expect(await statuses(url, ask, 1)).toEqual([200]);
  });
});

describe('who a request is from', () => {
  const from = (...addresses: string[]) => ({ 'x-forwarded-for': addresses.join(', ') });
  const callerOf = async (url: string, headers: Record<string, string>) =>
    await (await get('/')(url, headers)).text();

  test('is the other end of the connection, whatever it claims, where no proxy is trusted', async () => {
    expect(await callerOf(await serve(), from('203.0.113.7'))).toBe('127.0.0.1');
  });

  test.each([
    ['its address', ['127.0.0.1']],
    ['its network', ['10.0.0.0/8', '127.0.0.0/8']],
    ['the number of proxies', 1],
  ])('is told by a proxy that is trusted by %s', async (_name, trustedProxies) => {
    const url = await serve({ trustedProxies });
    expect(await callerOf(url, from('203.0.113.7'))).toBe('203.0.113.7');
    // What stands before is the caller's own word.
    expect(await callerOf(url, from('1.1.1.1', '203.0.113.7'))).toBe('203.0.113.7');
  });

  test('is told by the last of as many proxies as there are, and by no further one', async () => {
    const url = await serve({ trustedProxies: 2 });
    expect(await callerOf(url, from('1.1.1.1', '203.0.113.7', '10.0.0.1'))).toBe('203.0.113.7');
  });

  test('decides whose limit it is: callers behind one proxy do not use up each other’s', async () => {
    const url = await serve({ trustedProxies: ['127.0.0.1'] });
    const behind =
      (address: string): Ask =>
      (to) =>
        get('/')(to, from(address));
    expect(await statuses(url, behind('203.0.113.7'), LIMIT + 1)).toEqual([200, 200, 200, 429]);
    expect(await statuses(url, behind('203.0.113.8'), 1)).toEqual([200]);
  });
});

describe('a request that comes drop by drop', () => {
  test.each([
    ['head', 'POST / HTTP/1.1\r\nhost: x\r\n'],
    [
      'body',
      'POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n{',
    ],
  ])('in its %s ends when its time is up', async (_part, beginning) => {
    const url = await serve({
      requestTimeoutMs: 200,
      routes: [(app) => app.post('/', EVERYONE, async () => 'read to its end')],
    });
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.setEncoding('utf8').on('data', (text) => {
      answer += text;
    });
    // The end may come as a reset: we are still sending.
    socket.on('error', () => {});
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await once(socket, 'connect');
    socket.write(beginning);
    const dripping = setInterval(() => socket.write('a'), 20);
    await closed;
    clearInterval(dripping);
    expect(answer).not.toContain('read to its end');
  });
});

describe('the end of the server', () => {
  // Node calls no connection idle on which nothing was asked yet, and would wait 72 s for its client to leave.
  test('waits for no connection on which nothing is asked', async () => {
    const { hostname, port } = new URL(await serve());
    const silent = connect(Number(port), hostname);
    const asked = connect(Number(port), hostname);
    // What a client answered with is not looked at here, only that it comes and that the end does.
    await Promise.all([once(silent, 'connect'), once(asked, 'connect')]);
    silent.resume();
    asked.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n');
    await once(asked, 'data');
    const ends = [once(silent, 'close'), once(asked, 'close')];
    await close();
    await Promise.all(ends);
  });

  test('waits for what is being answered, and refuses what comes meanwhile', async () => {
    const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
    const { promise: answer, resolve: letAnswer } = Promise.withResolvers<string>();
    const url = await serve({
      routes: [
        (app) =>
          app.get('/slow', EVERYONE, () => {
            reach();
            return answer;
          }),
      ],
    });
    const slow = fetch(`${url}/slow`).then((response) => response.text());
    await reached;
    const closed = close();
    expect((await fetch(`${url}/slow`)).status).toBe(503);
    letAnswer('whole');
    expect(await slow).toBe('whole');
    await closed;
  });
});
