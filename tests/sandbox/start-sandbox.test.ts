import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ADMIN_ID, startSandbox } from '../../sandbox/index.ts';
import { createLog } from '../../src/log.ts';

const log = createLog({ level: 'silent', pretty: false });

test('one address serves the chat page, the Bot API, OpenAI’s API and the people', async () => {
  const sandbox = await startSandbox({ port: 0, log });
  onTestFinished(() => sandbox.stop());
  const get = (address: string, headers = {}) => fetch(address, { headers });

  expect((await get(sandbox.url)).headers.get('content-type')).toMatch('text/html');
  const me = await get(`${sandbox.telegramApiRoot}/bot${sandbox.botToken}/getMe`);
  expect(await me.json()).toMatchObject({ result: { username: sandbox.botUsername } });
  const models = await get(`${sandbox.openaiBaseUrl}/models`, {
    authorization: `Bearer ${sandbox.openaiApiKey}`,
  });
  expect(models.status).toBe(200);
  expect(sandbox.people.of(ADMIN_ID).persona.role).toBe('admin');
});

test('a second sandbox on the same port and directory fails, and the first one’s chats stay', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'vitrine-sandbox-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const first = await startSandbox({ port: 0, log, directory });
  first.people.of(ADMIN_ID).sendText('mine');
  const port = Number(new URL(first.url).port);
  await expect(startSandbox({ port, log, directory })).rejects.toThrow('EADDRINUSE');
  await first.stop();
  const again = await startSandbox({ port: 0, log, directory });
  onTestFinished(() => again.stop());
  expect(again.people.of(ADMIN_ID).lastMessage()?.text).toBe('mine');
});

test('a stopped sandbox answers nobody, not even those who were waiting', async () => {
  const sandbox = await startSandbox({ port: 0, log });
  const hold = sandbox.faults.hold('telegram', 'getMe');
  const held = fetch(`${sandbox.url}/bot${sandbox.botToken}/getMe`);
  const refused = expect(held).rejects.toThrow();
  await hold.reached;
  await sandbox.stop();
  await refused;
  await expect(fetch(sandbox.url)).rejects.toThrow();
});
