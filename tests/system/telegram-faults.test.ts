/** What sellers meet when Telegram misbehaves, or when they leave and come back. */
import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import type { FaultRule, Person } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import {
  botMessages,
  choose,
  order,
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
import { withDatabase } from '../support/invariants.ts';
import { playScene, playSceneInTest } from '../support/played-scene.ts';
import { buttons, seller, waitForButton } from '../support/seller.ts';

const mug = await sampleProductPhoto('mug');

const EDITS = 'images/edits';
const captionsOf = (person: Person) => picturesOf(person).map(textOf);

describe('Telegram at its worst', () => {
  const scene = playScene(
    {},
    { expected: { refusals: /^send(Photo|Message): Forbidden: bot was blocked by the user/ } },
  );
  afterEach(() => scene.sandbox.faults.clear());

  const spoil = (rule: FaultRule) => scene.sandbox.faults.add('telegram', rule);
  const refuse = (match: string, description: string, times: number): FaultRule => ({
    match,
    kind: 'refusal',
    description: `Bad Request: ${description}`,
    times,
  });

  async function expectBalance(person: Person, credits: number): Promise<void> {
    const [sent] = person.sendText('/balance');
    await waitForText(person, textsOf(person)('balance', { credits }), { after: sent?.message_id ?? 0 });
  }

  test('a seller who blocks the bot while pictures are made finds them when they come back', async () => {
    const person = seller(scene, 'ru');
    const t = textsOf(person);
    const card = await sendProduct(person, mug);
    const begun = scene.sandbox.faults.hold('openai', EDITS);
    const id = await place(person, card);
    await begun.reached;
    person.block();
    begun.release();
    await scene.sandbox.journal.waitFor(
      ({ method, code, parameters }) =>
        method === 'sendPhoto' && code === 403 && Number(parameters.chat_id) === person.id,
      PATIENCE,
    );
    // At once: the run may still be about to put down what it could not send.
    person.unblock();
    person.sendText('/start');
    await waitForText(person, t('start-sample'));
    const result = await waitForResult(person, id);
    expect(textOf(result)).toContain(plain(t('result-credits', { used: 1, left: 7 })));
    expect(picturesOf(person)).toHaveLength(1);
    // Nobody was sent anything twice: no word of a repeat.
    expect(captionsOf(person)[0]).not.toContain(t('result-repeat'));
    expect(person.messages().map((message) => message.message_id)).not.toContain(card.message_id);
  });

  test('a seller who blocks the bot before they were told the outcome is told when they come back', async () => {
    const person = seller(scene, 'en');
    const t = textsOf(person);
    const card = await sendProduct(person, mug);
    const sent = scene.sandbox.faults.holdAnswer('telegram', 'sendPhoto');
    const id = await place(person, card);
    await sent.reached;
    person.block();
    sent.release();
    await scene.sandbox.journal.waitFor(
      ({ code, parameters }) => code === 403 && Number(parameters.chat_id) === person.id,
      PATIENCE,
    );
    person.unblock();
    person.sendText('/help');
    await waitForText(person, t('help'));
    const result = await waitForResult(person, id);
    expect(textOf(result)).toContain(t('result-ready', { delivered: 1 }));
    expect(picturesOf(person)).toHaveLength(1);
  });

  test('a card that is gone is sent anew, and goes with the order', async () => {
    const person = seller(scene, 'en');
    const card = await sendProduct(person, mug);
    await choose(person, card);
    spoil(refuse('editMessageText', 'message to edit not found', 1));
    const id = await place(person, card, 0);
    const result = await waitForResult(person, id);
    expect(textOf(result)).toContain('1 picture is ready');
    // The card that Telegram “lost” is the only one left, beside the picture and the result.
    const left = botMessages(person).filter(
      ({ message_id: messageId }) => ![card.message_id, result.message_id].includes(messageId),
    );
    expect(left.map((message) => message.photo !== undefined)).toEqual([true]);
  });

  test('a menu that is gone is sent anew', async () => {
    const person = seller(scene, 'ru');
    const t = textsOf(person);
    person.sendText('/start');
    const menu = await waitForText(person, t('start-sample'));
    // A menu under a picture has its words as a caption.
    spoil(refuse('editMessageCaption', "message can't be edited", 1));
    await tap(person, t('menu-help'));
    const help = await waitForText(person, t('help'));
    expect(help.message_id).not.toBe(menu.message_id);
  });

  test('an edit that changes nothing is no fault', async () => {
    const person = seller(scene, 'en');
    const t = textsOf(person);
    person.sendText('/start');
    await waitForText(person, t('start-sample'));
    for (let count = 0; count < 3; count += 1) {
      const answer = await tap(person, { data: 'menu:start' });
      expect(answer.text).toBe('');
    }
    expect(botMessages(person)).toHaveLength(1);
  });

  test('a tap whose answer comes too late has done what it should', async () => {
    const person = seller(scene, 'ru');
    const t = textsOf(person);
    const card = await sendProduct(person, mug);
    const [title] = buttons(card);
    spoil(
      refuse(
        'answerCallbackQuery',
        'query is too old and response timeout expired or query ID is invalid',
        1,
      ),
    );
    person.tap(title ?? '');
    await person.waitFor((message) =>
      buttons(message).includes(t('button-create', { pictures: 1, credits: 1 })),
    );
    expect(botMessages(person)).toHaveLength(1);
  });

  test('a word to a tap that comes too late is a message', async () => {
    const person = seller(scene, 'ru');
    const t = textsOf(person);
    const card = await sendProduct(person, mug);
    const why = 'query is too old and response timeout expired or query ID is invalid';
    spoil(refuse('answerCallbackQuery', why, 1));
    person.tap({ data: 'style:987654:1', messageId: card.message_id });
    await waitForText(person, t('late-answer', { note: t('error-not-found') }));
  });

  test('“too many requests” is waited for, and nothing comes twice', async () => {
    const person = seller(scene, 'en');
    const t = textsOf(person);
    const card = await sendProduct(person, mug);
    spoil({ match: 'editMessage*', kind: '429', retryAfter: 1, times: 2 });
    spoil({ match: 'sendMediaGroup', kind: '429', retryAfter: 2, times: 2 });
    spoil({ match: 'sendMessage', kind: '429', retryAfter: 1, times: 1 });
    const result = await waitForResult(person, await place(person, card, 2));
    expect(textOf(result)).toContain(t('result-ready', { delivered: 2 }));
    expect(picturesOf(person)).toHaveLength(2);
    expect(captionsOf(person).join()).not.toContain(t('result-repeat'));
    expect(botMessages(person).filter((message) => textOf(message) === textOf(result))).toHaveLength(1);
  });

  test('an album whose answer is lost comes again, marked, and is charged once', async () => {
    const person = seller(scene, 'en');
    const t = textsOf(person);
    const card = await sendProduct(person, mug);
    spoil({ match: 'sendMediaGroup', kind: 'reset-after', times: 1 });
    const result = await waitForResult(person, await place(person, card, 2));
    expect(textOf(result)).toContain(plain(t('result-credits', { used: 2, left: 6 })));
    expect(picturesOf(person)).toHaveLength(4);
    expect(captionsOf(person).map((caption) => caption.includes(t('result-repeat')))).toEqual([
      false,
      false,
      true,
      false,
    ]);
  });

  test('an album that a broken proxy swallowed arrives all the same', async () => {
    const person = seller(scene, 'ru');
    const t = textsOf(person);
    const card = await sendProduct(person, mug);
    spoil({ match: 'sendMediaGroup', kind: '5xx', times: 1 });
    const result = await waitForResult(person, await place(person, card, 2));
    expect(textOf(result)).toContain(t('result-ready', { delivered: 2 }));
    expect(picturesOf(person)).toHaveLength(2);
  });

  test('a photo that cannot be fetched at first is looked at later', async () => {
    const person = seller(scene, 'en');
    spoil({ match: 'getFile', kind: '5xx', times: 1 });
    spoil({ match: 'file', kind: 'truncate', times: 1 });
    await sendProduct(person, mug);
  });

  test('a card that could not be shown when its product was recognised is shown by the next try', async () => {
    spoil({ match: 'editMessageText', kind: '5xx', times: 2 });
    await sendProduct(seller(scene, 'en'), mug);
  });

  test('that a photo is refused is said by the next try', async () => {
    const person = seller(scene, 'en');
    spoil({ match: 'editMessageText', kind: '5xx', times: 2 });
    await person.sendPhoto(mug, { caption: 'a swastika' });
    await waitForText(person, textsOf(person)('error-provider-refused'));
  });

  test('files for a marketplace come once though their card could not be shown, which the next try shows', async () => {
    const person = seller(scene, 'en');
    const t = textsOf(person);
    await order(person, mug);
    await tap(person, t('button-pack'));
    await waitForText(person, t('pack-title'));
    await tap(person, 'eBay');
    const make = t('button-pack-make', { files: 1 });
    const sending = scene.sandbox.faults.hold('telegram', 'sendDocument');
    await tap(person, make);
    await sending.reached;
    spoil({ match: 'editMessageText', kind: '5xx', times: 1 });
    sending.release();
    await waitForText(person, t('pack-ready', { files: 1, channels: 'eBay' }));
    await waitForButton(person, make, PATIENCE);
    expect(botMessages(person).filter((message) => message.document !== undefined)).toHaveLength(1);
  });

  test('an order while the bot’s status cannot be edited at all is delivered', async () => {
    const person = seller(scene, 'ru');
    const t = textsOf(person);
    const card = await sendProduct(person, mug);
    await choose(person, card);
    spoil({ match: 'editMessage*', kind: '5xx' });
    spoil({ match: 'sendChatAction', kind: '5xx' });
    spoil({ match: 'deleteMessage', kind: 'refusal', description: "Bad Request: message can't be deleted" });
    person.tap(t('button-create', { pictures: 1, credits: 1 }));
    await person.waitFor((message) => buttons(message).includes(t('button-originals')), PATIENCE);
    scene.sandbox.faults.clear();
    await expectBalance(person, 7);
  });

  test('everything works again afterwards', async () => {
    const person = seller(scene, 'en');
    const { result } = await order(person, mug);
    expect(textOf(result)).toContain(textsOf(person)('result-ready', { delivered: 1 }));
  });
});

test('a photo that could not be looked at at any try is said to have failed, by the next try where no edit is taken', async () => {
  const { sandbox } = await playSceneInTest(
    // The look is still under way when the job is given up.
    { PROMPT_TIMEOUT: '120' },
    {
      expected: { errors: /^a job failed every time: it is given up$/, apologies: true },
      // What the queue leaves of a job that failed thirty times, for the first photoshoot of this database.
      prepare: (home) =>
        withDatabase(home, (db) =>
          db.execute(sql`insert into queue.job (name, data, retry_limit, retry_delay)
            values ('give-up', '{"photoshootId": 1}', 30, 1)`),
        ),
    },
  );
  const person = seller({ sandbox }, 'en');
  const looking = sandbox.faults.hold('openai', 'responses');
  sandbox.faults.add('telegram', { match: 'editMessageText', kind: '5xx', times: 1 });
  await person.sendPhoto(mug);
  await waitForText(person, textsOf(person)('error-unexpected'));
  looking.release();
});
