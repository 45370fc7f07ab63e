import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';

const MAIN = join(import.meta.dirname, '../../sandbox/main.ts');

function start(...args: string[]) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...args]);
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

test('the sandbox alone prints where a bot of any maker finds it, and ends at a signal', async () => {
  const sandbox = start('--port', '0');
  const ended = once(sandbox, 'exit');
  const told = new Map<string, string>();
  for await (const line of createInterface({ input: sandbox.stdout })) {
    const [, name, value] = /^ {2}(\S+(?: \S+)*) {2,}(\S+)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) told.set(name, value);
    if (told.has('OpenAI key')) break;
  }
  const me = await fetch(`${told.get('Bot API root')}/bot${told.get('bot token')}/getMe`);
  expect(await me.json()).toMatchObject({ ok: true, result: { is_bot: true } });
  const models = await fetch(`${told.get('OpenAI root')}/models`, {
    headers: { authorization: `Bearer ${told.get('OpenAI key')}` },
  });
  expect(models.status).toBe(200);
  sandbox.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});

test.each([
  ['a port that is none', ['--port', 'http'], '--port is a number from 0 to 65535'],
  ['a tempo that is none', ['--tempo', 'slowly'], 'There is no tempo “slowly”'],
  ['an option that is none', ['--token', 'x'], '--token'],
])('the sandbox refuses %s with a sentence and what would be right', async (_what, args, sentence) => {
  const sandbox = start(...args);
  const [said, [code]] = await Promise.all([text(sandbox.stderr), once(sandbox, 'exit')]);
  expect(said).toContain(sentence);
  expect(said).toContain('Usage: npm run sandbox');
  expect(code).toBe(1);
});
