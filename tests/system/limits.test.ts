/** How much one person may ask for, and that nobody else notices. */
import type { Message } from '@grammyjs/types';
import { describe, expect, test } from 'vitest';
import { ADMIN_ID } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import {
  ask,
  botMessages,
  choose,
  idIn,
  order,
  PATIENCE,
  place,
  plain,
  sendProduct,
  tap,
  textOf,
  textsOf,
  waitForResult,
  waitForText,
} from '../support/conversation.ts';
import { playScene, playSceneInTest } from '../support/played-scene.ts';
import { buttons, seller } from '../support/seller.ts';
import { INJECTED_TAPS } from '../support/tidy.ts';

const mug = await sampleProductPhoto('mug');
const jar = await sampleProductPhoto('jar');

const MESSAGES = 4;
const TOKEN = 'a-token-of-the-owners-tools';

test('photos beyond a day’s number get the house’s styles and one word why, and can be ordered all the same', async () => {
  const scene = await playSceneInTest({ RECOGNITIONS_PER_DAY: '1' });
  const [eager, calm] = [seller(scene, 'en'), seller(scene, 'en')];
  expect(textOf(await sendProduct(eager, mug))).toContain('Blue mug');
  for (const photo of [jar, jar]) expect(textOf(await sendProduct(eager, photo))).not.toContain('Blue mug');
  const told = botMessages(eager).filter((message) => textOf(message).includes('within a day'));
  expect(told.map(textOf)).toEqual([expect.stringMatching(/again in 24 hours\.$/)]);
  await order(eager, jar);
  expect(textOf(await sendProduct(calm, mug))).toContain('Blue mug');
});

