import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { pictureFiles, processedImages, providerAttempts } from '../../../src/database/schema/index.ts';
import { cancelPhotoshoot } from '../../../src/photoshoots/cancel-photoshoot.ts';
import {
  beginDelivery,
  completePhotoshoot,
  forgetDelivery,
} from '../../../src/photoshoots/complete-photoshoot.ts';
import { createAttemptJournal } from '../../../src/photoshoots/record-attempt.ts';
import { readPictureBytes, recordMade, recordUnmade } from '../../../src/photoshoots/record-picture.ts';
import {
  readPictures,
  releaseAllLeases,
  releaseLease,
  renewLease,
  startPhotoshoot,
} from '../../../src/photoshoots/start-photoshoot.ts';
import '../../support/provided.ts';
import {
  expireLease,
  madePicture,
  openScene,
  pictureStates,
  type Scene,
  sentPicture,
  stateOf,
  taken,
} from '../../support/scene.ts';

let scene: Scene;

beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const start = (photoshootId: number) => startPhotoshoot(scene.db, photoshootId);
const first = <T>([one]: readonly T[]): T => {
  if (one === undefined) throw new Error('there is none');
  return one;
};

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
    expect(starts.map((one) => one.kind).sort()).toEqual([...Array.from({ length: 7 }, () => 'busy'), 'taken']);
  });

  test('a draft cannot be started, and one that ended is over', async () => {
    const userId = await scene.customer();
    const cancelled = await scene.placed(userId);
    await cancelPhotoshoot(scene.db, { photoshootId: cancelled, userId });
    const { photoshootId: completed } = await scene.delivered(userId);
    const draft = await scene.draft(userId);
    for (const id of [cancelled, completed, draft]) expect((await start(id)).kind).toBe('over');
    expect(await stateOf(scene.db, draft)).toBe('draft');
  });

  test('a photoshoot that is not there is an error', async () => {
    await expect(start(987_654_321)).rejects.toThrow('987654321');
  });

  test('one that the worker gave back can be taken at once, with the next run', async () => {
    const { photoshootId, run } = await scene.running(await scene.customer());
    await releaseLease(scene.db, photoshootId, run);
    expect(taken(await start(photoshootId)).photoshoot.run).toBe(run + 1);
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
    expect(await renewLease(scene.db, photoshootId, run)).toBe('held');
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

  test('is lost to the next run, and for good when the photoshoot has ended', async () => {
    const { photoshootId, run } = await scene.running(await scene.customer());
    const next = await scene.takeOver(photoshootId);
    expect(await renewLease(scene.db, photoshootId, run)).toBe('lost');
    expect(await renewLease(scene.db, photoshootId, next.run)).toBe('held');
    await scene.deliver(next);
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
    const other = (await scene.running(userId)).photoshootId;
    expect(await releaseAllLeases(scene.db)).toEqual(expect.arrayContaining([one, other]));
    for (const id of [one, other]) expect((await start(id)).kind).toBe('taken');
  });
});

describe('a worker that was frozen and comes back', () => {
  /** A run that was taken over, and the one that has the photoshoot now. */
  async function zombie(pictures = 1) {
    const old = await scene.running(await scene.customer(), pictures);
    const current = await scene.takeOver(old.photoshootId);
    return { old, current, picture: first(old.pictures) };
  }

  test('cannot record a picture', async () => {
    const { old, picture } = await zombie();
    expect(await recordMade(scene.db, old, madePicture(picture.id))).toBe(false);
    expect(await pictureStates(scene.db, old.photoshootId)).toEqual(['waiting']);
    expect(await readPictureBytes(scene.db, picture.id)).toBeNull();
  });

  test('cannot record a failure', async () => {
    const { old, picture } = await zombie();
    const outcome = { pictureId: picture.id, state: 'failed', failureCode: 'unexpected' } as const;
    await recordUnmade(scene.db, old, outcome);
    expect(await pictureStates(scene.db, old.photoshootId)).toEqual(['waiting']);
  });

  test('cannot begin a delivery', async () => {
    const { old, current } = await zombie();
    expect(await beginDelivery(scene.db, old)).toBe(false);
    await expireLease(scene.db, current.photoshootId);
    expect(taken(await start(current.photoshootId)).mayHaveBeenSent).toBe(false);
  });

  test('cannot forget the delivery of the one that works now', async () => {
    const { old, current } = await zombie();
    await beginDelivery(scene.db, current);
    await forgetDelivery(scene.db, old, false);
    await expireLease(scene.db, current.photoshootId);
    expect(taken(await start(current.photoshootId)).mayHaveBeenSent).toBe(true);
  });

  test('cannot complete it, neither while another works nor after that one has', async () => {
    const { old, current, picture } = await zombie();
    expect(await completePhotoshoot(scene, old, [sentPicture(picture)], 'unexpected')).toBeNull();
    expect(await stateOf(scene.db, old.photoshootId)).toBe('generating');
    await scene.deliver(current);
    const before = await readPictures(scene.db, old.photoshootId);
    expect(await completePhotoshoot(scene, old, [], 'unexpected')).toBeNull();
    expect(await readPictures(scene.db, old.photoshootId)).toEqual(before);
  });

  // The embedded database has one connection, so there a transaction cannot be open while another one runs.
  test.runIf(inject('testDatabase').kind === 'server')(
    'and was frozen while it wrote a picture down, is waited for: the picture is not paid for again',
    async () => {
      const { photoshootId, run, pictures } = await scene.running(await scene.customer());
      const picture = first(pictures);
      await expireLease(scene.db, photoshootId);
      const thawed = Promise.withResolvers<void>();
      const written = Promise.withResolvers<void>();
      const frozen = scene.db.transaction(async (tx) => {
        await recordMade(tx, { photoshootId, run }, madePicture(picture.id));
        written.resolve();
        await thawed.promise;
      });
      await written.promise;
      const takeOver = start(photoshootId);
      // Whoever is quicker: the takeover must not be decided before the frozen transaction is.
      const earlier = await Promise.race([
        takeOver.then(() => 'the takeover'),
        renewLease(scene.db, await otherPhotoshoot(), 1).then(() => 'another statement'),
      ]);
      thawed.resolve();
      await frozen;
      expect(earlier).toBe('another statement');
      expect(taken(await takeOver).pictures.map((one) => one.state)).toEqual(['made']);
    },
  );
  const otherPhotoshoot = async () => (await scene.running(await scene.customer())).photoshootId;
});

