/** Title, points and keywords about a product: asked for below a result, written once, copied by a tap. */
import type { Message } from '@grammyjs/types';
import { afterEach, describe, expect, test } from 'vitest';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import { idIn, order, PATIENCE, tap, textOf, textsOf, waitForText } from '../support/conversation.ts';
import { playScene } from '../support/played-scene.ts';
import { buttons, seller } from '../support/seller.ts';

const mug = await sampleProductPhoto('mug');
const bottle = await sampleProductPhoto('bottle');
const jar = await sampleProductPhoto('jar');

const LIMIT = 1;

/** What the keys of a message copy. */
const copied = (message: Message) =>
  message.reply_markup?.inline_keyboard
    .flat()
    .flatMap((key) => ('copy_text' in key ? key.copy_text.text : []));

describe('a listing’s text', () => {
  const scene = playScene({ LISTINGS_PER_DAY: String(LIMIT) });
  afterEach(() => scene.sandbox.faults.clear());

  test.each(['en', 'ru'])(
    'comes in %s by one tap on a result, whole and in parts to copy',
    async (language) => {
      const person = seller(scene, language);
      const t = textsOf(person);
      const { result } = await order(person, mug);
      expect(await tap(person, t('button-listing'))).toMatchObject({ text: t('listing-begun') });
      const message = await waitForText(person, t('listing-title'), { after: result.message_id });
      expect(buttons(message)).toEqual([t('button-copy-title'), t('button-copy-keywords')]);
      const [title = '', keywords = ''] = copied(message) ?? [];
      const block = message.entities?.find(({ type }) => type === 'pre');
      const whole = textOf(message).slice(block?.offset, (block?.offset ?? 0) + (block?.length ?? 0));
      expect(whole.startsWith(`${title}\n`)).toBe(true);
      expect(whole.endsWith(keywords)).toBe(true);
      expect(whole.match(/^• /gm)).toHaveLength(5);
      expect(title).toMatch(language === 'ru' ? /кружка/ : /mug/);
      expect(textOf(message)).toContain(t('listing-hint'));
    },
  );

  test('is written once for the same photos, and once a day for one person where that is the limit', async () => {
    const person = seller(scene, 'en');
    const t = textsOf(person);
    const listing = async (photoshootId: number, wanted: string) => {
      const after = Math.max(...person.messages().map((message) => message.message_id));
      await tap(person, { data: `listing:${photoshootId}` });
      return textOf(await waitForText(person, wanted, { after }));
    };
    const { photoshootId, result } = await order(person, bottle);
    const written = await listing(photoshootId, t('listing-title'));
    await tap(person, { data: `again:${photoshootId}`, messageId: result.message_id });
    const again = await person.waitFor((message) => (idIn(message, 'listing') ?? 0) > photoshootId, PATIENCE);
    // No model is asked, or it would be beyond the limit.
    expect(await listing(idIn(again, 'listing') ?? 0, t('listing-title'))).toBe(written);
    const other = await order(person, jar);
    await listing(other.photoshootId, t('error-too-many-listings', { max: LIMIT }));
  });

  test('that no model would write is told, and can be asked for again', async () => {
    const person = seller(scene, 'ru');
    const t = textsOf(person);
    const { result } = await order(person, jar);
    scene.sandbox.faults.add('openai', { match: 'responses', kind: 'quota' });
    await tap(person, t('button-listing'));
    await waitForText(person, t('error-no-listing'), { after: result.message_id });
  });
});
