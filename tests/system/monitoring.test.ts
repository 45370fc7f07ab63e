/** What owners' tools read of a running bot over HTTP. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test, vi } from 'vitest';
import { ADMIN_ID } from '../../sandbox/index.ts';
import { ask, plain, tap, textOf, textsOf } from '../support/conversation.ts';
import { playScene } from '../support/played-scene.ts';
import { buttons, seller } from '../support/seller.ts';

const TOKEN = 'an-owners-token-of-the-tests';
const ADMIN_ROUTES = [
  '/api/metrics',
  '/api/status',
  '/api/performance',
  '/api/performance/metrics',
  '/api/performance/system',
  '/api/performance/application',
  '/api/performance/database',
  '/api/performance/queries',
  '/api/performance/cache',
  '/api/performance/trends',
  '/api/performance/history?figure=cpu_percent',
  '/cache/stats',
  '/api/health/detailed',
  '/api/health/cache',
  '/api/health/database',
  '/api/health/queue',
  '/api/health/performance',
];

const scene = playScene({
  ADMIN_API_TOKEN: TOKEN,
  PERFORMANCE_MONITORING: 'true',
  PERFORMANCE_INTERVAL: '1',
  IP_RATE_LIMIT: '1000',
});

const get = (path: string, token: string | null = TOKEN) =>
  fetch(`${scene.app.url}${path}`, {
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
  });
async function data(path: string): Promise<Record<string, unknown>> {
  const answer = await get(path);
  expect(answer.status).toBe(200);
  const body = (await answer.json()) as { data: Record<string, unknown> };
  expect(body).toMatchObject({ status: 'success', timestamp: expect.any(String) });
  return body.data;
}

test.each(ADMIN_ROUTES)('%s answers to the owner’s token alone', async (path) => {
  expect((await get(path)).status).toBe(200);
  for (const token of [null, 'another-token-of-that-length', `${TOKEN}!`]) {
    const refused = await get(path, token);
    expect(refused.status).toBe(401);
    expect(await refused.json()).toEqual({
      status: 'error',
      code: 'unauthorized',
      error: 'this asks for the owner’s token: Authorization: Bearer …',
    });
  }
});

test('after a conversation the metrics say what was handled, sent and asked of the database', async () => {
  const person = seller(scene, 'en');
  await ask(person, '/start', textsOf(person)('start-sample'));
  await vi.waitFor(
    async () => {
      const text = await (await get('/api/metrics')).text();
      expect(text).toMatch(/^updates_total\{status="done"\} [1-9]/m);
      expect(text).toMatch(/^telegram_calls_total\{status="asked"\} [1-9]/m);
      expect(text).toMatch(/^db_query_duration_seconds_count\{query_type="insert"\} [1-9]/m);
      expect(text).toMatch(/^db_connections_max [1-9]/m);
      expect(text).toMatch(/^cache_limit\{cache="recognition"\} [1-9]/m);
      expect(text).toMatch(/^system_memory_ratio 0\.\d/m);
    },
    { timeout: 30_000, interval: 200 },
  );
});

test('figures for people are percentages and seconds, and their history is kept', async () => {
  await vi.waitFor(
    async () => {
      const { system, application } = await data('/api/performance/metrics');
      expect(system).toMatchObject({
        cpu_percent: expect.any(Number),
        memory_percent: expect.any(Number),
        disk_usage_percent: expect.any(Number),
      });
      expect(application).toMatchObject({
        active_requests: expect.any(Number),
        requests_per_second: expect.any(Number),
        error_rate: 0,
      });
      const { series } = await data('/api/performance/history?figure=memory_percent&hours=1&steps=4');
      expect(series).toEqual([expect.objectContaining({ value: expect.any(Number) })]);
      expect(await data('/api/performance')).toMatchObject({ uptime_percent: expect.any(Number) });
    },
    { timeout: 30_000, interval: 200 },
  );
});

test('a figure that is no name, and times that are none, are refused with a sentence', async () => {
  for (const query of ['figure=DROP%20TABLE', 'figure=cpu_percent&hours=900', 'hours=1']) {
    const answer = await get(`/api/performance/history?${query}`);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ status: 'error', error: expect.any(String) });
  }
});

test('the status says which version runs and in which surroundings', async () => {
  const answer = await get('/api/status');
  expect(await answer.json()).toMatchObject({
    status: 'ok',
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    environment: 'test',
    uptime_seconds: expect.any(Number),
  });
});

test('statements are told by verb and table, and nothing that people wrote is among them', async () => {
  expect(await data('/api/performance/queries')).toEqual(
    expect.arrayContaining([expect.objectContaining({ name: 'insert telegram_updates', errors: 0 })]),
  );
});

test('thresholds are read and changed by the owner’s token, at once, and the act is written down', async () => {
  const path = '/api/performance/thresholds';
  const put = (body: object, token = TOKEN) =>
    fetch(`${scene.app.url}${path}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  expect((await put({ cpu: { warning: 1, critical: 2 } }, 'another-token-of-that-length')).status).toBe(401);
  const refused = await put({ cpu: { warning: 95, critical: 80 } });
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({
    error: expect.stringContaining('the warning must be below the critical value'),
  });
  expect((await put({ cpu: { warning: 60, critical: 70 } })).status).toBe(200);
  expect((await put({ disk: { warning: 40, critical: null } })).status).toBe(200);
  const answer = (await (await get(path)).json()) as { data: Record<string, unknown> };
  expect(answer.data).toMatchObject({
    cpu: { warning: 60, critical: 70 },
    disk: { warning: 40, critical: null },
    memory: { warning: 80, critical: 95 },
  });
});

test('an owner sees in chat how the bot is doing, and a tap asks again', async () => {
  const admin = scene.sandbox.people.of(ADMIN_ID);
  const card = await ask(admin, '/performance', plain(textsOf(admin)('process-title')));
  expect(textOf(card)).toContain(textsOf(admin)('process-well'));
  expect(buttons(card)).toContain(textsOf(admin)('button-refresh'));
  await tap(admin, { messageId: card.message_id, data: 'admin:process' });
});

test('npm run monitor prints the figures a line at a time, and says when its token is refused', async () => {
  const monitor = (token: string, ...more: string[]) =>
    promisify(execFile)(
      process.execPath,
      [
        join(import.meta.dirname, '../../start.mjs'),
        'tools/monitor/main.ts',
        '--url',
        scene.app.url,
        ...more,
      ],
      // Where no developer's .env is.
      { cwd: import.meta.dirname, env: { PATH: process.env.PATH, ADMIN_API_TOKEN: token } },
    );
  const { stdout } = await monitor(TOKEN, '--interval', '0.1', '--lines', '2');
  const [header, ...lines] = stdout.trimEnd().split('\n');
  expect(header).toMatch(/^time +cpu +memory +disk .+ p95 +errors +cache .+ pool .+ open$/);
  expect(lines).toHaveLength(2);
  for (const line of lines) expect(line).toMatch(/^\d\d:\d\d:\d\d +(\d+%|–) +(\d+%|–) /);
  await expect(monitor('another-token-of-that-length')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('does not take this ADMIN_API_TOKEN'),
  });
});

test('an owner reads in chat how each part is, and how long it took to say so', async () => {
  const admin = scene.sandbox.people.of(ADMIN_ID);
  const t = textsOf(admin);
  const card = await ask(admin, '/health', plain(t('health-title')));
  for (const part of ['database', 'telegram', 'intake', 'queue', 'provider', 'selling', 'cache'])
    expect(textOf(card)).toMatch(new RegExp(`🟢 ${part} · [\\d.,]+ ms`));
  expect(buttons(card)).toContain(t('button-refresh'));
  await tap(admin, { messageId: card.message_id, data: 'admin:health' });
});

test('an owner reads in chat what stands, what is over, and from when on that is said', async () => {
  const admin = scene.sandbox.people.of(ADMIN_ID);
  const t = textsOf(admin);
  const put = (cpu: object) =>
    fetch(`${scene.app.url}/api/performance/thresholds`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ cpu }),
    });
  await put({ warning: 61, critical: 71 });
  const card = await ask(admin, '/alerts', plain(t('alerts-title')));
  expect(textOf(card)).toMatch(/from 61 %, critical 71 %/);
  await tap(admin, { messageId: card.message_id, data: 'admin:alerts' });
});

test('to a seller neither is there', async () => {
  const person = seller(scene, 'en');
  for (const command of ['/health', '/alerts'])
    expect(textOf(await ask(person, command, /./))).not.toMatch(/🫀|🔔/);
});
