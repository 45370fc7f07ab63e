import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { readBalance } from '../../../src/billing/read-balance.ts';
import { creditEntries, photoshoots, processedImages } from '../../../src/database/schema/index.ts';
import { cancelPhotoshoot } from '../../../src/photoshoots/cancel-photoshoot.ts';
import { completePhotoshoot } from '../../../src/photoshoots/complete-photoshoot.ts';
import { giveBack } from '../../../src/photoshoots/give-back.ts';
import { recordMade, recordUnmade } from '../../../src/photoshoots/record-picture.ts';
import { repeatPhotoshoot } from '../../../src/photoshoots/repeat-photoshoot.ts';
import { startPhotoshoot } from '../../../src/photoshoots/start-photoshoot.ts';
import '../../support/provided.ts';
import {
  expectBalancedBooks,
  expireLease,
  madePicture,
  openScene,
  outcomeOf,
  type Scene,
  sentPicture,
} from '../../support/scene.ts';

let scene: Scene;

beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

/** Photoshoots that a history begins with; `again` adds to them. */
const DRAFTS = 3;

/** What people and workers do. `which` picks a photoshoot of the seller, `n` a number of pictures. */
type Deed = {
  kind: 'place' | 'take' | 'make' | 'refuse' | 'complete' | 'cancel' | 'back' | 'again';
  which: number;
  n: number;
};

const deed: fc.Arbitrary<Deed> = fc.record({
  // Most of a photoshoot's life is placing, taking and completing; the rest is what goes wrong around it.
  kind: fc.constantFrom(
    'place',
    'place',
    'take',
    'take',
    'make',
    'refuse',
    'complete',
    'complete',
    'cancel',
    'back',
    'again',
  ),
  which: fc.nat({ max: DRAFTS }),
  n: fc.integer({ min: 0, max: 4 }),
});
/** Deeds of one batch happen at once, as if in several processes; `repeats` of each, as if taps and jobs came twice. */
const history = fc.record({
  credits: fc.integer({ min: 0, max: 12 }),
  batches: fc.array(
    fc.array(fc.record({ deed, repeats: fc.integer({ min: 1, max: 3 }) }), { minLength: 1, maxLength: 4 }),
    {
      minLength: 3,
      maxLength: 10,
    },
  ),
});

async function deliveriesOf(photoshootId: number) {
  return scene.db
    .select({ id: processedImages.id })
    .from(processedImages)
    .where(eq(processedImages.photoshootId, photoshootId))
    .orderBy(processedImages.position);
}

/** Does it the way a process would that knows only what it reads at this moment. */
async function perform(userId: number, { kind, which, n }: Deed, tap: string): Promise<unknown> {
  const ids = await scene.db
    .select({ id: photoshoots.id, run: photoshoots.run })
    .from(photoshoots)
    .where(eq(photoshoots.userId, userId))
    .orderBy(photoshoots.id);
  const photoshoot = ids[which % ids.length];
  if (photoshoot === undefined) throw new Error('a history begins with drafts');
  const { id: photoshootId, run } = photoshoot;
  const pictures = await deliveriesOf(photoshootId);
  const picture = pictures[n % Math.max(1, pictures.length)];
  switch (kind) {
    case 'place':
      return scene.place(photoshootId, userId);
    case 'take':
      // Every second worker comes after the one before it has died.
      if (n % 2 === 0) await expireLease(scene.db, photoshootId);
      return startPhotoshoot(scene.db, photoshootId);
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
      return completePhotoshoot(
        scene,
        { photoshootId, run },
        pictures.slice(0, n).map(sentPicture),
        'provider-unavailable',
      );
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
  const entries = await scene.db.select().from(creditEntries).where(eq(creditEntries.userId, userId));
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
  expect(balance.held).toBe(open);
  // Every credit that was given is spendable, held or paid for a picture that was kept: none comes or goes.
  expect(balance.credits + open + kept).toBe(gift);
}

describe('the ledger', () => {
  test('is right after every step of any history of sellers, workers and repeats', async () => {
    const seen = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(history, async ({ credits, batches }) => {
        const userId = await scene.customer(credits);
        for (let n = 1; n <= DRAFTS; n++) await scene.draft(userId, [1, 2, 3, 4].slice(0, n));
        for (const [step, batch] of batches.entries()) {
          const deeds = batch.flatMap(({ deed, repeats }, index) =>
            Array.from({ length: repeats }, () => perform(userId, deed, `${userId}-${step}-${index}`)),
          );
          const outcomes = await Promise.all(deeds.map(outcomeOf));
          for (const outcome of outcomes) seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
          await expectRightMoney(userId, credits);
        }
      }),
      { numRuns: inject('testDatabase').kind === 'server' ? 40 : 12 },
    );
    // Histories that end in refusals only would prove nothing.
    expect(seen.get('done')).toBeGreaterThan(50);
  }, 120_000);
});
