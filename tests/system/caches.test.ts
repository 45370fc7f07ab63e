/** The caches of a running bot as owners see and empty them, over HTTP and in chat; and what is cleaned up on demand. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { ADMIN_ID } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import { ask, botMessages, plain, sendProduct, tap, textOf, textsOf } from '../support/conversation.ts';
import { signInCookie } from '../support/dashboard.ts';
import { playScene } from '../support/played-scene.ts';
import { hasRedis, startRedis } from '../support/redis-server.ts';
import { buttons, seller } from '../support/seller.ts';

const mug = await sampleProductPhoto('mug');
const jar = await sampleProductPhoto('jar');
const bottle = await sampleProductPhoto('bottle');

const TOKEN = 'an-owners-token-of-the-tests';
const PATIENCE = { timeout: 60_000, interval: 100 };

const redis = hasRedis ? await startRedis() : null;
const folder = mkdtempSync(join(tmpdir(), 'vitrine-photos-'));
// When all has stopped.
afterAll(async () => {
  await redis?.kill();
  rmSync(folder, { recursive: true });
  // The last word of a process that is told to stop.
  const last = scene.heard.lines.map((line) => JSON.parse(line)).find(({ msg }) => msg === 'final figures');
  expect(last).toMatchObject({
    uptimeSeconds: expect.any(Number),
    requests_counted: expect.any(Number),
    telegram: { calls: expect.any(Number) },
    caches: { recognition: { misses: expect.any(Number) } },
  });
});

const scene = playScene(
  {
    ADMIN_API_TOKEN: TOKEN,
    IP_RATE_LIMIT: '1000',
    CACHE_ENABLED: 'true',
    IMAGE_CACHE_DIR: folder,
    ...(redis === null ? {} : { REDIS_URL: redis.url }),
  },
  { level: 'trace' },
);

const call = (method: 'GET' | 'POST', path: string, token: string | null = TOKEN) =>
  fetch(`${scene.app.url}${path}`, {
    method,
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
  });
// biome-ignore lint/suspicious/noExplicitAny: answers are looked into as they came
type Answer = any;
async function answerOf(method: 'GET' | 'POST', path: string): Promise<Answer> {
  const answer = await call(method, path);
  expect(answer.status, path).toBe(200);
  return answer.json();
}
const photosOnDisk = () => readdirSync(folder).flatMap((name) => readdirSync(join(folder, name))).length;

test.each([
  ['GET', '/cache/stats'],
  ['GET', '/api/performance/cache'],
  ['GET', '/api/health/cache'],
  ['POST', '/cache/clear'],
  ['POST', '/api/performance/cache/invalidate?pattern=user:*'],
  ['POST', '/api/performance/cache/warm'],
  ['POST', '/cleanup'],
  ['POST', '/api/cleanup'],
] as const)('%s %s answers to the owner’s token alone', async (method, path) => {
  expect((await call(method, path)).status).toBe(200);
  for (const token of [null, 'another-token-of-that-length'])
    expect((await call(method, path, token)).status).toBe(401);
});

test('what is of one person goes by their id, what is of all people by a star, and a pattern that is none is refused', async () => {
  const anna = seller(scene, 'en');
  await ask(anna, '/start', textsOf(anna)('start-sample'));
  await sendProduct(anna, jar);
  await vi.waitUntil(() => photosOnDisk() > 0, PATIENCE);
  const invalidate = (pattern: string) =>
    call('POST', `/api/performance/cache/invalidate?pattern=${encodeURIComponent(pattern)}`);
  const removedBy = async (pattern: string) =>
    ((await (await invalidate(pattern)).json()) as Answer).data.removed;
  // Seen by its name and by its pixels, in memory and in the database; prepared, in memory and on disk.
  expect(await removedBy(`user:${anna.id}`)).toBe(6);
  expect(await removedBy(`user:${anna.id}`)).toBe(0);
  await sendProduct(anna, jar);
  await vi.waitUntil(() => photosOnDisk() > 0, PATIENCE);
  expect(await removedBy('prepared-photos:*')).toBeGreaterThanOrEqual(2);
  expect(await removedBy('user:*')).toBeGreaterThanOrEqual(4);
  for (const pattern of ['*', 'user:', 'user:0', 'keys:*', '']) {
    const refused = await invalidate(pattern);
    expect(refused.status).toBe(400);
    expect(((await refused.json()) as Answer).error).toContain('user:<id>');
  }
});

test('a warmed cache holds what was seen before it was started', async () => {
  const anna = seller(scene, 'en');
  await ask(anna, '/start', textsOf(anna)('start-sample'));
  await sendProduct(anna, bottle);
  const { data } = await answerOf('POST', '/api/performance/cache/warm');
  expect(data).toEqual({ recognitions: expect.any(Number), days: expect.any(Number) });
  expect(data.recognitions).toBeGreaterThanOrEqual(2);
});

test('a clean-up says of every step what it removed', async () => {
  const { status, data } = await answerOf('POST', '/cleanup');
  expect(status).toBe('success');
  expect(data).toMatchObject({ removed: expect.any(Number), bytes: expect.any(Number) });
  const names = data.steps.map(({ name }: { name: string }) => name);
  expect(names).toEqual(
    expect.arrayContaining(['caches', 'photos on disk', 'drafts', 'updates', 'samples', 'old recognitions']),
  );
});

test('an owner sees the caches in chat, has them emptied, made ready and cleaned up, and support is not told of them', async () => {
  const admin = scene.sandbox.people.of(ADMIN_ID);
  const t = textsOf(admin);
  // A busy machine's Redis may answer too late once; then it counts as away for a moment.
  const redisLine = redis === null ? t('cache-redis-none') : /Redis: \d+ MB/;
  const card = await vi.waitFor(async () => {
    const shown = await ask(admin, '/cache', plain(t('cache-title')));
    expect(textOf(shown)).toMatch(redisLine);
    return shown;
  }, PATIENCE);
  expect(textOf(card)).toContain(t('cache-name-prepared-photos-on-disk'));
  expect(buttons(card)).toContain(t('button-refresh'));
  const known = async () => (await answerOf('GET', '/cache/stats')).data.recognition.size;
  expect(await known()).toBeGreaterThan(0);
  await tap(admin, { messageId: card.message_id, data: 'cache:clear' });
  await vi.waitUntil(async () => (await known()) === 0, PATIENCE);
  for (const id of ['warm', 'tidy', 'show'])
    await tap(admin, { messageId: card.message_id, data: `cache:${id}` });

  const anna = seller(scene, 'en');
  await ask(anna, '/cache', textsOf(anna)('unknown-message'));
  expect(botMessages(anna).some((message) => textOf(message).includes('Redis'))).toBe(false);
});

test('what was done to the caches is written down with who did it, and what changed nothing is not', async () => {
  const anna = seller(scene, 'en');
  await ask(anna, '/start', textsOf(anna)('start-sample'));
  await answerOf('POST', '/cache/clear');
  const admin = scene.sandbox.people.of(ADMIN_ID);
  const cookie = await signInCookie(scene, admin);
  const acts = async () => {
    const file = await fetch(`${scene.app.url}/admin/audit.csv?order=newest`, { headers: { cookie } });
    const rows = (await file.text()).split('\r\n').slice(1);
    return rows.filter((row) => /^(clear-caches|warm-caches|clean-up),/.test(row));
  };
  const before = await acts();
  // Empty already, one by one and together, over HTTP and in the chat.
  await answerOf('POST', '/cache/clear');
  await answerOf('POST', '/cache/clear?name=recognition');
  await answerOf('POST', `/api/performance/cache/invalidate?pattern=user:${anna.id}`);
  await tap(admin, {
    messageId: (await ask(admin, '/cache', plain(textsOf(admin)('cache-title')))).message_id,
    data: 'cache:clear',
  });
  expect(await acts()).toEqual(before);

  await sendProduct(anna, jar);
  await vi.waitUntil(() => photosOnDisk() > 0, PATIENCE);
  await answerOf('POST', `/api/performance/cache/invalidate?pattern=user:${anna.id}`);
  await sendProduct(anna, jar);
  await vi.waitUntil(() => photosOnDisk() > 0, PATIENCE);
  await answerOf('POST', '/api/performance/cache/warm');
  await answerOf('POST', '/cache/clear?name=prepared-photos');
  await tap(admin, {
    messageId: (await ask(admin, '/cache', plain(textsOf(admin)('cache-title')))).message_id,
    data: 'cache:clear',
  });
  const done = (await acts()).slice(0, -before.length || undefined).map((row) => row.split(','));
  // What, by whom (the token is 0), whose, and of which cache.
  expect(done.map(([act, , by, whose, object]) => [act, by, whose, object])).toEqual([
    ['clear-caches', String(ADMIN_ID), '', 'cache:all'],
    ['clear-caches', '0', '', 'cache:prepared-photos'],
    ['warm-caches', '0', '', 'cache:all'],
    ['clear-caches', '0', String(anna.id), 'cache:person'],
  ]);
});

test('a photo is in every place where it is kept, and an emptied cache gives up all of them', async () => {
  const anna = seller(scene, 'en');
  await ask(anna, '/start', textsOf(anna)('start-sample'));
  await answerOf('POST', '/cache/clear');
  expect(textOf(await sendProduct(anna, mug))).toContain('Blue mug');
  const { data } = await answerOf('GET', '/cache/stats');
  expect(data.recognition).toMatchObject({ size: 2, limit: 1000, ttlMs: 3_600_000, evictions: 0 });
  expect(data['prepared-photos']).toMatchObject({ size: expect.any(Number), limit: 64 * 1024 * 1024 });
  await vi.waitUntil(() => photosOnDisk() === 1, PATIENCE);
  // On a busy machine a command may take too long, and Redis rests for a second.
  await vi.waitUntil(async () => {
    const { redis: server } = await answerOf('GET', '/cache/stats');
    return redis === null ? server === null : !server.away && server.used_bytes > 0;
  }, PATIENCE);

  // From here on nobody can be asked what a photo shows.
  scene.sandbox.faults.add('openai', { match: 'responses', kind: '5xx' });
  const ben = seller(scene, 'en');
  await ask(ben, '/start', textsOf(ben)('start-sample'));
  expect(textOf(await sendProduct(ben, mug))).toContain('Blue mug');

  const cleared = await answerOf('POST', '/cache/clear');
  expect(cleared.data.recognition).toMatchObject({ memory: 3, kept: 3 });
  expect(cleared.data['prepared-photos']).toMatchObject({ kept: 2 });
  expect(photosOnDisk()).toBe(0);
  expect((await answerOf('GET', '/cache/stats')).data.recognition.size).toBe(0);
  const eve = seller(scene, 'en');
  await ask(eve, '/start', textsOf(eve)('start-sample'));
  expect(textOf(await sendProduct(eve, mug))).not.toContain('Blue mug');
});
