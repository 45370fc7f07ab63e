/** A line that is too long: what comes is declined before anything is charged. */
import { expect, test } from 'vitest';
import { readBalance } from '../../../src/billing/ledger/read-balance.ts';
import { photoshoots } from '../../../src/database/schema/index.ts';
import {
  namesOf,
  type Request,
  readBeforePlacing,
  sourceKeyOfTap,
} from '../../../src/photoshoots/draft/find-placed.ts';
import { repeatPhotoshoot } from '../../../src/photoshoots/draft/repeat-photoshoot.ts';
import { countWaitingPictures } from '../../../src/photoshoots/run/start-photoshoot.ts';
import { countLine, refuseFullLine } from '../../../src/photoshoots/run/waiting-line.ts';
import { openFileScene } from '../../support/scene.ts';

const scene = await openFileScene();
const { db } = scene;

async function refuse({ userId, ...ask }: { userId: number; places: number; most: number }): Promise<void> {
  const { waiting } = await readBeforePlacing(db, { userId, request: { sourceKey: 'new' } });
  refuseFullLine({ ...ask, waiting });
}

const findPlaced = async (asked: { userId: number; request: Request }) =>
  (await readBeforePlacing(db, asked)).placed;

test('a line has room up to its most, and none beyond', async () => {
  const before = await countLine(db);
  await scene.placed(await scene.customer(), 2);
  const userId = await scene.customer();
  expect(await countLine(db)).toBe(before + 1);
  await refuse({ userId, places: 1, most: before + 2 });
  await expect(refuse({ userId, places: 2, most: before + 2 })).rejects.toMatchObject({
    code: 'line-full',
  });
  const full = { userId, places: 1, most: before + 1 };
  await expect(refuse(full)).rejects.toMatchObject({
    code: 'line-full',
    details: { waiting: before + 1 },
  });
  expect((await readBalance(db, userId)).reserved).toBe(0);
});

test('whoever has paid stands before those who have not, and is not declined for them', async () => {
  await scene.placed(await scene.customer());
  const userId = await scene.customer();
  await db.update(photoshoots).set({ paid: false });
  await expect(refuse({ userId, places: 1, most: 1 })).rejects.toMatchObject({
    code: 'line-full',
  });
});

test('a request that was placed is known by its draft or its tap, to its own person alone, for as long as it is kept', async () => {
  const userId = await scene.customer(20);
  const draftId = await scene.draft(userId);
  expect(await findPlaced({ userId, request: { draftId } })).toBeNull();
  await scene.place(draftId, userId);
  expect(await findPlaced({ userId, request: { draftId } })).toMatchObject({
    id: draftId,
    state: 'queued',
  });
  expect(await findPlaced({ userId: await scene.customer(), request: { draftId } })).toBeNull();
  await scene.deliver(await scene.take(draftId));

  const tap = { photoshootId: draftId, userId, callbackId: `tap-${scene.nextId()}` };
  const request = { sourceKey: sourceKeyOfTap('again', tap.callbackId) };
  expect(await findPlaced({ userId, request })).toBeNull();
  const { photoshootId: repeat } = await repeatPhotoshoot(scene, tap, scene.now);
  expect(await findPlaced({ userId, request })).toMatchObject({ id: repeat });
});

test('what is left of a series is named otherwise than what was placed of it', () => {
  expect(namesOf({ draftId: 7 })).toEqual(['draft:7']);
  expect(namesOf({ draftId: 7, photos: 2, ofPhotos: 5 })).toEqual(['draft:7:5', 'draft:7:4']);
  expect(namesOf({ draftId: 7, photos: 3, ofPhotos: 3 })).toEqual(['draft:7:3', 'draft:7:2', 'draft:7:1']);
});

test('the places that a photoshoot needs are those of its pictures without an outcome', async () => {
  const photoshootId = await scene.placed(await scene.customer(), 2);
  expect(await countWaitingPictures(db, photoshootId)).toBe(2);
});