test('owners change limits while the bot runs, in chat and over HTTP, each until its end', async () => {
  const scene = await playSceneInTest({
    USER_RATE_LIMIT: '5',
    USER_RATE_WINDOW: '600',
    ADMIN_API_TOKEN: TOKEN,
  });
  const admin = scene.sandbox.people.of(ADMIN_ID);
  const t = textsOf(admin);
  const asked = await ask(admin, '/limits', plain(t('limits-title')));
  expect(textOf(asked)).toContain('messages of one person: 5 in 10 min');
  expect(textOf(asked)).toContain(t('limits-nobody-waits'));

  // Five messages would be allowed; two are, once an owner has pressed.
  const pressed = t('button-limit-lower', { mark: '💬', most: 2 });
  await tap(admin, pressed);
  const eager = seller(scene, 'en');
  for (let count = 0; count < 4; count++) eager.sendText('/help');
  await waitForText(eager, /That was a lot! Please wait \d+ s/);
  expect(botMessages(eager)).toHaveLength(3);
  const changed = await ask(admin, '/limits', plain(t('limits-title')));
  expect(textOf(changed)).toMatch(/messages of one person: 2 in 10 min until .+, then 5 again/);
  expect(textOf(changed)).toContain(`${eager.id}, messages of one person:`);
  expect(await ask(admin, '/limits messages many', 'The limit, how many')).toBeDefined();
  expect(textOf(await ask(admin, '/limits messages 7 90', 'one person: 7 in'))).toContain('then 5 again');

  const call = (method: 'GET' | 'PUT', body?: object, token = TOKEN) =>
    fetch(`${scene.app.url}/api/limits`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  expect((await call('PUT', { messages: null }, 'another-token-of-that-length')).status).toBe(401);
  expect((await call('PUT', { messages: { most: 0, minutes: 1 } })).status).toBe(400);
  expect((await call('PUT', { nothing: { most: 1, minutes: 1 } })).status).toBe(400);
  const put = await call('PUT', { messages: null, photoshoots: { most: 9, minutes: 60 } });
  expect(await put.json()).toMatchObject({
    status: 'success',
    data: {
      limits: {
        messages: { most: 5, window_seconds: 600, usual: 5, until: null },
        photoshoots: { most: 9, window_seconds: 3600, usual: 1000, until: expect.any(String) },
      },
      // What somebody was told to wait for counts no more.
      waiting: [],
    },
  });
  expect(await (await call('GET')).json()).toMatchObject({
    data: { limits: { photoshoots: { most: 9 } } },
  });
  eager.sendText('/help');
  await eager.waitFor(() => botMessages(eager).length === 4);

  const health = await (await fetch(`${scene.app.url}/health`)).json();
  expect(health).toMatchObject({
    services: { limits: { status: 'ok' } },
    rate_limiting: { active_users: 1, user_limit: '5 requests per 600s' },
  });
  const stranger = seller(scene, 'en');
  expect(textOf(await ask(stranger, '/limits', ''))).not.toContain(plain(t('limits-title')));
});

test('an order beyond the places waits in line and shows so; one beyond the line is declined, and nothing is charged', async () => {
  const scene = await playSceneInTest({
    MAX_CONCURRENT_REQUESTS: '2',
    MAX_WAITING_PHOTOSHOOTS: '1',
    // What is held up must not be given up meanwhile.
    IMAGE_STALL_TIMEOUT: '240',
    IMAGE_DEADLINE: '290',
  });
  const admin = scene.sandbox.people.of(ADMIN_ID);
  await ask(admin, '/start', textsOf(admin)('start-sample'));
  const people = [seller(scene, 'en'), seller(scene, 'en'), seller(scene, 'en')] as const;
  const [first, second, third] = people;
  const cards = [];
  for (const person of people) cards.push(await sendProduct(person, mug));
  const [ofFirst, ofSecond, ofThird] = cards as [Message, Message, Message];
  const t = textsOf(third);

  const held = scene.sandbox.faults.hold('openai', 'images/edits');
  const one = await place(first, ofFirst, 2);
  await held.reached;
  const two = await place(second, ofSecond);
  await waitForText(second, t('status-queued-next'));
  await choose(third, ofThird);
  const create = t('button-create', { pictures: 1, credits: 1 });
  await tap(third, create);
  await waitForText(third, t('error-line-full', { waiting: 1 }));
  await waitForText(admin, 'The line is full');
  await ask(third, '/balance', t('balance', { credits: 8 }));
  // It begins when there is room for it, and not before.
  expect(botMessages(second).map(textOf).at(-1)).toBe(plain(t('status-queued-next')));
  held.release();
  await Promise.all([waitForResult(first, one), waitForResult(second, two)]);
  await tap(third, { data: `place:${idIn(ofThird, 'place')}`, messageId: ofThird.message_id });
  await waitForResult(third, idIn(ofThird, 'place') ?? 0);
  await waitForText(admin, 'The line has room again');
});

test('a tap that is delivered twice is answered with what it has placed, though the line is full by then', async () => {
  const scene = await playSceneInTest(
    {
      MAX_CONCURRENT_REQUESTS: '1',
      MAX_WAITING_PHOTOSHOOTS: '1',
      IMAGE_STALL_TIMEOUT: '240',
      IMAGE_DEADLINE: '290',
    },
    { expected: { refusals: INJECTED_TAPS } },
  );
  const [person, other] = [seller(scene, 'en'), seller(scene, 'en')];
  const t = textsOf(person);
  const { photoshootId, result } = await order(person, mug);
  const card = await sendProduct(other, mug);
  const held = scene.sandbox.faults.hold('openai', 'images/edits');
  const blocking = await place(other, card);
  await held.reached;
  const answers = () =>
    scene.sandbox.journal
      .calls('answerCallbackQuery')
      .filter(({ parameters }) => parameters.callback_query_id === 'twice')
      .map(({ parameters }) => parameters.text);
  const tapped = {
    id: 'twice',
    from: person.persona,
    message: result,
    chat_instance: '1',
    data: `again:${photoshootId}`,
  };
  scene.sandbox.people.injectUpdate({ callback_query: tapped });
  await waitForText(person, t('status-queued-next'));
  scene.sandbox.people.injectUpdate({ callback_query: tapped });
  await expect
    .poll(answers, { timeout: PATIENCE.timeoutMs })
    .toEqual([t('again-placed'), t('error-already-placed')]);
  held.release();
  await waitForResult(other, blocking);
});

describe('the limits of one person', () => {
  const scene = playScene({
    USER_RATE_LIMIT: String(MESSAGES),
    USER_RATE_WINDOW: '600',
    RATE_LIMIT_PER_USER: '1',
  });

  test('are told once, hold for commands and photos alike, and leave the others alone', async () => {
    const [eager, calm] = [seller(scene, 'ru'), seller(scene, 'en')];
    const t = textsOf(eager);
    const limit = /Это много! Подождите \d+ с/;
    for (let count = 0; count < 15; count += 1) {
      if (count % 3 === 0) await eager.sendPhoto(mug);
      else eager.sendText(count % 3 === 1 ? '/help' : 'ок');
    }
    await waitForText(eager, limit);
    calm.sendText('/help');
    await waitForText(calm, textsOf(calm)('help'));
    // A tap is no message: what was sent before the limit can still be used.
    await tap(eager, t('button-back'));
    const answers = botMessages(eager);
    expect(answers.filter((message) => limit.test(textOf(message)))).toHaveLength(1);
    expect(answers).toHaveLength(MESSAGES + 1);
  });

  test('are not those of an owner, whose work is quick', async () => {
    const admin = scene.sandbox.people.of(ADMIN_ID);
    for (let count = 0; count < 3 * MESSAGES; count += 1) admin.sendText('/help');
    const help = expect.stringContaining(plain(textsOf(admin)('help')));
    const answers = () => botMessages(admin).map(textOf);
    await admin.waitFor(() => answers().length >= 3 * MESSAGES);
    expect(answers()).toEqual(Array.from({ length: 3 * MESSAGES }, () => help));
  });

  test('count an album as one message', async () => {
    const person = seller(scene, 'en');
    const t = textsOf(person);
    await person.sendAlbum(Array.from({ length: 5 }, () => mug));
    await waitForText(person, t('card-product', { name: 'Blue mug' }));
    for (let count = 1; count < MESSAGES; count += 1) person.sendText('/help');
    await person.waitFor(
      () => botMessages(person).filter((message) => textOf(message).startsWith('How it works')).length === 3,
    );
    expect(botMessages(person)).toHaveLength(MESSAGES);
  });

  test('allow so many photoshoots an hour: the next one stays a draft', async () => {
    const person = seller(scene, 'en');
    const t = textsOf(person);
    const { result } = await order(person, mug);
    const again = await tap(person, t('button-again', { credits: 1 }));
    expect(again.text).toMatch(/^That is a lot for one hour! Please wait (60|59) min/);
    const card = await sendProduct(person, mug);
    // Two of them: the one from before alone would be offered as it is.
    await choose(person, card, 2);
    const create = t('button-create', { pictures: 2, credits: 2 });
    expect((await tap(person, create)).text).toMatch(/^That is a lot for one hour!/);
    const last = person.lastMessage();
    expect(last === undefined ? [] : buttons(last)).toContain(create);
    person.sendText('/balance');
    await waitForText(person, t('balance', { credits: 7 }), { after: result.message_id });
  });
});
