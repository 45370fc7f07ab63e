import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { moveCredits } from '../../../src/billing/ledger/move-credits.ts';
import { readBalance } from '../../../src/billing/ledger/read-balance.ts';
import { photoshoots, processedImages } from '../../../src/database/schema/index.ts';
import { chooseCount } from '../../../src/photoshoots/draft/choose-count.ts';
import { chooseRatio } from '../../../src/photoshoots/draft/choose-ratio.ts';
import { expireDrafts } from '../../../src/photoshoots/draft/expire-drafts.ts';
import { placePhotoshoot } from '../../../src/photoshoots/draft/place-photoshoot.ts';
import { readPhotoshoot } from '../../../src/photoshoots/read-photoshoot.ts';
import { readPictures } from '../../../src/photoshoots/run/start-photoshoot.ts';
import { PRIORITY, readPlace } from '../../../src/photoshoots/run/waiting-line.ts';
import type { Queue } from '../../../src/queue/queue.ts';
import {
  entryKeys,
  expectBalancedBooks,
  jobsOf,
  openFileScene,
  outcomeOf,
  pictureStates,
  stateOf,
} from '../../support/scene.ts';

const scene = await openFileScene();

const later = (ms: number) => new Date(scene.now.getTime() + ms);

/** Everything that a placement writes, for a test that nothing of it was. */
async function tracesOf(photoshootId: number, userId: number) {
  return {
    state: await stateOf(scene.db, photoshootId),
    pictures: await pictureStates(scene.db, photoshootId),
    jobs: await jobsOf(scene.db, photoshootId),
    entries: await entryKeys(scene.db, userId),
    balance: await readBalance(scene.db, userId),
  };
}

const untouched = (userId: number, credits: number) => ({
  state: 'draft',
  pictures: [],
  jobs: [],
  entries: [`welcome:${userId}`],
  balance: { credits, reserved: 0 },
});

