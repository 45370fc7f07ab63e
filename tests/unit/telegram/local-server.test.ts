/** Files of a Bot API server in local mode, which names them by their path on its disk. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { fetchPhoto } from '../../../src/telegram/fetch-photo.ts';
import { createGateway } from '../../../src/telegram/gateway.ts';
import { ok, recordingLog, SECRET, startBotApi, TOKEN } from './bot-api.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A server that keeps a file of these bytes in the folder of the bot, as it does by its token. */
async function openLocal(bytes: Uint8Array | null) {
  const folder = mkdtempSync(join(tmpdir(), `vitrine-${TOKEN.replace(':', '-')}-`));
  const path = join(folder, 'file_1.jpg');
  if (bytes !== null) writeFileSync(path, bytes);
  const api = await startBotApi({ getFile: [ok({ file_id: 'a', file_unique_id: 'b', file_path: path })] });
  const gateway = createGateway({ token: TOKEN, apiRoot: api.root, log: recordingLog().log });
  closers.push(async () => rmSync(folder, { recursive: true }), api.close, gateway.close);
  return { api, gateway };
}

test('a file of a server in local mode is read from its disk', async () => {
  const { api, gateway } = await openLocal(Buffer.from('a photo'));
  const bytes = await fetchPhoto(gateway, 'a');
  expect(Buffer.from(bytes).toString()).toBe('a photo');
  // In memory of its own, so that another thread can have it.
  expect(bytes.byteLength).toBe(bytes.buffer.byteLength);
  expect(api.methods()).toEqual(['getFile']);
});

test('one above the limit is refused unread', async () => {
  const { gateway } = await openLocal(Buffer.alloc(11));
  await expect(fetchPhoto(gateway, 'a', { maxBytes: 10 })).rejects.toMatchObject({ code: 'file-too-large' });
});

test('one that cannot be read here is a fault that passes, in a sentence that says what to do', async () => {
  const { gateway } = await openLocal(null);
  const error = await fetchPhoto(gateway, 'a').catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    name: 'TelegramUnreachable',
    sent: 'no',
    message: expect.stringMatching(/local mode .+\(ENOENT\): mount its folder here under the same path/),
  });
  expect(String(error)).not.toContain(SECRET);
});

test('one of a Windows machine is a path of its disk as well', async () => {
  const { api, gateway } = await openLocal(null);
  await expect(gateway.download('C:\\bot\\photos\\file_1.jpg', { maxBytes: 10 })).rejects.toThrow(
    /local mode/,
  );
  expect(api.methods()).toEqual([]);
});

test('reading it ends with the signal', async () => {
  const { gateway } = await openLocal(Buffer.from('a photo'));
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(gateway.download('/anything', { maxBytes: 10, signal })).rejects.toThrow('enough');
});
