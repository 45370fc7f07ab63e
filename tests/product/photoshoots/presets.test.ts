import { afterAll, describe, expect, test } from 'vitest';
import { chooseCount } from '../../../src/photoshoots/draft/choose-count.ts';
import { cancelPhotoshoot } from '../../../src/photoshoots/run/cancel-photoshoot.ts';
import { addOwnStyle } from '../../../src/photoshoots/styles/add-own-style.ts';
import { deletePreset, readPresets, saveStyles } from '../../../src/photoshoots/styles/presets.ts';
import { expectBalancedBooks, openFileScene, outcomeOf } from '../../support/scene.ts';

const scene = await openFileScene();
afterAll(async () => {
  await expectBalancedBooks(scene.db);
});

describe('saved styles', () => {
  const save = (photoshootId: number, userId: number, max = 12) =>
    saveStyles(scene.db, { photoshootId, userId, max });
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
