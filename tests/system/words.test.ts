/** It listens: words on a card, in a caption, while work runs, below a result, and in reply to a picture. */
import type { Message } from '@grammyjs/types';
import { describe, expect, test } from 'vitest';
import type { Person } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import { NAME_LENGTH } from '../../src/photoshoots/limits.ts';
import {
  ask,
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
  waitForResult,
  waitForText,
  waitUntilGone,
} from '../support/conversation.ts';
import { playScene } from '../support/played-scene.ts';
import { buttons, seller, waitForButton } from '../support/seller.ts';

const mug = await sampleProductPhoto('mug');

const WORDS = {
  en: {
    style: 'on an old wooden table',
    caption: 'on marble, no flowers, 3:4, 2 pictures',
    note: 'on marble, no flowers',
    change: 'darker table, no flowers',
    further: 'warmer light',
    question: 'how does it work',
    name: 'Stone thermos',
    named: 'It’s a stone thermos',
  },
  ru: {
    style: 'на старом деревянном столе',
    caption: 'на мраморе, без цветов, 3:4, 2 фото',
    note: 'на мраморе, без цветов',
    change: 'стол темнее, без цветов',
    further: 'свет теплее',
    question: 'как это работает',
    name: 'Каменный термос',
    named: 'Название: Каменный термос',
  },
} as const;
const LANGUAGES = ['en', 'ru'] as const;

const scene = playScene({ FREE_CREDITS: '20' });

/** The newest card with this text, once it stands below what the person said last. */
async function below(person: Person, text: string): Promise<Message> {
  const said = person.messages().findLast((message) => message.from?.is_bot !== true);
  return waitForText(person, text, { after: said?.message_id ?? 0 });
}

/** Places the one picture of a card and waits for what comes of it. */
async function create(person: Person, card: Message): Promise<Message> {
  const t = textsOf(person);
  expect(buttons(card)).toContain(t('button-create', { pictures: 1, credits: 1 }));
  return waitForResult(person, await place(person, card, 0));
}

