/** Which answers are made small, for whom, and that the bytes are counted. */
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { FastifyReply } from 'fastify';
import { afterEach, expect, test } from 'vitest';
import { EVERYONE } from '../../../src/api/route.ts';
import { createLog } from '../../../src/log.ts';
import { createCompression } from '../../../src/web/compression.ts';
import { createWeb } from '../../../src/web/create-web.ts';
import { requestLimit } from '../../support/rate-limits.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

let close = async () => {};
afterEach(() => close());

/** Serves one answer at `/`; it is asked for as it is, since fetch decompresses by itself. */
async function serve(answer: (reply: FastifyReply) => unknown) {
  const compression = createCompression({ level: 6, brotliQuality: 4 });
  const web = await createWeb({
    host: '127.0.0.1',
    port: 0,
    limit: requestLimit(1000),
    trustedProxies: null,
    compression,
    routes: [(app) => app.get('/', EVERYONE, async (_request, reply) => answer(reply))],
    log: createLog({ level: 'silent', pretty: false }),
  });
  close = web.close;
  const ask = (accepts: string) =>
    new Promise<{ encoding: string | undefined; vary: string | undefined; body: Buffer }>(
      (resolve, reject) => {
        request(web.url, { headers: { 'accept-encoding': accepts } }, async (response) => {
          const chunks = await response.toArray();
          const { 'content-encoding': encoding, vary } = response.headers;
          resolve({ encoding, vary, body: Buffer.concat(chunks) });
        })
          .on('error', reject)
          .end();
      },
    );
  return { url: web.url, ask, statistics: compression.statistics };
}

const textOf = (bytes: number) => JSON.stringify('a'.repeat(bytes - 2));

test.each([
  ['br, gzip, deflate', 'br', brotliDecompressSync],
  ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
  ['gzip, deflate', 'gzip', gunzipSync],
  ['deflate', 'deflate', inflateSync],
])('whoever takes “%s” gets %s', async (accepts, encoding, open) => {
  const text = textOf(2000);
  const { ask } = await serve((reply) => reply.type(JSON_TYPE).send(text));
  const answer = await ask(accepts);
  expect(answer.encoding).toBe(encoding);
  expect(answer.vary).toContain('accept-encoding');
  expect(open(answer.body).toString()).toBe(text);
});

test.each([
  [500, undefined],
  [501, 'br'],
])('of %i bytes the encoding is %s', async (bytes, encoding) => {
  const { ask } = await serve((reply) => reply.type(JSON_TYPE).send(textOf(bytes)));
  expect((await ask('br')).encoding).toBe(encoding);
});

test('whoever takes no encoding gets the answer as it is', async () => {
  const { ask } = await serve((reply) => reply.type(JSON_TYPE).send(textOf(2000)));
  expect((await ask('identity')).encoding).toBeUndefined();
});

test.each(['image/png', 'image/jpeg', 'application/zip', 'text/event-stream'])(
  '%s is never compressed',
  async (type) => {
    const { ask } = await serve((reply) => reply.type(type).send(Buffer.alloc(5000, 'a')));
    expect((await ask('br')).encoding).toBeUndefined();
  },
);

test('events go out one by one', async () => {
  const over = Promise.withResolvers<void>();
  async function* events() {
    yield 'data: 1\n\n';
    // As long as the page is open.
    await over.promise;
  }
  const { url } = await serve((reply) => reply.type('text/event-stream').send(Readable.from(events())));
  const answer = await fetch(url, { headers: { 'accept-encoding': 'br' } });
  const reader = answer.body?.getReader();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('data: 1\n\n');
  over.resolve();
  expect((await reader?.read())?.done).toBe(true);
});

test.each([
  ['in one piece', (text: string) => Buffer.from(text)],
  ['as a stream', (text: string) => Readable.from([text.slice(0, 700), text.slice(700)])],
])('bytes of an answer %s are counted before and after', async (_name, payloadOf) => {
  const text = JSON.stringify(
    Array.from({ length: 300 }, (_, index) => ({ name: `figure_${index}`, lastHour: index, before: null })),
  );
  const { ask, statistics } = await serve((reply) => reply.type(JSON_TYPE).send(payloadOf(text)));
  const { body } = await ask('gzip');
  expect(gunzipSync(body).toString()).toBe(text);
  expect(statistics()).toEqual({ bytesIn: text.length, bytesOut: body.byteLength });
  // What the figures of an owner look like: more than half of it is saved.
  expect(body.byteLength / text.length).toBeLessThan(0.4);
});
