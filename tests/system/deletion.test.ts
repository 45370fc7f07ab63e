/** /deletedata as people meet it: asked for, taken back, done after seven days, and nothing of them left anywhere. */
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { ADMIN_ID, type Person, type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import { type App, startApp } from '../../src/app.ts';
import { checkLedger } from '../../src/billing/checks/check-ledger.ts';
import { COME_BACK_DAYS } from '../../src/privacy/retention.ts';
import {
  ask,
  botMessages,
  choose,
  order,
  sendProduct,
  tap,
  textOf,
  textsOf,
  waitForText,
} from '../support/conversation.ts';
import { hearLog } from '../support/heard-log.ts';
import { withDatabase } from '../support/invariants.ts';
import { hasRedis, type RedisServer, startRedis } from '../support/redis-server.ts';
import { brisk, configFor, createHome, type Home, silentLog } from '../support/running-app.ts';
import { buttons, seller } from '../support/seller.ts';
import { expectTidy } from '../support/tidy.ts';
import { findFileTraces, findTraces, type Sought } from '../support/traces.ts';

const heard = hearLog();
const SOON_MS = COME_BACK_DAYS * 86_400_000 + 60_000;
let sandbox: Sandbox;
let home: Home;
let redis: RedisServer | null = null;
let app: App;
let photo: Uint8Array;

beforeAll(async () => {
  photo = await sampleProductPhoto();
  sandbox = await startSandbox({ port: 0, log: silentLog, tempo: 'hasty' });
  home = await createHome();
  redis = hasRedis ? await startRedis() : null;
  await start();
});
afterEach(() => vi.useRealTimers());
afterAll(async () => {
  await app.stop();
  await redis?.kill();
  await sandbox.stop();
  await home.remove();
  expectTidy(sandbox, heard);
});

async function start(): Promise<void> {
  const shared = redis === null ? {} : { REDIS_URL: redis.url };
  app = await startApp(
    brisk(
      configFor(home, sandbox, {
        CACHE_ENABLED: 'true',
        CLEANUP_INTERVAL: '1',
        IMAGE_CACHE_DIR: 'photos',
        ...shared,
      }),
    ),
    heard.log,
  );
}

/** The clock of this process, and with it the app’s, goes on by so much. */
function moveClock(byMs: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + byMs });
}

async function newcomer(language = 'en'): Promise<Person> {
  const person = seller({ sandbox }, language);
  await ask(person, '/start', /Hello|Здравствуйте/);
  return person;
}

async function leave(person: Person): Promise<void> {
  const t = textsOf(person);
  await ask(person, '/deletedata', t('deletion-title'));
  await tap(person, t('button-delete-data'));
  await waitForText(person, /will be deleted on|будут удалены/);
}

/** What Telegram calls the files of a chat, whoever sent them; the house's greeting is everybody's. */
const filesOf = (person: Person): string[] =>
  person
    .messages()
    .filter(({ caption = '' }) => !caption.includes(textsOf(person)('start-sample')))
    .flatMap(({ photo: sizes = [], document }) => [...sizes, ...(document === undefined ? [] : [document])])
    .flatMap(({ file_id, file_unique_id }) => [file_id, file_unique_id]);

async function findAnywhere(sought: Sought): Promise<string[]> {
  // The embedded database is its process's own.
  await app.stop();
  const inTables = await withDatabase(home, async (db) => {
    expect(await checkLedger(db)).toEqual([]);
    return findTraces(db, sought);
  });
  const inFiles = findFileTraces(home.environment.DATA_DIR ?? '', sought);
  return [...inTables, ...inFiles, ...(redis === null ? [] : await findInRedis(redis, sought))];
}

const READERS: Readonly<Record<string, (client: Redis, key: string) => Promise<string>>> = {
  string: async (client, key) => (await client.getBuffer(key))?.toString('latin1') ?? '',
  set: async (client, key) => (await client.smembers(key)).join(),
  zset: async (client, key) => (await client.zrange(key, 0, -1)).join(),
  // It was there when the keys were listed, and is over.
  none: async () => '',
};

async function findInRedis({ url }: RedisServer, { ids, words }: Sought): Promise<string[]> {
  const client = new Redis(url);
  const keys = await client.keys('*');
  const held = await Promise.all(
    keys.map(async (key) => {
      const value = await READERS[await client.type(key)]?.(client, key);
      if (value === undefined) throw new Error(`${key} is of a type that nobody reads here`);
      return { key, text: `${key} ${value}` };
    }),
  );
  await client.quit();
  const isThere = (text: string) =>
    words.some((word) => text.includes(Buffer.from(word).toString('latin1'))) ||
    ids.some((id) => new RegExp(`(^|[^0-9])${id}([^0-9]|$)`).test(text));
  return held.filter(({ text }) => isThere(text)).map(({ key }) => `redis ${key}`);
}