describe('recording what became of a picture', () => {
  test('keeps its bytes, its maker and its cost', async () => {
    const { pictures, ...run } = await scene.running(await scene.customer());
    const { id } = first(pictures);
    expect(await recordMade(scene.db, run, madePicture(id))).toBe(true);
    const [row] = await scene.db.select().from(processedImages).where(eq(processedImages.id, id));
    expect(row).toMatchObject({
      state: 'made',
      provider: 'openai',
      model: 'test-model',
      costMicroUsd: 42_000,
      madeAt: expect.any(Date),
    });
    const bytes = await readPictureBytes(scene.db, id);
    expect(Uint8Array.from(bytes ?? [])).toEqual(madePicture(id).bytes);
  });

  test('happens once: the first outcome stays', async () => {
    const { pictures, ...run } = await scene.running(await scene.customer(), 2);
    const [one, two] = pictures;
    if (one === undefined || two === undefined) throw new Error('two pictures were ordered');
    await recordMade(scene.db, run, madePicture(one.id));
    expect(await recordMade(scene.db, run, { ...madePicture(one.id), bytes: Uint8Array.of(9) })).toBe(false);
    await recordUnmade(scene.db, run, { pictureId: one.id, state: 'failed', failureCode: 'unexpected' });
    await recordUnmade(scene.db, run, { pictureId: two.id, state: 'refused', failureCode: 'provider-refused' });
    expect(await recordMade(scene.db, run, madePicture(two.id))).toBe(false);
    expect(await pictureStates(scene.db, run.photoshootId)).toEqual(['made', 'refused']);
    expect(await scene.db.$count(pictureFiles, eq(pictureFiles.pictureId, one.id))).toBe(1);
    expect(Uint8Array.from((await readPictureBytes(scene.db, one.id)) ?? [])).toEqual(
      madePicture(one.id).bytes,
    );
  });

  test('is possible only for a picture of the photoshoot that the run has', async () => {
    const mine = await scene.running(await scene.customer());
    const { pictures } = await scene.running(await scene.customer());
    expect(await recordMade(scene.db, mine, madePicture(first(pictures).id))).toBe(false);
    const outcome = { pictureId: first(pictures).id, state: 'failed', failureCode: 'unexpected' } as const;
    await recordUnmade(scene.db, mine, outcome);
    expect((await readPictures(scene.db, first(pictures).photoshootId)).map((one) => one.state)).toEqual([
      'waiting',
    ]);
  });

  test('of one photoshoot is done side by side', async () => {
    const { pictures, ...run } = await scene.running(await scene.customer(), 4);
    const recorded = await Promise.all(
      pictures.map((picture) => recordMade(scene.db, run, madePicture(picture.id))),
    );
    expect(recorded).toEqual([true, true, true, true]);
  });
});

describe('the journal of paid calls', () => {
  test('has a row before the call, and its outcome after it, once', async () => {
    const { photoshootId, pictures } = await scene.running(await scene.customer());
    const journal = createAttemptJournal(scene.db);
    const pictureId = first(pictures).id;
    const id = await journal.open({
      purpose: 'picture',
      photoshootId,
      pictureId,
      provider: 'openai',
      model: 'm',
    });
    const read = async () =>
      first(await scene.db.select().from(providerAttempts).where(eq(providerAttempts.id, id)));
    expect(await read()).toMatchObject({ state: 'open', photoshootId, pictureId, settledAt: null });
    const usage = { inputTextTokens: 10, cachedTextTokens: 2, inputImageTokens: 20, outputTokens: 30 };
    const succeeded = {
      state: 'succeeded',
      code: null,
      usage,
      costMicroUsd: 5,
      durationMs: 7,
      requestId: 'r',
    } as const;
    await journal.settle(id, succeeded);
    await journal.settle(id, { ...succeeded, state: 'failed', code: 'late', usage: null });
    expect(await read()).toMatchObject({
      state: 'succeeded',
      code: null,
      textInputTokens: 10,
      imageInputTokens: 20,
      outputTokens: 30,
      costMicroUsd: 5,
      durationMs: 7,
      requestId: 'r',
      settledAt: expect.any(Date),
    });
  });
});