describe('placing a photoshoot', () => {
  test('reserves a credit for each picture, writes the pictures down and enqueues one job', async () => {
    const userId = await scene.customer(8);
    const draftId = await scene.draft(userId, [1, 3]);
    await chooseRatio(scene.db, { draftId, userId, ratio: '4:5' }, scene.now);
    await chooseCount(scene.db, { draftId, userId, pictures: 3 }, scene.now);
    const placed = await scene.place(draftId, userId);
    const inLine = await readPlace(scene.db, draftId);
    expect(placed).toEqual({ photoshootId: draftId, pictures: 3, inLine });

    const pictures = await readPictures(scene.db, draftId);
    expect(
      pictures.map(({ position, state, style, stylePrompt, styleOrigin, ratio, paid, userId: owner }) => ({
        position,
        state,
        style,
        stylePrompt,
        styleOrigin,
        ratio,
        paid,
        owner,
      })),
    ).toEqual(
      [1, 3, 1].map((style, index) => ({
        position: index + 1,
        state: 'waiting',
        style: `Proposal ${style}`,
        stylePrompt: `The prompt of proposal ${style}`,
        styleOrigin: 'proposed',
        ratio: '4:5',
        paid: false,
        owner: userId,
      })),
    );
    expect(await tracesOf(draftId, userId)).toEqual({
      state: 'queued',
      pictures: ['waiting', 'waiting', 'waiting'],
      jobs: [{ priority: expect.any(Number) }],
      entries: [`welcome:${userId}`, `reserve:${draftId}`],
      balance: { credits: 5, reserved: 3 },
    });
    expect(await readPhotoshoot(scene.db, draftId)).toMatchObject({ state: 'queued', placedAt: scene.now });
  });

  test('ten taps at once place it once and reserve once', async () => {
    const userId = await scene.customer(8);
    const draftId = await scene.draft(userId, [1, 2]);
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => outcomeOf(scene.place(draftId, userId))),
    );
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'already-placed')).toHaveLength(9);
    expect(await tracesOf(draftId, userId)).toMatchObject({
      pictures: ['waiting', 'waiting'],
      jobs: [{}],
      entries: [`welcome:${userId}`, `reserve:${draftId}`],
      balance: { credits: 6, reserved: 2 },
    });
  });

  test('several drafts placed at once spend no more than there is', async () => {
    const userId = await scene.customer(3);
    const drafts: number[] = [];
    for (let n = 0; n < 5; n++) drafts.push(await scene.draft(userId, [1, 2]));
    const outcomes = await Promise.all(drafts.map((draftId) => outcomeOf(scene.place(draftId, userId))));
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'not-enough-credits')).toHaveLength(4);
    expect(await readBalance(scene.db, userId)).toEqual({ credits: 1, reserved: 2 });
    await expectBalancedBooks(scene.db);
  });

  test('too few credits leave nothing behind, and the draft can be placed once there are more', async () => {
    const userId = await scene.customer(1);
    const draftId = await scene.draft(userId, [1, 2]);
    await expect(scene.place(draftId, userId)).rejects.toMatchObject({
      code: 'not-enough-credits',
      details: { needed: 2, available: 1 },
    });
    expect(await tracesOf(draftId, userId)).toEqual(untouched(userId, 1));
    await scene.toggle(draftId, userId, 2);
    expect(await outcomeOf(scene.place(draftId, userId))).toBe('done');
  });

  test('a queue that fails takes everything back with it', async () => {
    const userId = await scene.customer(8);
    const draftId = await scene.draft(userId, [1]);
    const queue: Queue = {
      ...scene.queue,
      // The job is written and then lost with the transaction, like by a crash before the commit.
      async enqueue(db, name, data, options) {
        await scene.queue.enqueue(db, name, data, options);
        throw new Error('the process dies here');
      },
    };
    const broken = placePhotoshoot({ db: scene.db, queue }, { draftId, userId }, scene.now);
    await expect(broken).rejects.toThrow('the process dies here');
    expect(await tracesOf(draftId, userId)).toEqual(untouched(userId, 8));
    expect(await outcomeOf(scene.place(draftId, userId))).toBe('done');
    expect(await jobsOf(scene.db, draftId)).toHaveLength(1);
  });

  test('without a chosen style nothing is placed', async () => {
    const userId = await scene.customer(8);
    const draftId = await scene.draft(userId, []);
    await chooseCount(scene.db, { draftId, userId, pictures: 4 }, scene.now);
    expect(await outcomeOf(scene.place(draftId, userId))).toBe('no-style-chosen');
    expect(await tracesOf(draftId, userId)).toEqual(untouched(userId, 8));
  });

  test('an expired draft is not placed, from the very moment and after the clean-up', async () => {
    const userId = await scene.customer(8);
    const draftId = await scene.draft(userId, [1]);
    const placeAt = (now: Date) => outcomeOf(placePhotoshoot(scene, { draftId, userId }, now));
    expect(await placeAt(later(scene.draftTtlMs))).toBe('draft-expired');
    expect(await tracesOf(draftId, userId)).toEqual(untouched(userId, 8));
    await expireDrafts(scene.db, later(scene.draftTtlMs));
    expect(await placeAt(scene.now)).toBe('draft-expired');
    expect(await jobsOf(scene.db, draftId)).toEqual([]);
  });

  test('the last moment before it expires is still in time', async () => {
    const userId = await scene.customer(8);
    const draftId = await scene.draft(userId, [1]);
    const now = later(scene.draftTtlMs - 1);
    expect(await outcomeOf(placePhotoshoot(scene, { draftId, userId }, now))).toBe('done');
  });

  test('who has bought credits goes before those who have not', async () => {
    const userId = await scene.customer(0);
    const purchase = { userId, kind: 'purchase', credits: 4, key: `purchase:${userId}` } as const;
    await scene.db.transaction((tx) => moveCredits(tx, purchase));
    const photoshootId = await scene.placed(userId);
    const [job] = await jobsOf(scene.db, photoshootId);
    // However many rounds back: no free one stands before it.
    expect(job?.priority).toBeGreaterThan(PRIORITY.paid / 2);
    const [row] = await scene.db
      .select({ paid: photoshoots.paid, picturePaid: processedImages.paid })
      .from(photoshoots)
      .innerJoin(processedImages, eq(processedImages.photoshootId, photoshoots.id))
      .where(eq(photoshoots.id, photoshootId));
    expect(row).toEqual({ paid: true, picturePaid: true });
  });
});
