import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readBalance } from '../../../src/billing/read-balance.ts';
import { photoshoots } from '../../../src/database/schema/index.ts';
import { addOwnStyle } from '../../../src/photoshoots/add-own-style.ts';
import { cancelPhotoshoot } from '../../../src/photoshoots/cancel-photoshoot.ts';
import { chooseCount } from '../../../src/photoshoots/choose-count.ts';
import { chooseRatio } from '../../../src/photoshoots/choose-ratio.ts';
import { explainGiveBack, giveBack } from '../../../src/photoshoots/give-back.ts';
import { readPhotoshoot, readPhotos, readStyles } from '../../../src/photoshoots/photoshoot.ts';
import { deletePreset, readPresets, saveStyles } from '../../../src/photoshoots/presets.ts';
import { repeatPhotoshoot, restylePhotoshoot } from '../../../src/photoshoots/repeat-photoshoot.ts';
import { readPictures } from '../../../src/photoshoots/start-photoshoot.ts';
import {
  entryKeys,
  expectBalancedBooks,
  jobsOf,
  openScene,
  outcomeOf,
  type Scene,
  stateOf,
} from '../../support/scene.ts';

let scene: Scene;

beforeAll(async () => {
  scene = await openScene();
});
afterAll(async () => {
  await expectBalancedBooks(scene.db);
  await scene.close();
});

const balance = (userId: number) => readBalance(scene.db, userId);

describe('giving back', () => {
  const DAY_MS = 86_400_000;
  const back = (pictureId: number, userId: number, perDay = 3, now = scene.now) =>
    giveBack(scene.db, { pictureId, userId, perDay, sharePercent: 100 }, now);
  const deliveredTo = async (userId: number, pictures: number) =>
    (await scene.delivered(userId, pictures)).pictures.map((picture) => picture.id);

  test('a picture that is not right returns its credit, once', async () => {
    const userId = await scene.customer(4);
    const [id = 0] = await deliveredTo(userId, 1);
    await back(id, userId);
    expect(await balance(userId)).toEqual({ credits: 4, held: 0 });
    expect(await outcomeOf(back(id, userId))).toBe('already-given-back');
    expect(await balance(userId)).toEqual({ credits: 4, held: 0 });
    expect(await entryKeys(scene.db, userId)).toContain(`give-back:${id}`);
  });

  test('ten taps on one picture at once return one credit', async () => {
    const userId = await scene.customer(4);
    const [id = 0] = await deliveredTo(userId, 1);
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => outcomeOf(back(id, userId, 20))));
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'already-given-back')).toHaveLength(9);
    expect(await balance(userId)).toEqual({ credits: 4, held: 0 });
  });

  test('the number a day is exact, also when all are tapped at once', async () => {
    const userId = await scene.customer(8);
    const ids = [...(await deliveredTo(userId, 4)), ...(await deliveredTo(userId, 4))];
    const outcomes = await Promise.all(ids.map((id) => outcomeOf(back(id, userId))));
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(3);
    expect(outcomes.filter((outcome) => outcome === 'give-back-quota')).toHaveLength(5);
    expect(await balance(userId)).toEqual({ credits: 3, held: 0 });
  });

  test('the number counts the last twenty-four hours', async () => {
    const userId = await scene.customer(4);
    const [one = 0, two = 0, three = 0] = await deliveredTo(userId, 3);
    await back(one, userId, 1);
    const soon = new Date(scene.now.getTime() + DAY_MS);
    await expect(back(two, userId, 1, soon)).rejects.toMatchObject({
      code: 'give-back-quota',
      details: { perDay: 1 },
    });
    await back(two, userId, 1, new Date(soon.getTime() + 1));
    expect(await outcomeOf(back(three, userId, 1, new Date(soon.getTime() + 2)))).toBe('give-back-quota');
  });

  test('of one seller leaves the quota of another alone, and none can be none', async () => {
    const [one, other] = [await scene.customer(4), await scene.customer(4)];
    const [[first = 0], [second = 0]] = [await deliveredTo(one, 1), await deliveredTo(other, 1)];
    await back(first, one, 1);
    await back(second, other, 1);
    const [third = 0] = await deliveredTo(other, 1);
    expect(await outcomeOf(back(third, other, 0))).toBe('give-back-quota');
  });

  test('a picture that was never delivered has nothing to give back', async () => {
    const userId = await scene.customer(4);
    const started = await scene.running(userId, 2);
    const [sent, unsent] = started.pictures;
    if (!sent || !unsent) throw new Error('two pictures were ordered');
    expect(await outcomeOf(back(sent.id, userId))).toBe('not-found');
    await scene.deliver(started, 1);
    expect(await outcomeOf(back(unsent.id, userId))).toBe('not-found');
    expect(await outcomeOf(back(sent.id, userId))).toBe('done');
  });

  test('keeps the first reason, and none for a picture that was not given back', async () => {
    const userId = await scene.customer(4);
    const { photoshootId, pictures } = await scene.delivered(userId, 2);
    const [given, kept] = pictures;
    if (!given || !kept) throw new Error('two pictures were ordered');
    await back(given.id, userId);
    for (const reason of ['shape', 'look'] as const) {
      await explainGiveBack(scene.db, { pictureId: given.id, userId, reason });
    }
    await explainGiveBack(scene.db, { pictureId: kept.id, userId, reason: 'look' });
    const reasons = (await readPictures(scene.db, photoshootId)).map((picture) => picture.givenBackReason);
    expect(reasons).toEqual(['shape', null]);
  });
});

