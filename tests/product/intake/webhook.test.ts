import { once } from 'node:events';
import { request, type Server } from 'node:http';
import type { Update } from '@grammyjs/types';
import fastify, { type FastifyHttpOptions, type FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseHandle } from '../../../src/database/client.ts';
import type { Intake } from '../../../src/intake/create-intake.ts';
import { registerWebhook } from '../../../src/intake/webhook.ts';
import { keepDoors } from '../../../src/web/doors.ts';
import { openTestDatabase } from '../../support/database.ts';
import { createMemoryLog, createScene, createStage, message, type Stage } from './scene.ts';

const PATH = '/telegram/updates';
const SECRET = 'a-secret-of-the-tests';
const WITH_SECRET = { 'x-telegram-bot-api-secret-token': SECRET };
const JSON_WITH_SECRET = { ...WITH_SECRET, 'content-type': 'application/json' };

let database: DatabaseHandle;
let scene: ReturnType<typeof createScene>;
const servers: FastifyInstance[] = [];

beforeAll(async () => {
  database = await openTestDatabase();
  scene = createScene(database.db);
});
afterEach(async () => {
  await scene.clear();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});
afterAll(() => database.close());

async function serve(
  receive: (update: Update) => Promise<'stored' | 'busy'>,
  options: FastifyHttpOptions<Server> = {},
  answerLimitMs?: number,
): Promise<number> {
  const app = fastify({ ...options, forceCloseConnections: true });
  servers.push(app);
  app.addContentTypeParser('application/x-of-another-route', (_request, _payload, done) => done(null, {}));
  keepDoors(app);
  registerWebhook(app, {
    secret: SECRET,
    receive,
    log: createMemoryLog().log,
    ...(answerLimitMs === undefined ? {} : { answerLimitMs }),
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  return address.port;
}

async function serveIntake(stage: Stage): Promise<{ port: number; intake: Intake }> {
  const intake = await scene.started(stage);
  return { port: await serve(intake.receive), intake };
}

/** Sends a request in the given pieces, and tells the answer's status and headers. */
async function send(
  port: number,
  { method = 'POST', headers = JSON_WITH_SECRET, pieces = [] }: Sent,
): Promise<{ status: number | undefined; headers: NodeJS.Dict<string | string[]> }> {
  const call = request({ host: '127.0.0.1', port, path: PATH, method, headers });
  const answered = once(call, 'response');
  // A server that refuses early may close while we still send; the answer is what counts.
  call.on('error', () => {});
  call.flushHeaders();
  for (const piece of pieces) await new Promise((resolve) => call.write(piece, resolve));
  call.end();
  const [response] = await answered;
  response.resume();
  await once(response, 'close');
  return { status: response.statusCode, headers: response.headers };
}

type Sent = { method?: string; headers?: Record<string, string>; pieces?: (string | Buffer)[] };

const post = (port: number, update: object) => send(port, { pieces: [JSON.stringify(update)] });

const untouched = () => Promise.reject(new Error('nothing should have come this far'));

describe('the webhook', () => {
  test('answers 200 when the update is in the database, before it has been handled', async () => {
    const stage = createStage();
    const release = stage.hold(1);
    const { port } = await serveIntake(stage);
    expect((await post(port, message(1, 7))).status).toBe(200);
    expect(await scene.states()).toEqual({ 1: 'waiting' });
    expect(stage.events).not.toContain('1 ends');
    release();
    await stage.until('1 ends');
  });

  test('takes the same update five times in a row and five at once, and handles it once', async () => {
    const stage = createStage();
    const { port, intake } = await serveIntake(stage);
    for (let times = 0; times < 5; times++) expect((await post(port, message(1, 7))).status).toBe(200);
    const atOnce = await Promise.all(Array.from({ length: 5 }, () => post(port, message(2, 7))));
    expect(atOnce.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    await intake.drain(1000);
    expect(stage.events).toEqual(['1 begins', '1 ends', '2 begins', '2 ends']);
  });

  test.each([
    ['without the secret', {}],
    ['with another secret', { 'x-telegram-bot-api-secret-token': 'a-guess' }],
    ['with the beginning of the secret', { 'x-telegram-bot-api-secret-token': SECRET.slice(0, -1) }],
    ['with an empty secret', { 'x-telegram-bot-api-secret-token': '' }],
  ])('refuses a request %s, and does not read its body', async (_case, headers) => {
    const port = await serve(untouched);
    const refused = await send(port, {
      headers: { ...headers, 'content-type': 'application/json', 'content-length': '900000' } as Record<
        string,
        string
      >,
      pieces: ['{"update_id":1'],
    });
    expect(refused.status).toBe(401);
    expect(refused.headers.connection).toBe('close');
  });

  test('refuses a body of more than 1 MB, announced or not', async () => {
    const port = await serve(untouched);
    const announced = { ...JSON_WITH_SECRET, 'content-length': String(10 * 1024 * 1024) };
    expect((await send(port, { headers: announced })).status).toBe(413);
    const half = Buffer.alloc(600 * 1024, ' ');
    expect((await send(port, { pieces: [half, half] })).status).toBe(413);
  });

  test('refuses other methods, other formats, and what is no update', async () => {
    const port = await serve(untouched);
    expect((await send(port, { method: 'GET', headers: WITH_SECRET })).status).toBe(404);
    for (const type of ['text/plain', 'application/x-of-another-route', 'multipart/form-data']) {
      const headers = { ...WITH_SECRET, 'content-type': type };
      expect((await send(port, { headers, pieces: ['{"update_id":1}'] })).status).toBe(415);
    }
    for (const body of ['', '{', 'null', '[]', '{}', '{"update_id":"1"}', '{"update_id":-1}']) {
      expect((await send(port, { pieces: [body] })).status).toBe(400);
    }
  });

  test('reads text whose characters are cut in two by the network', async () => {
    const stage = createStage();
    const { port, intake } = await serveIntake(stage);
    const release = stage.hold(1);
    const body = Buffer.from(JSON.stringify(message(1, 7, 'Привет, 世界 👋')));
    expect((await send(port, { pieces: [...body].map((byte) => Buffer.of(byte)) })).status).toBe(200);
    expect((await scene.row(1)).payload).toEqual(message(1, 7, 'Привет, 世界 👋'));
    release();
    await intake.drain(1000);
  });

  test('asks to come again when the database does not take the update, and takes it then', async () => {
    const stage = createStage();
    const { port } = await serveIntake(stage);
    const restore = await scene.breakInbox();
    expect((await post(port, message(1, 7))).status).toBe(503);
    await restore();
    expect((await post(port, message(1, 7))).status).toBe(200);
    await stage.until('1 ends');
  });

  test('does not wait for ever for a database that does not answer', async () => {
    const late = Promise.withResolvers<'stored'>();
    const port = await serve(() => late.promise, {}, 20);
    expect((await post(port, message(1, 7))).status).toBe(503);
    late.resolve('stored');
    expect((await post(port, message(1, 7))).status).toBe(200);
  });

  test('asks to come again later when there is no room', async () => {
    const port = await serve(async () => 'busy');
    const answer = await post(port, message(1, 7));
    expect(answer.status).toBe(429);
    expect(answer.headers['retry-after']).toBe('1');
  });
});
