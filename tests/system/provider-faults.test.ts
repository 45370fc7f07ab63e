/** What sellers and admins meet when the pictures' provider fails, refuses or has no money left. */
import type { Message } from '@grammyjs/types';
import { afterEach, describe, expect, test } from 'vitest';
import { ADMIN_ID, type FaultRule, type Person } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import { HOUSE_STYLES } from '../../src/photoshoots/styles/house-styles.ts';
import { fallbackStyles } from '../../src/screens/fallback-styles.ts';
import {
  ask,
  botMessages,
  idIn,
  PATIENCE,
  picturesOf,
  place,
  plain,
  sendProduct,
  tap,
  textOf,
  textsOf,
  waitForResult,
  waitForText,
} from '../support/conversation.ts';
import { playScene } from '../support/played-scene.ts';
import { buttons, seller, waitForButton } from '../support/seller.ts';

const mug = await sampleProductPhoto('mug');

const EDITS = 'images/edits';

describe('a provider that fails', () => {
  const scene = playScene(
    {
      RETRY_BASE_DELAY: '0',
      RETRY_MAX_DELAY: '2',
      // A rule spoils the calls of all pictures; no circuit may open on the way.
      CIRCUIT_FAILURE_THRESHOLD: '100',
      IMAGE_STALL_TIMEOUT: '10',
    },
    { expected: { errors: /^the provider does no work for us/ } },
  );
  afterEach(() => scene.sandbox.faults.clear());

  const spoil = (rule: FaultRule) => scene.sandbox.faults.add('openai', rule);

  async function expectBalance(person: Person, credits: number): Promise<void> {
    const [sent] = person.sendText('/balance');
    await waitForText(person, textsOf(person)('balance', { credits }), { after: sent?.message_id ?? 0 });
  }

  test('refuses one picture: the other arrives, and its credit alone is spent', async () => {
    const person = seller(scene, 'ru');
    const t = textsOf(person);
    const card = await sendProduct(person, mug);
    spoil({ match: EDITS, kind: 'refusal', times: 1 });
    const result = await waitForResult(person, await place(person, card, 2));
    expect(textOf(result)).toContain(t('result-ready', { delivered: 1 }));
    expect(textOf(result)).toContain(t('failure-provider-refused'));
    expect(textOf(result)).toContain(t('result-released', { released: 1 }));
    expect(textOf(result)).toContain(plain(t('result-credits', { used: 1, left: 7 })));
    expect(picturesOf(person)).toHaveLength(1);
  });

  test('refuses every picture: nothing is spent, and another style can be tried', async () => {
    const person = seller(scene, 'en');
    const t = textsOf(person);
    const card = await sendProduct(person, mug);
    spoil({ match: EDITS, kind: 'refusal' });
    const result = await waitForResult(person, await place(person, card, 2));
    expect(textOf(result)).toContain(plain(t('result-failed')));
    expect(textOf(result)).toContain(t('failure-provider-refused'));
    expect(textOf(result)).toContain(plain(t('result-credits', { used: 0, left: 8 })));
    expect(buttons(result)).toEqual([t('button-again', { credits: 2 }), t('button-restyle')]);
  });

  test.each<[what: string, rules: FaultRule[]]>([
    [
      'is busy and then out of order',
      [
        { match: EDITS, kind: '429', retryAfter: 1, times: 1 },
        { match: EDITS, kind: '5xx', status: 503, times: 1 },
      ],
    ],
    ['cuts a stream off', [{ match: EDITS, kind: 'truncate', times: 1 }]],
    ['ends a stream without a picture', [{ match: EDITS, kind: 'no-completed', times: 1 }]],
    ['resets the connection', [{ match: EDITS, kind: 'reset', times: 1 }]],
  ])('%s and then works: the seller notices nothing', async (_, rules) => {
    const person = seller(scene, 'en');
    const t = textsOf(person);
    const card = await sendProduct(person, mug);
    for (const rule of rules) spoil(rule);
    const result = await waitForResult(person, await place(person, card));
    expect(textOf(result)).toContain(t('result-ready', { delivered: 1 }));
    expect(picturesOf(person)).toHaveLength(1);
    await expectBalance(person, 7);
  });

  test('cannot be used at all for a while: the order waits, says so, and finishes by itself', async () => {
    const person = seller(scene, 'ru');
    const t = textsOf(person);
    const card = await sendProduct(person, mug);
    // A longer wait than a call may make, so that the order is put off.
    spoil({ match: EDITS, kind: '429', retryAfter: 3 });
    const id = await place(person, card);
    const busy = await waitForText(person, t('status-provider-busy'));
    expect(busy.message_id).toBe(card.message_id);
    expect(buttons(busy)).toEqual([t('button-cancel')]);
    scene.sandbox.faults.clear();
    const result = await waitForResult(person, id);
    expect(textOf(result)).toContain(t('result-ready', { delivered: 1 }));
    expect(person.messages().map((message) => message.message_id)).not.toContain(card.message_id);
    await expectBalance(person, 7);
  });

  test('an order that waits for it is cancelled at once', async () => {
    const person = seller(scene, 'en');
    const t = textsOf(person);
    const card = await sendProduct(person, mug);
    spoil({ match: EDITS, kind: '429', retryAfter: 60 });
    const id = await place(person, card);
    await waitForText(person, t('status-provider-busy'));
    await tap(person, t('button-cancel'));
    const result = await waitForResult(person, id);
    expect(textOf(result)).toContain(t('result-cancelled', { delivered: 0 }));
    await expectBalance(person, 8);
  });

  test.each<[what: string, kind: FaultRule['kind'], alert: string]>([
    ['has no quota left', 'quota', 'alert-provider-quota'],
    ['refuses the key', 'bad-key', 'alert-provider-key'],
  ])(
    '%s: no order fails, none is sold, the admin hears of it once, and of its end',
    async (_, kind, alert) => {
      const admin = scene.sandbox.people.of(ADMIN_ID);
      const t = textsOf(admin);
      admin.sendText('/start');
      await waitForText(admin, t('start-sample'));
      const [first, second, third] = [seller(scene, 'en'), seller(scene, 'ru'), seller(scene, 'en')];
      const cards = [
        await sendProduct(first, mug),
        await sendProduct(second, mug),
        await sendProduct(third, mug),
      ];
      const [firstCard, secondCard, thirdCard] = cards;
      if (!firstCard || !secondCard || !thirdCard) throw new Error('there are three cards');
      const told = (text: string) =>
        botMessages(admin).filter((message) => textOf(message).startsWith(plain(t(text)))).length;
      const toldBack = told('alert-provider-back');
      third.sendText('/buy');
      const shop = await third.waitFor((message) => idIn(message, 'buy') !== null, PATIENCE);
      await tap(third, buttons(shop)[0] ?? '');
      const invoice = await third.waitFor((message) => message.invoice !== undefined, PATIENCE);

      spoil({ match: EDITS, kind });
      const firstId = await place(first, firstCard);
      await waitForText(first, textsOf(first)('status-provider-busy'));
      const secondId = await place(second, secondCard);
      await waitForText(second, textsOf(second)('status-provider-busy'));
      await waitForText(admin, t(alert));
      const paused = textsOf(third)('shop-paused');
      await ask(third, '/buy', paused);
      await tap(third, { data: 'buy:1:stars', messageId: shop.message_id });
      await waitForText(third, paused, { after: shop.message_id });
      const refusal = { status: 'refused', error_message: textsOf(third)('checkout-paused') };
      expect(await third.pay(invoice.message_id)).toEqual(refusal);
      scene.sandbox.faults.clear();

      // The next order tells that it works again; those that wait need not wait for their turn.
      const thirdId = await place(third, thirdCard);
      const orders: [Person, number][] = [
        [first, firstId],
        [second, secondId],
        [third, thirdId],
      ];
      for (const [person, id] of orders) {
        const result = await waitForResult(person, id);
        expect(textOf(result)).toContain(textsOf(person)('result-ready', { delivered: 1 }));
      }
      await admin.waitFor(() => told('alert-provider-back') === toldBack + 1, PATIENCE);
      expect(told(alert)).toBe(1);
    },
  );

  test('has no quota left while a picture is under way: that it arrives does not end the pause', async () => {
    const admin = scene.sandbox.people.of(ADMIN_ID);
    const t = textsOf(admin);
    const [early, late, next] = [seller(scene, 'en'), seller(scene, 'en'), seller(scene, 'en')];
    const earlyCard = await sendProduct(early, mug);
    const lateCard = await sendProduct(late, mug);
    const nextCard = await sendProduct(next, mug);
    const { message_id: after } = await ask(admin, '/start', t('start-sample'));

    const underWay = scene.sandbox.faults.hold('openai', EDITS);
    const earlyId = await place(early, earlyCard);
    await underWay.reached;
    spoil({ match: EDITS, kind: 'quota' });
    const lateId = await place(late, lateCard);
    await waitForText(admin, t('alert-provider-quota'), { after });
    underWay.release();
    await waitForResult(early, earlyId);
    scene.sandbox.faults.clear();
    // The next call is the first that proves it, and it is told once.
    await waitForResult(next, await place(next, nextCard));
    await waitForResult(late, lateId);
    await waitForText(admin, t('alert-provider-back'), { after });
    const told = botMessages(admin).filter((message) => message.message_id > after);
    expect(told.map(textOf)).toEqual([
      expect.stringContaining(plain(t('alert-provider-quota'))),
      plain(t('alert-provider-back')),
    ]);
  });

  test('has no quota for the first look: the house’s styles are proposed at once, and the admin hears of both', async () => {
    const admin = scene.sandbox.people.of(ADMIN_ID);
    const t = textsOf(admin);
    admin.sendText('/start');
    const { message_id: after } = await waitForText(admin, t('start-sample'));
    const person = seller(scene, 'ru');
    spoil({ match: 'responses', kind: 'quota' });
    const card = await sendProduct(person, mug);
    expect(buttons(card).slice(0, 4)).toEqual(
      fallbackStyles(textsOf(person), HOUSE_STYLES).map(({ title }) => title),
    );
    const failing = { model: 'openai/gpt-5.6-luna', code: 'insufficient_quota' };
    const alert = await waitForText(admin, t('alert-recognition-failing', failing), { after });
    expect(textOf(alert)).toContain('You exceeded your current quota');
    scene.sandbox.faults.clear();
    await waitForResult(person, await place(person, card));
    await sendProduct(seller(scene, 'en'), mug);
    await waitForText(admin, t('alert-recognition-back'), { after });
  });

  test('finds a photo against its rules: said in the card, nothing charged', async () => {
    const person = seller(scene, 'ru');
    const t = textsOf(person);
    spoil({ match: 'moderations', kind: 'refusal', times: 1 });
    await person.sendPhoto(mug);
    const card = await waitForText(person, t('error-provider-refused'));
    expect(buttons(card)).toEqual([]);
    expect(botMessages(person)).toHaveLength(1);
    await expectBalance(person, 8);
  });

  test('finds a caption against its rules: said in the card as well', async () => {
    const person = seller(scene, 'en');
    const t = textsOf(person);
    await person.sendPhoto(mug, { caption: 'a swastika' });
    await waitForText(person, t('error-provider-refused'));
    await expectBalance(person, 8);
  });

  test('finds an own style against its rules: the order fails plainly and costs nothing', async () => {
    const person = seller(scene, 'en');
    const t = textsOf(person);
    const card = await sendProduct(person, mug);
    await tap(person, t('button-describe'));
    person.sendText('beside a swastika flag in the evening');
    await waitForButton(person, t('button-create', { pictures: 1, credits: 1 }), PATIENCE);
    const result = await waitForResult(person, await place(person, card, 0));
    expect(textOf(result)).toContain(t('failure-provider-refused'));
    expect(textOf(result)).toContain(plain(t('result-credits', { used: 0, left: 8 })));
  });

  test.each<[what: string, kind: FaultRule['kind']]>([
    ['in half a sentence', 'no-completed'],
    ['that it would rather not', 'refusal'],
  ])('answers %s when it should name the product: the house’s styles are proposed', async (_, kind) => {
    const person = seller(scene, 'ru');
    const t = textsOf(person);
    spoil({ match: 'responses', kind });
    const card = await sendProduct(person, mug);
    expect(buttons(card).slice(0, 4)).toEqual(fallbackStyles(t, HOUSE_STYLES).map(({ title }) => title));
    scene.sandbox.faults.clear();
    await waitForResult(person, await place(person, card));
  });

  test('answers what cannot be read, once: it is asked again', async () => {
    const person = seller(scene, 'en');
    spoil({ match: 'responses', kind: 'broken-json', times: 1 });
    const card = await sendProduct(person, mug);
    expect(textOf(card)).toContain('Blue mug');
  });

  test('sees different products in an album: the seller may have a photoshoot of each', async () => {
    const person = seller(scene, 'en');
    const t = textsOf(person);
    spoil({ match: 'responses', kind: 'different-products' });
    await person.sendAlbum([mug, mug, mug], { caption: 'Blue mug' });
    const card = await waitForText(person, t('card-different', { photos: 3 }));
    scene.sandbox.faults.clear();
    const sent = botMessages(person).length;
    await tap(person, t('button-split', { photos: 3 }));
    const cardsOf = () => botMessages(person).filter((message) => idIn(message, 'place') !== null);
    await expect.poll(cardsOf, { timeout: PATIENCE.timeoutMs }).toHaveLength(3);
    expect(botMessages(person)).toHaveLength(sent + 2);
    expect(new Set(cardsOf().map((message) => idIn(message, 'place')))).toHaveLength(3);
    expect(cardsOf().map((message) => message.message_id)).toContain(card.message_id);
    const last = cardsOf().at(-1);
    if (last !== undefined) await waitForResult(person, await place(person, last));
  });

  test.each(['en', 'ru'])(
    'sees different products: in %s their styles are chosen once, and what is affordable is made first',
    async (language) => {
      const person = seller(scene, language);
      const t = textsOf(person);
      spoil({ match: 'responses', kind: 'different-products' });
      await person.sendAlbum([mug, mug, mug]);
      const card = await waitForText(person, t('card-different', { photos: 3 }));
      scene.sandbox.faults.clear();
      const id = idIn(card, 'series') ?? 0;
      await tap(person, t('button-series', { photos: 3 }));
      const series = await waitForText(person, t('series-title', { photos: 3 }));
      expect(series.message_id).toBe(card.message_id);
      expect(idIn(series, 'place')).toBeNull();
      for (const number of [11, 12, 13]) {
        await tap(person, { data: `style:${id}:${number}`, messageId: card.message_id });
      }
      // Nine pictures, and eight credits: two whole photos are affordable.
      await tap(person, t('button-create', { pictures: 9, credits: 9 }));
      await waitForButton(person, t('button-affordable-photos', { photos: 2, credits: 6 }));
      await tap(person, t('button-affordable-photos', { photos: 2, credits: 6 }));
      const results = () => botMessages(person).filter((message) => idIn(message, 'again') !== null);
      await expect.poll(results, { timeout: PATIENCE.timeoutMs }).toHaveLength(2);
      expect(picturesOf(person)).toHaveLength(6);
      expect(textOf(results().at(-1) as Message)).toContain(plain(t('result-credits', { used: 3, left: 2 })));
      // What is left is a card of one photo.
      await waitForButton(person, t('button-create', { pictures: 3, credits: 3 }));
      await tap(person, { data: `style:${id}:13`, messageId: card.message_id });
      await tap(person, t('button-create', { pictures: 2, credits: 2 }));
      const last = await waitForResult(person, id);
      expect(textOf(last)).toContain(plain(t('result-credits', { used: 2, left: 0 })));
    },
  );

  test('sees one product in an album, and says so', async () => {
    const person = seller(scene, 'ru');
    const t = textsOf(person);
    await person.sendAlbum([mug, mug]);
    await waitForText(person, t('card-views', { photos: 2 }));
  });

  test('sees no product: the seller decides', async () => {
    const person = seller(scene, 'ru');
    const t = textsOf(person);
    spoil({ match: 'responses', kind: 'not-a-product' });
    const card = await sendProduct(person, mug);
    expect(textOf(card)).toContain(t('card-no-product'));
    scene.sandbox.faults.clear();
    await waitForResult(person, await place(person, card));
  });
});
