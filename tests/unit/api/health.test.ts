import { afterEach, expect, test } from 'vitest';
import { registerHealth } from '../../../src/api/health.ts';
import type { PartHealth } from '../../../src/health.ts';
import { createLog } from '../../../src/log.ts';
import { createWeb } from '../../../src/web/create-web.ts';

let web: Awaited<ReturnType<typeof createWeb>>;
afterEach(() => web.close());

async function serve(parts: Record<string, PartHealth>): Promise<(path: string) => Promise<Response>> {
  const asked = Object.entries(parts).map(([name, health]) => [name, { health: () => health }]);
  web = await createWeb({
    host: '127.0.0.1',
    port: 0,
    ipRateLimitPerMinute: 1,
    routes: [(app) => registerHealth(app, Object.fromEntries(asked))],
    log: createLog({ level: 'silent', pretty: false }),
  });
  return (path) => fetch(`${web.url}${path}`);
}

const well = { status: 'ok' } as const;

test('a note does not make a part unwell', async () => {
  const parts = { database: well, provider: { status: 'ok', note: 'not asked for now: a' } } as const;
  const answer = await (await serve(parts))('/health');
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ status: 'ok', services: parts });
});

test('one part that fails makes the whole fail, and the process is alive all the same', async () => {
  const parts = { database: well, intake: { status: 'failing', note: '5 polls failed in a row' } } as const;
  const get = await serve(parts);
  const answer = await get('/health');
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({ status: 'failing', services: parts });
  expect((await get('/api/health/live')).status).toBe(200);
});

test('whoever asks again and again always gets an answer', async () => {
  const get = await serve({ database: well });
  for (const path of ['/health', '/health', '/health', '/api/health/live', '/api/health/live']) {
    expect((await get(path)).status).toBe(200);
  }
});
