/** What a draft would make, and was made before: when it is offered for nothing, and when it is not. */
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { photoshoots, processedImages } from '../../../src/database/schema/index.ts';
import { chooseCount } from '../../../src/photoshoots/draft/choose-count.ts';
import { chooseRatio } from '../../../src/photoshoots/draft/choose-ratio.ts';
import { findMadeBefore } from '../../../src/photoshoots/draft/find-made-before.ts';
import { nameProduct } from '../../../src/photoshoots/draft/name-product.ts';
import { endPreparation } from '../../../src/photoshoots/mark-preparation.ts';
import { readOwnCard } from '../../../src/photoshoots/read-photoshoot.ts';
import { forgetHistory } from '../../../src/privacy/forget-content.ts';
import { openFileScene, outcomeOf } from '../../support/scene.ts';

const scene = await openFileScene();

const LOOK = '01'.repeat(32);
const MODELS = ['openai/test-model'];
const look = (draftId: number, userId: number, models: readonly string[] = MODELS) =>
  readOwnCard(scene.db, draftId, userId).then((card) => findMadeBefore(scene.db, { card, models }));

/** A draft of photos with these names and words, with the styles of these numbers chosen. */
async function draftOf(
  userId: number,
  photos: readonly string[],
  { chosen = [1], caption = null }: { chosen?: readonly number[]; caption?: string | null } = {},
): Promise<number> {
  const albumId = `album-${scene.nextId()}`;
  let id = 0;
  for (const fileUniqueId of photos) {
    ({ photoshootId: id } = await scene.send(scene.photo(userId, { albumId, fileUniqueId, caption })));
  }
  await scene.recognise(id);
  for (const number of chosen) await scene.toggle(id, userId, number);
  return id;
}

/** The same, delivered. */
async function delivered(...about: Parameters<typeof draftOf>): Promise<number> {
  const [userId] = about;
  const id = await draftOf(...about);
  await scene.place(id, userId);
  await scene.deliver(await scene.take(id));
  return id;
}

describe('what was made before', () => {
  test('is the newest photoshoot that brought all that is chosen, with what making it anew costs', async () => {
    const userId = await scene.customer(20);
    await delivered(userId, ['mug'], { chosen: [1, 2] });
    const newer = await delivered(userId, ['mug'], { chosen: [1, 2, 3] });
    await delivered(userId, ['mug'], { chosen: [4] });
    const draftId = await draftOf(userId, ['mug'], { chosen: [2, 1] });
    expect(await look(draftId, userId)).toEqual({
      photoshootId: newer,
      deliveredAt: expect.any(Date),
      pictures: 2,
      credits: 2,
    });
  });

  test('is found by the pixels of a photo that was uploaded anew, and views in another order are the same', async () => {
    const userId = await scene.customer(20);
    const before = await delivered(userId, ['front', 'back']);
    const draftId = await draftOf(userId, ['back-anew', 'front']);
    expect(await look(draftId, userId)).toBeNull();
    await endPreparation(scene.db, before, [{ fileUniqueId: 'back', contentHash: 'b', look: LOOK }]);
    await endPreparation(scene.db, draftId, [{ fileUniqueId: 'back-anew', contentHash: 'b', look: LOOK }]);
    expect(await look(draftId, userId)).toMatchObject({ photoshootId: before });
  });

  test('is not what differs in a photo, a style, a number, words, the name, the format or the size', async () => {
    const userId = await scene.customer(40);
    const before = await delivered(userId, ['bag'], { caption: 'with flowers' });
    const same = () => draftOf(userId, ['bag'], { caption: 'with flowers' });
    expect(await look(await same(), userId)).toMatchObject({ photoshootId: before });

    const others = [
      await draftOf(userId, ['bag', 'bag-behind'], { caption: 'with flowers' }),
      await draftOf(userId, ['another-bag'], { caption: 'with flowers' }),
      await draftOf(userId, ['bag'], { caption: 'without flowers' }),
      await draftOf(userId, ['bag']),
      await draftOf(userId, ['bag'], { caption: 'with flowers', chosen: [1, 2] }),
      await draftOf(userId, ['bag'], { caption: 'with flowers', chosen: [2] }),
      await draftOf(userId, ['bag'], { caption: 'with flowers', chosen: [] }),
    ];
    const [twice, named, tall, large] = [await same(), await same(), await same(), await same()];
    await chooseCount(scene.db, { draftId: twice, userId, pictures: 2 }, scene.now);
    await nameProduct(scene.db, { draftId: named, userId, name: 'Beach bag' }, scene.now);
    await chooseRatio(scene.db, { draftId: tall, userId, ratio: '9:16' }, scene.now);
    await scene.enlarge(large, userId);
    for (const id of [...others, twice, named, tall, large]) expect(await look(id, userId)).toBeNull();
  });

  test('is not what another model would make now, what came smaller or was given back, nor what never came', async () => {
    const userId = await scene.customer(20);
    const before = await delivered(userId, ['cup']);
    const draftId = await draftOf(userId, ['cup']);
    expect(await look(draftId, userId, ['openai/newer-model'])).toBeNull();
    const changes = [{ creditsSaved: 1 }, { givenBackAt: new Date() }, { state: 'failed' as const }];
    for (const change of changes) {
      const [row] = await scene.db
        .select()
        .from(processedImages)
        .where(eq(processedImages.photoshootId, before));
      if (row === undefined) throw new Error('the picture is gone');
      await scene.db.update(processedImages).set(change).where(eq(processedImages.id, row.id));
      expect(await look(draftId, userId)).toBeNull();
      const { creditsSaved, givenBackAt, state } = row;
      const as = { creditsSaved, givenBackAt, state };
      await scene.db.update(processedImages).set(as).where(eq(processedImages.id, row.id));
    }
    expect(await look(draftId, userId)).toMatchObject({ photoshootId: before });
  });

  test('is never somebody else’s, nor shown to somebody else', async () => {
    const [owner, other] = [await scene.customer(), await scene.customer()];
    await delivered(owner, ['lamp']);
    const draftId = await draftOf(other, ['lamp']);
    expect(await look(draftId, other)).toBeNull();
    expect(await outcomeOf(look(draftId, owner))).toBe('not-found');
  });

  test('is not what was forgotten, nor what is being made', async () => {
    const userId = await scene.customer();
    const before = await delivered(userId, ['vase']);
    await scene.place(await draftOf(userId, ['jug']), userId);
    expect(await look(await draftOf(userId, ['jug']), userId)).toBeNull();
    await scene.db
      .update(photoshoots)
      .set({ finishedAt: new Date(0) })
      .where(eq(photoshoots.id, before));
    await forgetHistory(scene.db, new Date(1));
    expect(await look(await draftOf(userId, ['vase']), userId)).toBeNull();
  });
});