describe('again', () => {
  const again = (photoshootId: number, userId: number, callbackId = `tap-${scene.nextId()}`) =>
    repeatPhotoshoot(scene, { photoshootId, userId, callbackId }, scene.now);
  const repeatsOf = (photoshootId: number) =>
    scene.db.$count(photoshoots, eq(photoshoots.repeatOf, photoshootId));

  test('places the same photos, styles, ratio and number at once', async () => {
    const userId = await scene.customer(20);
    const album = [1, 2].map(() => scene.photo(userId, { albumId: 'views', caption: 'a mug' }));
    for (const photo of album) await scene.send(photo);
    const { photoshootId: original } = await scene.send(album[0] ?? scene.photo(userId));
    await scene.recognise(original);
    for (const number of [2, 3]) await scene.toggle(original, userId, number);
    await chooseRatio(scene.db, { draftId: original, userId, ratio: '9:16' }, scene.now);
    await chooseCount(scene.db, { draftId: original, userId, pictures: 3 }, scene.now);
    await scene.place(original, userId);
    await scene.deliver(await scene.take(original));

    const { photoshootId: repeat, pictures } = await again(original, userId);
    expect(pictures).toBe(3);
    const planned = async (id: number) =>
      (await readPictures(scene.db, id)).map(({ position, style, stylePrompt, styleOrigin, ratio }) => ({
        position,
        style,
        stylePrompt,
        styleOrigin,
        ratio,
      }));
    expect(await planned(repeat)).toEqual(await planned(original));
    expect(await readPhotos(scene.db, repeat)).toEqual(await readPhotos(scene.db, original));
    const { caption, product, ratio } = await readPhotoshoot(scene.db, original);
    expect(await readPhotoshoot(scene.db, repeat)).toMatchObject({
      state: 'queued',
      caption,
      product,
      ratio,
      cardMessageId: null,
    });
    expect(await jobsOf(scene.db, repeat)).toHaveLength(1);
    expect(await balance(userId)).toEqual({ credits: 14, held: 3 });
  });

  test('tapped ten times at once makes one photoshoot', async () => {
    const userId = await scene.customer(20);
    const { photoshootId } = await scene.delivered(userId);
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => outcomeOf(again(photoshootId, userId))),
    );
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'already-placed')).toHaveLength(9);
    expect(await repeatsOf(photoshootId)).toBe(1);
    expect(await balance(userId)).toEqual({ credits: 18, held: 1 });
  });

  test('of a tap that is handled again later, when the repeat is finished, makes no second one', async () => {
    const userId = await scene.customer(20);
    const { photoshootId } = await scene.delivered(userId);
    const { photoshootId: repeat } = await again(photoshootId, userId, 'the-same-tap');
    await scene.deliver(await scene.take(repeat));
    expect(await outcomeOf(again(photoshootId, userId, 'the-same-tap'))).toBe('already-placed');
    expect(await outcomeOf(again(photoshootId, userId, 'another-tap'))).toBe('done');
    expect(await repeatsOf(photoshootId)).toBe(2);
  });

  test('without enough credits leaves nothing behind', async () => {
    const userId = await scene.customer(2);
    const { photoshootId } = await scene.delivered(userId, 2);
    expect(await outcomeOf(again(photoshootId, userId, 'poor'))).toBe('not-enough-credits');
    expect(await repeatsOf(photoshootId)).toBe(0);
    expect(await scene.db.$count(photoshoots, eq(photoshoots.sourceKey, 'again:poor'))).toBe(0);
  });

  test('can repeat a repeat, and one that failed', async () => {
    const userId = await scene.customer(20);
    const { photoshootId } = await scene.delivered(userId);
    const { photoshootId: second } = await again(photoshootId, userId);
    const started = await scene.take(second);
    await scene.deliver(started, 0);
    expect(await stateOf(scene.db, second)).toBe('failed');
    const { photoshootId: third } = await again(second, userId);
    expect(await readPictures(scene.db, third)).toHaveLength(1);
  });

  test('of a draft without a chosen style says so', async () => {
    const userId = await scene.customer(20);
    expect(await outcomeOf(again(await scene.draft(userId, []), userId))).toBe('no-style-chosen');
  });
});

