import { and, eq } from 'drizzle-orm';
import { afterAll, describe, expect, test } from 'vitest';
import { readBalance } from '../../../src/billing/ledger/read-balance.ts';
import { photoshoots } from '../../../src/database/schema/index.ts';
import { chooseCount } from '../../../src/photoshoots/draft/choose-count.ts';
import { chooseRatio } from '../../../src/photoshoots/draft/choose-ratio.ts';
import { repeatPhotoshoot, restylePhotoshoot } from '../../../src/photoshoots/draft/repeat-photoshoot.ts';
import { readPhotos, readPhotoshoot, readStyles } from '../../../src/photoshoots/read-photoshoot.ts';
import { readPictures } from '../../../src/photoshoots/run/start-photoshoot.ts';
import { expectBalancedBooks, jobsOf, openFileScene, outcomeOf, stateOf } from '../../support/scene.ts';

const scene = await openFileScene();
afterAll(async () => {
  await expectBalancedBooks(scene.db);
});

const balance = (userId: number) => readBalance(scene.db, userId);

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
    expect(await balance(userId)).toEqual({ credits: 14, reserved: 3 });
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
    expect(await balance(userId)).toEqual({ credits: 18, reserved: 1 });
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
    restylePhotoshoot(scene, { photoshootId, userId, sourceKey: `restyle:${callbackId}` }, scene.now);

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
    expect(await balance(userId)).toEqual({ credits: 6, reserved: 0 });

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
