/** What looks alike is found among photos and pictures, the nearest first, for as long as it is kept. */
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { photoshoots, processedImages } from '../../../src/database/schema/index.ts';
import { endPreparation } from '../../../src/photoshoots/mark-preparation.ts';
import { readPhotos } from '../../../src/photoshoots/read-photoshoot.ts';
import { MOST_DISTANCE, readLooks, searchLooks } from '../../../src/photoshoots/search-looks.ts';
import { forgetHistory } from '../../../src/privacy/forget-content.ts';
import { openFileScene } from '../../support/scene.ts';

const scene = await openFileScene();
const { db } = scene;

const LOOK = '0110'.repeat(16);
/** The same with the first so many bits turned. */
const turned = (bits: number) =>
  [...LOOK].map((bit, index) => (index < bits ? (bit === '0' ? '1' : '0') : bit)).join('');

/** A delivered photoshoot whose photo and whose picture look so. */
async function looking(userId: number, photo: string | null, picture: string | null = null): Promise<number> {
  const { photoshootId } = await scene.delivered(userId);
  const [file] = await readPhotos(db, photoshootId);
  if (photo !== null)
    await endPreparation(db, photoshootId, [
      { fileUniqueId: file?.fileUniqueId ?? '', contentHash: 'hash', look: photo },
    ]);
  await db
    .update(processedImages)
    .set({ look: picture })
    .where(eq(processedImages.photoshootId, photoshootId));
  return photoshootId;
}

test('the nearest come first, photos and pictures alike, and nothing beyond the distance', async () => {
  const userId = await scene.customer(20);
  const near = await looking(userId, turned(3), turned(MOST_DISTANCE));
  const same = await looking(userId, turned(MOST_DISTANCE + 1), LOOK);
  await looking(userId, null);
  const found = await searchLooks(db, { look: LOOK, userId, limit: 10 });
  expect(found).toEqual([
    { kind: 'picture', photoshootId: same, part: expect.any(Number), distance: 0 },
    { kind: 'photo', photoshootId: near, part: expect.any(Number), distance: 3 },
    { kind: 'picture', photoshootId: near, part: expect.any(Number), distance: MOST_DISTANCE },
  ]);
  expect(await searchLooks(db, { look: LOOK, userId, limit: 1 })).toEqual(found.slice(0, 1));
  expect(await readLooks(db, found)).toMatchObject([
    {
      photoshootId: same,
      userId,
      product: 'Clay mug',
      style: 'Proposal 1',
      fileId: expect.stringMatching(/^photo-/),
    },
    { photoshootId: near, userId, product: 'Clay mug', style: null, fileId: expect.stringMatching(/^file-/) },
    { photoshootId: near, distance: MOST_DISTANCE },
  ]);
});

test('whose it is can be said, and what was forgotten is found no more, nor shown from an answer that was kept', async () => {
  const [one, other] = [await scene.customer(), await scene.customer()];
  const look = turned(40);
  const mine = await looking(one, look, look);
  const theirs = await looking(other, look);
  const shootsOf = async (userId: number | null) =>
    new Set((await searchLooks(db, { look, userId, limit: 10 })).map(({ photoshootId }) => photoshootId));
  expect(await shootsOf(one)).toEqual(new Set([mine]));
  expect(await shootsOf(null)).toEqual(new Set([mine, theirs]));

  const kept = await searchLooks(db, { look, userId: one, limit: 10 });
  await db
    .update(photoshoots)
    .set({ finishedAt: new Date(0) })
    .where(eq(photoshoots.id, mine));
  await forgetHistory(db, new Date(1));
  expect(await shootsOf(one)).toEqual(new Set());
  expect(await readLooks(db, kept)).toEqual([]);
});
