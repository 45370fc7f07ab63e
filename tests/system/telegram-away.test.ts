/** A start while Telegram is away, and one that Telegram refuses. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { type App, startApp } from '../../src/app.ts';
import { ask, textsOf } from '../support/conversation.ts';
import { hearLog } from '../support/heard-log.ts';
import { configFor, createHome, silentLog } from '../support/running-app.ts';
import { seller } from '../support/seller.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A configuration of an app whose HTTP server has a port that is known before it says so. */
async function setScene(through: (sandbox: Sandbox) => Promise<string>) {
  const sandbox = await startSandbox({ port: 0, log: silentLog, tempo: 'hasty' });
  closers.push(sandbox.stop);
  const home = await createHome();
  closers.push(home.remove);
  const port = await freePort();
  const config = configFor(home, sandbox, { PORT: String(port) });
  const apiRoot = await through(sandbox);
  return {
    sandbox,
    url: `http://127.0.0.1:${port}`,
    config: { ...config, telegram: { ...config.telegram, apiRoot, pacing: 'off' as const } },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  await new Promise((resolve) => server.close(resolve));
  return address.port;
}

test('a start while Telegram is away waits for it, says so, and is degraded', async () => {
  const heard = hearLog();
  let back = async () => {};
  const { url, config, sandbox } = await setScene(async ({ telegramApiRoot }) => {
    const { port } = new URL(telegramApiRoot);
    const proxy = await startTcpProxy(Number(port));
    await proxy.refuse();
    closers.push(proxy.close);
    back = proxy.accept;
    return proxy.through(telegramApiRoot);
  });
  const starting = startApp(config, heard.log);
  let app: App | undefined;
  starting.then(
    (started) => {
      app = started;
    },
    () => {},
  );
  closers.push(async () => (await starting).stop());

  await expect
    .poll(() => heard.lines.join(''), { timeout: 60_000 })
    .toContain('Telegram does not answer: the start waits for it');
  const answer = await fetch(`${url}/health`);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({
    status: 'degraded',
    services: { telegram: { status: 'degraded', note: 'Telegram has not answered yet' } },
  });
  expect(app).toBeUndefined();
  expect(heard.errors()).toEqual([]);

  await back();
  await starting;
  const person = seller({ sandbox }, 'en');
  await ask(person, '/help', textsOf(person)('help'));
  expect(await (await fetch(`${url}/health`)).json()).toMatchObject({ status: 'ok' });
});

test('a start with a token that Telegram does not know is refused in one sentence', async () => {
  const { config } = await setScene(async ({ telegramApiRoot }) => telegramApiRoot);
  const token = '1:token-that-is-long-enough-to-look-like-one';
  const starting = startApp({ ...config, telegram: { ...config.telegram, token } }, silentLog);
  await expect(starting).rejects.toMatchObject({
    name: 'StartRefused',
    message: expect.stringMatching(/^Telegram does not know this bot: .+ BOT_TOKEN .+\.$/),
  });
});
