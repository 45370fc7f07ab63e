import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readBalance } from '../../../src/billing/read-balance.ts';
import { cancelPhotoshoot, findCancellable } from '../../../src/photoshoots/cancel-photoshoot.ts';
import {
  beginDelivery,
  completePhotoshoot,
  rememberOutcomeTold,
} from '../../../src/photoshoots/complete-photoshoot.ts';
import { readPhotoshoot } from '../../../src/photoshoots/photoshoot.ts';
import { recordMade, recordUnmade } from '../../../src/photoshoots/record-picture.ts';
import { readPictures, startPhotoshoot } from '../../../src/photoshoots/start-photoshoot.ts';
import {
  entryKeys,
  expectBalancedBooks,
  madePicture,
  openScene,
  outcomeOf,
  pictureStates,
  type Scene,
  sentPicture,
  stateOf,
} from '../../support/scene.ts';

let scene: Scene;

beforeAll(async () => {
  scene = await openScene();
});
afterAll(async () => {
  await expectBalancedBooks(scene.db);
  await scene.close();
});

const balance = (userId: number) => readBalance(scene.db, userId);
const keysOf = async (userId: number, kind: string) =>
  (await entryKeys(scene.db, userId)).filter((key) => key.startsWith(`${kind}:`));

describe('completing a photoshoot', () => {
  test('captures the credit of every delivered picture and keeps where it is', async () => {
    const userId = await scene.customer(8);
    const started = await scene.running(userId, 2);
    expect(await scene.deliver(started)).toEqual({ delivered: 2, released: 0, state: 'completed' });
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
    expect(await balance(userId)).toEqual({ credits: 6, held: 0 });
    expect(await keysOf(userId, 'capture')).toEqual(pictures.map((picture) => `capture:${picture.id}`));
    expect(await keysOf(userId, 'release')).toEqual([]);
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
    expect(await completePhotoshoot(scene, run, [sentPicture(sent)], 'provider-unavailable')).toEqual({
      delivered: 1,
      released: 3,
      state: 'completed',
    });
    expect(await pictureStates(scene.db, run.photoshootId)).toEqual([
      'delivered',
      'refused',
      'failed',
      'failed',
    ]);
    const codes = (await readPictures(scene.db, run.photoshootId)).map((picture) => picture.failureCode);
    expect(codes).toEqual([null, 'provider-refused', 'provider-unavailable', 'provider-unavailable']);
    expect(await balance(userId)).toEqual({ credits: 7, held: 0 });
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
    expect(await completePhotoshoot(scene, run, [], 'unexpected')).toMatchObject({ state: 'failed' });
    expect(await readPhotoshoot(scene.db, run.photoshootId)).toMatchObject({
      state: 'failed',
      failureCode: 'provider-refused',
    });
    expect(await balance(userId)).toEqual({ credits: 8, held: 0 });
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
    expect(completions.filter((completion) => completion !== null)).toEqual([
      { delivered: 2, released: 1, state: 'completed' },
    ]);
    expect(await complete()).toBeNull();
    expect(await keysOf(userId, 'capture')).toHaveLength(2);
    expect(await keysOf(userId, 'release')).toHaveLength(1);
    expect(await balance(userId)).toEqual({ credits: 6, held: 0 });
  });

  test('counts only what was delivered of this photoshoot', async () => {
    const [mine, other] = [await scene.running(await scene.customer()), await scene.running(await scene.customer())];
    const completion = await completePhotoshoot(scene, mine, other.pictures.map(sentPicture), 'unexpected');
    expect(completion).toEqual({ delivered: 0, released: 1, state: 'failed' });
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

describe('cancelling', () => {
  const cancel = (photoshootId: number, userId: number) =>
    cancelPhotoshoot(scene.db, { photoshootId, userId });

  test('a draft drops it', async () => {
    const userId = await scene.customer(8);
    const draftId = await scene.draft(userId);
    expect(await cancel(draftId, userId)).toEqual({ kind: 'cancelled', released: 0 });
    expect(await outcomeOf(scene.place(draftId, userId))).toBe('draft-expired');
    expect(await cancel(draftId, userId)).toEqual({ kind: 'too-late' });
  });

  test('what waits in line gives every credit back at once; its job then finds it over', async () => {
    const userId = await scene.customer(8);
    const photoshootId = await scene.placed(userId, 3);
    expect(await cancel(photoshootId, userId)).toEqual({ kind: 'cancelled', released: 3 });
    expect(await balance(userId)).toEqual({ credits: 8, held: 0 });
    expect(await pictureStates(scene.db, photoshootId)).toEqual(['cancelled', 'cancelled', 'cancelled']);
    expect(await startPhotoshoot(scene.db, photoshootId)).toMatchObject({
      kind: 'over',
      photoshoot: { state: 'cancelled', outcomeTold: true },
    });
  });

  test('ten times at once gives the credits back once', async () => {
    const userId = await scene.customer(8);
    const photoshootId = await scene.placed(userId, 2);
    const cancels = await Promise.all(Array.from({ length: 10 }, () => cancel(photoshootId, userId)));
    expect(cancels.filter((one) => one.kind === 'cancelled')).toEqual([{ kind: 'cancelled', released: 2 }]);
    expect(cancels.filter((one) => one.kind === 'too-late')).toHaveLength(9);
    expect(await balance(userId)).toEqual({ credits: 8, held: 0 });
  });

  test('at the moment a worker takes it ends in one of two ways, never in both', async () => {
    for (let round = 0; round < 5; round++) {
      const userId = await scene.customer(2);
      const photoshootId = await scene.placed(userId, 2);
      const [cancelled, started] = await Promise.all([
        cancel(photoshootId, userId),
        startPhotoshoot(scene.db, photoshootId),
      ]);
      expect([cancelled.kind, started.kind]).toEqual(
        started.kind === 'taken' ? ['stopping', 'taken'] : ['cancelled', 'over'],
      );
      expect(await balance(userId)).toEqual(
        started.kind === 'taken' ? { credits: 0, held: 2 } : { credits: 2, held: 0 },
      );
    }
  });

  test('what is being made stops it; finished pictures arrive and are paid for, the others are released', async () => {
    const userId = await scene.customer(8);
    const started = await scene.running(userId, 3);
    expect(await cancel(started.photoshootId, userId)).toEqual({ kind: 'stopping' });
    expect(await cancel(started.photoshootId, userId)).toEqual({ kind: 'stopping' });
    expect(await balance(userId)).toEqual({ credits: 5, held: 3 });
    expect(await scene.deliver(started, 1)).toEqual({ delivered: 1, released: 2, state: 'cancelled' });
    expect(await pictureStates(scene.db, started.photoshootId)).toEqual([
      'delivered',
      'cancelled',
      'cancelled',
    ]);
    expect(await balance(userId)).toEqual({ credits: 7, held: 0 });
    expect(await readPhotoshoot(scene.db, started.photoshootId)).toMatchObject({
      state: 'cancelled',
      outcomeTold: false,
    });
  });

  test('is still known to the worker that resumes it', async () => {
    const userId = await scene.customer(8);
    const { photoshootId } = await scene.running(userId);
    await cancel(photoshootId, userId);
    await scene.takeOver(photoshootId);
    expect(await readPhotoshoot(scene.db, photoshootId)).toMatchObject({ cancelRequested: true });
  });

  test('what has ended is too late', async () => {
    const userId = await scene.customer(8);
    const { photoshootId: completed } = await scene.delivered(userId);
    const { pictures: _, ...run } = await scene.running(userId);
    await completePhotoshoot(scene, run, [], 'unexpected');
    for (const id of [completed, run.photoshootId]) {
      const before = await stateOf(scene.db, id);
      expect(await cancel(id, userId)).toEqual({ kind: 'too-late' });
      expect(await stateOf(scene.db, id)).toBe(before);
    }
    expect(await balance(userId)).toEqual({ credits: 7, held: 0 });
  });

  test('by command means the newest that is open', async () => {
    const userId = await scene.customer(8);
    expect(await findCancellable(scene.db, userId)).toBeNull();
    const placed = await scene.placed(userId);
    await scene.delivered(userId);
    expect(await findCancellable(scene.db, userId)).toMatchObject({ id: placed });
    const draft = await scene.draft(userId);
    expect(await findCancellable(scene.db, userId)).toMatchObject({ id: draft });
    await cancel(draft, userId);
    await cancel(placed, userId);
    expect(await findCancellable(scene.db, userId)).toBeNull();
  });
});
