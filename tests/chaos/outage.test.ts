/** The pictures' provider is away for minutes: nobody loses more than time, and the owner hears of it. */
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { ADMIN_ID, type FaultRule, type Person } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import {
  ask,
  botMessages,
  idIn,
  PATIENCE,
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
import { playScene } from '../support/played-scene.ts';
import { buttons, seller } from '../support/seller.ts';
import type { Untidy } from '../support/tidy.ts';

const mug = await sampleProductPhoto('mug');

const EDITS = 'images/edits';
const MODEL = 'openai/gpt-image-2';

type Health = { status: string; selling: object; openCircuits: string[]; deadUpdates: number };

/** A bot with an admin who has written to it. */
function playStage(overrides: Record<string, string>, expected: Untidy = {}) {
  const scene = playScene(
    { RETRY_BASE_DELAY: '0', RETRY_MAX_DELAY: '1', IMAGE_MODELS: 'gpt-image-2', ...overrides },
    { expected },
  );
  let admin: Person;
  beforeAll(async () => {
    admin = scene.sandbox.people.of(ADMIN_ID);
    await ask(admin, '/start', textsOf(admin)('start-sample'));
  });
  afterEach(() => scene.sandbox.faults.clear());
  return {
    scene,
    get admin() {
      return admin;
    },
    spoil: (rule: FaultRule) => scene.sandbox.faults.add('openai', rule),
    async health(): Promise<Health & { code: number }> {
      const answer = await fetch(`${scene.app.url}/health`);
      return { ...((await answer.json()) as Health), code: answer.status };
    },
    /** How often the admin was told this, after a message of theirs. */
    told: (text: string, after = 0) =>
      botMessages(admin).filter(({ message_id: id, ...message }) => {
        return id > after && textOf({ message_id: id, ...message }).includes(plain(text));
      }).length,
  };
}

async function expectDelivered(person: Person, photoshootId: number): Promise<void> {
  const result = await waitForResult(person, photoshootId);
  expect(textOf(result)).toContain(textsOf(person)('result-ready', { delivered: 1 }));
}

describe('an outage of minutes', () => {
  const stage = playStage({
    CIRCUIT_FAILURE_THRESHOLD: '3',
    // Left to its own time, an open circuit would not be tried again before the test is over.
    CIRCUIT_RESET_TIMEOUT: '3600',
    OUTAGE_ALERT_AFTER: '1',
  });
  const outageText = (status: number) =>
    textsOf(stage.admin)('alert-provider-outage', { model: MODEL, code: `http-${status}` });

  test.each<[status: number, match: string]>([
    [502, '*'],
    [503, '*'],
    [504, '*'],
    // Only pictures are away: what costs nothing is answered all the while.
    [502, EDITS],
  ])(
    '%i for %s: no order fails, the admins are told once, nothing is sold, and all goes on by itself',
    async (status, match) => {
      const { scene, admin, spoil, health, told } = stage;
      const { message_id: after } = await ask(admin, '/start', textsOf(admin)('start-sample'));
      const people = [seller(scene, 'en'), seller(scene, 'ru'), seller(scene, 'en')] as const;
      const cards = await Promise.all(people.map((person) => sendProduct(person, mug)));
      const [buyer] = people;
      const t = textsOf(buyer);
      buyer.sendText('/buy');
      const shop = await buyer.waitFor((message) => idIn(message, 'buy') !== null, PATIENCE);
      await tap(buyer, buttons(shop)[0] ?? '');
      const invoice = await buyer.waitFor((message) => message.invoice !== undefined, PATIENCE);

      spoil({ match, kind: '5xx', status });
      const orders = await Promise.all(
        people.map(async (person, index) => {
          const card = cards[index];
          if (card === undefined) throw new Error('everybody has a card');
          return { person, id: await place(person, card) };
        }),
      );
      for (const { person } of orders) await waitForText(person, textsOf(person)('status-provider-busy'));
      await waitForText(admin, outageText(status), { after });
      await ask(buyer, '/buy', t('shop-paused'));
      expect(await buyer.pay(invoice.message_id)).toEqual({
        status: 'refused',
        error_message: t('checkout-paused'),
      });
      await vi.waitFor(
        async () =>
          expect(await health()).toMatchObject({
            code: 200,
            status: 'degraded',
            selling: { on: false, reasons: ['provider-outage'] },
            openCircuits: [MODEL],
          }),
        { timeout: 60_000, interval: 200 },
      );

      scene.sandbox.faults.clear();
      for (const { person, id } of orders) await expectDelivered(person, id);
      await waitForText(admin, textsOf(admin)('alert-provider-back'), { after });
      expect([told('⚠️', after), told('✅', after)]).toEqual([1, 1]);
      expect(await health()).toMatchObject({ status: 'ok', selling: { on: true }, openCircuits: [] });
      expect((await buyer.pay(invoice.message_id)).status).toBe('paid');
    },
  );

  test('of the first look alone: the draft goes on, and the admins hear of both ends', async () => {
    const { scene, admin, spoil, health } = stage;
    const { message_id: after } = await ask(admin, '/start', textsOf(admin)('start-sample'));
    const person = seller(scene, 'ru');
    spoil({ match: '*', kind: '5xx', status: 503 });
    const [sent] = await person.sendPhoto(mug);
    await waitForText(person, textsOf(person)('status-provider-busy'));
    await waitForText(admin, 'omni-moderation-latest: http-503', { after });
    scene.sandbox.faults.clear();
    await waitForCard(person, { after: sent?.message_id ?? 0 });
    await waitForText(admin, textsOf(admin)('alert-provider-back'), { after });
    expect(await health()).toMatchObject({ status: 'ok' });
  });

  test('of recognition alone: nobody waits, the house’s styles stand in, and it is used again when it is back', async () => {
    const { scene, admin, spoil, health } = stage;
    const { message_id: after } = await ask(admin, '/start', textsOf(admin)('start-sample'));
    spoil({ match: 'responses', kind: '5xx', status: 503 });
    const person = seller(scene, 'en');
    const card = await sendProduct(person, mug);
    expect(textOf(card)).not.toContain('Blue mug');
    const failing = { model: 'openai/gpt-5.6-luna', code: 'http-503' };
    await waitForText(admin, textsOf(admin)('alert-recognition-failing', failing), { after });
    await expectDelivered(person, await place(person, card));
    expect(await health()).toMatchObject({ selling: { on: true }, openCircuits: ['openai:detection'] });
    scene.sandbox.faults.clear();
    await vi.waitFor(
      async () => expect(textOf(await sendProduct(seller(scene, 'en'), mug))).toContain('Blue mug'),
      { timeout: 60_000, interval: 500 },
    );
    await waitForText(admin, textsOf(admin)('alert-recognition-back'), { after });
    expect(await health()).toMatchObject({ status: 'ok', openCircuits: [] });
  });

  test('in which the only one who waits gives up ends when the provider answers', async () => {
    const { scene, admin, spoil } = stage;
    const { message_id: after } = await ask(admin, '/start', textsOf(admin)('start-sample'));
    const person = seller(scene, 'en');
    const card = await sendProduct(person, mug);
    spoil({ match: '*', kind: '5xx', status: 503 });
    await place(person, card);
    await waitForText(admin, outageText(503), { after });
    await waitForText(person, textsOf(person)('status-provider-busy'));
    await tap(person, textsOf(person)('button-cancel'));
    scene.sandbox.faults.clear();
    await waitForText(admin, textsOf(admin)('alert-provider-back'), { after });
  });
});

describe('a picture that is paid for and never comes', () => {
  const stage = playStage(
    { CIRCUIT_FAILURE_THRESHOLD: '100', OUTAGE_ALERT_AFTER: '3600' },
    { errors: /^a picture was paid for often and never came$/ },
  );

  test('pages of a gateway are none of these: after a dozen of them it is made', async () => {
    const { scene, spoil } = stage;
    const person = seller(scene, 'en');
    const card = await sendProduct(person, mug);
    spoil({ match: EDITS, kind: '5xx', status: 502, times: 12 });
    await expectDelivered(person, await place(person, card));
  });

  test('the owners are asked once, and the order waits and does not fail', async () => {
    const { scene, admin, spoil, told } = stage;
    const person = seller(scene, 'en');
    const t = textsOf(person);
    const card = await sendProduct(person, mug);
    spoil({ match: EDITS, kind: 'truncate' });
    const id = await place(person, card);
    await waitForText(admin, textsOf(admin)('alert-picture-paid-often', { paid: 8, photoshoot: String(id) }));
    const times = () =>
      scene.heard.lines.filter((line) => line.includes('a picture was paid for often and never came')).length;
    // It looked at least twice more, and asked, and bought, nothing.
    const before = times();
    await vi.waitFor(() => expect(times()).toBeGreaterThan(before + 1), { timeout: 60_000, interval: 200 });
    expect(told('⚠️')).toBe(1);
    const busy = await waitForText(person, t('status-provider-busy'));
    expect(buttons(busy)).toEqual([t('button-cancel')]);
    scene.sandbox.faults.clear();
    await tap(person, t('button-cancel'));
    const result = await person.waitFor((message) => idIn(message, 'again') === id, PATIENCE);
    expect(textOf(result)).toContain(t('result-cancelled', { delivered: 0 }));
  });
});
