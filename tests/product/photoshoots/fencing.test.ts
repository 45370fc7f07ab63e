import { describe, expect, inject, test } from 'vitest';
import {
  beginDelivery,
  completePhotoshoot,
  forgetDelivery,
} from '../../../src/photoshoots/run/complete-photoshoot.ts';
import { readPictureBytes, recordMade, recordUnmade } from '../../../src/photoshoots/run/record-picture.ts';
import { readPictures, startPhotoshoot } from '../../../src/photoshoots/run/start-photoshoot.ts';
import '../../support/provided.ts';
import {
  expireLease,
  madePicture,
  openFileScene,
  pictureStates,
  sentPicture,
  stateOf,
  taken,
} from '../../support/scene.ts';

const scene = await openFileScene();

const start = (photoshootId: number) => startPhotoshoot(scene.db, photoshootId);
const first = <T>([one]: readonly T[]): T => {
  if (one === undefined) throw new Error('there is none');
  return one;
};

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
      // The takeover must not be decided before the frozen transaction is: much else is done meanwhile.
      const earlier = await Promise.race([
        takeOver.then(() => 'the takeover'),
        scene
          .customer()
          .then((userId) => scene.running(userId))
          .then(() => 'a whole other start'),
      ]);
      thawed.resolve();
      await frozen;
      expect(earlier).toBe('a whole other start');
      expect(taken(await takeOver).pictures.map((one) => one.state)).toEqual(['made']);
    },
  );
});
