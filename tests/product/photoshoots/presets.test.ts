import { afterAll, describe, expect, test } from 'vitest';
import { readCustomer } from '../../../src/customers/read-customer.ts';
import { chooseCount } from '../../../src/photoshoots/draft/choose-count.ts';
import { chooseRatio } from '../../../src/photoshoots/draft/choose-ratio.ts';
import { cancelPhotoshoot } from '../../../src/photoshoots/run/cancel-photoshoot.ts';
import { addOwnStyle } from '../../../src/photoshoots/styles/add-own-style.ts';
import {
  deletePreset,
  expectPresetName,
  type Preset,
  readPresets,
  renamePreset,
  saveStyles,
} from '../../../src/photoshoots/styles/presets.ts';
import { expectBalancedBooks, openFileScene, outcomeOf } from '../../support/scene.ts';

const scene = await openFileScene();
afterAll(async () => {
  await expectBalancedBooks(scene.db);
});

describe('saved styles', () => {
  const save = async (photoshootId: number, userId: number, max = 12) =>
    (await saveStyles(scene.db, { photoshootId, userId, max })).saved;
  const titles = async (userId: number) =>
    (await readPresets(scene.db, userId)).map((preset) => preset.title);

  /** A placed photoshoot in the seller's own words. */
  async function ownStyled(userId: number, prompt: string): Promise<number> {
    const draftId = await scene.draft(userId, []);
    await addOwnStyle(scene.db, { draftId, userId, title: 'My style', prompt }, scene.now);
    await scene.place(draftId, userId);
    return draftId;
  }

  test('are those of the photoshoot, each once however many pictures it has', async () => {
    const userId = await scene.customer(8);
    const draftId = await scene.draft(userId, [1, 3]);
    await chooseCount(scene.db, { draftId, userId, pictures: 4 }, scene.now);
    await scene.place(draftId, userId);
    expect(await save(draftId, userId)).toBe(2);
    expect((await titles(userId)).sort()).toEqual(['Proposal 1', 'Proposal 3']);
    expect(await save(draftId, userId)).toBe(0);
    expect(await titles(userId)).toHaveLength(2);
  });

  test('saved twice at once are saved once', async () => {
    const userId = await scene.customer(8);
    const photoshootId = await scene.placed(userId, 2);
    const saved = await Promise.all([save(photoshootId, userId), save(photoshootId, userId)]);
    expect(saved.sort()).toEqual([0, 2]);
    expect(await titles(userId)).toHaveLength(2);
  });

  test('of the seller’s own words are named by their first ones: each has a title that tells it apart', async () => {
    const userId = await scene.customer(8);
    const prompts = [
      'on a wooden table',
      'on a wooden table by the window, autumn leaves',
      'on a wooden table by the window, warm evening light',
      'w'.repeat(40),
    ];
    for (const prompt of prompts) expect(await save(await ownStyled(userId, prompt), userId)).toBe(1);
    expect(await readPresets(scene.db, userId)).toMatchObject([
      { title: 'on a wooden table', prompt: prompts[0] },
      { title: 'on a wooden table by the window', prompt: prompts[1] },
      { title: 'on a wooden table by the window 2', prompt: prompts[2] },
      { title: 'w'.repeat(32), prompt: prompts[3] },
    ]);
    expect(await save(await ownStyled(userId, 'on a wooden table'), userId)).toBe(0);
  });

  test('have a limit: what does not fit is refused as a whole', async () => {
    const userId = await scene.customer(8);
    const [three, one] = [await scene.placed(userId, 3), await ownStyled(userId, 'on a wooden table')];
    await expect(save(three, userId, 2)).rejects.toMatchObject({
      code: 'too-many-saved-styles',
      details: { max: 2 },
    });
    expect(await titles(userId)).toEqual([]);
    expect(await save(three, userId, 3)).toBe(3);
    expect(await outcomeOf(save(one, userId, 3))).toBe('too-many-saved-styles');
    // Saving again what is saved already is fine in a full catalogue.
    expect(await save(three, userId, 3)).toBe(0);
  });

  test('keep their limit when several photoshoots are saved at once', async () => {
    const userId = await scene.customer(8);
    const ids: number[] = [];
    for (const n of [1, 2, 3]) ids.push(await ownStyled(userId, `my own style number ${n}`));
    const outcomes = await Promise.all(ids.map((id) => outcomeOf(save(id, userId, 2))));
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(2);
    expect(await titles(userId)).toHaveLength(2);
  });

  test('keep the format of their pictures, and tell which one is in the seller’s own words', async () => {
    const userId = await scene.customer(8);
    const draftId = await scene.draft(userId, [2]);
    await addOwnStyle(scene.db, { draftId, userId, title: 'My style', prompt: 'on a wet stone' }, scene.now);
    await chooseRatio(scene.db, { draftId, userId, ratio: '9:16' }, scene.now);
    await scene.enlarge(draftId, userId);
    await scene.place(draftId, userId);
    const input = { photoshootId: draftId, userId, max: 12 };
    expect(await saveStyles(scene.db, input)).toMatchObject({ saved: 2, own: { title: 'on a wet stone' } });
    expect(await saveStyles(scene.db, input)).toEqual({ saved: 0, own: null });
    const format = { ratio: '9:16', size: 'large' };
    expect(await readPresets(scene.db, userId)).toMatchObject([format, format]);
    const plain = await scene.placed(userId, 1);
    expect(await saveStyles(scene.db, { ...input, photoshootId: plain })).toMatchObject({
      saved: 1,
      own: null,
    });
  });

  /** Two saved styles of a new seller. */
  async function two(): Promise<{ userId: number; one: Preset; other: Preset }> {
    const userId = await scene.customer(8);
    await save(await scene.placed(userId, 2), userId);
    const [one, other] = await readPresets(scene.db, userId);
    if (one === undefined || other === undefined) throw new Error('two were to be saved');
    return { userId, one, other };
  }
  const rename = ({ id: presetId, userId }: Preset, name: string) =>
    renamePreset(scene.db, { presetId, userId, name });

  test('get another name, which tells each of them apart', async () => {
    const { userId, one, other } = await two();
    await expectPresetName(scene.db, { presetId: one.id, userId });
    expect(await outcomeOf(rename(one, other.title.toUpperCase()))).toBe('style-name-taken');
    // It is still awaited: the next words are another try.
    expect((await readCustomer(scene.db, userId))?.renamingPresetId).toBe(one.id);
    expect(await rename(one, '  Oak \n table ')).toMatchObject({ id: one.id, title: 'Oak table' });
    expect((await readCustomer(scene.db, userId))?.renamingPresetId).toBeNull();
    expect(await outcomeOf(rename(one, 'oak table'))).toBe('done');
    // Somebody else's may be called the same.
    const { one: theirs } = await two();
    expect(await outcomeOf(rename(theirs, 'oak table'))).toBe('done');
  });

  test.each([
    ['two letters', 'ab', 'style-name-length'],
    ['three', 'abc', 'done'],
    ['sixty', 'x'.repeat(60), 'done'],
    ['sixty-one', 'x'.repeat(61), 'style-name-length'],
    // Telegram counts UTF-16 units, two for each of these.
    ['thirty emoji', '🌲'.repeat(30), 'done'],
    ['thirty-one emoji', '🌲'.repeat(31), 'style-name-length'],
    ['blanks', ' \n\t   ', 'style-name-length'],
  ])('are renamed to %s or told why not', async (_what, name, outcome) => {
    const { one } = await two();
    expect(await outcomeOf(rename(one, name))).toBe(outcome);
  });

  test('renamed to one name at once are told apart: one gets it', async () => {
    const { userId, one, other } = await two();
    const outcomes = await Promise.all([one, other].map((preset) => outcomeOf(rename(preset, 'Oak'))));
    expect(outcomes.sort()).toEqual(['done', 'style-name-taken']);
    expect((await titles(userId)).filter((title) => title === 'Oak')).toHaveLength(1);
  });

  test('that were deleted meanwhile cannot be renamed', async () => {
    const { userId, one } = await two();
    await deletePreset(scene.db, { presetId: one.id, userId });
    expect(await outcomeOf(rename(one, 'Oak'))).toBe('not-found');
    expect(await outcomeOf(expectPresetName(scene.db, { presetId: one.id, userId }))).toBe('not-found');
  });

  test('can be deleted, once', async () => {
    const userId = await scene.customer(8);
    await save(await scene.placed(userId, 2), userId);
    const [preset] = await readPresets(scene.db, userId);
    if (preset === undefined) throw new Error('nothing was saved');
    expect(await deletePreset(scene.db, { presetId: preset.id, userId })).toBe(true);
    expect(await deletePreset(scene.db, { presetId: preset.id, userId })).toBe(false);
    expect(await titles(userId)).toHaveLength(1);
  });

  test('of a draft there are none yet', async () => {
    const userId = await scene.customer(8);
    const draftId = await scene.draft(userId, [1]);
    expect(await outcomeOf(save(draftId, userId))).toBe('not-found');
    await cancelPhotoshoot(scene.db, { photoshootId: draftId, userId });
    expect(await outcomeOf(save(draftId, userId))).toBe('not-found');
  });
});
