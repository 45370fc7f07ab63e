/** The HTTP API of a whole process: which routes there are, who may pass, and that each answers as its document says. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import sharp from 'sharp';
import { beforeAll, expect, test, vi } from 'vitest';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import { playScene } from '../support/played-scene.ts';

const photo = await sampleProductPhoto('mug');

const TOKEN = 'an-owners-token-of-the-tests';
const SECRET = 'a-webhook-secret-0001';

/** All of it. A route that comes here is one that strangers may ask: think of what it tells them, and what it costs. */
const OPEN_ROUTES = [
  'GET /admin/app',
  'GET /admin/assets/:version/:name',
  'GET /admin/sign-in/:secret',
  'GET /api/health',
  'GET /api/health/live',
  'GET /api/health/ready',
  'GET /api/openapi.json',
  'GET /health',
  'POST /admin/app',
  'POST /admin/sign-in',
];

type Operation = {
  parameters?: { name: string; in: string; required?: boolean }[];
  requestBody?: { content: Record<string, unknown> };
  security?: unknown[];
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
};
type Document = { paths: Record<string, Record<string, Operation>> };

const scene = playScene(
  { ADMIN_API_TOKEN: TOKEN, PERFORMANCE_INTERVAL: '1', IP_RATE_LIMIT: '100000' },
  {
    adjust(config) {
      // Telegram's double calls nobody here; what matters is that its routes are there.
      const webhook = { publicUrl: 'http://127.0.0.1:9', secret: SECRET };
      return { ...config, mode: 'webhook', webhook } as unknown as typeof config;
    },
  },
);
let document: Document;
beforeAll(async () => {
  document = (await (await fetch(`${scene.app.url}/api/openapi.json`)).json()) as Document;
});

const urlOf = (path: string) => `${scene.app.url}${path.replaceAll(/:\w+|\{\w+\}|\*/g, '1')}`;
const withToken = { authorization: `Bearer ${TOKEN}` };

