/** Large pictures: two credits each, said before they are spent, and honest where none can be made. */
import sharp from 'sharp';
import { afterEach, describe, expect, test } from 'vitest';
import type { Person } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import {
  botMessages,
  choose,
  order,
  PATIENCE,
  plain,
  sendProduct,
  tap,
  textOf,
  textsOf,
  waitForResult,
  waitForText,
} from '../support/conversation.ts';
import { type PlayedScene, playScene } from '../support/played-scene.ts';
import { buttons, seller, waitForButton } from '../support/seller.ts';
import { OWNERS_AWAY } from '../support/tidy.ts';

const mug = await sampleProductPhoto('mug');

/** Takes the first style and large pictures, and creates one. @returns the result */
async function orderLarge(person: Person) {
  const t = textsOf(person);
  const card = await sendProduct(person, mug);
  const id = await choose(person, card, 1);
  await tap(person, { data: `ratio:${id}:1:1`, messageId: card.message_id });
  await tap(person, t('button-large', { credits: 2 }));
  await waitForButton(person, t('button-create', { pictures: 1, credits: 2 }));
  await tap(person, t('button-create', { pictures: 1, credits: 2 }));
  return { photoshootId: id, result: await waitForResult(person, id) };
}

/** The newest file that the person was sent. */
async function newestFile({ sandbox }: Pick<PlayedScene, 'sandbox'>, person: Person): Promise<Uint8Array> {
  const file = botMessages(person).findLast(({ document }) => document !== undefined)?.document;
  const answer = await fetch(`${sandbox.url}/client/files/${file?.file_id}`);
  return new Uint8Array(await answer.arrayBuffer());
}

/** A double that draws large pictures on a busy machine takes its time; none of these tests is about time. */
const PATIENT = { IMAGE_STALL_TIMEOUT: '200', IMAGE_DEADLINE: '290' };

describe('large pictures', () => {
  const scene = playScene({ ...PATIENT, IMAGE_MODELS: 'gpt-image-2.6-flare' });

  test.each(['en', 'ru'])(
    'are chosen on the card in %s, cost two credits and have their pixels',
    async (language) => {
      const person = seller(scene, language);
      const t = textsOf(person);
      const card = await sendProduct(person, mug);
      const id = await choose(person, card, 2);
      await waitForButton(person, t('button-create', { pictures: 2, credits: 2 }));
      await tap(person, { data: `ratio:${id}:1:1`, messageId: card.message_id });
      await tap(person, t('button-large', { credits: 2 }));
      const large = await waitForButton(
        person,
        t('button-chosen', { title: t('button-large', { credits: 2 }) }),
      );
      expect(textOf(large)).toContain('1920×1920');
      expect(buttons(large)).toContain(t('button-create', { pictures: 2, credits: 4 }));
      await tap(person, t('button-create', { pictures: 2, credits: 4 }));
      const result = await waitForResult(person, id);
      expect(textOf(result)).toContain(plain(t('result-credits', { used: 4, left: 4 })));
      expect(buttons(result)).toContain(t('button-again', { credits: 4 }));
      await tap(person, t('button-originals'));
      await waitForText(person, t('originals-caption'));
      expect(await sharp(await newestFile(scene, person)).metadata()).toMatchObject({
        width: 1920,
        height: 1920,
      });

      await tap(person, t('button-likes'));
      const more = t('likes-picture', { position: 1, credits: 2 });
      await waitForButton(person, more);
      // What is not right comes back whole.
      await tap(person, t('button-not-right'));
      await waitForText(person, t('not-right-which'));
      await tap(person, t('not-right-picture', { position: 1 }));
      await tap(person, t('button-give-back'));
      await waitForText(person, t('not-right-done', { credits: 2 }));
    },
  );

  test('are a tap away where a marketplace wants more pixels', async () => {
    const person = seller(scene, 'en');
    const t = textsOf(person);
    await order(person, mug, 1);
    await tap(person, t('button-pack'));
    await waitForText(person, t('pack-title'));
    await tap(person, 'Shopify');
    await tap(person, t('button-pack-make', { files: 1 }));
    await waitForText(person, t('pack-ready', { files: 1, channels: 'Shopify' }));
    await waitForText(person, t('pack-smaller', { channels: 'Shopify (1200×1200)' }));
    const again = t('button-again-large', { credits: 2 });
    await waitForButton(person, again);
    await tap(person, again);
    const result = await person.waitFor(
      (message) => textOf(message).includes(plain(t('result-credits', { used: 2, left: 5 }))),
      PATIENCE,
    );
    expect(buttons(result)).toContain(t('button-again', { credits: 2 }));
    await tap(person, t('button-pack'));
    await waitForText(person, t('pack-title'), { after: result.message_id });
    await tap(person, 'Shopify');
    const files = botMessages(person).filter(({ document }) => document !== undefined).length;
    await tap(person, t('button-pack-make', { files: 1 }));
    await person.waitFor(
      () => botMessages(person).filter(({ document }) => document !== undefined).length > files,
      PATIENCE,
    );
    const { width } = await sharp(await newestFile(scene, person)).metadata();
    expect(width).toBe(2048);
  });
});

describe('large pictures that no model made', () => {
  const scene = playScene(
    { ...PATIENT, IMAGE_MODELS: 'gpt-image-2.6-flare,gpt-image-1-mini' },
    // The owners are to be told that the model of standard sizes ends soon.
    { expected: { refusals: OWNERS_AWAY } },
  );
  afterEach(() => scene.sandbox.faults.clear());

  test.each(['en', 'ru'])(
    'come in the usual size for one credit in %s where no model made a large one',
    async (language) => {
      const person = seller(scene, language);
      const t = textsOf(person);
      scene.sandbox.faults.add('openai', { match: 'images/edits', kind: 'api-error', status: 404, times: 1 });
      const { result } = await orderLarge(person);
      expect(textOf(result)).toContain(plain(t('result-smaller', { pictures: 1, credits: 1 })));
      expect(textOf(result)).toContain(plain(t('result-credits', { used: 1, left: 7 })));
      // The card promises nothing else the next time.
      expect(buttons(result)).toContain(t('button-again', { credits: 2 }));
    },
  );
});

describe('where no model makes large pictures', () => {
  const scene = playScene({ IMAGE_MODELS: 'gpt-image-1-mini' }, { expected: { refusals: OWNERS_AWAY } });

  test.each(['en', 'ru'])(
    'none is offered in %s, and another ratio than the model’s is cut honestly',
    async (language) => {
      const person = seller(scene, language);
      const t = textsOf(person);
      const card = await sendProduct(person, mug);
      const id = await choose(person, card, 1);
      expect(buttons(card)).not.toContain(t('button-large', { credits: 2 }));
      // Forged, or from a card of yesterday's configuration.
      await tap(person, { data: `size:${id}:large`, messageId: card.message_id });
      await tap(person, { data: `ratio:${id}:9:16`, messageId: card.message_id });
      await tap(person, { data: `place:${id}`, messageId: card.message_id });
      const result = await waitForResult(person, id);
      expect(textOf(result)).toContain(plain(t('result-cut', { pictures: 1 })));
      expect(textOf(result)).toContain(plain(t('result-credits', { used: 1, left: 7 })));
      await tap(person, t('button-originals'));
      await waitForText(person, t('originals-caption'));
      expect(await sharp(await newestFile(scene, person)).metadata()).toMatchObject({
        width: 864,
        height: 1536,
      });
    },
  );
});
