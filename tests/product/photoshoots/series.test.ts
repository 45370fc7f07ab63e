/** One choice of styles for several products: all of their photoshoots are placed, or none. */
import { and, eq, isNotNull } from 'drizzle-orm';
import { afterAll, describe, expect, test } from 'vitest';
import { readBalance } from '../../../src/billing/ledger/read-balance.ts';
import { createOrder } from '../../../src/billing/orders/create-order.ts';
import { packInvoice } from '../../../src/billing/orders/invoice-payload.ts';
import { photoshoots, processedImages } from '../../../src/database/schema/index.ts';
import { awaitPayment } from '../../../src/photoshoots/draft/await-payment.ts';
import { beginSeries } from '../../../src/photoshoots/draft/begin-series.ts';
import { chooseCount } from '../../../src/photoshoots/draft/choose-count.ts';
import { placePhotoshoot } from '../../../src/photoshoots/draft/place-photoshoot.ts';
import { readSeries } from '../../../src/photoshoots/draft/place-series.ts';
import { splitDraft } from '../../../src/photoshoots/draft/split-draft.ts';
import { takePayment } from '../../../src/photoshoots/draft/take-payment.ts';
import { readPhotos, readPhotoshoot, readStyles } from '../../../src/photoshoots/read-photoshoot.ts';
import { houseStyleNumber } from '../../../src/photoshoots/styles/style-numbers.ts';
import { expectBalancedBooks, jobsOf, openFileScene, outcomeOf, stateOf } from '../../support/scene.ts';

const scene = await openFileScene();
afterAll(async () => {
  await expectBalancedBooks(scene.db);
});

const balance = (userId: number) => readBalance(scene.db, userId);
const begin = (draftId: number, userId: number) => beginSeries(scene.db, { draftId, userId }, scene.now);

/** A series of so many photos with so many house styles chosen. */
async function series({
  photos = 3,
  styles = 2,
  credits = 8,
}: {
  photos?: number;
  styles?: number;
  credits?: number;
}) {
  const userId = await scene.customer(credits);
  const albumId = `series-${scene.nextId()}`;
  const sent = Array.from({ length: photos }, () => scene.photo(userId, { albumId, caption: 'New' }));
  let draftId = 0;
  for (const photo of sent) ({ photoshootId: draftId } = await scene.send(photo));
  await scene.recognise(draftId);
  await begin(draftId, userId);
  for (let index = 0; index < styles; index += 1)
    await scene.toggle(draftId, userId, houseStyleNumber(index));
  const place = (about: Partial<Parameters<typeof placePhotoshoot>[1]> = {}) =>
    placePhotoshoot(scene, { draftId, userId, ...about }, scene.now);
  return { userId, draftId, files: sent.map(({ fileId }) => fileId), place };
}

const fileIdsOf = async (id: number) => (await readPhotos(scene.db, id)).map(({ fileId }) => fileId);
const placedOf = async (userId: number) =>
  scene.db
    .select({ id: photoshoots.id })
    .from(photoshoots)
    .where(and(eq(photoshoots.userId, userId), isNotNull(photoshoots.placedAt)))
    .orderBy(photoshoots.id);