test('these routes and no others let strangers pass', () => {
  const open = scene.app.routes.filter(({ door }) => door === 'open');
  expect(open.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(OPEN_ROUTES);
});

test('every other route refuses whoever shows nothing before it looks at what was sent', async () => {
  const closed = scene.app.routes.filter(({ door }) => door !== 'open');
  expect(new Set(closed.map(({ door }) => door))).toEqual(
    new Set(['owner-token', 'session', 'telegram-secret', 'signed-address']),
  );
  for (const { method, path, door } of closed) {
    const body = method === 'GET' ? {} : { body: '{', headers: { 'content-type': 'application/json' } };
    const answer = await fetch(urlOf(path), { method, ...body });
    // A picture with a wrong signature looks like one that is gone.
    expect([method, path, answer.status]).toEqual([method, path, door === 'signed-address' ? 404 : 401]);
    await answer.body?.cancel();
  }
});

test('every route of the API is in the document, with the shape of its answer and who may call it', () => {
  const ofApi = scene.app.routes.filter(({ path }) => /^\/(api|health|cache|cleanup)/.test(path));
  expect(ofApi.length).toBeGreaterThan(20);
  for (const { method, path, door } of ofApi) {
    const operation = document.paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
    const { 200: done, 202: begun } = operation?.responses ?? {};
    const schemas = Object.values((done ?? begun)?.content ?? {});
    expect([method, path, schemas.length > 0]).toEqual([method, path, true]);
    expect([method, path, operation?.security !== undefined]).toEqual([method, path, door === 'owner-token']);
  }
});

test('every answer is as the document says, of routes that only read', async () => {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  const asked: string[] = [];
  for (const [path, { get }] of Object.entries(document.paths)) {
    if (get === undefined || path.includes('{')) continue;
    const query = get.parameters?.some(({ name }) => name === 'figure') ? '?figure=cpu_percent' : '';
    const answer = await fetch(`${scene.app.url}${path}${query}`, { headers: withToken });
    const content = get.responses[String(answer.status)]?.content ?? {};
    const [type = '', { schema } = { schema: {} }] = Object.entries(content)[0] ?? [];
    expect([path, answer.status, answer.headers.get('content-type')]).toEqual([
      path,
      200,
      expect.stringContaining(type),
    ]);
    const body = type === 'application/json' ? await answer.json() : await answer.text();
    const isValid = ajv.validate(schema, body);
    expect([path, isValid, ajv.errors]).toEqual([path, true, null]);
    asked.push(path);
  }
  expect(asked).toContain('/api/performance/history');
});

test('refusals are as the document says', async () => {
  const ajv = new Ajv2020({ strict: false });
  const operation = document.paths['/api/performance/thresholds']?.put;
  const put = (body: string, headers: Record<string, string> = withToken) =>
    fetch(`${scene.app.url}/api/performance/thresholds`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
  const refusals = [
    [400, await put('{"cpu":{"warning":9,"critical":1}}')],
    [401, await put('{}', {})],
    [413, await put(`"${'x'.repeat(2_000_000)}"`)],
    [415, await put('x', { ...withToken, 'content-type': 'text/csv' })],
  ] as const;
  for (const [status, answer] of refusals) {
    expect(answer.status).toBe(status);
    const schema = operation?.responses[status]?.content?.['application/json']?.schema ?? false;
    expect([status, ajv.validate(schema, await answer.json())]).toEqual([status, true]);
  }
});

test('a search by words answers as the document says, and from the cache when it is asked again', async () => {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  const schema =
    document.paths['/api/search/text']?.post?.responses['200']?.content?.['application/json']?.schema;
  const search = async (body: object) => {
    const answer = await fetch(`${scene.app.url}/api/search/text`, {
      method: 'POST',
      headers: { ...withToken, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(200);
    const said = (await answer.json()) as { data: { is_cached: boolean; results: { title: string }[] } };
    expect([ajv.validate(schema ?? false, said), ajv.errors]).toEqual([true, null]);
    return said.data;
  };
  const { is_cached, results } = await search({ query: 'marble' });
  expect(is_cached).toBe(false);
  expect(results).toMatchObject([{ kind: 'house-style', id: 'marble', user_id: null }]);
  expect((await search({ query: 'marble' })).is_cached).toBe(true);
  expect((await search({ query: 'marble', use_cache: false })).is_cached).toBe(false);
});

test('images that are sent together are fetched as thumbnails, and one that cannot be read fails alone', async () => {
  const url = `${scene.app.url}/api/images/batch`;
  const post = (body: object) =>
    fetch(url, {
      method: 'POST',
      headers: { ...withToken, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const images = [Buffer.from(photo).toString('base64'), Buffer.from('no image').toString('base64')];
  const begun = await post({ images, thumbnail_sizes: ['small', 'large'] });
  expect(begun.status).toBe(202);
  const { data } = (await begun.json()) as { data: { id: string } };
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  const operation = document.paths['/api/images/batch/{id}']?.get;
  const schema = operation?.responses['200']?.content?.['application/json']?.schema ?? false;
  const made = await vi.waitFor(
    async () => {
      const said = (await (await fetch(`${url}/${data.id}`, { headers: withToken })).json()) as {
        data: { status: string; images: { status: string; thumbnails: Record<string, string> }[] };
      };
      expect([ajv.validate(schema, said), ajv.errors]).toEqual([true, null]);
      expect(said.data.status).toBe('done');
      return said.data.images;
    },
    { timeout: 30_000, interval: 100 },
  );
  expect(made).toMatchObject([{ status: 'done' }, { status: 'failed', code: 'image-kind-unsupported' }]);
  const { thumbnails = {} } = made[0] ?? {};
  expect(Object.keys(thumbnails).toSorted()).toEqual(['large', 'small']);
  const small = await sharp(Buffer.from(thumbnails.small ?? '', 'base64')).metadata();
  expect([small.format, Math.max(small.width, small.height)]).toEqual(['jpeg', 160]);
  const large = await sharp(Buffer.from(thumbnails.large ?? '', 'base64')).metadata();
  // It is a photo: nothing says that a model made it.
  expect(large.xmp).toBeUndefined();

  expect((await post({ images: [] })).status).toBe(400);
  expect((await post({ images: Array(11).fill('AAAA') })).status).toBe(400);
  const none = await fetch(`${url}/00000000-0000-4000-8000-000000000000`, { headers: withToken });
  expect(none.status).toBe(404);
  expect(await none.json()).toMatchObject({ status: 'error', code: 'not-found' });
});