describe('another style', () => {
  const restyle = (photoshootId: number, userId: number, callbackId = `tap-${scene.nextId()}`) =>
    restylePhotoshoot(scene, { photoshootId, userId, callbackId }, scene.now);

  test('is a new draft of the same photos with everything proposed and nothing chosen', async () => {
    const userId = await scene.customer(8);
    const { photoshootId } = await scene.delivered(userId, 2);
    const draftId = await restyle(photoshootId, userId);
    expect(await readPhotoshoot(scene.db, draftId)).toMatchObject({
      state: 'draft',
      pictureCount: null,
      cardMessageId: null,
      product: (await readPhotoshoot(scene.db, photoshootId)).product,
      expiresAt: new Date(scene.now.getTime() + scene.draftTtlMs),
    });
    expect(await readPhotos(scene.db, draftId)).toEqual(await readPhotos(scene.db, photoshootId));
    const styles = await readStyles(scene.db, draftId);
    expect(styles.map((style) => style.title)).toEqual([1, 2, 3, 4].map((n) => `Proposal ${n}`));
    expect(styles.some((style) => style.chosen)).toBe(false);
    expect(await balance(userId)).toEqual({ credits: 6, held: 0 });

    await scene.toggle(draftId, userId, 4);
    expect(await outcomeOf(scene.place(draftId, userId))).toBe('done');
    expect((await readStyles(scene.db, photoshootId)).filter((style) => style.chosen)).toHaveLength(2);
  });

  test('of a tap that is handled twice is the same draft', async () => {
    const userId = await scene.customer(8);
    const { photoshootId } = await scene.delivered(userId);
    const drafts = await Promise.all([1, 2, 3].map(() => restyle(photoshootId, userId, 'one-tap')));
    expect(new Set(drafts).size).toBe(1);
    const key = eq(photoshoots.sourceKey, 'restyle:one-tap');
    expect(await scene.db.$count(photoshoots, and(key, eq(photoshoots.userId, userId)))).toBe(1);
  });

  test('does not stand in the way of again', async () => {
    const userId = await scene.customer(8);
    const { photoshootId } = await scene.delivered(userId);
    const draftId = await restyle(photoshootId, userId);
    await scene.toggle(draftId, userId, 1);
    await scene.place(draftId, userId);
    const input = { photoshootId, userId, callbackId: 'again-after-restyle' };
    expect(await outcomeOf(repeatPhotoshoot(scene, input, scene.now))).toBe('done');
  });
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

  test('of the seller’s own words can be many: each has a title that tells it apart', async () => {
    const userId = await scene.customer(8);
    const prompts = ['on a wooden table', 'under a blue sky', 'in a green garden'];
    for (const prompt of prompts) expect(await save(await ownStyled(userId, prompt), userId)).toBe(1);
    expect(await readPresets(scene.db, userId)).toMatchObject([
      { title: 'My style', prompt: prompts[0] },
      { title: 'My style 2', prompt: prompts[1] },
      { title: 'My style 3', prompt: prompts[2] },
    ]);
    expect(await save(await ownStyled(userId, 'under a blue sky'), userId)).toBe(0);
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

  test('can be deleted, and deleting one that is gone is as good', async () => {
    const userId = await scene.customer(8);
    await save(await scene.placed(userId, 2), userId);
    const [preset] = await readPresets(scene.db, userId);
    if (preset === undefined) throw new Error('nothing was saved');
    await deletePreset(scene.db, { presetId: preset.id, userId });
    await deletePreset(scene.db, { presetId: preset.id, userId });
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
