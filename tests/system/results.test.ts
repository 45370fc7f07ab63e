/** What can be done with finished pictures. */
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { Person } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import { GIVE_BACK_REASONS } from '../../src/photoshoots/give-back.ts';
import { STYLE_NAME_LENGTH } from '../../src/photoshoots/limits.ts';
import {
  ask,
  botMessages,
  idIn,
  order,
  PATIENCE,
  picturesOf,
  plain,
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

describe('finished pictures', { concurrent: true }, () => {
  const scene = playScene({ GIVE_BACKS_PER_DAY: '1', MAX_SAVED_STYLES: '1' });

  /** The calls that carried this document to one person. A call is written down a moment after what it sent is there. */
  const uploadsOf = (person: Person, filename: string | undefined) =>
    scene.sandbox.journal
      .calls()
      .filter(({ parameters }) => Number(parameters.chat_id) === person.id)
      .map(({ method, parameters }) => `${method} ${JSON.stringify(parameters)}`)
      .filter((call) => /document/i.test(call) && call.includes(`"filename":"${filename}"`));

  test('come as originals once for a double tap, and later again without an upload', async () => {
    const person = seller(scene, 'ru');
    const t = textsOf(person);
    await order(person, mug, 2);
    person.tap(t('button-originals'));
    await tap(person, t('button-originals'));
    await waitForText(person, t('originals-caption'));
    expect(filesOf(person).map(({ document }) => document?.file_name)).toEqual([
      'синяя-кружка-1.png',
      'синяя-кружка-2.png',
    ]);
    const [first] = filesOf(person);
    // What was sent a moment ago is not sent again, so this waits until it is.
    const isThere = () => filesOf(person).length > 2;
    for (let tries = 0; !isThere() && tries < 40; tries += 1) {
      await tap(person, t('button-originals'));
      await person.waitFor(isThere, { timeoutMs: 1000 }).catch(() => {});
    }
    await person.waitFor(() => filesOf(person).length === 4, PATIENCE);
    expect(uploadsOf(person, first?.document?.file_name)).toHaveLength(1);
    expect(filesOf(person)[2]?.document?.file_id).toBe(first?.document?.file_id);
  });

  test.each([
    ['en', 'before'],
    ['ru', 'after'],
  ])('come as JPEG as well, once for a double tap (%s, %s the PNG)', async (language, when) => {
    const person = seller(scene, language);
    const t = textsOf(person);
    const { photoshootId } = await order(person, mug, 2);
    const fetchPngs = async () => {
      await tap(person, t('button-originals'));
      await waitForText(person, t('originals-caption'));
    };
    if (when === 'after') await fetchPngs();
    person.tap(t('button-jpegs'));
    await tap(person, t('button-jpegs'));
    await waitForText(person, t('jpegs-caption'));
    const jpegs = filesOf(person).slice(-2);
    expect(jpegs.map(({ document }) => document?.file_name)).toEqual(
      language === 'en' ? ['blue-mug-1.jpg', 'blue-mug-2.jpg'] : ['синяя-кружка-1.jpg', 'синяя-кружка-2.jpg'],
    );
    // What a JPEG loses is still to be had.
    if (when === 'before') await fetchPngs();
    const isThere = () => filesOf(person).length > 4;
    for (let tries = 0; !isThere() && tries < 40; tries += 1) {
      await tap(person, t('button-jpegs'));
      await person.waitFor(isThere, { timeoutMs: 1000 }).catch(() => {});
    }
    await person.waitFor(() => filesOf(person).length === 6, PATIENCE);
    expect(uploadsOf(person, jpegs.at(-1)?.document?.file_name)).toHaveLength(1);
    const again = filesOf(person).at(-1)?.document?.file_id;
    expect(again).toBe(jpegs.at(-1)?.document?.file_id);
    const answer = await fetch(`${scene.sandbox.url}/client/files/${again}`);
    const metadata = await sharp(await answer.arrayBuffer()).metadata();
    expect(metadata).toMatchObject({ format: 'jpeg', space: 'srgb' });
    expect(metadata.xmp?.includes('trainedAlgorithmicMedia')).toBe(true);
    expect((await tap(person, { data: `originals:${photoshootId}:tiff` })).text).toBe(t('error-not-found'));
  });

  test('are made again once for a double tap, and shown in a message of their own', async () => {
    const person = seller(scene, 'en');
    const t = textsOf(person);
    const { photoshootId } = await order(person, mug, 1);
    const again = t('button-again', { credits: 1 });
    const [one, other] = [person.tap(again), person.tap(again)];
    const result = await person.waitFor((message) => (idIn(message, 'again') ?? 0) > photoshootId, PATIENCE);
    expect(textOf(result)).toContain(plain(t('result-credits', { used: 1, left: 6 })));
    const answers = person.callbackAnswers().filter(({ callback_query_id: id }) => [one, other].includes(id));
    expect(answers.map(({ text }) => text)).toEqual([t('again-placed'), t('error-already-placed')]);
    expect(picturesOf(person)).toHaveLength(2);
    // No status message stayed behind: two photos, two results.
    expect(botMessages(person)).toHaveLength(4);
  });

  test('can be had in other styles, without sending the photo again', async () => {
    const person = seller(scene, 'ru');
    const t = textsOf(person);
    const { result } = await order(person, mug, 1);
    await tap(person, t('button-restyle'));
    const card = await waitForButton(person, t('button-create-all', { pictures: 4, credits: 4 }), {
      ...PATIENCE,
      after: result.message_id,
    });
    expect(buttons(card).some((text) => text.startsWith('✓') && !text.includes(':'))).toBe(false);
    // Another one than before: the same would be offered as it is.
    const id = idIn(card, 'place') ?? 0;
    await tap(person, { data: `style:${id}:2`, messageId: card.message_id });
    await tap(person, t('button-create', { pictures: 1, credits: 1 }));
    const second = await waitForResult(person, id);
    expect(textOf(second)).toContain(plain(t('result-credits', { used: 1, left: 6 })));
  });

  test('lend their style to the catalogue until it is forgotten', async () => {
    const person = seller(scene, 'en');
    const t = textsOf(person);
    const card = await sendProduct(person, mug);
    await tap(person, t('ratio-9-16'));
    await tap(person, t('button-describe'));
    person.sendText('on an old wooden table by the window');
    await waitForButton(person, t('button-create', { pictures: 1, credits: 1 }), PATIENCE);
    await tap(person, t('button-create', { pictures: 1, credits: 1 }));
    await waitForResult(person, idIn(card, 'place') ?? 0);
    expect((await tap(person, t('button-save'))).text).toBe(t('save-done', { saved: 1 }));
    expect((await tap(person, t('button-save'))).text).toBe(t('save-done', { saved: 0 }));

    // Named by its own first words; the seller knows a better name.
    const saved = 'on an old wooden table by the';
    await waitForText(person, t('preset-saved', { title: saved }));
    await tap(person, t('button-rename-style'));
    await waitForText(person, t('preset-name', { title: saved, ...STYLE_NAME_LENGTH }));
    await ask(person, 'ab', t('error-style-name-length', { ...STYLE_NAME_LENGTH, length: 2 }));
    await ask(person, 'Old table', t('preset-title', { title: 'Old table' }));

    const next = await sendProduct(person, mug);
    await tap(person, t('button-catalogue'));
    const title = 'Old table';
    await tap(person, t('preset-key', { title, format: '9:16' }));
    await tap(person, t('button-done'));
    const chosen = await waitForButton(person, t('button-chosen', { title }));
    expect(chosen).toMatchObject({ message_id: next.message_id });
    expect(buttons(chosen)).toContain(t('button-chosen', { title: t('ratio-9-16') }));

    person.sendText('/styles');
    await waitForText(person, t('styles-saved-hint'));
    await tap(person, t('preset-key', { title, format: '9:16' }));
    // Another key ends the waiting for a name: the next words are the open card's.
    await tap(person, t('button-rename-style'));
    await tap(person, t('button-back'));
    await ask(person, 'by a window in the evening', t('own-style-title'));
    await waitForText(person, t('preset-title', { title }));
    const forget = t('button-forget');
    const [one, other] = [person.tap(forget), await tap(person, forget)];
    expect(other).toMatchObject({ text: t('error-not-found'), show_alert: false });
    expect(person.callbackAnswers().find(({ callback_query_id: id }) => id === one)?.text).toBe(
      t('styles-forgotten'),
    );
    expect(botMessages(person).flatMap(buttons)).not.toContain(t('preset-key', { title, format: '9:16' }));
  });

  test('save no more styles than there is room for', async () => {
    const person = seller(scene, 'ru');
    const t = textsOf(person);
    await order(person, mug, 2);
    expect(await tap(person, t('button-save'))).toMatchObject({
      text: t('error-too-many-saved-styles', { max: 1 }),
      show_alert: false,
    });
  });

  test('that are not right give their credits back, once each, up to the number of a day', async () => {
    const person = seller(scene, 'en');
    const t = textsOf(person);
    await order(person, mug, 2);
    await tap(person, t('button-not-right'));
    const which = await waitForText(person, t('not-right-which'));
    expect(buttons(which)).toEqual([1, 2].map((position) => t('not-right-picture', { position })));

    await tap(person, t('not-right-picture', { position: 2 }));
    const choice = await waitForText(person, t('not-right-ask'));
    // Once more for nothing is offered before the credit.
    expect(buttons(choice)).toEqual([t('button-redo'), t('button-give-back')]);
    await tap(person, t('button-give-back'));
    const question = await waitForText(person, t('not-right-done', { credits: 1 }));
    expect(question.message_id).toBe(choice.message_id);
    expect(buttons(question)).toEqual(GIVE_BACK_REASONS.map((reason) => t(`reason-${reason}`)));
    expect(await tap(person, t('not-right-picture', { position: 2 }))).toMatchObject({
      text: t('error-already-given-back'),
      show_alert: false,
    });
    await tap(person, t('reason-label'));
    const thanks = await waitForText(person, t('not-right-thanks'));
    expect(thanks.message_id).toBe(question.message_id);
    expect(buttons(thanks)).toEqual([]);

    expect(await tap(person, t('not-right-picture', { position: 1 }))).toMatchObject({
      text: t('error-give-back-quota', { perDay: 1 }),
      show_alert: false,
    });
    const refused = await waitForText(person, t('give-back-refused'));
    expect(buttons(refused)).toEqual([t('button-support')]);
    person.sendText('/balance');
    await waitForText(person, t('balance', { credits: 7 }));
    await tap(person, t('button-support'));
    await waitForText(person, t('support-ask'));
  });

  test('of which there is one are given back without asking which', async () => {
    const person = seller(scene, 'ru');
    const t = textsOf(person);
    await order(person, mug, 1);
    await tap(person, t('button-not-right'));
    await waitForText(person, t('not-right-ask'));
    await tap(person, t('button-give-back'));
    await waitForText(person, t('not-right-done', { credits: 1 }));
    await tap(person, t('reason-look'));
    await waitForText(person, t('not-right-thanks'));
    person.sendText('/balance');
    await waitForText(person, t('balance', { credits: 8 }));
  });

  test('that are not right are made once more for nothing, once, and counted as one of the day', async () => {
    const person = seller(scene, 'en');
    const t = textsOf(person);
    const { result } = await order(person, mug, 1);
    await tap(person, t('button-not-right'));
    const choice = await waitForText(person, t('not-right-ask'));
    const redo = { data: `redo:${idIn(choice, 'redo')}`, messageId: choice.message_id };
    const answers = await Promise.all([tap(person, redo), tap(person, redo)]);
    expect(answers.map(({ text }) => text).toSorted()).toEqual(
      [t('again-placed'), t('error-already-given-back')].toSorted(),
    );
    const question = await waitForText(person, t('not-right-redo'));
    expect(question.message_id).toBe(choice.message_id);
    await tap(person, t('reason-shape'));
    const redone = await waitForText(person, t('result-credits', { used: 0, left: 7 }), {
      after: result.message_id,
    });
    expect(buttons(redone)).toContain(t('button-again', { credits: 1 }));
    // Its own picture is one like every other, and the day's one is used.
    expect(await tap(person, { data: `notright:${idIn(redone, 'notright')}` })).toMatchObject({
      text: t('error-give-back-quota', { perDay: 1 }),
    });
  });
});
