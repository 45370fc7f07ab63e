import { afterAll, describe, expect, test } from 'vitest';
import { readBalance } from '../../../src/billing/ledger/read-balance.ts';
import { readPhotoshoot } from '../../../src/photoshoots/read-photoshoot.ts';
import { cancelPhotoshoot, findCancellable } from '../../../src/photoshoots/run/cancel-photoshoot.ts';
import { completePhotoshoot } from '../../../src/photoshoots/run/complete-photoshoot.ts';
import { startPhotoshoot } from '../../../src/photoshoots/run/start-photoshoot.ts';
import {
  expectBalancedBooks,
  openFileScene,
  outcomeOf,
  pictureStates,
  stateOf,
} from '../../support/scene.ts';

const scene = await openFileScene();
afterAll(async () => {
  await expectBalancedBooks(scene.db);
});

const balance = (userId: number) => readBalance(scene.db, userId);

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
    expect(await balance(userId)).toEqual({ credits: 8, reserved: 0 });
    expect(await pictureStates(scene.db, photoshootId)).toEqual(['cancelled', 'cancelled', 'cancelled']);
    expect(await startPhotoshoot(scene.db, photoshootId)).toEqual({ kind: 'over' });
    expect(await readPhotoshoot(scene.db, photoshootId)).toMatchObject({
      state: 'cancelled',
      outcomeTold: true,
    });
  });

  test('ten times at once gives the credits back once', async () => {
    const userId = await scene.customer(8);
    const photoshootId = await scene.placed(userId, 2);
    const cancels = await Promise.all(Array.from({ length: 10 }, () => cancel(photoshootId, userId)));
    expect(cancels.filter((one) => one.kind === 'cancelled')).toEqual([{ kind: 'cancelled', released: 2 }]);
    expect(cancels.filter((one) => one.kind === 'too-late')).toHaveLength(9);
    expect(await balance(userId)).toEqual({ credits: 8, reserved: 0 });
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
        started.kind === 'taken' ? { credits: 0, reserved: 2 } : { credits: 2, reserved: 0 },
      );
    }
  });

  test('what is being made stops it; finished pictures arrive and are paid for, the others are released', async () => {
    const userId = await scene.customer(8);
    const started = await scene.running(userId, 3);
    expect(await cancel(started.photoshootId, userId)).toEqual({ kind: 'stopping' });
    expect(await cancel(started.photoshootId, userId)).toEqual({ kind: 'stopping' });
    expect(await balance(userId)).toEqual({ credits: 5, reserved: 3 });
    expect(await scene.deliver(started, 1)).toMatchObject({
      delivered: 1,
      released: 2,
      photoshoot: { state: 'cancelled' },
    });
    expect(await pictureStates(scene.db, started.photoshootId)).toEqual([
      'delivered',
      'cancelled',
      'cancelled',
    ]);
    expect(await balance(userId)).toEqual({ credits: 7, reserved: 0 });
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
    expect(await balance(userId)).toEqual({ credits: 7, reserved: 0 });
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
