import { describe, expect, test } from 'vitest';
import { cancelPhotoshoot } from '../../../src/photoshoots/run/cancel-photoshoot.ts';
import {
  beginDelivery,
  forgetDelivery,
  rememberOutcomeTold,
} from '../../../src/photoshoots/run/complete-photoshoot.ts';
import { readPictureBytes, recordMade, recordUnmade } from '../../../src/photoshoots/run/record-picture.ts';
import { resumeCustomer } from '../../../src/photoshoots/run/resume-customer.ts';
import {
  releaseAllLeases,
  releaseLease,
  renewLease,
  startPhotoshoot,
} from '../../../src/photoshoots/run/start-photoshoot.ts';
import {
  expireLease,
  jobsOf,
  madePicture,
  openFileScene,
  pictureStates,
  stateOf,
  taken,
} from '../../support/scene.ts';

const scene = await openFileScene();

const start = (photoshootId: number) => startPhotoshoot(scene.db, photoshootId);

describe('starting a photoshoot', () => {
  test('gives a placed one to the worker, with its pictures in order', async () => {
    const photoshootId = await scene.placed(await scene.customer(), 3);
    const { photoshoot, pictures, mayHaveBeenSent } = taken(await start(photoshootId));
    expect(photoshoot).toMatchObject({ state: 'generating', run: 1, cancelRequested: false });
    expect(pictures.map((picture) => picture.position)).toEqual([1, 2, 3]);
    expect(mayHaveBeenSent).toBe(false);
  });

  test('of eight workers that come at once, one gets it and the others find it busy', async () => {
    const photoshootId = await scene.placed(await scene.customer());
    const starts = await Promise.all(Array.from({ length: 8 }, () => start(photoshootId)));
    expect(starts.map((one) => one.kind).sort()).toEqual([
      ...Array.from({ length: 7 }, () => 'busy'),
      'taken',
    ]);
  });

  test('a draft cannot be started, and one that was cancelled in the line is over', async () => {
    const userId = await scene.customer();
    const cancelled = await scene.placed(userId);
    await cancelPhotoshoot(scene.db, { photoshootId: cancelled, userId });
    const draft = await scene.draft(userId);
    for (const id of [cancelled, draft]) expect(await start(id)).toEqual({ kind: 'over' });
    expect(await stateOf(scene.db, draft)).toBe('draft');
  });

  test('one that ended stays with its worker until the seller was told, and then is over', async () => {
    const { photoshootId } = await scene.delivered(await scene.customer());
    expect((await start(photoshootId)).kind).toBe('busy');
    await rememberOutcomeTold(scene.db, photoshootId);
    await expireLease(scene.db, photoshootId);
    expect(await start(photoshootId)).toEqual({ kind: 'over' });
  });

  test('one whose worker died before it told the seller goes to one other, to be told and not made again', async () => {
    const { photoshootId, run } = await scene.delivered(await scene.customer());
    await expireLease(scene.db, photoshootId);
    const starts = await Promise.all([1, 2, 3, 4].map(() => start(photoshootId)));
    expect(starts.map((one) => one.kind).sort()).toEqual(['busy', 'busy', 'busy', 'untold']);
    expect(starts.find((one) => one.kind === 'untold')).toMatchObject({
      run: run + 1,
      photoshoot: { state: 'completed', outcomeTold: false },
    });
    expect(await pictureStates(scene.db, photoshootId)).toEqual(['delivered']);
  });

  test('a photoshoot that is not there is an error', async () => {
    await expect(start(987_654_321)).rejects.toThrow('987654321');
  });

  test('one that the worker gave back can be taken at once, with the next run', async () => {
    const { photoshootId, run } = await scene.running(await scene.customer());
    await releaseLease(scene.db, photoshootId, run);
    expect(taken(await start(photoshootId)).photoshoot.run).toBe(run + 1);
  });

  test('one that is given back tells its worker of a Cancel that found it taken, as long as it goes on', async () => {
    const userId = await scene.customer();
    const unwanted = await scene.running(userId);
    await cancelPhotoshoot(scene.db, { photoshootId: unwanted.photoshootId, userId });
    expect(await releaseLease(scene.db, unwanted.photoshootId, unwanted.run)).toBe(true);
    const wanted = await scene.running(userId);
    expect(await releaseLease(scene.db, wanted.photoshootId, wanted.run)).toBe(false);
    const over = await scene.running(userId);
    await cancelPhotoshoot(scene.db, { photoshootId: over.photoshootId, userId });
    await scene.deliver(over);
    expect(await releaseLease(scene.db, over.photoshootId, over.run)).toBe(false);
  });

  test('a resumed one keeps the pictures that were made and paid for', async () => {
    const { photoshootId, run, pictures } = await scene.running(await scene.customer(), 3);
    const [made, refused] = pictures;
    if (made === undefined || refused === undefined) throw new Error('three pictures were ordered');
    await recordMade(scene.db, { photoshootId, run }, madePicture(made.id));
    await recordUnmade(
      scene.db,
      { photoshootId, run },
      { pictureId: refused.id, state: 'refused', failureCode: 'provider-refused' },
    );
    const resumed = await scene.takeOver(photoshootId);
    expect(resumed.pictures.map((picture) => picture.state)).toEqual(['made', 'refused', 'waiting']);
    expect(await readPictureBytes(scene.db, made.id)).toEqual(
      expect.objectContaining(madePicture(made.id).bytes),
    );
  });

  test('knows whether an album may have been sent already', async () => {
    const { photoshootId, run } = await scene.running(await scene.customer());
    await beginDelivery(scene.db, { photoshootId, run });
    await expireLease(scene.db, photoshootId);
    const second = taken(await start(photoshootId));
    expect(second.mayHaveBeenSent).toBe(true);
    // A sending that certainly failed says nothing about the one before it, which is still unknown.
    await forgetDelivery(scene.db, { photoshootId, run: second.photoshoot.run }, second.mayHaveBeenSent);
    await expireLease(scene.db, photoshootId);
    expect(taken(await start(photoshootId)).mayHaveBeenSent).toBe(true);
  });

  test('and that it certainly was not, when the sending is known to have failed', async () => {
    const { photoshootId, run } = await scene.running(await scene.customer());
    await beginDelivery(scene.db, { photoshootId, run });
    await forgetDelivery(scene.db, { photoshootId, run }, false);
    await expireLease(scene.db, photoshootId);
    expect(taken(await start(photoshootId)).mayHaveBeenSent).toBe(false);
  });
});

