/** What the verdict on a picture means for its credit. */
import { eq } from 'drizzle-orm';
import { afterAll, describe, expect, test } from 'vitest';
import { readBalance } from '../../../src/billing/ledger/read-balance.ts';
import { processedImages } from '../../../src/database/schema/index.ts';
import type { Likeness } from '../../../src/imaging/likeness.ts';
import { makeMoreLike, openCorrection } from '../../../src/photoshoots/draft/correct-picture.ts';
import { giveBack } from '../../../src/photoshoots/give-back.ts';
import {
  likenessOf,
  readCostOfNext,
  recordLikeness,
  wasPaidByDrift,
} from '../../../src/photoshoots/likeness.ts';
import { readPictures } from '../../../src/photoshoots/run/start-photoshoot.ts';
import { readWish } from '../../../src/photoshoots/words/read-wish.ts';
import { expectBalancedBooks, openFileScene, outcomeOf } from '../../support/scene.ts';

const scene = await openFileScene();
const { db } = scene;
afterAll(async () => {
  await expectBalancedBooks(db);
});

const DRIFTED: Likeness = { kind: 'drifted', drifts: ['doubled', 'colour'] };
const credits = async (userId: number) => (await readBalance(db, userId)).credits;

async function drifted(userId: number, styleOrigin: 'proposed' | 'own' = 'proposed'): Promise<number> {
  const { pictures } = await scene.delivered(userId);
  const id = pictures[0]?.id ?? 0;
  await recordLikeness(db, id, DRIFTED);
  await db.update(processedImages).set({ styleOrigin }).where(eq(processedImages.id, id));
  return id;
}

const correct = (userId: number, pictureId: number) =>
  openCorrection(
    scene,
    {
      pictureId,
      userId,
      title: 'My change',
      wish: readWish('as in the photo'),
      sourceKey: `c:${scene.nextId()}`,
    },
    scene.now,
  );

describe('a verdict', () => {
  test.each<Likeness>([
    { kind: 'same' },
    DRIFTED,
    { kind: 'not-measured', reason: 'few-matches' },
    { kind: 'not-measured', reason: 'unfinished' },
  ])('is kept as it was found, the first one only: %o', async (likeness) => {
    const { photoshootId, pictures } = await scene.delivered(await scene.customer());
    const [{ id }] = pictures as [(typeof pictures)[number]];
    expect(pictures.map(likenessOf)).toEqual([null]);
    await recordLikeness(db, id, likeness);
    await recordLikeness(db, id, { kind: 'not-measured', reason: 'unfinished' });
    expect((await readPictures(db, photoshootId)).map(likenessOf)).toEqual([likeness]);
  });
});

describe('a picture that drifted', () => {
  test('is corrected for nothing, also by who has no credit left, once', async () => {
    const userId = await scene.customer(1);
    const id = await drifted(userId);
    expect(await readCostOfNext(db, id)).toBe(0);
    const first = await correct(userId, id);
    // A card costs nothing, and brings nothing.
    expect(await credits(userId)).toBe(0);
    await scene.place(first, userId);
    expect(await readBalance(db, userId)).toEqual({ credits: 0, reserved: 1 });
    expect(await wasPaidByDrift(db, first)).toBe(true);
    expect(await readCostOfNext(db, id)).toBe(1);
    expect(await outcomeOf(scene.place(await correct(userId, id), userId))).toBe('not-enough-credits');
  });

  test('pays for one of two corrections that are placed at once', async () => {
    const userId = await scene.customer(1);
    const id = await drifted(userId);
    const drafts = [await correct(userId, id), await correct(userId, id)];
    const outcomes = await Promise.all(drafts.map((draft) => outcomeOf(scene.place(draft, userId))));
    expect(outcomes.toSorted()).toEqual(['done', 'not-enough-credits']);
  });

  test('pays for another one like it', async () => {
    const userId = await scene.customer(1);
    const pictureId = await drifted(userId);
    await makeMoreLike(scene, { pictureId, userId, callbackId: `m${scene.nextId()}` }, scene.now);
    expect(await readBalance(db, userId)).toEqual({ credits: 0, reserved: 1 });
  });

  test('comes back beside the quota, and takes nothing off it', async () => {
    const userId = await scene.customer(3);
    const quota = { perDay: 1, sharePercent: 0 };
    const back = (pictureId: number) => outcomeOf(giveBack(db, { pictureId, userId, ...quota }, scene.now));
    const ours = await drifted(userId);
    const [one = 0, other = 0] = (await scene.delivered(userId, 2)).pictures.map(({ id }) => id);
    expect(await back(ours)).toBe('done');
    expect(await back(one)).toBe('done');
    expect(await back(other)).toBe('give-back-quota');
    expect(await credits(userId)).toBe(2);
  });

  test('as its seller’s own words asked is nobody’s fault: its correction costs what every picture costs', async () => {
    const userId = await scene.customer(1);
    const id = await drifted(userId, 'own');
    expect(await readCostOfNext(db, id)).toBe(1);
    expect(await outcomeOf(scene.place(await correct(userId, id), userId))).toBe('not-enough-credits');
    const quota = { perDay: 0, sharePercent: 0 };
    expect(await outcomeOf(giveBack(db, { pictureId: id, userId, ...quota }, scene.now))).toBe(
      'give-back-quota',
    );
  });
});
