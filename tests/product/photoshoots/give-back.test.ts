import { eq } from 'drizzle-orm';
import { afterAll, describe, expect, test } from 'vitest';
import { readBalance } from '../../../src/billing/ledger/read-balance.ts';
import { processedImages } from '../../../src/database/schema/index.ts';
import { redoPicture } from '../../../src/photoshoots/draft/redo-picture.ts';
import { explainGiveBack, type GiveBackReason, giveBack } from '../../../src/photoshoots/give-back.ts';
import { readPaidByBefore } from '../../../src/photoshoots/likeness.ts';
import { readPhotoshoot } from '../../../src/photoshoots/read-photoshoot.ts';
import { readPictures } from '../../../src/photoshoots/run/start-photoshoot.ts';
import { entryKeys, expectBalancedBooks, openFileScene, outcomeOf } from '../../support/scene.ts';

const scene = await openFileScene();
afterAll(async () => {
  await expectBalancedBooks(scene.db);
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
    expect(await balance(userId)).toEqual({ credits: 4, reserved: 0 });
    expect(await outcomeOf(back(id, userId))).toBe('already-given-back');
    expect(await balance(userId)).toEqual({ credits: 4, reserved: 0 });
    expect(await entryKeys(scene.db, userId)).toContain(`give-back:${id}`);
  });

  test('ten taps on one picture at once return one credit', async () => {
    const userId = await scene.customer(4);
    const [id = 0] = await deliveredTo(userId, 1);
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => outcomeOf(back(id, userId, 20))));
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'already-given-back')).toHaveLength(9);
    expect(await balance(userId)).toEqual({ credits: 4, reserved: 0 });
  });

  test('the number a day is exact, also when all are tapped at once', async () => {
    const userId = await scene.customer(8);
    const ids = [...(await deliveredTo(userId, 4)), ...(await deliveredTo(userId, 4))];
    const outcomes = await Promise.all(ids.map((id) => outcomeOf(back(id, userId))));
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(3);
    expect(outcomes.filter((outcome) => outcome === 'give-back-quota')).toHaveLength(5);
    expect(await balance(userId)).toEqual({ credits: 3, reserved: 0 });
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
    const explain = (pictureId: number, reason: GiveBackReason) =>
      explainGiveBack(scene.db, { pictureId, userId, reason });
    expect(await explain(given.id, 'shape')).toBe(true);
    expect(await explain(given.id, 'look')).toBe(true);
    expect(await explain(kept.id, 'look')).toBe(false);
    const reasons = (await readPictures(scene.db, photoshootId)).map((picture) => picture.givenBackReason);
    expect(reasons).toEqual(['shape', null]);
  });
});

describe('having a picture made once more', () => {
  const quota = { perDay: 3, sharePercent: 100 };
  const redo = (pictureId: number, userId: number, perDay = 3) =>
    redoPicture(scene, { pictureId, userId, ...quota, perDay }, scene.now);

  test('costs nothing, also who has no credit left, and is one picture of the same style', async () => {
    const userId = await scene.customer(2);
    const { photoshootId, pictures } = await scene.delivered(userId, 2);
    const [, second] = pictures;
    const placed = await redo(second?.id ?? 0, userId);
    expect(placed.pictures).toBe(1);
    expect(await balance(userId)).toEqual({ credits: 0, reserved: 1 });
    const [original] = (await readPictures(scene.db, photoshootId)).slice(1);
    expect(await readPictures(scene.db, placed.photoshootId)).toMatchObject([
      { style: original?.style, stylePrompt: original?.stylePrompt, credits: 1, state: 'waiting' },
    ]);
    await scene.deliver(await scene.take(placed.photoshootId));
    expect(await balance(userId)).toEqual({ credits: 0, reserved: 0 });
    expect(await readPaidByBefore(scene.db, placed.photoshootId)).toBe(1);
  });

  test('is done once, however often and beside what it is tapped', async () => {
    const userId = await scene.customer(4);
    const { pictures } = await scene.delivered(userId, 1);
    const id = pictures[0]?.id ?? 0;
    const taps = Array.from({ length: 8 }, (_, index) =>
      outcomeOf(
        index % 2 === 0
          ? redo(id, userId, 20)
          : giveBack(scene.db, { pictureId: id, userId, ...quota }, scene.now),
      ),
    );
    const outcomes = await Promise.all(taps);
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'already-given-back')).toHaveLength(7);
    const { credits, reserved } = await balance(userId);
    expect(credits + reserved).toBe(4);
  });

  test('counts as one that was given back', async () => {
    const userId = await scene.customer(4);
    const [one = 0, other = 0] = (await scene.delivered(userId, 2)).pictures.map(({ id }) => id);
    await redo(one, userId, 1);
    expect(await outcomeOf(redo(other, userId, 1))).toBe('give-back-quota');
    expect(await balance(userId)).toEqual({ credits: 2, reserved: 1 });
  });

  test('of one that was ordered large and came smaller is free in the size that it came in', async () => {
    const userId = await scene.customer(2);
    const draftId = await scene.draft(userId);
    await scene.enlarge(draftId, userId);
    await scene.place(draftId, userId);
    const started = await scene.take(draftId);
    const id = started.pictures[0]?.id ?? 0;
    await scene.deliver(started);
    await scene.db.update(processedImages).set({ creditsSaved: 1 }).where(eq(processedImages.id, id));
    const { photoshootId } = await redo(id, userId);
    expect(await readPhotoshoot(scene.db, photoshootId)).toMatchObject({ size: 'usual' });
    expect(await readPaidByBefore(scene.db, photoshootId)).toBe(1);
  });
});