describe('the lease', () => {
  test('is held by the run that renews it, and tells of a cancellation', async () => {
    const userId = await scene.customer();
    const { photoshootId, run } = await scene.running(userId);
    expect(await renewLease(scene.db, photoshootId, run)).toBe('kept');
    expect(await cancelPhotoshoot(scene.db, { photoshootId, userId })).toEqual({ kind: 'stopping' });
    expect(await renewLease(scene.db, photoshootId, run)).toBe('cancel-requested');
  });

  test('that was renewed keeps another worker away', async () => {
    const { photoshootId, run } = await scene.running(await scene.customer());
    await expireLease(scene.db, photoshootId);
    await renewLease(scene.db, photoshootId, run);
    expect((await start(photoshootId)).kind).toBe('busy');
  });

  test('that ran out goes to one of the workers that come at once', async () => {
    const { photoshootId } = await scene.running(await scene.customer());
    await expireLease(scene.db, photoshootId);
    const starts = await Promise.all(Array.from({ length: 5 }, () => start(photoshootId)));
    expect(starts.filter((one) => one.kind === 'taken')).toHaveLength(1);
  });

  test('is lost to the next run, and for good when the seller was told how it ended', async () => {
    const { photoshootId, run } = await scene.running(await scene.customer());
    const next = await scene.takeOver(photoshootId);
    expect(await renewLease(scene.db, photoshootId, run)).toBe('lost');
    expect(await renewLease(scene.db, photoshootId, next.run)).toBe('kept');
    await scene.deliver(next);
    expect(await renewLease(scene.db, photoshootId, next.run)).toBe('kept');
    await rememberOutcomeTold(scene.db, photoshootId);
    expect(await renewLease(scene.db, photoshootId, next.run)).toBe('lost');
  });

  test('of a later run is not given away by an earlier one', async () => {
    const { photoshootId, run } = await scene.running(await scene.customer());
    await scene.takeOver(photoshootId);
    await releaseLease(scene.db, photoshootId, run);
    expect((await start(photoshootId)).kind).toBe('busy');
  });

  test('of every dead process is freed by a start that is alone, and theirs are named', async () => {
    const userId = await scene.customer();
    const one = (await scene.running(userId)).photoshootId;
    const runOut = (await scene.running(userId)).photoshootId;
    await expireLease(scene.db, runOut);
    const untold = (await scene.delivered(userId)).photoshootId;
    const told = (await scene.delivered(userId)).photoshootId;
    await rememberOutcomeTold(scene.db, told);
    const freed = await releaseAllLeases(scene.db);
    expect(freed).toEqual(expect.arrayContaining([one, runOut, untold]));
    expect(freed).not.toContain(told);
    expect(await releaseAllLeases(scene.db)).toEqual([]);
    for (const id of [one, runOut]) expect((await start(id)).kind).toBe('taken');
    expect((await start(untold)).kind).toBe('untold');
  });
});

describe('a customer who had blocked the bot and is back', () => {
  test('gets what is unfinished, also what a worker still has, and is told what they were not told', async () => {
    const userId = await scene.customer(20);
    const kept = await scene.running(userId);
    await releaseLease(scene.db, kept.photoshootId, kept.run);
    const untold = (await scene.delivered(userId)).photoshootId;
    const inWork = (await scene.running(userId)).photoshootId;
    const inLine = await scene.placed(userId);
    const told = (await scene.delivered(userId)).photoshootId;
    await rememberOutcomeTold(scene.db, told);
    const others = (await scene.running(await scene.customer())).photoshootId;

    await resumeCustomer(scene, userId);
    const jobs = async (id: number) => (await jobsOf(scene.db, id)).length;
    expect(await Promise.all([kept.photoshootId, untold, inWork].map(jobs))).toEqual([1, 1, 1]);
    // Its placement's job is still there; what is over, and what is another's, gets none.
    expect(await Promise.all([inLine, told, others].map(jobs))).toEqual([1, 0, 0]);
  });
});
