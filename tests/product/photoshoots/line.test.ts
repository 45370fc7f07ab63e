/** A line that is too long: what comes is declined before anything is charged. */
import { expect, test } from 'vitest';
import { readBalance } from '../../../src/billing/ledger/read-balance.ts';
import { photoshoots } from '../../../src/database/schema/index.ts';
import { countWaitingPictures } from '../../../src/photoshoots/run/start-photoshoot.ts';
import { countLine, refuseFullLine } from '../../../src/photoshoots/run/waiting-line.ts';
import { openFileScene } from '../../support/scene.ts';

const scene = await openFileScene();
const { db } = scene;

test('a line has room up to its most, and none beyond; a second tap on what stands in it is no further one', async () => {
  const before = await countLine(db);
  const photoshootId = await scene.placed(await scene.customer(), 2);
  const userId = await scene.customer();
  expect(await countLine(db)).toBe(before + 1);
  await refuseFullLine(db, { userId, draftId: null, most: before + 2 });
  const full = { userId, draftId: null, most: before + 1 };
  await expect(refuseFullLine(db, full)).rejects.toMatchObject({
    code: 'line-full',
    details: { waiting: before + 1 },
  });
  await refuseFullLine(db, { ...full, draftId: photoshootId });
  expect((await readBalance(db, userId)).reserved).toBe(0);
});

test('whoever has paid stands before those who have not, and is not declined for them', async () => {
  await scene.placed(await scene.customer());
  const userId = await scene.customer();
  await db.update(photoshoots).set({ paid: false });
  await expect(refuseFullLine(db, { userId, draftId: null, most: 1 })).rejects.toMatchObject({
    code: 'line-full',
  });
});

test('the places that a photoshoot needs are those of its pictures without an outcome', async () => {
  const photoshootId = await scene.placed(await scene.customer(), 2);
  expect(await countWaitingPictures(db, photoshootId)).toBe(2);
});
