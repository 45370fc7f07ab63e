import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readBalance } from '../../../src/billing/ledger/read-balance.ts';
import { creditEntries, photoshoots, processedImages } from '../../../src/database/schema/index.ts';
import { repeatPhotoshoot } from '../../../src/photoshoots/draft/repeat-photoshoot.ts';
import { giveBack } from '../../../src/photoshoots/give-back.ts';
import { cancelPhotoshoot } from '../../../src/photoshoots/run/cancel-photoshoot.ts';
import { completePhotoshoot } from '../../../src/photoshoots/run/complete-photoshoot.ts';
import { recordMade, recordUnmade } from '../../../src/photoshoots/run/record-picture.ts';
import { readPictures, startPhotoshoot } from '../../../src/photoshoots/run/start-photoshoot.ts';
import { drawn } from '../../support/drawn-cases.ts';
import {
  expectBalancedBooks,
  expireLease,
  madePicture,
  openFileScene,
  outcomeOf,
  sentPicture,
} from '../../support/scene.ts';

const scene = await openFileScene();

/** Drafts that a history begins with, of one picture, two pictures, …; `again` adds photoshoots to them. */
const DRAFTS = 2;

/**
 * What people and workers do, and how often in proportion. `work` is a worker that takes a photoshoot and ends
 * it, `take` one that dies with it, `complete` one that ends it on the strength of a run it once read.
 */
const ACTIONS = {
  place: 4,
  work: 4,
  take: 2,
  make: 1,
  refuse: 1,
  complete: 2,
  cancel: 1,
  back: 4,
  again: 2,
} as const;
type Kind = keyof typeof ACTIONS;

/** `which` picks one of the seller's photoshoots, `n` is a number of pictures. */
type Action = { kind: Kind; which: number; n: number };

const action: fc.Arbitrary<Action> = fc.record({
  kind: fc.oneof(
    ...Object.entries(ACTIONS).map(([kind, weight]) => ({ weight, arbitrary: fc.constant(kind as Kind) })),
  ),
  which: fc.nat({ max: DRAFTS }),
  n: fc.integer({ min: 0, max: 4 }),
});

/** The actions of a batch happen at once, as in several processes, each up to three times, as taps and jobs do. */
const batch = fc.array(fc.record({ action, times: fc.integer({ min: 1, max: 3 }) }), {
  minLength: 1,
  maxLength: 4,
});
const history = fc.record({
  credits: fc.integer({ min: 2, max: 12 }),
  batches: fc.array(batch, { minLength: 8, maxLength: 14 }),
});

/** Does it the way a process would that knows only what it reads at this moment. */
async function perform(userId: number, { kind, which, n }: Action, tap: string): Promise<unknown> {
  const ids = await scene.db
    .select({ id: photoshoots.id, run: photoshoots.run })
    .from(photoshoots)
    .where(eq(photoshoots.userId, userId))
    .orderBy(photoshoots.id);
  const photoshoot = ids[which % ids.length];
  if (photoshoot === undefined) throw new Error('a history begins with drafts');
  const { id: photoshootId, run } = photoshoot;
  const pictures = await readPictures(scene.db, photoshootId);
  const picture = pictures[n % Math.max(1, pictures.length)];
  const sent = pictures.slice(0, n).map(sentPicture);
  const complete = (ofRun: number) =>
    completePhotoshoot(scene, { photoshootId, run: ofRun }, sent, 'provider-unavailable');
  switch (kind) {
    case 'place':
      return scene.place(photoshootId, userId);
    case 'take':
      // Every second worker comes after the one before it has died.
      if (n % 2 === 0) await expireLease(scene.db, photoshootId);
      return startPhotoshoot(scene.db, photoshootId);
    case 'work': {
      const start = await startPhotoshoot(scene.db, photoshootId);
      return start.kind === 'taken' && complete(start.photoshoot.run);
    }
    case 'make':
      return picture && recordMade(scene.db, { photoshootId, run }, madePicture(picture.id));
    case 'refuse':
      return (
        picture &&
        recordUnmade(
          scene.db,
          { photoshootId, run },
          { pictureId: picture.id, state: 'refused', failureCode: 'provider-refused' },
        )
      );
    case 'complete':
      return complete(run);
    case 'cancel':
      return cancelPhotoshoot(scene.db, { photoshootId, userId });
    case 'back':
      return giveBack(
        scene.db,
        { pictureId: picture?.id ?? 0, userId, perDay: 2, sharePercent: 100 },
        scene.now,
      );
    case 'again':
      return repeatPhotoshoot(scene, { photoshootId, userId, callbackId: tap }, scene.now);
  }
}

/** What must be true of a seller's money at every moment. */
async function expectRightMoney(userId: number, gift: number): Promise<void> {
  await expectBalancedBooks(scene.db);
  const balance = await readBalance(scene.db, userId);
  const pictures = await scene.db
    .select({
      id: processedImages.id,
      state: processedImages.state,
      givenBack: sql<boolean>`${processedImages.givenBackAt} is not null`,
      photoshoot: photoshoots.state,
    })
    .from(processedImages)
    .innerJoin(photoshoots, eq(photoshoots.id, processedImages.photoshootId))
    .where(eq(processedImages.userId, userId));
  const entries = await scene.db
    .select({ kind: creditEntries.kind, pictureId: creditEntries.pictureId })
    .from(creditEntries)
    .where(eq(creditEntries.userId, userId))
    .orderBy(creditEntries.id);
  const kinds = (pictureId: number) =>
    entries.filter((entry) => entry.pictureId === pictureId).map((entry) => entry.kind);
  for (const picture of pictures) {
    const open = picture.photoshoot === 'queued' || picture.photoshoot === 'generating';
    const end = picture.state === 'delivered' ? ['capture'] : ['release'];
    const expected = open ? [] : [...end, ...(picture.givenBack ? ['give-back'] : [])];
    expect(kinds(picture.id), `picture ${picture.id} is ${picture.state}`).toEqual(expected);
  }
  const open = pictures.filter((picture) => kinds(picture.id).length === 0).length;
  const kept = pictures.filter((picture) => picture.state === 'delivered' && !picture.givenBack).length;
  expect(balance.reserved).toBe(open);
  // Every credit that was given is spendable, held or paid for a picture that was kept: none comes or goes.
  expect(balance.credits + open + kept).toBe(gift);
}

describe('the ledger', () => {
  test('is right after every step of any history of sellers, workers and repeats', async () => {
    await fc.assert(
      fc.asyncProperty(history, async ({ credits, batches }) => {
        const userId = await scene.customer(credits);
        for (let n = 1; n <= DRAFTS; n++) await scene.draft(userId, [1, 2, 3, 4].slice(0, n));
        for (const [step, batch] of batches.entries()) {
          const actions = batch.flatMap(({ action, times }, index) =>
            Array.from({ length: times }, () => perform(userId, action, `${userId}-${step}-${index}`)),
          );
          // What is refused is refused with a code; anything else, such as a deadlock, fails here.
          await Promise.all(actions.map(outcomeOf));
          await expectRightMoney(userId, credits);
        }
      }),
      drawn(10),
    );
    // Histories in which everything is refused would prove nothing.
    const kinds = await scene.db.selectDistinct({ kind: creditEntries.kind }).from(creditEntries);
    expect(kinds.map((entry) => entry.kind)).toEqual(
      expect.arrayContaining(['gift', 'reserve', 'capture', 'release']),
    );
  });
});
