/** From a result to files that a marketplace takes, in two taps and a word. */
import { unzipSync } from 'fflate';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { Person } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import {
  botMessages,
  idIn,
  order,
  PATIENCE,
  place,
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

const filesOf = (person: Person) => botMessages(person).filter((message) => message.document !== undefined);
const namesOf = (person: Person) => filesOf(person).map(({ document }) => document?.file_name);

describe('files for marketplaces', { concurrent: true }, () => {
  const scene = playScene();

  /** The bytes of the newest file of this name. */
  async function bytesOf(person: Person, name: string): Promise<Uint8Array> {
    const file = filesOf(person).findLast(({ document }) => document?.file_name === name)?.document;
    if (file === undefined) throw new Error(`${name} was not sent`);
    const answer = await fetch(`${scene.sandbox.url}/client/files/${file.file_id}`);
    return new Uint8Array(await answer.arrayBuffer());
  }

  test.each(['en', 'ru'])(
    'come in %s as an album with a ZIP, named by the SKU of the caption, once for a double tap',
    async (language) => {
      const person = seller(scene, language);
      const t = textsOf(person);
      const card = await sendProduct(person, mug, 'SKU: MUG-01');
      await waitForResult(person, await place(person, card, 2));
      await tap(person, t('button-pack'));
      await waitForText(person, t('pack-sku', { sku: 'MUG-01' }));
      expect(await tap(person, t('button-pack-none'))).toMatchObject({
        text: t('error-no-channel-chosen'),
        show_alert: false,
      });
      await tap(person, 'Ozon');
      await tap(person, 'Amazon gallery');
      await tap(person, 'Etsy');
      await tap(person, t('button-chosen', { title: 'Etsy' }));
      const make = t('button-pack-make', { files: 4 });
      await waitForButton(person, make, PATIENCE);
      person.tap(make);
      await tap(person, make);
      await waitForText(person, t('pack-ready', { files: 4, channels: 'Ozon, Amazon gallery' }));
      await waitForButton(person, make, PATIENCE);
      expect(namesOf(person)).toEqual([
        'MUG-01.jpg',
        'MUG-01_1.jpg',
        'MUG01.PT01.jpg',
        'MUG01.PT02.jpg',
        'MUG-01.zip',
      ]);
      const zip = unzipSync(await bytesOf(person, 'MUG-01.zip'));
      expect(Object.keys(zip)).toEqual([
        'Ozon/MUG-01.jpg',
        'Ozon/MUG-01_1.jpg',
        'Amazon gallery/MUG01.PT01.jpg',
        'Amazon gallery/MUG01.PT02.jpg',
      ]);
      const ozon = await bytesOf(person, 'MUG-01.jpg');
      expect(Buffer.from(zip['Ozon/MUG-01.jpg'] ?? []).equals(ozon)).toBe(true);
      const metadata = await sharp(ozon).metadata();
      expect(metadata).toMatchObject({ format: 'jpeg', space: 'srgb' });
      expect((metadata.width ?? 0) * 4).toBe((metadata.height ?? 0) * 3);
      expect(metadata.xmp?.includes('trainedAlgorithmicMedia')).toBe(true);
    },
  );

  test('are named by a SKU that is asked for, and asked for again where it is none', async () => {
    const person = seller(scene, 'en');
    const t = textsOf(person);
    await order(person, mug);
    await tap(person, t('button-pack'));
    await waitForText(person, t('pack-without-sku'));
    await tap(person, t('button-sku-add'));
    await waitForText(person, t('pack-sku-ask'));
    person.sendText('my blue mug');
    await waitForText(person, t('error-sku-form', { max: 40 }));
    person.sendText('КР-7');
    await waitForText(person, t('pack-sku', { sku: 'КР-7' }));
    await tap(person, 'eBay');
    await tap(person, t('button-pack-make', { files: 1 }));
    await waitForText(person, t('pack-ready', { files: 1, channels: 'eBay' }));
    // One file needs no archive.
    expect(namesOf(person)).toEqual(['КР-7_1.jpg']);
    await waitForButton(person, t('button-pack-make', { files: 1 }), PATIENCE);
  });

  test('that are more than an album holds come as one ZIP', async () => {
    const person = seller(scene, 'ru');
    const t = textsOf(person);
    await order(person, mug, 4);
    await tap(person, t('button-pack'));
    await waitForText(person, t('pack-title'));
    for (const channel of ['Ozon', 'eBay', 'Stories']) await tap(person, channel);
    await tap(person, t('button-pack-make', { files: 12 }));
    await waitForText(person, t('pack-only-zip'));
    expect(namesOf(person)).toEqual(['marketplaces.zip']);
    expect(Object.keys(unzipSync(await bytesOf(person, 'marketplaces.zip')))).toHaveLength(12);
  });

  test('are made of the originals that Telegram keeps once they were fetched', async () => {
    const person = seller(scene, 'en');
    const t = textsOf(person);
    await order(person, mug);
    await tap(person, t('button-originals'));
    await waitForText(person, t('originals-caption'));
    await tap(person, t('button-pack'));
    await waitForText(person, t('pack-title'));
    await tap(person, 'eBay');
    await tap(person, t('button-pack-make', { files: 1 }));
    const sent = await waitForText(person, t('pack-ready', { files: 1, channels: 'eBay' }));
    expect(textOf(sent)).not.toContain('preview');
    expect(namesOf(person).at(-1)).toBe('product_1.jpg');
  });

  test('need a larger picture where theirs is too small, and say so on the card', async () => {
    const person = seller(scene, 'en');
    const t = textsOf(person);
    await order(person, mug);
    await tap(person, t('button-pack'));
    await waitForText(person, t('pack-title'));
    await tap(person, 'Etsy');
    await tap(person, t('button-pack-make', { files: 1 }));
    const card = await waitForText(person, t('pack-nothing'));
    expect(textOf(card)).toMatch(/Needs a larger picture: Etsy \(\d+×\d+\)/);
    expect(buttons(card)).toContain(t('button-pack-make', { files: 1 }));
    expect(idIn(card, 'makepack')).not.toBeNull();
    expect(filesOf(person)).toEqual([]);
  });

  test('show the product on pure white for Amazon, cut out of the seller’s own plain photo, without an AI label', async () => {
    const person = seller(scene, 'en');
    const t = textsOf(person);
    const plain = await sharp(
      Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="1280" viewBox="0 0 100 100"><rect width="100" height="100" fill="#d9d9d6"/><rect x="22" y="10" width="56" height="80" rx="6" fill="#2457a6"/></svg>',
      ),
    )
      .removeAlpha()
      .jpeg({ quality: 95 })
      .toBuffer();
    await order(person, plain);
    await tap(person, t('button-pack'));
    await waitForText(person, t('pack-title'));
    await tap(person, 'Amazon main');
    await tap(person, t('button-pack-make', { files: 1 }));
    await waitForText(person, t('pack-ready', { files: 1, channels: 'Amazon main' }));
    expect(namesOf(person)).toEqual(['product.MAIN.jpg']);
    const file = await bytesOf(person, 'product.MAIN.jpg');
    const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
    expect([...data.subarray(0, 3)]).toEqual([255, 255, 255]);
    expect(info.width).toBeGreaterThanOrEqual(1000);
    expect((await sharp(file).metadata()).xmp).toBeUndefined();

    await waitForButton(person, t('button-cut-out'), PATIENCE);
    person.tap(t('button-cut-out'));
    await tap(person, t('button-cut-out'));
    await waitForText(person, t('cut-out-caption'));
    expect(namesOf(person).slice(1)).toEqual(['cut-out.png', 'cut-out-shadow.jpg', 'cut-out-white.jpg']);
    expect(await sharp(await bytesOf(person, 'cut-out.png')).metadata()).toMatchObject({ hasAlpha: true });
  });

  test('on pure white are not made of a picture that cannot be cut out with certainty, and the card says why', async () => {
    const person = seller(scene, 'ru');
    const t = textsOf(person);
    await order(person, mug);
    await tap(person, t('button-pack'));
    await waitForText(person, t('pack-title'));
    await tap(person, 'Amazon main');
    await tap(person, t('button-pack-make', { files: 1 }));
    await waitForText(person, t('pack-no-cut-out', { channels: 'Amazon main' }));
    await tap(person, t('button-cut-out'));
    await waitForText(person, t('cut-out-unsure'));
    expect(filesOf(person)).toEqual([]);
  });
});