describe.each(LANGUAGES)('a seller who writes (%s)', { concurrent: true }, (language) => {
  const words = WORDS[language];

  test('on an open card describes a style, and the card comes below the words', async () => {
    const person = seller(scene, language);
    const t = textsOf(person);
    const card = await sendProduct(person, mug);
    person.sendText(words.style);
    const anew = await below(person, t('card-words', { words: words.style }));
    await waitUntilGone(person, card);
    expect(buttons(anew)).toContain(t('button-chosen', { title: t('own-style-title') }));
    await create(person, anew);
  });

  test('a format and a number on an open card chooses them', async () => {
    const person = seller(scene, language);
    const t = textsOf(person);
    await sendProduct(person, mug);
    person.sendText(language === 'en' ? '16:9, 3 pictures' : '16:9, 3 снимка');
    const anew = await below(person, t('card-format', { ratio: '16:9' }));
    expect(textOf(anew)).toContain(t('card-count', { pictures: 3 }));
    expect(buttons(anew)).toContain(t('button-chosen', { title: t('ratio-16-9') }));
    expect(buttons(anew)).not.toContain(t('button-chosen', { title: t('own-style-title') }));
  });

  test('a caption sees it on the card, with the format and the number in it taken', async () => {
    const person = seller(scene, language);
    const t = textsOf(person);
    const card = await sendProduct(person, mug, words.caption);
    expect(textOf(card)).toContain(plain(t('card-note', { note: words.note })));
    expect(textOf(card)).toContain(t('card-count', { pictures: 2 }));
    expect(textOf(card)).toContain('3:4');
    expect(buttons(card)).toContain(t('button-chosen', { title: t('ratio-3-4') }));
    const [first = ''] = buttons(card);
    await tap(person, first);
    await waitForButton(person, t('button-create', { pictures: 2, credits: 2 }));
    await waitForResult(person, await place(person, card, 0));
    const picture = picturesOf(person)[0]?.photo?.at(-1);
    expect((picture?.width ?? 0) / (picture?.height ?? 1)).toBeCloseTo(3 / 4, 1);
  });

  test('corrects the name of the product by a key or by words, and sees its kind', async () => {
    const person = seller(scene, language);
    const t = textsOf(person);
    const card = await sendProduct(person, mug);
    expect(textOf(card)).toContain(language === 'en' ? '· Mug' : '· Кружка');
    const rename = buttons(card).find((text) => text.startsWith('🏷')) ?? '';
    await tap(person, rename);
    const question = await waitForText(person, t('card-name', NAME_LENGTH));
    expect(question.message_id).toBe(card.message_id);
    person.sendText('x'.repeat(NAME_LENGTH.max + 1));
    await waitForText(person, t('error-name-length', { ...NAME_LENGTH, length: NAME_LENGTH.max + 1 }));
    person.sendText(words.name);
    const named = await below(person, t('card-product', { name: words.name }));
    await waitUntilGone(person, card);
    // The same without a key, of the next product.
    const other = await sendProduct(person, mug);
    person.sendText(words.named);
    const again = await below(person, language === 'en' ? 'stone thermos' : words.name);
    await waitUntilGone(person, other);
    expect(idIn(again, 'place')).not.toBe(idIn(named, 'place'));
  });

  test('while work runs is told what it is at', async () => {
    const person = seller(scene, language);
    const t = textsOf(person);
    const drawing = scene.sandbox.faults.holdAnswer('openai', 'images/edits');
    const id = await place(person, await sendProduct(person, mug));
    person.sendText(words.change);
    const state = await below(person, t('words-state'));
    expect(textOf(state)).toMatch(
      new RegExp([t('status-queued-next'), t('status-making-one')].map(plain).join('|')),
    );
    drawing.release();
    await waitForResult(person, id);
  });

  test('a question gets help, whatever is there', async () => {
    const person = seller(scene, language);
    const t = textsOf(person);
    await ask(person, words.question, t('help'));
    await sendProduct(person, mug);
    await ask(person, words.question, t('help'));
    await ask(person, 'ok', t('words-too-little'));
  });

  test('below a result gets a corrected picture beside the one before, and its price before that', async () => {
    const person = seller(scene, language);
    const t = textsOf(person);
    const { result } = await order(person, mug);
    const [before] = picturesOf(person);
    person.sendText(words.change);
    const card = await below(person, t('correction-title'));
    expect(textOf(card)).toContain(plain(t('card-words', { words: words.change })));
    const corrected = await create(person, card);
    expect(textOf(corrected)).toContain(plain(t('card-words', { words: words.change })));
    expect(textOf(corrected)).toContain(t('result-credits', { used: 1, left: 18 }));
    // Both in one album: the picture as it was, and what became of it.
    const [left, right] = picturesOf(person).slice(-2);
    expect(left?.media_group_id).toBe(right?.media_group_id);
    expect(left?.photo?.at(-1)?.file_id).toBe(before?.photo?.at(-1)?.file_id);
    expect(right?.photo?.at(-1)?.file_id).not.toBe(before?.photo?.at(-1)?.file_id);
    expect(textOf(left ?? result)).toBe(t('correction-before'));
    expect(textOf(right ?? result)).toBe(plain(t('correction-after', { words: words.change })));
  });

  test('in reply to an old picture corrects that one, then its correction, and goes back', async () => {
    const person = seller(scene, language);
    const t = textsOf(person);
    await order(person, mug);
    const [old] = picturesOf(person);
    if (old === undefined) throw new Error('no picture came');
    // Something newer is there: a card that stands open.
    await sendProduct(person, mug);
    person.sendText(words.change, { replyTo: old.message_id });
    const first = await create(person, await below(person, t('correction-title')));
    const second = picturesOf(person).at(-1);
    // A correction of the correction, in reply to it.
    person.sendText(words.further, { replyTo: second?.message_id ?? 0 });
    const result = await create(person, await below(person, t('card-words', { words: words.further })));
    expect(idIn(result, 'undo')).not.toBe(idIn(first, 'undo'));
    expect(picturesOf(person).at(-2)?.photo?.at(-1)?.file_id).toBe(second?.photo?.at(-1)?.file_id);
    // Back: the version before, with its own keys, for nothing.
    await tap(person, t('button-undo'));
    const back = await waitForText(person, t('undo-done'));
    expect(back.photo?.at(-1)?.file_id).toBe(second?.photo?.at(-1)?.file_id);
    await waitForButton(person, t('button-undo'), { after: back.message_id });
    await ask(person, '/balance', t('balance', { credits: 17 }));
    // Words are about the version that stands.
    person.sendText(words.style);
    const card = await below(person, t('correction-title'));
    await create(person, card);
    expect(picturesOf(person).at(-2)?.photo?.at(-1)?.file_id).toBe(second?.photo?.at(-1)?.file_id);
  });

  test('in reply to the result’s message or to an original means its picture', async () => {
    const person = seller(scene, language);
    const t = textsOf(person);
    const { result } = await order(person, mug);
    await tap(person, t('button-originals'));
    const original = await person.waitFor((message) => message.document !== undefined, PATIENCE);
    for (const answered of [result, original]) {
      person.sendText(words.change, { replyTo: answered.message_id });
      const card = await below(person, t('correction-title'));
      await tap(person, t('button-leave'));
      const left = await waitForText(person, t('correction-left'));
      expect(left.message_id).toBe(card.message_id);
    }
    await ask(person, '/balance', t('balance', { credits: 19 }));
  });

  test('after the key asks for the change of one picture of an album, in two taps from its result', async () => {
    const person = seller(scene, language);
    const t = textsOf(person);
    await order(person, mug, 2);
    await tap(person, t('button-change'));
    const question = await waitForText(person, t('change-ask'));
    expect(buttons(question)).toEqual([
      t('button-chosen', { title: t('button-picture', { position: 1 }) }),
      t('button-picture', { position: 2 }),
    ]);
    await tap(person, t('button-picture', { position: 2 }));
    person.sendText(words.change);
    const card = await below(person, t('correction-title'));
    expect(buttons(card)).toContain(t('button-chosen', { title: t('button-picture', { position: 2 }) }));
    // Other words change the card, which is one and the same; the first picture is meant after all.
    person.sendText(words.further);
    const anew = await below(person, t('card-words', { words: words.further }));
    await waitUntilGone(person, card);
    expect(idIn(anew, 'place')).toBe(idIn(card, 'place'));
    await tap(person, t('button-picture', { position: 1 }));
    const [first] = picturesOf(person);
    await create(person, anew);
    expect(picturesOf(person).at(-2)?.photo?.at(-1)?.file_id).toBe(first?.photo?.at(-1)?.file_id);
  });

  test('gets more like one picture for one credit, and again the same', async () => {
    const person = seller(scene, language);
    const t = textsOf(person);
    const { result } = await order(person, mug, 2);
    await tap(person, { data: `likes:${idIn(result, 'likes')}`, messageId: result.message_id });
    const question = await waitForText(person, t('likes-which'));
    await tap(person, t('likes-picture', { position: 2, credits: 1 }));
    const more = await waitForButton(person, t('button-more', { credits: 1 }), {
      after: question.message_id,
    });
    expect(textOf(more)).toContain(t('result-credits', { used: 1, left: 17 }));
    expect(buttons(more)).not.toContain(t('button-undo'));
    const [, second, third] = picturesOf(person);
    expect(textOf(third ?? more)).toBe(textOf(second ?? more));
    await tap(person, { data: `again:${idIn(more, 'again')}`, messageId: more.message_id });
    await waitForButton(person, t('button-more', { credits: 1 }), { after: more.message_id });
    expect(picturesOf(person)).toHaveLength(4);
  });
});

test('words after an order that brought nothing are its next try', async () => {
  const person = seller(scene, 'en');
  const t = textsOf(person);
  const card = await sendProduct(person, mug);
  // The sandbox's provider refuses such words.
  person.sendText('with a naked person beside it');
  const own = await below(person, t('card-words', { words: 'with a naked person beside it' }));
  await waitUntilGone(person, card);
  const result = await waitForResult(person, await place(person, own, 0));
  expect(textOf(result)).toContain(plain(t('failure-provider-refused')));
  person.sendText('on oak');
  const anew = await below(person, t('card-words', { words: 'on oak' }));
  await create(person, anew);
});
