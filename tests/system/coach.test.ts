/** Advice about a photo, before anything is spent on it; nothing is refused. */
import sharp from 'sharp';
import { afterEach, describe, expect, test } from 'vitest';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import {
  idIn,
  PATIENCE,
  place,
  sendProduct,
  tap,
  textOf,
  textsOf,
  waitForCard,
  waitForResult,
} from '../support/conversation.ts';
import { playScene } from '../support/played-scene.ts';
import { buttons, seller } from '../support/seller.ts';

const mug = await sampleProductPhoto('mug');

describe('a photo’s advice', () => {
  const scene = playScene();
  afterEach(() => scene.sandbox.faults.clear());

  const dark = () => sharp(mug).linear(0.4, 0).jpeg().toBuffer();
  const small = () => sharp(mug).resize({ width: 500 }).jpeg().toBuffer();

  test.each(['en', 'ru'])(
    'stands on the card in %s, in one line, until the seller uses it anyway',
    async (language) => {
      const person = seller(scene, language);
      const t = textsOf(person);
      const card = await sendProduct(person, await dark());
      expect(textOf(card)).toContain(t('advice-dark'));
      expect(textOf(card)).not.toContain(t('advice-tiny'));
      await tap(person, t('button-use-anyway'));
      const id = idIn(card, 'place');
      const without = await person.waitFor(
        (message) => idIn(message, 'place') === id && !buttons(message).includes(t('button-use-anyway')),
        PATIENCE,
      );
      expect(textOf(without)).not.toContain(t('advice-dark'));
      await waitForResult(person, await place(person, without));
    },
  );

  test('hinders nobody who does not look at it', async () => {
    const person = seller(scene, 'en');
    const t = textsOf(person);
    const card = await sendProduct(person, await small());
    expect(textOf(card)).toContain(t('advice-tiny'));
    const result = await waitForResult(person, await place(person, card));
    expect(textOf(result)).toContain(t('result-ready', { delivered: 1 }));
  });

  test.each([
    ['cut-off', 'en'],
    ['several-products', 'ru'],
    ['person', 'en'],
  ])('of what only the model sees (%s) comes with the recognition, in %s', async (code, language) => {
    const person = seller(scene, language);
    scene.sandbox.faults.add('openai', { match: 'responses', kind: 'sees-trouble', code, times: 1 });
    expect(textOf(await sendProduct(person, mug))).toContain(textsOf(person)(`advice-${code}`));
  });

  test('is none for a good photo, and none for an album of which one photo is good', async () => {
    const person = seller(scene, 'en');
    const t = textsOf(person);
    expect(buttons(await sendProduct(person, mug))).not.toContain(t('button-use-anyway'));
    const sent = await person.sendAlbum([await dark(), mug]);
    const card = await waitForCard(person, { after: sent[0]?.message_id ?? 0 });
    expect(textOf(card)).toContain(t('card-views', { photos: 2 }));
    expect(buttons(card)).not.toContain(t('button-use-anyway'));
  });
});