describe('whoever asks for their data to be deleted', () => {
  test('reads what goes, what stays and what it costs, and may leave it', async () => {
    const emma = await newcomer();
    const question = await ask(emma, '/deletedata', /Delete your data/);
    expect(textOf(question)).toMatch(/lose 8 credits[\s\S]*7 days to come back/);
    expect(buttons(question)).toEqual(['Delete my data', 'Keep my data']);
    await tap(emma, 'Keep my data');
    await waitForText(emma, textsOf(emma)('deletion-kept'));
    await ask(emma, '/balance', /8 credits/);
  });

  test('is sold nothing and made nothing until they come back, by a button or /start', async () => {
    const [emma, admin] = [await newcomer(), sandbox.people.of(ADMIN_ID)];
    const card = await sendProduct(emma, photo);
    const draftId = await choose(emma, card);
    await leave(emma);
    const answer = await tap(emma, { data: `place:${draftId}`, messageId: card.message_id });
    expect(answer.text).toMatch(/about to be deleted/);
    await ask(emma, '/buy', /will be deleted on/);
    const [sent] = await emma.sendPhoto(photo);
    await waitForText(emma, /will be deleted on/, { after: sent?.message_id ?? 0 });
    await ask(admin, '/start', /Hello/);
    await ask(admin, `/user ${emma.id}`, /asked for their data to be deleted/);
    await ask(emma, '/start', /Hello, Emma/);
    expect(botMessages(emma).some((message) => /Welcome back/.test(textOf(message)))).toBe(true);
    await ask(emma, '/buy', /Choose a package/);

    await leave(emma);
    await tap(emma, 'Keep my data');
    await waitForText(emma, /Welcome back/);
    moveClock(SOON_MS);
    await ask(emma, '/balance', /8 credits/);
  });

  test('taps twice, and the first day counts', async () => {
    const emma = await newcomer();
    const question = await ask(emma, '/deletedata', /Delete your data/);
    const yes = { data: 'data:delete', messageId: question.message_id };
    await Promise.all([tap(emma, yes), tap(emma, yes)]);
    const leaving = botMessages(emma).filter((message) => /will be deleted on/.test(textOf(message)));
    expect(leaving).toHaveLength(1);
    await ask(emma, '/deletedata', /will be deleted on/);
  });

  test('cannot while they help here', async () => {
    const admin = sandbox.people.of(ADMIN_ID);
    await ask(admin, '/deletedata', textsOf(admin)('deletion-team'));
  });
});

describe('after seven days', () => {
  test('nothing of them is left in any table, cache or file, and they are told; who comes again is new', async () => {
    const [emma, admin] = [await newcomer(), sandbox.people.of(ADMIN_ID)];
    const { result } = await order(emma, photo, 2);
    await tap(emma, { data: buttonOf(result, 'change'), messageId: result.message_id });
    await sendProduct(emma, photo, 'a kumquat on quixotry');
    await ask(emma, '/support', /What can we do for you/);
    await ask(emma, 'Where is my zephyrine?', /is with us/);
    await ask(admin, `/gift ${emma.id} 2 patience with a zephyrine`, /2/);
    await waitForText(emma, /patience with a zephyrine/);
    const sought = {
      ids: [emma.id],
      words: ['Emma', 'kumquat', 'quixotry', 'zephyrine', ...filesOf(emma)],
    };
    const before = await findAnywhere(sought);
    expect(before.length).toBeGreaterThan(20);
    if (redis !== null) expect(before.filter((trace) => trace.startsWith('redis'))).not.toEqual([]);
    await start();

    await leave(emma);
    moveClock(SOON_MS);
    await waitForText(emma, textsOf(emma)('deletion-done'));
    expect(botMessages(emma).filter((message) => /data is deleted/.test(textOf(message)))).toHaveLength(1);
    vi.useRealTimers();
    expect(await findAnywhere({ ...sought, words: sought.words.filter((word) => word !== 'Emma') })).toEqual(
      [],
    );
    await start();

    await ask(emma, '/start', /Hello, Emma[\s\S]*no credits left/);
    await ask(emma, '/history', /.+/);
    expect(botMessages(emma).filter((message) => /data is deleted/.test(textOf(message)))).toHaveLength(1);
  });
});

function buttonOf(message: Parameters<typeof buttons>[0], verb: string): string {
  const found = message.reply_markup?.inline_keyboard
    .flat()
    .find((button) => 'callback_data' in button && button.callback_data.startsWith(`${verb}:`));
  if (found === undefined || !('callback_data' in found)) throw new Error(`no button says ${verb}`);
  return found.callback_data;
}
