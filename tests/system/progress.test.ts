/** From Create to the album: what is told on the way, and how it is stopped. */
import type { Message } from '@grammyjs/types';
import { afterEach, describe, expect, test } from 'vitest';
import type { Hold, Person } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import {
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
import { buttons, seller } from '../support/seller.ts';

const mug = await sampleProductPhoto('mug');

const EDITS = 'images/edits';

/** What one message has shown, one after the other. */
function follow(person: Person, messageId: number): Message[] {
  const shown: Message[] = [];
  person.watch((event) => {
    if (event.kind === 'message' && event.message.message_id === messageId) shown.push(event.message);
  });
  return shown;
}

describe('an order in work', () => {
  const scene = playScene({ ASYNC_WORKERS: '1' });
  let holds: Hold[] = [];
  const hold = (where: 'hold' | 'holdAnswer'): Hold => {
    const made = scene.sandbox.faults[where]('openai', EDITS);
    holds.push(made);
    return made;
  };
  afterEach(() => {
    scene.sandbox.faults.clear();
    for (const left of holds) left.drop();
    holds = [];
  });

  test('is told in one message that goes when the album is there; no time is named before one was measured', async () => {
    const person = seller(scene, 'en');
    const t = textsOf(person);
    const card = await sendProduct(person, mug);
    const shown = follow(person, card.message_id);
    const actions: string[] = [];
    person.watch((event) => {
      if (event.kind === 'action') actions.push(event.action);
    });
    const finished = hold('holdAnswer');
    const id = await place(person, card, 2);
    await finished.reached;
    const partial = await person.waitFor(
      ({ photo, from }) => photo !== undefined && from?.is_bot === true,
      PATIENCE,
    );
    expect(partial.message_id).toBe(card.message_id);
    expect(textOf(partial)).toBe(plain(t('status-making', { ready: 0, total: 2 })));
    expect(buttons(partial)).toEqual([t('button-cancel')]);
    finished.release();
    const result = await waitForResult(person, id);
    const told = shown.map(textOf);
    expect(told.some((text) => text === plain(t('status-queued-next')))).toBe(true);
    expect(told.some((text) => /\d+ seconds/.test(text))).toBe(false);
    expect(actions).toContain('upload_photo');
    // The photo, the album of two, the result: the status message is gone.
    expect(person.messages().map((message) => message.message_id)).not.toContain(card.message_id);
    expect(picturesOf(person)).toHaveLength(2);
    expect(new Set(picturesOf(person).map((message) => message.media_group_id)).size).toBe(1);
    expect(buttons(result)).toEqual([
      t('button-originals'),
      t('button-jpegs'),
      t('button-pack'),
      t('button-cut-out-short'),
      t('button-save'),
      t('button-listing'),
      t('button-change'),
      t('button-not-right'),
      t('button-again', { credits: 2 }),
      t('button-restyle'),
      t('button-likes'),
    ]);
  });

  test('counts the pictures, and names the time that is left once pictures were measured', async () => {
    const person = seller(scene, 'ru');
    const t = textsOf(person);
    const card = await sendProduct(person, mug);
    const shown = follow(person, card.message_id);
    // The message is edited every three seconds at most.
    scene.sandbox.faults.add('openai', { match: EDITS, kind: 'slow', delayMs: 4000, times: 1 });
    scene.sandbox.faults.add('openai', { match: EDITS, kind: 'slow', delayMs: 9000, times: 1 });
    const id = await place(person, card, 2);
    await waitForText(person, t('status-making', { ready: 1, total: 2 }));
    await waitForResult(person, id);
    const told = shown.map(textOf);
    expect(told.some((text) => text.includes(plain(t('status-making', { ready: 0, total: 2 }))))).toBe(true);
    expect(told.some((text) => /\d+ секунд/.test(text))).toBe(true);
  });

  test('shows its place in line, moves up, and can be left', async () => {
    const [first, second, third] = [seller(scene, 'en'), seller(scene, 'ru'), seller(scene, 'en')];
    const cards = [];
    for (const person of [first, second, third]) cards.push(await sendProduct(person, mug));
    const [firstCard, secondCard, thirdCard] = cards;
    if (!firstCard || !secondCard || !thirdCard) throw new Error('there are three cards');
    const begun = hold('hold');
    const firstId = await place(first, firstCard);
    await begun.reached;
    await place(second, secondCard);
    await waitForText(second, textsOf(second)('status-queued-next'));
    const thirdId = await place(third, thirdCard);
    await waitForText(third, textsOf(third)('status-queued', { place: 2 }));

    const answer = await tap(second, textsOf(second)('button-cancel'));
    expect(answer.text).toBe(textsOf(second)('error-cancelled'));
    const cancelled = await waitForText(second, textsOf(second)('status-cancelled', { credits: 1 }));
    expect(cancelled.message_id).toBe(secondCard.message_id);
    expect(buttons(cancelled)).toEqual([]);
    await waitForText(third, textsOf(third)('status-queued-next'));

    begun.release();
    await waitForResult(first, firstId);
    await waitForResult(third, thirdId);
    expect(picturesOf(second)).toEqual([]);
    second.sendText('/balance');
    await waitForText(second, textsOf(second)('balance', { credits: 8 }));
  });

  test('is stopped while it is made: its credits come back', async () => {
    const person = seller(scene, 'ru');
    const t = textsOf(person);
    const card = await sendProduct(person, mug);
    const begun = hold('hold');
    const id = await place(person, card, 2);
    await begun.reached;
    person.sendText('/cancel');
    await waitForText(person, t('cancel-stopping'));
    const result = await waitForResult(person, id);
    begun.drop();
    expect(textOf(result)).toContain(t('result-cancelled', { delivered: 0 }));
    expect(textOf(result)).toContain(plain(t('result-credits', { used: 0, left: 8 })));
    expect(picturesOf(person)).toEqual([]);
    expect(person.messages().map((message) => message.message_id)).not.toContain(card.message_id);
  });

  test('that is stopped with a picture finished delivers it, and gives the others’ credits back', async () => {
    const person = seller(scene, 'en');
    const t = textsOf(person);
    const card = await sendProduct(person, mug);
    scene.sandbox.faults.add('openai', { match: EDITS, kind: 'hang', times: 1 });
    const id = await place(person, card, 2);
    // One is finished, and its preview has made the message a picture.
    await waitForText(person, t('status-making', { ready: 1, total: 2 }));
    expect((await tap(person, t('button-cancel'))).text).toBe(t('cancel-stopping'));
    const result = await waitForResult(person, id);
    expect(textOf(result)).toContain(t('result-cancelled', { delivered: 1 }));
    expect(textOf(result)).toContain(plain(t('result-credits', { used: 1, left: 7 })));
    expect(picturesOf(person)).toHaveLength(1);
    expect((await tap(person, { data: `cancel:${id}` })).text).toBe(t('cancel-too-late'));
  });

  test('is placed once, however often Create is tapped', async () => {
    const person = seller(scene, 'en');
    const t = textsOf(person);
    const card = await sendProduct(person, mug);
    await tap(person, buttons(card)[0] ?? '');
    const create = t('button-create', { pictures: 1, credits: 1 });
    const queries = Array.from({ length: 10 }, () => person.tap(create));
    const result = await person.waitFor(
      (message) => buttons(message).includes(t('button-originals')),
      PATIENCE,
    );
    expect(textOf(result)).toContain(plain(t('result-credits', { used: 1, left: 7 })));
    const answers = person.callbackAnswers().filter(({ callback_query_id: id }) => queries.includes(id));
    expect(answers).toHaveLength(10);
    expect(answers.filter(({ text }) => text === t('error-already-placed'))).toHaveLength(9);
    expect(picturesOf(person)).toHaveLength(1);
  });

  test('a dropped draft is gone, and /cancel finds nothing more', async () => {
    const person = seller(scene, 'ru');
    const t = textsOf(person);
    const card = await sendProduct(person, mug);
    person.sendText('/cancel');
    const dropped = await waitForText(person, t('card-dropped'));
    expect(dropped.message_id).toBe(card.message_id);
    await waitForText(person, t('error-cancelled'));
    person.sendText('/cancel');
    await waitForText(person, t('cancel-nothing'));
  });
});
