/** What becomes of orders whose sellers block the bot, and of everybody else meanwhile. */
import { lt, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { ADMIN_ID, type FaultRule, type Person, type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import { type App, startApp } from '../../src/app.ts';
import { checkLedger } from '../../src/billing/checks/check-ledger.ts';
import { pictureFiles, users } from '../../src/database/schema/index.ts';
import {
  ask,
  botMessages,
  idIn,
  order,
  PATIENCE,
  picturesOf,
  place,
  plain,
  sendProduct,
  tap,
  textOf,
  textsOf,
  waitForCard,
  waitForResult,
  waitForText,
} from '../support/conversation.ts';
import { hearLog } from '../support/heard-log.ts';
import { expectInvariants, withDatabase } from '../support/invariants.ts';
import { playScene } from '../support/played-scene.ts';
import { brisk, configFor, createHome, type Home, silentLog } from '../support/running-app.ts';
import { buttons, seller } from '../support/seller.ts';

const mug = await sampleProductPhoto('mug');

const EDITS = 'images/edits';
const BLOCKED = { status: 403, description: 'Forbidden: bot was blocked by the user' };

/** Resolves when Telegram has refused to let the bot do this to the person. */
const refused = ({ journal }: Sandbox, person: Person, method: string) =>
  journal.waitFor(
    (call) => call.method === method && call.code !== 200 && Number(call.parameters.chat_id) === person.id,
    PATIENCE,
  );

describe('a seller who blocks the bot', () => {
  let sandbox: Sandbox;
  let home: Home;
  let app: App;
  let heard = hearLog();

  async function start(overrides: Record<string, string> = {}): Promise<void> {
    heard = hearLog('trace');
    const config = configFor(home, sandbox, {
      LOG_LEVEL: 'debug',
      RETRY_MAX_DELAY: '2',
      IMAGE_MODELS: 'gpt-image-2.6-flare',
      // One order at a time: the next one's end tells that the one before it is over.
      ASYNC_WORKERS: '1',
      ...overrides,
    });
    app = await startApp(brisk(config), heard.log);
  }

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, log: silentLog, tempo: 'hasty' });
    home = await createHome();
    await start();
  });
  afterEach(() => sandbox.faults.clear());
  afterAll(async () => {
    await app.stop();
    await expectInvariants(home, 1);
    await withDatabase(home, async (db) => expect(await checkLedger(db)).toEqual([]));
    await sandbox.stop();
    await home.remove();
  });

  const newSeller = () => seller({ sandbox }, 'en');

  const MOST = 100;
  /** From now on counts the paid calls for pictures, in the place of all other faults. */
  function countCalls(): () => number {
    sandbox.faults.clear();
    sandbox.faults.add('openai', { match: EDITS, kind: 'slow', delayMs: 1, times: MOST });
    return () => MOST - (sandbox.faults.rules().openai[0]?.times ?? 0);
  }

  /** Somebody else orders one picture: behind what was placed before. @returns all paid calls until it arrived */
  async function callsUntilNextOrder(): Promise<number> {
    const calls = countCalls();
    await order(newSeller(), mug);
    return calls();
  }

  test('before the first picture: none is made until they are back', async () => {
    const person = newSeller();
    const t = textsOf(person);
    const card = await sendProduct(person, mug);
    const begun = sandbox.faults.hold('telegram', 'sendChatAction');
    const id = await place(person, card, 2);
    await begun.reached;
    person.block();
    begun.release();
    await refused(sandbox, person, 'sendChatAction');
    expect(await callsUntilNextOrder()).toBe(1);
    person.unblock();
    person.sendText('/start');
    const result = await waitForResult(person, id);
    expect(textOf(result)).toContain(plain(t('result-credits', { used: 2, left: 6 })));
    expect(picturesOf(person)).toHaveLength(2);
  });

  test('between two pictures: the second is not made until they are back, the first is not made again', async () => {
    const person = newSeller();
    const t = textsOf(person);
    const card = await sendProduct(person, mug);
    sandbox.faults.add('openai', { match: EDITS, kind: '429', retryAfter: 5, times: 1 });
    const id = await place(person, card, 2);
    await waitForText(person, t('status-provider-busy'));
    person.block();
    await refused(sandbox, person, 'sendChatAction');
    expect(await callsUntilNextOrder()).toBe(1);
    const calls = countCalls();
    person.unblock();
    person.sendText('/start');
    const result = await waitForResult(person, id);
    expect(textOf(result)).toContain(t('result-ready', { delivered: 2 }));
    expect(picturesOf(person)).toHaveLength(2);
    expect(calls()).toBe(1);
  });

  test.each<[what: string, gone: Pick<FaultRule, 'status' | 'description'>]>([
    ['blocked', BLOCKED],
    ['deleted by its person', { status: 403, description: 'Forbidden: user is deactivated' }],
    ['not found', { status: 400, description: 'Bad Request: chat not found' }],
  ])('at the delivery, the chat %s: the picture waits and comes once', async (_, gone) => {
    const person = newSeller();
    const t = textsOf(person);
    const card = await sendProduct(person, mug);
    sandbox.faults.add('telegram', { match: 'sendPhoto', kind: 'refusal', ...gone });
    const id = await place(person, card);
    await refused(sandbox, person, 'sendPhoto');
    expect(await callsUntilNextOrder()).toBe(1);
    person.sendText('/start');
    const result = await waitForResult(person, id);
    expect(textOf(result)).toContain(t('result-ready', { delivered: 1 }));
    expect(picturesOf(person)).toHaveLength(1);
    expect(textOf(picturesOf(person)[0] ?? result)).not.toContain(t('result-repeat'));
  });

  test('and is gone for a month: the credits are back, and who returns after all reads so', async () => {
    const person = newSeller();
    const t = textsOf(person);
    const card = await sendProduct(person, mug);
    const making = sandbox.faults.hold('openai', EDITS);
    const id = await place(person, card, 2);
    await making.reached;
    person.block();
    making.release();
    await refused(sandbox, person, 'sendMediaGroup');
    await app.stop();
    await withDatabase(home, async (db) => {
      const [kept] = await db.select({ count: sql`count(*)`.mapWith(Number) }).from(pictureFiles);
      await db.update(users).set({ blockedAt: sql`${users.blockedAt} - interval '31 days'` });
      const [gone] = await db
        .select()
        .from(users)
        .where(lt(users.blockedAt, sql`now() - interval '30 days'`));
      expect(gone).toMatchObject({ id: person.id, credits: 6, reservedCredits: 2 });
      expect(kept?.count).toBeGreaterThanOrEqual(2);
    });

    await start({ CLEANUP_INTERVAL: '1' });
    const swept = (task: string) =>
      expect(heard.lines.some((line) => line.includes(`"task":"${task}"`))).toBe(true);
    await vi.waitFor(() => swept('unclaimed photoshoots'), { timeout: 60_000, interval: 50 });
    await vi.waitFor(() => swept('old originals'), { timeout: 60_000, interval: 50 });
    person.unblock();
    person.sendText('/start');
    const result = await waitForResult(person, id);
    expect(textOf(result)).toContain(plain(t('result-unclaimed')));
    expect(textOf(result)).toContain(t('failure-unclaimed'));
    expect(textOf(result)).toContain(plain(t('result-credits', { used: 0, left: 8 })));
    expect(picturesOf(person)).toHaveLength(0);

    await tap(person, t('button-again', { credits: 2 }));
    await person.waitFor((message) => buttons(message).includes(t('button-originals')), PATIENCE);
    expect(picturesOf(person)).toHaveLength(2);
  });
});

