import { afterAll, describe, expect, test } from 'vitest';
import { checkLedger } from '../../../src/billing/checks/check-ledger.ts';
import { readBalance } from '../../../src/billing/ledger/read-balance.ts';
import { giveBack } from '../../../src/photoshoots/give-back.ts';
import { readPhotoshoot } from '../../../src/photoshoots/read-photoshoot.ts';
import {
  beginDelivery,
  completePhotoshoot,
  rememberOutcomeTold,
} from '../../../src/photoshoots/run/complete-photoshoot.ts';
import { recordMade, recordUnmade } from '../../../src/photoshoots/run/record-picture.ts';
import { readPictures } from '../../../src/photoshoots/run/start-photoshoot.ts';
import {
  entryKeys,
  expectBalancedBooks,
  madePicture,
  openFileScene,
  pictureStates,
  sentPicture,
} from '../../support/scene.ts';

const scene = await openFileScene();
afterAll(async () => {
  await expectBalancedBooks(scene.db);
});

const balance = (userId: number) => readBalance(scene.db, userId);
const keysOf = async (userId: number, kind: string) =>
  (await entryKeys(scene.db, userId)).filter((key) => key.startsWith(`${kind}:`));

describe('completing a photoshoot', () => {
  test('captures the credit of every delivered picture and keeps where it is', async () => {
    const userId = await scene.customer(8);
    const started = await scene.running(userId, 2);
    expect(await scene.deliver(started)).toMatchObject({
      delivered: 2,
      released: 0,
      photoshoot: { state: 'completed' },
    });
    expect(await readPhotoshoot(scene.db, started.photoshootId)).toMatchObject({
      state: 'completed',
      finishedAt: expect.any(Date),
      outcomeTold: false,
    });
    const pictures = await readPictures(scene.db, started.photoshootId);
    for (const picture of pictures) {
      expect(picture).toMatchObject({
        state: 'delivered',
        photoFileId: sentPicture(picture).fileId,
        photoMessageId: sentPicture(picture).messageId,
        deliveredAt: expect.any(Date),
      });
    }
    expect(await balance(userId)).toEqual({ credits: 6, reserved: 0 });
    expect(await keysOf(userId, 'capture')).toEqual(pictures.map((picture) => `capture:${picture.id}`));
    expect(await keysOf(userId, 'release')).toEqual([]);
  });

  test('takes two credits for a large picture, one where it came in the usual size, and none where it did not come', async () => {
    const userId = await scene.customer(8);
    const draftId = await scene.draft(userId, [1, 2, 3]);
    await scene.enlarge(draftId, userId);
    await scene.place(draftId, userId);
    expect(await balance(userId)).toEqual({ credits: 2, reserved: 6 });
    const { pictures, ...run } = await scene.take(draftId);
    const [large, usual] = pictures;
    if (!large || !usual) throw new Error('three pictures were ordered');
    await recordMade(scene.db, run, madePicture(large.id));
    await recordMade(scene.db, run, { ...madePicture(usual.id), creditsSaved: 1 });
    await completePhotoshoot(scene, run, [large, usual].map(sentPicture), 'provider-unavailable');
    expect(await balance(userId)).toEqual({ credits: 5, reserved: 0 });
    expect(await checkLedger(scene.db)).toEqual([]);

    const giveBackOf = ({ id }: { id: number }) =>
      giveBack(scene.db, { pictureId: id, userId, perDay: 9, sharePercent: 100 }, scene.now);
    expect(await giveBackOf(large)).toEqual({ credits: 2, repaid: 0 });
    expect(await giveBackOf(usual)).toEqual({ credits: 1, repaid: 0 });
    expect(await balance(userId)).toEqual({ credits: 8, reserved: 0 });
    expect(await checkLedger(scene.db)).toEqual([]);
  });

  test('releases the credit of every other picture, and keeps why it is missing', async () => {
    const userId = await scene.customer(8);
    const { pictures, ...run } = await scene.running(userId, 4);
    const [sent, refused, unsent, waiting] = pictures;
    if (!sent || !refused || !unsent || !waiting) throw new Error('four pictures were ordered');
    await recordMade(scene.db, run, madePicture(sent.id));
    const outcome = { pictureId: refused.id, state: 'refused', failureCode: 'provider-refused' } as const;
    await recordUnmade(scene.db, run, outcome);
    await recordMade(scene.db, run, madePicture(unsent.id));
    expect(await completePhotoshoot(scene, run, [sentPicture(sent)], 'provider-unavailable')).toMatchObject({
      delivered: 1,
      released: 3,
      photoshoot: { state: 'completed' },
    });
    expect(await pictureStates(scene.db, run.photoshootId)).toEqual([
      'delivered',
      'refused',
      'failed',
      'failed',
    ]);
    const codes = (await readPictures(scene.db, run.photoshootId)).map((picture) => picture.failureCode);
    expect(codes).toEqual([null, 'provider-refused', 'provider-unavailable', 'provider-unavailable']);
    expect(await balance(userId)).toEqual({ credits: 7, reserved: 0 });
    expect(await keysOf(userId, 'release')).toEqual(
      [refused, unsent, waiting].map((picture) => `release:${picture.id}`),
    );
  });

  test('with nothing delivered fails it, for the reason of its pictures, and costs nothing', async () => {
    const userId = await scene.customer(8);
    const { pictures, ...run } = await scene.running(userId, 2);
    for (const { id } of pictures) {
      const outcome = { pictureId: id, state: 'refused', failureCode: 'provider-refused' } as const;
      await recordUnmade(scene.db, run, outcome);
    }
    expect(await completePhotoshoot(scene, run, [], 'unexpected')).toMatchObject({
      photoshoot: { state: 'failed' },
    });
    expect(await readPhotoshoot(scene.db, run.photoshootId)).toMatchObject({
      state: 'failed',
      failureCode: 'provider-refused',
    });
    expect(await balance(userId)).toEqual({ credits: 8, reserved: 0 });
  });

  test('with nothing made fails it for the reason that is given', async () => {
    const { pictures, ...run } = await scene.running(await scene.customer(8));
    await completePhotoshoot(scene, run, [], 'provider-unavailable');
    expect(await readPhotoshoot(scene.db, run.photoshootId)).toMatchObject({
      state: 'failed',
      failureCode: 'provider-unavailable',
    });
    expect(await pictureStates(scene.db, run.photoshootId)).toEqual(pictures.map(() => 'failed'));
  });

  test('twice, one after the other and at once, moves every credit once', async () => {
    const userId = await scene.customer(8);
    const { pictures, ...run } = await scene.running(userId, 3);
    const sent = pictures.slice(0, 2).map(sentPicture);
    const complete = () => completePhotoshoot(scene, run, sent, 'unexpected');
    const completions = await Promise.all([complete(), complete(), complete()]);
    expect(completions.filter((completion) => completion !== null)).toMatchObject([
      { delivered: 2, released: 1, photoshoot: { state: 'completed' } },
    ]);
    expect(await complete()).toBeNull();
    expect(await keysOf(userId, 'capture')).toHaveLength(2);
    expect(await keysOf(userId, 'release')).toHaveLength(1);
    expect(await balance(userId)).toEqual({ credits: 6, reserved: 0 });
  });

  test('counts only what was delivered of this photoshoot', async () => {
    const [mine, other] = [
      await scene.running(await scene.customer()),
      await scene.running(await scene.customer()),
    ];
    const completion = await completePhotoshoot(scene, mine, other.pictures.map(sentPicture), 'unexpected');
    expect(completion).toMatchObject({ delivered: 0, released: 1, photoshoot: { state: 'failed' } });
    expect(await pictureStates(scene.db, other.photoshootId)).toEqual(['waiting']);
  });

  test('is told once', async () => {
    const { photoshootId } = await scene.delivered(await scene.customer());
    await rememberOutcomeTold(scene.db, photoshootId);
    expect(await readPhotoshoot(scene.db, photoshootId)).toMatchObject({ outcomeTold: true });
  });

  test('cannot begin or end what has ended', async () => {
    const { pictures, ...run } = await scene.delivered(await scene.customer());
    expect(await beginDelivery(scene.db, run)).toBe(false);
    expect(await completePhotoshoot(scene, run, pictures.map(sentPicture), 'unexpected')).toBeNull();
  });
});
