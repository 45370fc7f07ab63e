/** /mydata as people meet it: one file with everything, sent once even by a process that dies, and no other people in it. */
import type { Message } from '@grammyjs/types';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';
import { ADMIN_ID, type Person, type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import {
  ask,
  botMessages,
  order,
  PATIENCE,
  plain,
  tap,
  textOf,
  textsOf,
  waitForText,
} from '../support/conversation.ts';
import { createHome, type Home, silentLog } from '../support/running-app.ts';
import { seller } from '../support/seller.ts';
import { connectedTo, keepEvidence, startVitrine, type VitrineProcess } from '../support/vitrine-process.ts';

let sandbox: Sandbox;
let home: Home;
let vitrine: VitrineProcess;
const processes: VitrineProcess[] = [];

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, log: silentLog, tempo: 'hasty' });
  home = await createHome();
  await start();
});
afterAll(async () => {
  await vitrine.killUnnoticed();
  await sandbox.stop();
  await home.remove();
});

async function start(): Promise<void> {
  vitrine = await startVitrine({
    ...home.environment,
    ...connectedTo(sandbox),
    ADMIN_IDS: String(ADMIN_ID),
  });
  processes.push(vitrine);
}

async function newcomer(language = 'en'): Promise<Person> {
  const person = seller({ sandbox }, language);
  await ask(person, '/start', /Hello|Здравствуйте/);
  return person;
}

const isFile = ({ document }: Message) => document?.file_name === 'my-data.zip';
const filesOf = (person: Person) => botMessages(person).filter(isFile);
const waitForFile = (person: Person): Promise<Message> => person.waitFor(isFile, PATIENCE);

async function read({ document }: Message): Promise<{ text: string; data: Record<string, object[]> }> {
  const answer = await fetch(`${sandbox.url}/client/files/${document?.file_id}`);
  const zip = unzipSync(new Uint8Array(await answer.arrayBuffer()));
  const text = strFromU8(zip['data.json'] ?? new Uint8Array());
  return { text, data: JSON.parse(text) };
}

test('everything that is kept comes as one file, without other people, and once an hour', async () => {
  const [marina, admin] = [await newcomer('ru'), sandbox.people.of(ADMIN_ID)];
  const { photoshootId } = await order(marina, await sampleProductPhoto(), 2);
  await ask(admin, '/start', /Hello/);
  await ask(admin, `/gift ${marina.id} 2 for your kumquat`, /2/);
  await waitForText(marina, /for your kumquat/);
  await ask(marina, '/privacy', textsOf(marina)('privacy-title'));
  await tap(marina, textsOf(marina)('button-data-file'));
  const { text, data } = await read(await waitForFile(marina));
  expect(data).toMatchObject({
    telegramId: marina.id,
    complete: true,
    users: [{ id: 'you', first_name: 'Марина', language: 'ru' }],
    photoshoots: [{ id: photoshootId, chat_id: 'you', state: 'completed' }],
    owner_actions: [{ act: 'gift', actor_id: 'somebody else', reason: 'for your kumquat' }],
  });
  const album = botMessages(marina).filter(({ media_group_id: group }) => group !== undefined);
  const photos = album.flatMap(({ photo = [] }) => photo.at(-1)?.file_id ?? []);
  expect(data.processed_images).toHaveLength(2);
  for (const id of photos.slice(0, 2)) expect(text).toContain(id);
  expect(data.picture_files?.every((file) => 'bytes' in file && Number(file.bytes) > 0)).toBe(true);
  expect(text).not.toContain(String(ADMIN_ID));
  await ask(marina, '/mydata', /Прошлому файлу меньше часа/);
  expect(filesOf(marina)).toHaveLength(1);
});

test('a process that dies while it sends leaves a word, and no second file', async () => {
  onTestFailed(({ task }) => keepEvidence(task.name, processes));
  const emma = await newcomer();
  const t = textsOf(emma);
  const hold = sandbox.faults.hold('telegram', 'sendDocument');
  await ask(emma, '/mydata', t('data-file-begun'));
  await hold.reached;
  await vitrine.kill();
  hold.drop();
  // The first word is not taken either: it is said by the next try.
  sandbox.faults.add('telegram', { match: 'sendMessage', kind: '5xx', times: 1 });
  await start();
  await waitForText(emma, t('data-file-unsure'));
  expect(filesOf(emma)).toHaveLength(0);
  await ask(emma, '/mydata', t('data-file-begun'));
  await waitForFile(emma);
  const unsure = botMessages(emma).filter((message) => textOf(message) === plain(t('data-file-unsure')));
  expect(unsure).toHaveLength(1);
});

test('a process that dies before it sends has the next one send it', async () => {
  onTestFailed(({ task }) => keepEvidence(task.name, processes));
  const emma = await newcomer();
  const asked = sandbox.faults.holdAnswer('telegram', 'sendMessage');
  emma.sendText('/mydata');
  await asked.reached;
  await vitrine.kill();
  asked.drop();
  await start();
  await waitForFile(emma);
  expect(filesOf(emma)).toHaveLength(1);
});

test('what Telegram certainly did not take is sent by the next try', async () => {
  const emma = await newcomer();
  sandbox.faults.add('telegram', { match: 'sendDocument', kind: '429', retryAfter: 1, times: 1 });
  await ask(emma, '/mydata', textsOf(emma)('data-file-begun'));
  await waitForFile(emma);
  expect(filesOf(emma)).toHaveLength(1);
  sandbox.faults.clear();
});
