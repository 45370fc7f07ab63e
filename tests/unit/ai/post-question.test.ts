/** What the way past the SDK does as the SDK did, and what it does better: an endpoint's head, body and connection. */
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { Agent } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import { classifyError } from '../../../src/ai/classify-error.ts';
import { type Body, openDoor } from '../../../src/ai/openai.ts';
import { postQuestion } from '../../../src/ai/post-question.ts';
import {
  completedEvent,
  type Step,
  stalled,
  startScriptedOpenAi,
  streamed,
  WEBP,
} from './scripted-openai.ts';

const PATH = '/images/edits';
const PICTURE = { b64_json: WEBP.toString('base64') };

async function setScene(step: Step, { query = '' }: { query?: string } = {}) {
  const server = await startScriptedOpenAi({ [PATH + query]: step });
  const dispatcher = new Agent({ pipelining: 1, connections: 1 });
  let connections = 0;
  dispatcher.on('connect', () => {
    connections += 1;
  });
  onTestFinished(() => dispatcher.destroy());
  const door = openDoor({ ...server.endpoint, baseURL: server.endpoint.baseURL + query }, dispatcher);
  const controller = new AbortController();
  return {
    server,
    controller,
    connections: () => connections,
    post: (asked: Body = { parts: [{ name: 'model', value: 'm' }] }) =>
      postQuestion(door, { path: PATH, ...asked, holds: 'pictures' }, controller.signal),
  };
}

const packed = (encoding: string, pack: (text: string) => Buffer): Step => {
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': encoding });
    response.end(pack(completedEvent()));
  };
};

test.each([
  ['gzip', gzipSync],
  ['br', brotliCompressSync],
  ['deflate', deflateSync],
])(
  'A body that is packed with %s although nobody asked for that is read all the same',
  async (encoding, pack) => {
    const { post, server } = await setScene(packed(encoding, (text) => pack(text)));
    const answer = await post();
    expect(await Array.fromAsync(answer.events())).toMatchObject([PICTURE]);
    expect(server.received[0]?.headers['accept-encoding']).toBe('identity');
  },
);

test('A body that does not unpack is a fault of the connection', async () => {
  const { post } = await setScene(packed('gzip', (text) => Buffer.from(text)));
  const failure = await Array.fromAsync((await post()).events()).catch((error: unknown) => error);
  expect(classifyError(failure)).toMatchObject({ kind: 'connection', code: 'Z_DATA_ERROR', maybePaid: true });
});

test('The next picture uses the connection of the one before, whose reader stopped at what it looked for', async () => {
  const { post, connections } = await setScene(streamed(completedEvent(), 'data: [DONE]\n\n'));
  for (let picture = 0; picture < 3; picture++) {
    for await (const event of (await post()).events()) {
      expect(event).toMatchObject(PICTURE);
      break;
    }
  }
  expect(connections()).toBe(1);
});

test('A stream that goes on after what was looked for loses its connection', async () => {
  const { post, server } = await setScene(stalled(completedEvent()));
  for await (const _ of (await post()).events()) break;
  await server.disconnected;
});

test('An abort reaches the socket while the body is read, and while the answer is waited for', async () => {
  const reading = await setScene(stalled(completedEvent()));
  const events = (await reading.post()).events();
  await events.next();
  reading.controller.abort(new Error('enough'));
  await expect(events.next()).rejects.toThrow();
  await reading.server.disconnected;

  const waiting = await setScene(() => waiting.controller.abort(new Error('enough')));
  await expect(waiting.post()).rejects.toThrow();
  await waiting.server.disconnected;
});

test('A redirect is refused, and the key goes nowhere', async () => {
  const other = await startScriptedOpenAi({ [PATH]: streamed(completedEvent()) });
  for (const status of [301, 302, 307, 308]) {
    const { post } = await setScene((response) => {
      response.writeHead(status, { location: `${other.endpoint.baseURL}${PATH}`, 'x-request-id': 'req_1' });
      response.end();
    });
    const failure = await post().catch((error: unknown) => error);
    expect(classifyError(failure)).toMatchObject({
      kind: 'rejected',
      code: `http-${status}`,
      requestId: 'req_1',
    });
  }
  expect(other.received).toEqual([]);
});

test('The head of a request is what the SDK makes of the endpoint: key, agent and the query of its address', async () => {
  const { post, server } = await setScene(streamed(completedEvent()), { query: '?api-version=2026-10-01' });
  await post();
  await post({ body: { model: 'm' } });
  expect(server.received.map(({ path }) => path)).toEqual(Array(2).fill(`${PATH}?api-version=2026-10-01`));
  for (const { headers } of server.received) {
    expect(headers).toMatchObject({
      authorization: `Bearer ${server.endpoint.apiKey}`,
      'user-agent': expect.stringContaining('OpenAI/JS'),
    });
  }
  expect(server.received.map(({ headers }) => headers['content-type']?.split(';')[0])).toEqual([
    'multipart/form-data',
    'application/json',
  ]);
});

test.each<[string, string, object]>([
  [
    'in the API’s form',
    '{"error":{"code":"overloaded","message":"Later"}}',
    { code: 'overloaded', words: 'Later' },
  ],
  ['without an envelope', '{"code":"overloaded","message":"Later"}', { code: 'overloaded', words: 'Later' }],
  ['on a page', '<html>Bad gateway</html>', { code: 'http-503', words: null }],
  ['that is empty', '', { code: 'http-503', words: null }],
  ['that is only a word', '"down"', { code: 'http-503', words: null }],
])('An error %s keeps its word, its request and how long to wait', async (_, body, meaning) => {
  const { post } = await setScene((response) => {
    response.writeHead(503, { 'x-request-id': 'req_1', 'retry-after': '7' });
    response.end(body);
  });
  const failure = await post().catch((error: unknown) => error);
  expect(classifyError(failure)).toMatchObject({
    kind: 'server',
    requestId: 'req_1',
    retryAfterMs: 7000,
    ...meaning,
  });
});

test('An error whose body breaks off is told by its status', async () => {
  const { post } = await setScene((response) => {
    response.writeHead(429, { 'content-length': '100' });
    response.write('{"error":', () => response.destroy());
  });
  const failure = await post().catch((error: unknown) => error);
  expect(classifyError(failure)).toMatchObject({ kind: 'try-again', code: 'http-429' });
});
