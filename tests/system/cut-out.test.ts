/** A product with nothing around it: free where that is sure, by a model for a credit where it is not. */
import sharp from 'sharp';
import { afterEach, describe, expect, test } from 'vitest';
import type { Person } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import { botMessages, order, plain, tap, textOf, textsOf, waitForText } from '../support/conversation.ts';
import { playScene, playSceneInTest } from '../support/played-scene.ts';
import { buttons, seller, waitForButton } from '../support/seller.ts';

// Its handle shows the ground, so that measuring refuses it.
const mug = await sampleProductPhoto('mug');

const namesOf = (person: Person) => botMessages(person).flatMap(({ document }) => document?.file_name ?? []);

describe('a cut-out by a model', () => {
  const scene = playScene();
  afterEach(() => scene.sandbox.faults.clear());

  async function bytesOf(person: Person, name: RegExp): Promise<Uint8Array> {
    const file = botMessages(person).findLast(({ document }) =>
      name.test(document?.file_name ?? ''),
    )?.document;
    if (file === undefined) throw new Error(`${name} was not sent`);
    const answer = await fetch(`${scene.sandbox.url}/client/files/${file.file_id}`);
    return new Uint8Array(await answer.arrayBuffer());
  }

  test.each(['en', 'ru'])(
    'is two taps away from a result in %s, and comes as files for one credit',
    async (language) => {
      const person = seller(scene, language);
      const t = textsOf(person);
      const { result } = await order(person, mug);
      await tap(person, t('button-cut-out-short'));
      await waitForText(person, t('cut-out-unsure'), { after: result.message_id });
      const byModel = t('button-cut-out-model', { credits: 1 });
      await waitForButton(person, byModel);
      person.tap(byModel);
      await tap(person, byModel);
      const caption = await waitForText(person, t('cut-out-caption'));
      expect(caption.document).toBeDefined();
      expect(namesOf(person)).toHaveLength(3);

      const cut = sharp(await bytesOf(person, /\.png$/));
      const { data, info } = await cut.raw().toBuffer({ resolveWithObject: true });
      expect(info.channels).toBe(4);
      const alphaAt = (x: number, y: number) => data[(Math.floor(y) * info.width + Math.floor(x)) * 4 + 3];
      expect(alphaAt(2, 2)).toBe(0);
      expect(alphaAt(info.width * 0.35, info.height / 2)).toBe(255);
      expect((await cut.metadata()).xmp?.includes('trainedAlgorithmicMedia')).toBe(true);
      for (const name of [/-white\.jpg$/, /-shadow\.jpg$/]) {
        const pixels = await sharp(await bytesOf(person, name))
          .raw()
          .toBuffer();
        expect([...pixels.subarray(0, 3)]).toEqual([255, 255, 255]);
      }
      // A double tap bought one: two of eight credits are spent.
      person.sendText('/balance');
      await waitForText(person, plain(t('balance', { credits: 6 })));
      const own = await waitForButton(person, t('button-again', { credits: 1 }), {
        after: result.message_id,
      });
      expect(textOf(own)).toContain(plain(t('result-credits', { used: 1, left: 6 })));
      // Nothing around a product is no style to be saved.
      expect(buttons(own)).not.toContain(t('button-save'));
    },
  );

  test.each(['en', 'ru'])(
    'makes Amazon’s white main picture in %s, which nothing else could',
    async (language) => {
      const person = seller(scene, language);
      const t = textsOf(person);
      const { result } = await order(person, mug);
      await tap(person, t('button-pack'));
      await waitForText(person, t('pack-title'));
      await tap(person, 'Amazon main');
      await tap(person, t('button-pack-make', { files: 1 }));
      await waitForText(person, t('pack-no-cut-out', { channels: 'Amazon main' }));
      await tap(person, t('button-white-model', { credits: 1 }));
      await waitForText(person, t('cut-out-caption'));
      // The same card makes it now.
      const make = await waitForButton(person, t('button-pack-make', { files: 1 }), {
        after: result.message_id,
      });
      const key = make.reply_markup?.inline_keyboard
        .flat()
        .find(({ text }) => text === t('button-pack-make', { files: 1 }));
      if (key === undefined || !('callback_data' in key)) throw new Error('the card makes nothing');
      await tap(person, { data: key.callback_data, messageId: make.message_id });
      await waitForText(person, t('pack-ready', { files: 1, channels: 'Amazon main' }));
      const file = await bytesOf(person, /\.MAIN\.jpg$/);
      const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
      expect(info.width).toBe(info.height);
      expect(info.width).toBeGreaterThanOrEqual(1000);
      for (const corner of [0, info.width - 1, info.width * (info.height - 1)])
        expect([...data.subarray(corner * 3, corner * 3 + 3)]).toEqual([255, 255, 255]);
      expect((await sharp(file).metadata()).xmp?.includes('trainedAlgorithmicMedia')).toBe(true);
    },
  );

  test.each(['en', 'ru'])('that is none costs nothing in %s', async (language) => {
    const person = seller(scene, language);
    const t = textsOf(person);
    const { result } = await order(person, mug);
    await tap(person, t('button-cut-out-short'));
    await waitForButton(person, t('button-cut-out-model', { credits: 1 }));
    scene.sandbox.faults.add('openai', { match: 'images/edits', kind: 'opaque', times: 1 });
    await tap(person, t('button-cut-out-model', { credits: 1 }));
    const outcome = await waitForText(person, t('failure-no-cut-out'), { after: result.message_id });
    expect(textOf(outcome)).toContain(plain(t('result-credits', { used: 0, left: 7 })));
    expect(namesOf(person)).toEqual([]);
  });

  test('is offered for files of other channels no more than needed: a plain photo is cut out for nothing', async () => {
    const person = seller(scene, 'en');
    const t = textsOf(person);
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="1280" viewBox="0 0 100 100"><rect width="100" height="100" fill="#d9d9d6"/><rect x="22" y="10" width="56" height="80" rx="6" fill="#2457a6"/></svg>';
    const { result } = await order(person, await sharp(Buffer.from(svg)).jpeg({ quality: 95 }).toBuffer());
    await tap(person, t('button-cut-out-short'));
    await waitForText(person, t('cut-out-caption'), { after: result.message_id });
    expect(namesOf(person)).toEqual(['cut-out.png', 'cut-out-shadow.jpg', 'cut-out-white.jpg']);
    expect((await sharp(await bytesOf(person, /\.png$/)).metadata()).xmp).toBeUndefined();
  });
});

test('where no model cuts out, none is offered, and a forged tap finds nothing', async () => {
  const scene = await playSceneInTest({ IMAGE_MODELS: 'gpt-image-2' });
  const person = seller(scene, 'en');
  const t = textsOf(person);
  const { photoshootId, result } = await order(person, mug);
  await tap(person, t('button-cut-out-short'));
  const unsure = await waitForText(person, t('cut-out-unsure'), { after: result.message_id });
  expect(buttons(unsure)).toEqual([]);
  const answer = await tap(person, { data: `cutout:${photoshootId}:model`, messageId: result.message_id });
  expect(answer.text).toBe(t('error-not-found'));
});
