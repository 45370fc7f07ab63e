import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { picture, startDouble } from './telegram-double.ts';

async function directory(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'vitrine-sandbox-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

test('chats, files, commands and unconfirmed updates are there after a restart, and ids go on', async () => {
  const path = await directory();
  const before = await startDouble({ directory: path });
  const ann = await before.acquaintance();
  await before.call('setMyCommands', { commands: [{ command: 'start', description: 'Start' }] });
  const [photo] = await ann.sendPhoto(await picture(100, 80));
  const messages = ann.messages();
  const waiting = (await before.call('getUpdates')).result;
  await before.stop();

  const after = await startDouble({ directory: path });
  const again = after.people.of(ann.id);
  expect(again.messages()).toEqual(messages);
  expect((await after.call('getUpdates')).result).toEqual(waiting);
  expect((await after.call('getMyCommands')).result).toHaveLength(1);
  const id = photo?.photo?.at(-1)?.file_id;
  const found = await after.call('getFile', { file_id: id });
  const bytes = await fetch(`${after.url}/file/bot${after.botToken}/${found.result.file_path}`);
  expect((await bytes.arrayBuffer()).byteLength).toBe(found.result.file_size);

  const [next] = again.sendText('more');
  expect(next?.message_id).toBe((photo?.message_id ?? 0) + 1);
  const ids = (await after.call('getUpdates')).result.map(
    (update: { update_id: number }) => update.update_id,
  );
  expect(ids.at(-1)).toBe(waiting.at(-1).update_id + 1);
});

test('after a crash ids leap ahead of everything that may have been given out', async () => {
  const path = await directory();
  const before = await startDouble({ directory: path });
  const ann = await before.acquaintance();
  const last = ann.lastMessage()?.message_id ?? 0;
  await before.stop();
  // This one is never stopped before the next one starts, as if it had been killed.
  await startDouble({ directory: path });

  const after = await startDouble({ directory: path });
  const [next] = after.people.of(ann.id).sendText('back');
  expect(next?.message_id).toBe(last + 10_001);
});

test('without a directory two starts share nothing', async () => {
  const before = await startDouble();
  const ann = await before.acquaintance();
  await before.stop();
  const after = await startDouble();
  expect(() => after.people.of(ann.id)).toThrow('Nobody');
});
