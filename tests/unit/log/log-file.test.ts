/** The log in files: what is in them, how many there are, and a folder that cannot be had. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { StartRefused } from '../../../src/errors.ts';
import { createLog } from '../../../src/log.ts';
import { openLogFile } from '../../../src/log-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function open(path: string) {
  const file = await openLogFile(path);
  const log = createLog({ level: 'debug', pretty: false, secrets: ['a-secret-of-the-tests'] }, file);
  return { log, file };
}

test('each line is in the file when the call returns, as JSON, with its ids and without secrets', async () => {
  const { log, file } = await open(join(folder, 'logs', 'vitrine.log'));
  log.child({ updateId: 7 }).debug({ userId: 5 }, 'it showed a-secret-of-the-tests');
  const [name = ''] = readdirSync(join(folder, 'logs'));
  const lines = readFileSync(join(folder, 'logs', name), 'utf8')
    .trim()
    .split('\n');
  file.end();
  expect(name).toBe('vitrine.1.log');
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { level: 20, time: expect.any(String), updateId: 7, userId: 5, msg: 'it showed [secret]' },
  ]);
});

test('a full file is followed by another, and the oldest go', async () => {
  const file = await openLogFile(join(folder, 'vitrine.log'), 1000);
  for (let index = 0; index < 20; index += 1) {
    file.write(`${'x'.repeat(1000)}\n`);
    await vi.waitFor(() => expect(readdirSync(folder)).toContain(`vitrine.${index + 2}.log`), 30_000);
  }
  await vi.waitFor(() => expect(readdirSync(folder).length).toBeLessThanOrEqual(15), 30_000);
  file.end();
});

test('a folder that cannot be made refuses the start with a sentence that names the variable', async () => {
  writeFileSync(join(folder, 'taken'), '');
  const refused = await openLogFile(join(folder, 'taken', 'vitrine.log')).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(StartRefused);
  expect(String(refused)).toContain('Set LOG_FILE to a file in another folder.');
});
