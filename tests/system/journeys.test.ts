/** From a photo to a file that a channel takes, by the fewest taps of one credit, measured against its preset. */
import sharp from 'sharp';
import { beforeAll, describe, expect, type TestContext, test } from 'vitest';
import type { Person } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import { type Preset, presetOf } from '../../src/marketplaces/presets.ts';
import { fileNameFor } from '../../src/marketplaces/sku.ts';
import { botMessages, PATIENCE, sendProduct, tap, textsOf, waitForText } from '../support/conversation.ts';
import { playScene } from '../support/played-scene.ts';
import { buttons, seller, waitForButton } from '../support/seller.ts';

const mug = await sampleProductPhoto('mug');

/** One after the other, so that each knows how long it takes: a reporter that is verbose names it. */
describe('the way from a photo', () => {
  const scene = playScene();
  let plain: Uint8Array;

  beforeAll(async () => {
    plain = await sharp(
      Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="1280" viewBox="0 0 100 100"><rect width="100" height="100" fill="#d9d9d6"/><rect x="22" y="10" width="56" height="80" rx="6" fill="#2457a6"/></svg>',
      ),
    )
      .removeAlpha()
      .jpeg({ quality: 95 })
      .toBuffer();
  });

  /** A seller who counts their taps from the photo on, up to the choice of a channel. */
  async function begin(language: string, photo: Uint8Array, annotate: TestContext['annotate']) {
    const person = seller(scene, language);
    const t = textsOf(person);
    const began = performance.now();
    const work = process.cpuUsage();
    let taps = 0;
    const press = async (text: string) => {
      const message = await waitForButton(person, text, PATIENCE);
      const key = message.reply_markup?.inline_keyboard.flat().find((button) => button.text === text);
      if (key === undefined || !('callback_data' in key)) throw new Error(`“${text}” does nothing`);
      taps += 1;
      await tap(person, { data: key.callback_data, messageId: message.message_id });
    };
    const [style = ''] = buttons(await sendProduct(person, photo));
    await press(style);
    await press(t('button-create', { pictures: 1, credits: 1 }));
    await press(t('button-pack'));
    /** How many taps it took; the time is named and never judged. */
    const taken = async () => {
      const seconds = (performance.now() - began) / 1000;
      const { user, system } = process.cpuUsage(work);
      const processor = ((user + system) / 1_000_000).toFixed(1);
      await annotate(`${taps} taps, ${seconds.toFixed(1)} s, ${processor} s of processor time`);
      return taps;
    };
    return { person, t, press, taken };
  }

  /** The file of the preset, which has arrived. */
  async function fileOf(person: Person, { names }: Preset): Promise<Buffer> {
    const name = fileNameFor(names, null, 0);
    const { document } = botMessages(person).findLast((one) => one.document?.file_name === name) ?? {};
    if (document === undefined) throw new Error(`${name} was not sent`);
    const answer = await fetch(`${scene.sandbox.url}/client/files/${document.file_id}`);
    return Buffer.from(await answer.arrayBuffer());
  }

  async function expectTaken(file: Buffer, { sizes, maxBytes }: Preset): Promise<void> {
    const { width, height, ...metadata } = await sharp(file).metadata();
    expect(metadata).toMatchObject({ format: 'jpeg', space: 'srgb' });
    expect(sizes).toContainEqual({ width, height });
    expect(file.byteLength).toBeLessThanOrEqual(maxBytes);
  }

  /** Pure white all around, and a product of at least 85 % of the frame, as Amazon demands. */
  async function expectMainPicture(file: Buffer): Promise<void> {
    const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
    const { width, height } = info;
    const at = (x: number, y: number) => [...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)];
    const edge = [...Array(width).keys()].flatMap((i) => [
      at(i, 0),
      at(i, height - 1),
      at(0, i),
      at(width - 1, i),
    ]);
    expect(edge.flat().filter((value) => value !== 255)).toEqual([]);
    // What is trimmed is white but for the grain of a JPEG.
    const product = await sharp(file)
      .trim({ background: '#fff', threshold: 24 })
      .toBuffer({ resolveWithObject: true });
    const share = Math.max(product.info.width / width, product.info.height / height);
    expect(share).toBeGreaterThanOrEqual(0.85);
  }

  test.for(['en', 'ru'])('to a Wildberries card is five taps (%s)', async (language, { annotate }) => {
    const { person, t, press, taken } = await begin(language, mug, annotate);
    const preset = presetOf('wildberries');
    await press(preset.channel);
    await press(t('button-pack-make', { files: 1 }));
    await waitForText(person, t('pack-ready', { files: 1, channels: preset.channel }));
    expect(await taken()).toBe(5);
    await expectTaken(await fileOf(person, preset), preset);
  });

  test.for(['en', 'ru'])(
    'on a plain ground to Amazon’s main picture is five taps (%s)',
    async (language, { annotate }) => {
      const { person, t, press, taken } = await begin(language, plain, annotate);
      const preset = presetOf('amazon-main');
      await press(preset.channel);
      await press(t('button-pack-make', { files: 1 }));
      await waitForText(person, t('pack-ready', { files: 1, channels: preset.channel }));
      expect(await taken()).toBe(5);
      const file = await fileOf(person, preset);
      await expectTaken(file, preset);
      await expectMainPicture(file);
    },
  );

  test.for(['en', 'ru'])(
    'that cannot be cut out for nothing to Amazon’s main picture is seven taps and one more credit (%s)',
    async (language, { annotate }) => {
      const { person, t, press, taken } = await begin(language, mug, annotate);
      const preset = presetOf('amazon-main');
      await press(preset.channel);
      await press(t('button-pack-make', { files: 1 }));
      await waitForText(person, t('pack-no-cut-out', { channels: preset.channel }));
      await press(t('button-white-model', { credits: 1 }));
      await waitForText(person, t('cut-out-caption'));
      await press(t('button-pack-make', { files: 1 }));
      await waitForText(person, t('pack-ready', { files: 1, channels: preset.channel }));
      expect(await taken()).toBe(7);
      const file = await fileOf(person, preset);
      await expectTaken(file, preset);
      await expectMainPicture(file);
    },
  );
});
