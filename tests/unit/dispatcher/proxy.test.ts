/** Every client that goes outside goes through the proxy that is configured, and past it where that is said. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createMetrikaUpload } from '../../../src/analytics/conversion-upload.ts';
import { parseConfig } from '../../../src/config.ts';
import { createDispatcher, type OutgoingProxy } from '../../../src/dispatcher.ts';
import { writeCsv } from '../../../src/screens/csv.ts';
import { createGateway } from '../../../src/telegram/gateway.ts';
import { JPEG, makeAi } from '../ai/make-ai.ts';
import { completedEvent, json, startScriptedOpenAi, streamed } from '../ai/scripted-openai.ts';
import { deadAddress, ok, recordingLog, startBotApi, TOKEN } from '../telegram/bot-api.ts';

const never = new AbortController().signal;
const opened: (() => Promise<unknown>)[] = [];
let proxy: Awaited<ReturnType<typeof startProxy>>;

beforeEach(async () => {
  proxy = await startProxy();
});
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

/**
 * A proxy that opens tunnels (CONNECT): hosts that end in `.test` lie on this machine, at the port that stands in
 * `hosts`.
 */
async function startProxy() {
  const hosts = new Map<string, number>();
  const asked: { host: string; authorization: string | undefined }[] = [];
  const server = createServer().on('connect', (request, socket, head) => {
    const host = request.url ?? '';
    asked.push({ host, authorization: request.headers['proxy-authorization'] });
    const port = hosts.get(host);
    if (port === undefined) return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    const target = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      target.write(head);
      target.pipe(socket).pipe(target);
    });
    socket.on('error', () => target.destroy());
    target.on('error', () => socket.destroy());
    opened.push(async () => target.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push(async () => server.close());
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    asked,
    /** The root under another name, which only the proxy knows. */
    hide(root: string, name: string): string {
      const url = new URL(root);
      hosts.set(`${name}:80`, Number(url.port));
      return `http://${name}${url.pathname}`;
    },
  };
}

function configured(environment: NodeJS.ProcessEnv): OutgoingProxy | null {
  return parseConfig(environment).outgoingProxy;
}

async function telegram(apiRoot: string, through: OutgoingProxy | null) {
  const gateway = createGateway({
    token: TOKEN,
    apiRoot,
    log: recordingLog().log,
    afterFault: { repetitions: 0, firstBackOffMs: 1, longestBackOffMs: 1 },
    proxy: through,
  });
  opened.push(() => gateway.close());
  return gateway.call('getMe', {});
}

describe('through the proxy goes', () => {
  test('what is asked of Telegram', async () => {
    const api = await startBotApi({ getMe: [ok({ id: 42 })] });
    opened.push(() => api.close());
    const root = proxy.hide(api.root, 'api.telegram.test');
    expect(await telegram(root, configured({ HTTP_PROXY: proxy.address }))).toEqual({ id: 42 });
    expect(proxy.asked).toEqual([{ host: 'api.telegram.test:80', authorization: undefined }]);
  });

  test('what is asked of a provider of pictures', async () => {
    const openai = await startScriptedOpenAi({
      '/moderations': json({ results: [{ flagged: false, categories: {} }] }),
      '/images/edits': streamed(completedEvent()),
    });
    const dispatcher = createDispatcher(configured({ HTTP_PROXY: proxy.address }), {
      connectTimeoutMs: 5000,
    });
    opened.push(() => dispatcher.destroy());
    const baseURL = proxy.hide(openai.endpoint.baseURL, 'api.openai.test');
    const { ai } = makeAi([{ ...openai.endpoint, baseURL }], { dispatcher });
    await ai.moderate({ photoshootId: 1, text: 'A mug', photos: [], signal: never });
    await ai.makePicture({
      photos: [JPEG],
      before: null,
      style: { title: 'Linen', prompt: 'Linen cloth, morning light.', origin: 'house' },
      ratio: '1:1',
      size: 'usual',
      productName: 'Blue mug',
      caption: null,
      photoshootId: 1,
      pictureId: 1,
      userId: 1,
      signal: never,
    });
    expect(openai.received.map(({ path }) => path)).toEqual(['/moderations', '/images/edits']);
    expect(new Set(proxy.asked.map(({ host }) => host))).toEqual(new Set(['api.openai.test:80']));
  });

  test('what is told to Metrika', async () => {
    const server = createServer((_request, response) => response.end('{"uploading": {}}')).listen(
      0,
      '127.0.0.1',
    );
    await once(server, 'listening');
    opened.push(async () => server.close());
    const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const upload = createMetrikaUpload({
      apiRoot: proxy.hide(root, 'metrika.test'),
      counterId: '1',
      token: 't',
      proxy: configured({ HTTP_PROXY: proxy.address }),
      writeCsv,
    });
    opened.push(upload.close);
    expect(await upload.upload([], never)).toEqual({ kind: 'accepted' });
    expect(proxy.asked.map(({ host }) => host)).toEqual(['metrika.test:80']);
  });

  test('an https address, by HTTPS_PROXY, with the name and password of its address', async () => {
    const through = configured({ HTTPS_PROXY: proxy.address.replace('//', '//me:p%40ss@') });
    await expect(telegram('https://api.telegram.test', through)).rejects.toMatchObject({ sent: 'no' });
    const authorization = `Basic ${Buffer.from('me:p@ss').toString('base64')}`;
    expect(proxy.asked).toEqual([{ host: 'api.telegram.test:443', authorization }]);
  });
});

test('a proxy that refuses is named in the fault', async () => {
  const through = configured({ HTTP_PROXY: proxy.address });
  await expect(telegram('http://elsewhere.test', through)).rejects.toThrow(/Proxy response \(403\)/);
});

describe('past the proxy goes', () => {
  test.each(['127.0.0.1', 'localhost'])('what is on this machine: %s', async (host) => {
    const api = await startBotApi({ getMe: [ok({ id: 42 })] });
    opened.push(() => api.close());
    const dead = await deadAddress();
    const root = api.root.replace('127.0.0.1', host);
    expect(await telegram(root, configured({ HTTP_PROXY: dead, HTTPS_PROXY: dead }))).toEqual({ id: 42 });
  });

  test.each(['telegram.test', 'other.test, .telegram.test', '*'])(
    'what NO_PROXY names: %s',
    async (NO_PROXY) => {
      // A name that nobody knows (RFC 6761): reached past the proxy it is not reached at all.
      const through = configured({ HTTP_PROXY: proxy.address, NO_PROXY });
      await expect(telegram('http://api.telegram.test', through)).rejects.toMatchObject({ sent: 'no' });
      expect(proxy.asked).toEqual([]);
    },
  );
});

test('the names in small letters are read where those in capitals are absent', () => {
  const small = { https_proxy: 'http://a.test:1', http_proxy: 'http://b.test:2', no_proxy: 'c.test' };
  const expected = { https: 'http://a.test:1', http: 'http://b.test:2', except: 'c.test' };
  expect(configured(small)).toEqual(expected);
  expect(configured({ ...small, HTTP_PROXY: 'http://d.test:4' })).toEqual({
    ...expected,
    http: 'http://d.test:4',
  });
  expect(configured({ NO_PROXY: 'c.test' })).toBeNull();
});