describe('a series', () => {
  test('has no name and no proposals, begins once, and is nothing for one photo or for others', async () => {
    const { userId, draftId } = await series({ styles: 1 });
    await begin(draftId, userId);
    expect(await readPhotoshoot(scene.db, draftId)).toMatchObject({
      isSeries: true,
      product: { name: '', kind: '', recommendedRatio: '3:4' },
    });
    expect((await readStyles(scene.db, draftId)).map(({ origin }) => origin)).toEqual(['house']);
    expect(await outcomeOf(begin(draftId, await scene.customer()))).toBe('not-found');
    const other = await scene.customer();
    expect(await outcomeOf(begin(await scene.draft(other), other))).toBe('not-found');
  });

  test('becomes a photoshoot for each photo, each with all of its styles, its own credits and its own job', async () => {
    const { userId, draftId, files, place } = await series({});
    expect(await place({ promised: { pictures: 6, credits: 6 } })).toEqual({
      photoshootId: draftId,
      pictures: 6,
      inLine: null,
    });
    expect(await balance(userId)).toEqual({ credits: 2, reserved: 6 });
    const ids = [draftId, ...(await readSeries(scene.db, { draftId, userId }))];
    expect(ids).toEqual((await placedOf(userId)).map(({ id }) => id));
    for (const [index, id] of ids.entries()) {
      expect(await fileIdsOf(id)).toEqual([files[index]]);
      expect(await readPhotoshoot(scene.db, id)).toMatchObject({
        state: 'queued',
        isSeries: false,
        caption: 'New',
        ratio: '3:4',
      });
      expect(await jobsOf(scene.db, id)).toHaveLength(1);
      const pictures = scene.db.$count(processedImages, eq(processedImages.photoshootId, id));
      expect(await pictures).toBe(2);
    }
    // Each ends for itself: of one that brings nothing the credits come back.
    await scene.deliver(await scene.take(draftId));
    await scene.deliver(await scene.take(ids[1] ?? 0), 0);
    expect(await balance(userId)).toEqual({ credits: 4, reserved: 2 });
    await scene.deliver(await scene.take(ids[2] ?? 0));
  });

  test('tapped ten times at once is placed once', async () => {
    const { userId, place } = await series({});
    const promised = { pictures: 6, credits: 6 };
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => outcomeOf(place({ promised }))));
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'already-placed')).toHaveLength(9);
    expect(await placedOf(userId)).toHaveLength(3);
    expect(await balance(userId)).toEqual({ credits: 2, reserved: 6 });
  });

  test('that is dearer than what there is places nothing, and says what all of it needs', async () => {
    const { userId, draftId, place } = await series({ photos: 3, styles: 2, credits: 5 });
    await expect(place()).rejects.toMatchObject({
      code: 'not-enough-credits',
      details: { needed: 6, available: 5 },
    });
    expect(await placedOf(userId)).toEqual([]);
    expect(await readPhotos(scene.db, draftId)).toHaveLength(3);
    expect(await balance(userId)).toEqual({ credits: 5, reserved: 0 });
  });

  test('is placed in part, and a tap that is handled twice places no other part; the rest stays to be ordered', async () => {
    const { userId, draftId, files, place } = await series({ photos: 3, styles: 2, credits: 7 });
    const part = { part: { photos: 2, ofPhotos: 3 }, promised: { pictures: 4, credits: 4 } };
    await place(part);
    expect(await outcomeOf(place(part))).toBe('card-changed');
    const placed = await readSeries(scene.db, { draftId, userId });
    expect(await Promise.all(placed.map(fileIdsOf))).toEqual([[files[0]], [files[1]]]);
    expect(await stateOf(scene.db, draftId)).toBe('draft');
    expect(await fileIdsOf(draftId)).toEqual([files[2]]);
    expect(await balance(userId)).toEqual({ credits: 3, reserved: 4 });
    await place({ promised: { pictures: 2, credits: 2 } });
    expect(await stateOf(scene.db, draftId)).toBe('queued');
    expect(await balance(userId)).toEqual({ credits: 1, reserved: 6 });
  });

  test('is not placed for another number or price than was told', async () => {
    const { userId, draftId, place } = await series({});
    await chooseCount(scene.db, { draftId, userId, pictures: 3 }, scene.now);
    expect(await outcomeOf(place({ promised: { pictures: 6, credits: 6 } }))).toBe('card-changed');
    await chooseCount(scene.db, { draftId, userId, pictures: 2 }, scene.now);
    await scene.enlarge(draftId, userId);
    expect(await outcomeOf(place({ promised: { pictures: 6, credits: 6 } }))).toBe('card-changed');
    expect(await placedOf(userId)).toEqual([]);
  });

  test('that waits for money is placed whole when it has come', async () => {
    const { userId, draftId } = await series({ photos: 3, styles: 2, credits: 1 });
    await awaitPayment(scene.db, { draftId, userId, untilMs: 60_000 }, scene.now);
    const offer = { name: 'Ten', credits: 10, currency: 'XTR', amount: 99 } as const;
    const order = await createOrder(
      scene.db,
      { userId, kind: 'package', offer, photoshootId: draftId, ttlMs: 60_000 },
      scene.now,
    );
    const taken = await takePayment(
      scene,
      {
        userId,
        payload: packInvoice(order.id),
        chargeId: `charge-${order.id}`,
        providerChargeId: null,
        currency: 'XTR',
        amount: 99,
        paidUntil: null,
        source: 'update',
      },
      scene.now,
    );
    expect(taken).toMatchObject({ kind: 'credited', startedPhotoshootId: draftId });
    expect(await placedOf(userId)).toHaveLength(3);
    expect(await balance(userId)).toEqual({ credits: 5, reserved: 6 });
  });

  test('can still be split into a card for each', async () => {
    const { userId, draftId } = await series({});
    const ids = await splitDraft(scene, { draftId, userId }, scene.now);
    expect(ids).toHaveLength(3);
    for (const id of ids)
      expect(await readPhotoshoot(scene.db, id)).toMatchObject({ isSeries: false, product: null });
  });
});
