/** What the verdict on a picture means for its credit. */
import { eq } from 'drizzle-orm';
import { afterAll, describe, expect, test } from 'vitest';
import { readBalance } from '../../../src/billing/ledger/read-balance.ts';
import { type PictureSize, processedImages } from '../../../src/database/schema/index.ts';
import { draftScreen } from '../../../src/messenger/card-in-place.ts';
import { awaitPayment } from '../../../src/photoshoots/draft/await-payment.ts';
import { chooseSize } from '../../../src/photoshoots/draft/choose-size.ts';
import { makeMoreLike, openCorrection } from '../../../src/photoshoots/draft/correct-picture.ts';
import { placePhotoshoot } from '../../../src/photoshoots/draft/place-photoshoot.ts';
import { giveBack } from '../../../src/photoshoots/give-back.ts';
import {
  isToBeCompared,
  type Likeness,
  likenessOf,
  readCostOfNext,
  readPaidByBefore,
  recordLikeness,
} from '../../../src/photoshoots/likeness.ts';
import { readCard } from '../../../src/photoshoots/read-photoshoot.ts';
import { readPictures } from '../../../src/photoshoots/run/start-photoshoot.ts';
import { readWish } from '../../../src/photoshoots/words/read-wish.ts';
import { readCallback } from '../../../src/screens/callback-data.ts';
import { loadTexts } from '../../../src/texts/texts.ts';
import { expectBalancedBooks, openFileScene, outcomeOf } from '../../support/scene.ts';
import { createTill, ORDER_TTL_MS } from '../billing/till.ts';

const scene = await openFileScene();
const { db } = scene;
afterAll(async () => {
  await expectBalancedBooks(db);
});

const NOT_READ = { kind: 'not-read' } as const;
const DRIFTED: Likeness = { kind: 'drifted', drifts: ['doubled', 'colour'], label: NOT_READ };
const credits = async (userId: number) => (await readBalance(db, userId)).credits;

