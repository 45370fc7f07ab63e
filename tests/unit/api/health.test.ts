import { afterEach, expect, test } from 'vitest';
import { adminOnly } from '../../../src/api/admin-only.ts';
import { registerHealth } from '../../../src/api/health.ts';
import { registerApi } from '../../../src/api/register-api.ts';
import type { PartHealth } from '../../../src/health.ts';
import { createLog } from '../../../src/log.ts';
import { createWeb } from '../../../src/web/create-web.ts';
import { requestLimit } from '../../support/rate-limits.ts';

let web: Awaited<ReturnType<typeof createWeb>>;
afterEach(() => web.close());

const TOKEN = 'an-owners-token-of-the-tests';
const well = { status: 'ok' } as const;
let isReady = true;
const watched = {
  isReady: () => isReady,
  needed: { database: { health: () => well } },
  inside: {},
  admin: adminOnly(TOKEN),
};

async function serve(
  parts: Record<string, PartHealth>,
  others: Parameters<typeof registerHealth>[1] = {},
): Promise<(path: string) => Promise<Response>> {
  const asked = Object.entries(parts).map(([name, health]) => [name, { health: () => health }]);
  web = await createWeb({
    host: '127.0.0.1',
    port: 0,
    limit: requestLimit(1),
    trustedProxies: null,
    compression: null,
    routes: [
      (app) =>
        registerApi(app, [
          (api) => registerHealth(api, { ...Object.fromEntries(asked), ...others }, watched),
        ]),
    ],
    log: createLog({ level: 'silent', pretty: false }),
  });
  return (path) => fetch(`${web.url}${path}`);
}

test('what is worse than it should be is told, with its facts, and is no reason for a restart', async () => {
  const selling = { on: false, reasons: ['provider-outage'] };
  const parts = {
    database: well,
    provider: { status: 'degraded', facts: { openCircuits: ['openai:detection'] } },
    selling: { status: 'degraded', note: 'a word', facts: { selling } },
  } as const;
  const answer = await (await serve(parts))('/health');
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({
    status: 'degraded',
    openCircuits: ['openai:detection'],
    selling,
    services: {
      database: well,
      provider: { status: 'degraded' },
      selling: { status: 'degraded', note: 'a word' },
    },
  });
});

test('a part that cannot say how it is is unhealthy', async () => {
  const health = () => Promise.reject(new Error('the database is away'));
  const answer = await (await serve({ database: well }, { selling: { health } }))('/health');
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({
    status: 'unhealthy',
    services: { database: well, selling: { status: 'unhealthy' } },
  });
});

test('one part that is unhealthy makes the whole so, and the process is alive all the same', async () => {
  const parts = { database: well, intake: { status: 'unhealthy', note: '5 polls failed in a row' } } as const;
  const get = await serve(parts);
  const answer = await get('/health');
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({ status: 'unhealthy', services: parts });
  expect((await get('/api/health/live')).status).toBe(200);
});

test('whoever asks again and again always gets an answer', async () => {
  const get = await serve({ database: well });
  for (const path of ['/health', '/health', '/health', '/api/health/live', '/api/health/live']) {
    expect((await get(path)).status).toBe(200);
  }
});

test('work may come where the process is up and its database and Telegram answer, and not while it begins or ends', async () => {
  const ask = await serve({});
  expect((await ask('/api/health/ready')).status).toBe(200);
  isReady = false;
  const answer = await ask('/api/health/ready');
  isReady = true;
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({ status: 'unhealthy' });
});

test('each part, and all of them in detail, answer to the owner’s token alone', async () => {
  await serve({ cache: { status: 'degraded', note: 'Redis is away' }, database: { status: 'unhealthy' } });
  const ask = (path: string) => fetch(`${web.url}${path}`, { headers: { authorization: `Bearer ${TOKEN}` } });
  const cache = await ask('/api/health/cache');
  expect(cache.status).toBe(200);
  expect(await cache.json()).toEqual({
    status: 'degraded',
    note: 'Redis is away',
    latency_ms: expect.any(Number),
  });
  expect((await ask('/api/health/database')).status).toBe(503);
  const detailed = await ask('/api/health/detailed');
  expect(detailed.status).toBe(503);
  expect(await detailed.json()).toMatchObject({
    status: 'unhealthy',
    services: { cache: { status: 'degraded' }, database: { status: 'unhealthy' } },
  });
  const refused = await fetch(`${web.url}/api/health/detailed`);
  expect(refused.status).toBe(401);
});
