/** Photoshoots whose one picture is the product with nothing around it. */
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { checkLedger } from '../../../src/billing/checks/check-ledger.ts';
import { readBalance } from '../../../src/billing/ledger/read-balance.ts';
import { photoshoots } from '../../../src/database/schema/index.ts';
import { openCorrection } from '../../../src/photoshoots/draft/correct-picture.ts';
import { orderCutOut } from '../../../src/photoshoots/draft/order-cut-out.ts';
import { repeatPhotoshoot, restylePhotoshoot } from '../../../src/photoshoots/draft/repeat-photoshoot.ts';
import { readPhotos, readPhotoshoot, readStyles } from '../../../src/photoshoots/read-photoshoot.ts';
import { readCutOuts } from '../../../src/photoshoots/read-sources.ts';
import { readPictures } from '../../../src/photoshoots/run/start-photoshoot.ts';
import { saveStyles } from '../../../src/photoshoots/styles/presets.ts';
import { readWish } from '../../../src/photoshoots/words/read-wish.ts';
import { openFileScene, outcomeOf } from '../../support/scene.ts';

const scene = await openFileScene();
const { db } = scene;

const cutOut = (photoshootId: number, userId: number, callbackId = `tap-${scene.nextId()}`) =>
  orderCutOut(scene, { photoshootId, userId, title: 'Cut-out', callbackId }, scene.now);

/** A delivered photoshoot of two large pictures. */
async function original(userId: number): Promise<number> {
  const draftId = await scene.draft(userId, [1, 2]);
  await scene.enlarge(draftId, userId);
  await scene.place(draftId, userId);
  await scene.deliver(await scene.take(draftId));
  return draftId;
}

test('a cut-out is one picture of the usual price from the same photos, whatever the original cost', async () => {
  const userId = await scene.customer(8);
  const id = await original(userId);
  const { photoshootId, pictures } = await cutOut(id, userId);
  expect(pictures).toBe(1);
  expect(await readBalance(db, userId)).toEqual({ credits: 3, reserved: 1 });
  expect(await readPhotoshoot(db, photoshootId)).toMatchObject({
    cutOutOf: id,
    size: 'usual',
    state: 'queued',
  });
  expect(await readPhotos(db, photoshootId)).toEqual(await readPhotos(db, id));
  expect(await readPictures(db, photoshootId)).toMatchObject([
    { styleOrigin: 'cut-out', style: 'Cut-out', credits: 1 },
  ]);
  expect(await readCutOuts(db, id)).toEqual([]);
  const run = await scene.take(photoshootId);
  await scene.deliver(run);
  expect(await readCutOuts(db, id)).toMatchObject([{ pictureId: run.pictures[0]?.id }]);
  expect(await checkLedger(db)).toEqual([]);
});

test('two taps at once make one cut-out, also taps on the cut-out itself; a tap that is handled twice makes none', async () => {
  const userId = await scene.customer(8);
  const id = await original(userId);
  const outcomes = await Promise.all([1, 2, 3].map(() => outcomeOf(cutOut(id, userId))));
  expect(outcomes.sort()).toEqual(['already-placed', 'already-placed', 'done']);
  expect(await db.$count(photoshoots, eq(photoshoots.cutOutOf, id))).toBe(1);
  const [made] = await db.select().from(photoshoots).where(eq(photoshoots.cutOutOf, id));
  expect(await outcomeOf(cutOut(made?.id ?? 0, userId))).toBe('already-placed');
  await scene.deliver(await scene.take(made?.id ?? 0));
  expect(await outcomeOf(cutOut(id, userId, 'the-same'))).toBe('done');
  await db.update(photoshoots).set({ state: 'expired' }).where(eq(photoshoots.sourceKey, 'cut-out:the-same'));
  expect(await outcomeOf(cutOut(id, userId, 'the-same'))).toBe('already-placed');
});

test('a cut-out is nobody else’s to order, and none without a credit', async () => {
  const userId = await scene.customer(4);
  const id = await original(userId);
  expect(await outcomeOf(cutOut(id, await scene.customer(8)))).toBe('not-found');
  expect(await outcomeOf(cutOut(id, userId))).toBe('not-enough-credits');
  expect(await db.$count(photoshoots, eq(photoshoots.cutOutOf, id))).toBe(0);
});

test('a cut-out again is one more, other styles of it are of the product, and a correction is a picture', async () => {
  const userId = await scene.customer(20);
  const id = await original(userId);
  const { photoshootId } = await cutOut(id, userId);
  const run = await scene.take(photoshootId);
  await scene.deliver(run);
  const tap = { photoshootId, userId };
  const again = await repeatPhotoshoot(scene, { ...tap, callbackId: `tap-${scene.nextId()}` }, scene.now);
  expect(await readPhotoshoot(db, again.photoshootId)).toMatchObject({ cutOutOf: id });
  const restyled = await restylePhotoshoot(
    scene,
    { ...tap, sourceKey: `restyle:${scene.nextId()}` },
    scene.now,
  );
  expect(await readPhotoshoot(db, restyled)).toMatchObject({ cutOutOf: null });
  expect((await readStyles(db, restyled)).map(({ origin }) => origin)).not.toContain('cut-out');
  const wish = readWish('on oak');
  const about = { pictureId: run.pictures[0]?.id ?? 0, userId, title: 'Change', wish };
  const correction = await openCorrection(
    scene,
    { ...about, sourceKey: `correct:${scene.nextId()}` },
    scene.now,
  );
  expect(await readPhotoshoot(db, correction)).toMatchObject({ cutOutOf: null });
  expect(await outcomeOf(saveStyles(db, { photoshootId, userId, max: 12 }))).toBe('not-found');
});