async function drifted(
  userId: number,
  { styleOrigin = 'proposed', size = 'usual' }: { styleOrigin?: 'proposed' | 'own'; size?: PictureSize } = {},
): Promise<number> {
  const draftId = await scene.draft(userId);
  if (size === 'large') await scene.enlarge(draftId, userId);
  await scene.place(draftId, userId);
  const started = await scene.take(draftId);
  await scene.deliver(started);
  const id = started.pictures[0]?.id ?? 0;
  await recordLikeness(db, id, DRIFTED, 0);
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

/** The key of a correction's card as its seller has it: the credits that it says, and a tap on it. */
async function keyOf(userId: number, draftId: number) {
  const { photoshoot: draft, ...card } = await readCard(db, draftId);
  if (draft.state !== 'draft') throw new Error('there is no card of it any more');
  const abilities = { largeSizes: null, cutsOut: false, originalsArePng: true };
  const { keyboard } = await draftScreen({ db, abilities }, loadTexts().in('en'), {
    ...card,
    photoshoot: draft,
  });
  const argument = keyboard
    .flat()
    .flatMap((key) => ('callback_data' in key ? (readCallback(key.callback_data) ?? []) : []))
    .find(({ verb }) => verb === 'place')?.argument;
  const [of, pictures, said] = (argument ?? '').split(':');
  expect(of).toBe('chosen');
  const promised = { pictures: Number(pictures), credits: Number(said) };
  return {
    credits: promised.credits,
    tap: () => outcomeOf(placePhotoshoot(scene, { draftId, userId, promised }, scene.now)),
  };
}

describe('a verdict', () => {
  test.each<Likeness>([
    { kind: 'same', label: { kind: 'as-in-photo' } },
    { kind: 'same', label: { kind: 'none' } },
    DRIFTED,
    { kind: 'drifted', drifts: ['label'], label: { kind: 'differs', photo: 'NORDEN', picture: 'NORDEM' } },
    { kind: 'not-measured', reason: 'few-matches', label: { kind: 'as-in-photo' } },
    { kind: 'not-measured', reason: 'unfinished', label: NOT_READ },
  ])('is kept as it was found, the first one only: %o', async (likeness) => {
    const { photoshootId, pictures } = await scene.delivered(await scene.customer());
    const [{ id }] = pictures as [(typeof pictures)[number]];
    expect(pictures.map(likenessOf)).toEqual([null]);
    await db.update(processedImages).set({ costMicroUsd: 40_000 }).where(eq(processedImages.id, id));
    await recordLikeness(db, id, likeness, 1500);
    await recordLikeness(db, id, { kind: 'not-measured', reason: 'unfinished', label: NOT_READ }, 1500);
    const kept = await readPictures(db, photoshootId);
    expect(kept.map(likenessOf)).toEqual([likeness]);
    // What the label's reading cost is a part of what the picture cost, once.
    expect(kept.map(({ costMicroUsd }) => costMicroUsd)).toEqual([41_500]);
  });
});

test('a cut-out gets no verdict: it has no scene to be judged in', () => {
  const waiting = { likeness: null, styleOrigin: 'cut-out' } as const;
  expect(isToBeCompared(waiting)).toBe(false);
  expect(isToBeCompared({ ...waiting, styleOrigin: 'proposed' })).toBe(true);
});

describe('a picture that drifted', () => {
  test('is corrected for nothing, also by who has no credit left, once', async () => {
    const userId = await scene.customer(1);
    const id = await drifted(userId);
    expect(await readCostOfNext(db, id, 'usual')).toBe(0);
    const first = await correct(userId, id);
    // A card costs nothing, and brings nothing.
    expect(await credits(userId)).toBe(0);
    await scene.place(first, userId);
    expect(await readBalance(db, userId)).toEqual({ credits: 0, reserved: 1 });
    expect(await readPaidByBefore(db, first)).toBe(1);
    expect(await readCostOfNext(db, id, 'usual')).toBe(1);
    expect(await outcomeOf(scene.place(await correct(userId, id), userId))).toBe('not-enough-credits');
  });

  test.each<{ was: PictureSize; next: PictureSize; says: number; left: number; back: number }>([
    { was: 'usual', next: 'usual', says: 0, left: 9, back: 1 },
    { was: 'usual', next: 'large', says: 1, left: 8, back: 1 },
    { was: 'large', next: 'large', says: 0, left: 8, back: 2 },
    // What it was worth comes back whole: what the smaller one does not take stays the seller's.
    { was: 'large', next: 'usual', says: 0, left: 9, back: 2 },
  ])('of the $was size is corrected in the $next one by its key, for $says', async (sizes) => {
    const userId = await scene.customer(10);
    const id = await drifted(userId, { size: sizes.was });
    const draftId = await correct(userId, id);
    await chooseSize(db, { draftId, userId, size: sizes.next }, scene.now);
    const key = await keyOf(userId, draftId);
    expect(key.credits).toBe(sizes.says);
    expect(await key.tap()).toBe('done');
    expect(await credits(userId)).toBe(sizes.left);
    expect(await readPaidByBefore(db, draftId)).toBe(sizes.back);
    await scene.deliver(await scene.take(draftId));
    expect(await readBalance(db, userId)).toEqual({ credits: sizes.left, reserved: 0 });
  });

  test('in the large size by who has no credit left is sold what is missing, and then made', async () => {
    const userId = await scene.customer(1);
    const draftId = await correct(userId, await drifted(userId));
    await chooseSize(db, { draftId, userId, size: 'large' }, scene.now);
    const key = await keyOf(userId, draftId);
    expect(key.credits).toBe(1);
    // What comes back only with the order is none that the person has: the paywall says 1 missing, none there.
    await expect(scene.place(draftId, userId)).rejects.toMatchObject({
      code: 'not-enough-credits',
      details: { needed: 1, available: 0 },
    });
    expect(await readBalance(db, userId)).toEqual({ credits: 0, reserved: 0 });
    await awaitPayment(db, { draftId, userId, untilMs: ORDER_TTL_MS }, scene.now);
    const till = createTill(scene);
    const money = till.money(await till.order(userId, { photoshootId: draftId }));
    const [first, second] = [await till.take(money), await till.take(money)];
    expect([first.startedPhotoshootId, second.startedPhotoshootId]).toEqual([draftId, null]);
    expect(await readBalance(db, userId)).toEqual({ credits: 11, reserved: 2 });
    await scene.deliver(await scene.take(draftId));
    expect(await readBalance(db, userId)).toEqual({ credits: 11, reserved: 0 });
    expect(await readPaidByBefore(db, draftId)).toBe(1);
  });

  test('that was given back meanwhile has nothing left: the key of the old card places nothing, the new one does', async () => {
    const userId = await scene.customer(2);
    const pictureId = await drifted(userId);
    const draftId = await correct(userId, pictureId);
    const old = await keyOf(userId, draftId);
    await giveBack(db, { pictureId, userId, perDay: 1, sharePercent: 100 }, scene.now);
    expect(await old.tap()).toBe('card-changed');
    expect(await readBalance(db, userId)).toEqual({ credits: 2, reserved: 0 });
    const shown = await keyOf(userId, draftId);
    expect(shown.credits).toBe(1);
    expect(await shown.tap()).toBe('done');
    expect(await readBalance(db, userId)).toEqual({ credits: 1, reserved: 1 });
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
    const id = await drifted(userId, { styleOrigin: 'own' });
    expect(await readCostOfNext(db, id, 'usual')).toBe(1);
    expect(await outcomeOf(scene.place(await correct(userId, id), userId))).toBe('not-enough-credits');
    const quota = { perDay: 0, sharePercent: 0 };
    expect(await outcomeOf(giveBack(db, { pictureId: id, userId, ...quota }, scene.now))).toBe(
      'give-back-quota',
    );
  });
});