describe('while orders wait for sellers who have blocked the bot', () => {
  const scene = playScene(
    { FREE_CREDITS: '0', RETRY_BASE_DELAY: '0', RETRY_MAX_DELAY: '2' },
    {
      expected: {
        refusals: /^sendPhoto: Forbidden: bot was blocked by the user/,
        errors: /^the provider does no work for us/,
      },
    },
  );
  let admin: Person;

  beforeAll(async () => {
    admin = scene.sandbox.people.of(ADMIN_ID);
    await ask(admin, '/start', /Hello/);
  });
  afterEach(() => scene.sandbox.faults.clear());

  const spoil = (match: string) => scene.sandbox.faults.add('openai', { match, kind: 'quota' });

  /** Asks for the smallest package and agrees to pay. @returns what Telegram shows: paid, or why not */
  async function buy(person: Person): Promise<string> {
    const shop = await ask(person, '/buy', /Choose a package/);
    await tap(person, buttons(shop)[0] ?? '');
    const invoice = await person.waitFor(
      (message) => message.invoice !== undefined && message.message_id > shop.message_id,
      PATIENCE,
    );
    const outcome = await person.pay(invoice.message_id);
    return outcome.status === 'refused' ? outcome.error_message : outcome.status;
  }

  /** A seller with credits and the card of a recognised product. */
  async function buyerWithCard() {
    const person = seller(scene, 'en');
    await ask(person, '/start', /Hello/);
    expect(await buy(person)).toBe('paid');
    await waitForText(person, /credits added/);
    return { person, card: await sendProduct(person, mug) };
  }

  /** The newest message of the admin's chat. */
  const lastTold = () => botMessages(admin).at(-1)?.message_id ?? 0;

  test('whose pictures are made: a pause of sales ends with the next recognition', async () => {
    const { person: gone, card } = await buyerWithCard();
    const making = scene.sandbox.faults.hold('openai', EDITS);
    await place(gone, card);
    await making.reached;
    gone.block();
    making.release();
    await refused(scene.sandbox, gone, 'sendPhoto');

    const person = seller(scene, 'en');
    const t = textsOf(person);
    const after = lastTold();
    spoil('moderations');
    const [sent] = await person.sendPhoto(mug);
    await waitForText(admin, textsOf(admin)('alert-provider-quota'), { after });
    await ask(person, '/buy', t('shop-paused'));
    scene.sandbox.faults.clear();
    await waitForCard(person, { after: sent?.message_id ?? 0 });
    await waitForText(admin, textsOf(admin)('alert-provider-back'), { after });
    expect(await buy(person)).toBe('paid');
    await waitForText(person, /credits added/);
    await order(person, mug);
  });

  test('whose pictures are not made yet: a pause of sales ends with the next recognition as well', async () => {
    const { person: gone, card } = await buyerWithCard();
    const after = lastTold();
    spoil(EDITS);
    await place(gone, card);
    await waitForText(gone, textsOf(gone)('status-provider-busy'));
    await waitForText(admin, textsOf(admin)('alert-provider-quota'), { after });
    const person = seller(scene, 'en');
    const first = await sendProduct(person, mug);
    // While that seller is there, it is for the order to tell: pictures are still not made.
    expect(idIn(first, 'place')).not.toBeNull();
    await ask(person, '/buy', textsOf(person)('shop-paused'));

    gone.block();
    await vi.waitFor(
      async () => expect(textOf(await ask(admin, '/admin_stats', /New:/))).toContain('2 blocked'),
      { timeout: 60_000, interval: 200 },
    );
    await sendProduct(person, mug);
    await waitForText(admin, textsOf(admin)('alert-provider-back'), { after });
    expect(await buy(person)).toBe('paid');
  });
});
