/** Photoshoots that begin with a delivered picture, and what words are found to be about. */
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { readCustomer } from '../../../src/customers/read-customer.ts';
import { stopExpectingWords } from '../../../src/customers/stop-waiting.ts';
import { photoshoots, processedImages, users } from '../../../src/database/schema/index.ts';
import { chooseSize } from '../../../src/photoshoots/draft/choose-size.ts';
import {
  expectCorrection,
  makeMoreLike,
  openCorrection,
  retargetCorrection,
  rewordCorrection,
  undoCorrection,
} from '../../../src/photoshoots/draft/correct-picture.ts';
import { expectName, nameProduct } from '../../../src/photoshoots/draft/name-product.ts';
import { repeatPhotoshoot, restylePhotoshoot } from '../../../src/photoshoots/draft/repeat-photoshoot.ts';
import { takeWish } from '../../../src/photoshoots/draft/take-wish.ts';
import { readPhotoshoot, readStyles } from '../../../src/photoshoots/read-photoshoot.ts';
import { readStage } from '../../../src/photoshoots/run/read-stage.ts';
import { readPictures } from '../../../src/photoshoots/run/start-photoshoot.ts';
import { OWN_STYLE_NUMBER } from '../../../src/photoshoots/styles/style-numbers.ts';
import { createPresentReader, type RepliedMessage } from '../../../src/photoshoots/words/read-present.ts';
import { readWish } from '../../../src/photoshoots/words/read-wish.ts';
import { expectBalancedBooks, openFileScene, outcomeOf, sentPicture } from '../../support/scene.ts';

const scene = await openFileScene();
const { db } = scene;

/** The only picture of a delivered photoshoot, or the one at a place in its album. */
async function deliveredPicture(userId: number, pictures = 1, position = 1): Promise<number> {
  const { pictures: made } = await scene.delivered(userId, pictures);
  return made[position - 1]?.id ?? 0;
}

const correct = (userId: number, pictureId: number, words: string, sourceKey = `correct:${scene.nextId()}`) =>
  openCorrection(
    scene,
    { pictureId, userId, title: 'My change', wish: readWish(words), sourceKey },
    scene.now,
  );

/** Has a draft of one picture placed, made and delivered. @returns its picture */
async function deliverDraft(userId: number, draftId: number): Promise<number> {
  await scene.place(draftId, userId);
  const run = await scene.take(draftId);
  await scene.deliver(run);
  return run.pictures[0]?.id ?? 0;
}

async function present(userId: number, reply: Partial<RepliedMessage> | null = null) {
  const customer = await readCustomer(db, userId);
  if (customer === undefined) throw new Error('nobody');
  const replied = reply === null ? null : { messageId: -1, fileIds: [], photoshootId: null, ...reply };
  return createPresentReader(db, () => scene.now)({ customer, reply: replied });
}

describe('a correction', () => {
  test('is a draft of one picture that costs nothing before it is placed, and one credit then', async () => {
    const userId = await scene.customer(8);
    const pictureId = await deliveredPicture(userId, 2, 2);
    const draftId = await correct(userId, pictureId, 'darker table, 16:9');
    expect(await readPhotoshoot(db, draftId)).toMatchObject({
      state: 'draft',
      basedOnPictureId: pictureId,
      pictureCount: 1,
      ratio: '16:9',
      product: { name: 'Clay mug' },
    });
    expect((await readStyles(db, draftId)).filter(({ chosen }) => chosen)).toMatchObject([
      { origin: 'correction', prompt: 'darker table' },
    ]);
    const balance = async () => (await readCustomer(db, userId))?.credits;
    expect(await balance()).toBe(6);
    await deliverDraft(userId, draftId);
    expect(await balance()).toBe(5);
    await expectBalancedBooks(db);
  });

  test('of a large picture is large as well, as one more like it and all of them again are, for two credits each', async () => {
    const userId = await scene.customer(20);
    const original = await scene.draft(userId, [1]);
    await scene.enlarge(original, userId);
    const pictureId = await deliverDraft(userId, original);
    const balance = async () => (await readCustomer(db, userId))?.credits;
    expect(await balance()).toBe(18);
    const draftId = await correct(userId, pictureId, 'darker');
    expect(await readPhotoshoot(db, draftId)).toMatchObject({ size: 'large' });
    await deliverDraft(userId, draftId);
    expect(await balance()).toBe(16);
    const tap = () => `tap-${scene.nextId()}`;
    await makeMoreLike(scene, { pictureId, userId, callbackId: tap() }, scene.now);
    expect(await balance()).toBe(14);
    await repeatPhotoshoot(scene, { photoshootId: original, userId, callbackId: tap() }, scene.now);
    expect(await balance()).toBe(12);
    await chooseSize(
      db,
      { draftId: await correct(userId, pictureId, 'x y z'), userId, size: 'usual' },
      scene.now,
    );
    await expectBalancedBooks(db);
  });

  test('is one for a message that is handled twice', async () => {
    const userId = await scene.customer();
    const pictureId = await deliveredPicture(userId);
    const drafts = await Promise.all([1, 2].map(() => correct(userId, pictureId, 'darker', 'correct:same')));
    expect(new Set(drafts).size).toBe(1);
  });

  test('can be of a correction, and goes back to the version before for nothing', async () => {
    const userId = await scene.customer();
    const first = await deliveredPicture(userId);
    const second = await deliverDraft(userId, await correct(userId, first, 'darker'));
    const third = await deliverDraft(userId, await correct(userId, second, 'warmer'));
    expect((await present(userId)).newest).toEqual({ kind: 'picture', pictureId: third });
    const before = (await readCustomer(db, userId))?.credits;
    expect(await undoCorrection(db, { pictureId: third, userId }, scene.now)).toMatchObject({ id: second });
    expect((await present(userId)).newest).toEqual({ kind: 'picture', pictureId: second });
    // A second tap finds the same.
    expect(await undoCorrection(db, { pictureId: third, userId }, scene.now)).toMatchObject({ id: second });
    expect(await undoCorrection(db, { pictureId: second, userId }, scene.now)).toMatchObject({ id: first });
    expect((await present(userId)).newest).toEqual({ kind: 'picture', pictureId: first });
    expect((await readCustomer(db, userId))?.credits).toBe(before);
    expect(await outcomeOf(undoCorrection(db, { pictureId: first, userId }, scene.now))).toBe('not-found');
  });

  test('takes other words, another picture of the album and another format until it is placed', async () => {
    const userId = await scene.customer();
    const { pictures } = await scene.delivered(userId, 2);
    const [one, two] = pictures.map(({ id }) => id);
    const draftId = await correct(userId, one ?? 0, 'darker');
    const reword = (words: string) =>
      rewordCorrection(db, { draftId, userId, title: 'My change', wish: readWish(words) }, scene.now);
    await reword('warmer');
    await reword('1:1');
    await retargetCorrection(db, { draftId, userId, pictureId: two ?? 0 }, scene.now);
    expect(await readPhotoshoot(db, draftId)).toMatchObject({ basedOnPictureId: two, ratio: '1:1' });
    expect((await readStyles(db, draftId)).filter(({ chosen }) => chosen)).toMatchObject([
      { prompt: 'warmer' },
    ]);
    expect(await outcomeOf(reword('x'))).toBe('style-text-length');
    await scene.place(draftId, userId);
    expect(await outcomeOf(reword('colder'))).toBe('already-placed');
  });

  test('is not made of what belongs to others, never arrived, or with words of no length', async () => {
    const [owner, stranger] = [await scene.customer(), await scene.customer()];
    const pictureId = await deliveredPicture(owner);
    const undelivered = (await scene.running(owner)).pictures[0]?.id ?? 0;
    expect(await outcomeOf(correct(stranger, pictureId, 'darker'))).toBe('not-found');
    expect(await outcomeOf(correct(owner, undelivered, 'darker'))).toBe('not-found');
    expect(await outcomeOf(correct(owner, pictureId, 'x'))).toBe('style-text-length');
    expect(await outcomeOf(correct(owner, pictureId, 'x'.repeat(301)))).toBe('style-text-length');
    const draftId = await correct(owner, pictureId, 'darker');
    const others = await deliveredPicture(stranger);
    const retarget = retargetCorrection(db, { draftId, userId: owner, pictureId: others }, scene.now);
    expect(await outcomeOf(retarget)).toBe('not-found');
    expect(await outcomeOf(expectCorrection(db, { pictureId, userId: stranger }))).toBe('not-found');
    expect(await outcomeOf(undoCorrection(db, { pictureId, userId: stranger }, scene.now))).toBe('not-found');
  });

  test('is repeated as a correction, and restyled without its words', async () => {
    const userId = await scene.customer();
    const first = await deliveredPicture(userId);
    const draftId = await correct(userId, first, 'darker');
    await deliverDraft(userId, draftId);
    const again = { photoshootId: draftId, userId, callbackId: `tap-${draftId}` };
    const { photoshootId, pictures } = await repeatPhotoshoot(scene, again, scene.now);
    expect(pictures).toBe(1);
    expect(await readPhotoshoot(db, photoshootId)).toMatchObject({ basedOnPictureId: first });
    const restyled = { photoshootId: draftId, userId, sourceKey: `restyle:${draftId}` };
    const otherId = await restylePhotoshoot(scene, restyled, scene.now);
    expect(await readPhotoshoot(db, otherId)).toMatchObject({ basedOnPictureId: null });
    const styles = await readStyles(db, otherId);
    expect(styles.map(({ origin, chosen }) => [origin, chosen])).toEqual(
      [1, 2, 3, 4].map(() => ['proposed', false]),
    );
  });
});

describe('more like one picture', () => {
  test('is one picture in its style, placed at once for one credit, and repeated as such', async () => {
    const userId = await scene.customer(8);
    const { pictures } = await scene.delivered(userId, 2);
    const [, second] = pictures;
    const tap = { pictureId: second?.id ?? 0, userId, callbackId: `more-${userId}` };
    const { photoshootId } = await makeMoreLike(scene, tap, scene.now);
    expect(await readPhotoshoot(db, photoshootId)).toMatchObject({
      state: 'queued',
      basedOnPictureId: second?.id,
    });
    expect(await readPictures(db, photoshootId)).toMatchObject([
      { style: second?.style, stylePrompt: second?.stylePrompt, styleOrigin: 'proposed' },
    ]);
    expect(await outcomeOf(makeMoreLike(scene, tap, scene.now))).toBe('already-placed');
    expect((await readCustomer(db, userId))?.credits).toBe(5);
    await scene.deliver(await scene.take(photoshootId));
    const again = { photoshootId, userId, callbackId: `again-${userId}` };
    const repeated = await repeatPhotoshoot(scene, again, scene.now);
    expect(await readPictures(db, repeated.photoshootId)).toMatchObject([{ style: second?.style }]);
    await expectBalancedBooks(db);
  });

  test('of a correction keeps the look that its chain began with', async () => {
    const userId = await scene.customer();
    const first = await deliveredPicture(userId);
    const second = await deliverDraft(userId, await correct(userId, first, 'darker'));
    const third = await deliverDraft(userId, await correct(userId, second, 'warmer'));
    const tap = { pictureId: third, userId, callbackId: `more-${third}` };
    const { photoshootId } = await makeMoreLike(scene, tap, scene.now);
    expect(await readPictures(db, photoshootId)).toMatchObject([
      { style: 'Proposal 1', styleOrigin: 'proposed' },
    ]);
    expect(await readPhotoshoot(db, photoshootId)).toMatchObject({ basedOnPictureId: third });
  });

  test('needs a credit', async () => {
    const userId = await scene.customer(1);
    const pictureId = await deliveredPicture(userId);
    const tap = { pictureId, userId, callbackId: `more-${pictureId}` };
    expect(await outcomeOf(makeMoreLike(scene, tap, scene.now))).toBe('not-enough-credits');
  });
});

describe('what words are about', () => {
  test('is what happened last, and nothing where nothing is', async () => {
    const userId = await scene.customer();
    expect((await present(userId)).newest).toBeNull();
    const draftId = await scene.draft(userId);
    expect((await present(userId)).newest).toEqual({ kind: 'card', draftId, basedOnPictureId: null });
    await scene.place(draftId, userId);
    expect((await present(userId)).newest).toEqual({ kind: 'work', photoshootId: draftId });
    const run = await scene.take(draftId);
    await scene.deliver(run);
    const pictureId = run.pictures[0]?.id ?? 0;
    expect((await present(userId)).newest).toEqual({ kind: 'picture', pictureId });
    const others = await scene.customer();
    expect((await present(others)).newest).toBeNull();
  });

  test('passes over drafts whose time is over and photos that could not be used', async () => {
    const userId = await scene.customer();
    const pictureId = await deliveredPicture(userId);
    const old = await scene.draft(userId);
    await db.update(photoshoots).set({ expiresAt: scene.now }).where(eq(photoshoots.id, old));
    const refused = await scene.draft(userId);
    const failed = { state: 'failed', failureCode: 'image-unreadable', finishedAt: scene.now } as const;
    await db.update(photoshoots).set(failed).where(eq(photoshoots.id, refused));
    expect((await present(userId)).newest).toEqual({ kind: 'picture', pictureId });
  });

  test('may be an order that brought nothing', async () => {
    const userId = await scene.customer();
    const run = await scene.running(userId);
    await scene.deliver(run, 0);
    expect((await present(userId)).newest).toEqual({ kind: 'nothing-made', photoshootId: run.photoshootId });
  });

  test('is found by whatever of a photoshoot is answered', async () => {
    const userId = await scene.customer();
    const { photoshootId, pictures } = await scene.delivered(userId, 2);
    const [, second] = pictures;
    if (second === undefined) throw new Error('there are two');
    await db
      .update(processedImages)
      .set({ documentFileId: 'original', jpegFileId: 'jpeg' })
      .where(eq(processedImages.id, second.id));
    await db.update(photoshoots).set({ cardMessageId: 77 }).where(eq(photoshoots.id, photoshootId));
    await scene.draft(userId);
    const found = async (reply: Partial<RepliedMessage>) => (await present(userId, reply)).repliedTo;
    const picture = { kind: 'picture', pictureId: second.id };
    const { messageId, fileId } = sentPicture(second);
    expect(await found({ messageId })).toEqual(picture);
    expect(await found({ fileIds: ['small', fileId] })).toEqual(picture);
    expect(await found({ fileIds: ['original'] })).toEqual(picture);
    expect(await found({ fileIds: ['jpeg'] })).toEqual(picture);
    const first = { kind: 'picture', pictureId: pictures[0]?.id };
    expect(await found({ photoshootId })).toEqual(first);
    expect(await found({ messageId: 77 })).toEqual(first);
    expect(await found({ messageId: 999_999_999 })).toBeNull();
    const stranger = await scene.customer();
    expect((await present(stranger, { messageId, fileIds: [fileId], photoshootId })).repliedTo).toBeNull();
  });

  test('is asked for one thing at a time', async () => {
    const userId = await scene.customer();
    const pictureId = await deliveredPicture(userId);
    const draftId = await scene.draft(userId);
    await expectName(db, { draftId, userId }, scene.now);
    expect((await present(userId)).awaited).toEqual({ kind: 'name', draftId });
    await expectCorrection(db, { pictureId, userId });
    expect((await present(userId)).awaited).toEqual({ kind: 'correction', pictureId });
    await db.update(users).set({ writingTicketId: 5 }).where(eq(users.id, userId));
    await stopExpectingWords(db, userId);
    expect((await present(userId)).awaited).toBeNull();
    expect(await readCustomer(db, userId)).toMatchObject({ writingTicketId: 5 });
  });
});

describe('a wish on a card', () => {
  test('sets number, format and style, or nothing of it', async () => {
    const userId = await scene.customer();
    const draftId = await scene.draft(userId, [1, 2]);
    const wish = (words: string) =>
      takeWish(db, { draftId, userId, title: 'My idea', wish: readWish(words), wasAsked: false }, scene.now);
    await wish('on marble, 9:16, 4 pictures');
    expect(await readPhotoshoot(db, draftId)).toMatchObject({ ratio: '9:16', pictureCount: 4 });
    const own = async () => (await readStyles(db, draftId)).find(({ number }) => number === OWN_STYLE_NUMBER);
    expect(await own()).toMatchObject({ prompt: 'on marble', chosen: true, origin: 'own' });
    expect(await outcomeOf(wish(`1:1 ${'x'.repeat(301)}`))).toBe('style-text-length');
    expect(await readPhotoshoot(db, draftId)).toMatchObject({ ratio: '9:16', pictureCount: 4 });
    expect(await own()).toMatchObject({ prompt: 'on marble' });
    // The look that is asked for last is one of the fewer pictures.
    await wish('2 pictures, on oak');
    const chosen = (await readStyles(db, draftId)).filter((style) => style.chosen);
    expect(chosen.map(({ number }) => number)).toEqual([1, OWN_STYLE_NUMBER]);
    expect(await own()).toMatchObject({ prompt: 'on oak' });
    await wish('1 picture, on slate');
    expect((await readStyles(db, draftId)).filter((style) => style.chosen)).toEqual([
      expect.objectContaining({ number: OWN_STYLE_NUMBER, prompt: 'on slate' }),
    ]);
  });

  test('in a caption is taken from it, and stays when the product is recognised', async () => {
    const userId = await scene.customer();
    const { photoshootId } = await scene.send(scene.photo(userId, { caption: 'on marble, 16:9, 2 фото' }));
    await scene.recognise(photoshootId);
    const heard = { caption: 'on marble, 16:9, 2 фото', ratio: '16:9', pictureCount: 2 };
    expect(await readPhotoshoot(db, photoshootId)).toMatchObject({
      ...heard,
      product: { recommendedRatio: '3:4' },
    });
  });

  test('may be another name, which only a product that is recognised has', async () => {
    const userId = await scene.customer();
    const draftId = await scene.draft(userId);
    const name = (id: number, given: string) =>
      nameProduct(db, { draftId: id, userId, name: given }, scene.now);
    await name(draftId, '  Stone\nthermos ');
    expect((await readPhotoshoot(db, draftId)).product).toMatchObject({
      name: 'Stone thermos',
      nameGiven: true,
      kind: 'mug',
    });
    expect(await outcomeOf(name(draftId, 'x'.repeat(81)))).toBe('name-length');
    expect(await outcomeOf(name(draftId, ' '))).toBe('name-length');
    const { photoshootId } = await scene.send(scene.photo(userId));
    await name(photoshootId, 'Thermos');
    await scene.recognise(photoshootId);
    expect((await readPhotoshoot(db, photoshootId)).product).toMatchObject({ name: 'Clay mug' });
  });
});

test('work tells its place in the line, then how many are made, then that they are sent', async () => {
  const userId = await scene.customer();
  const photoshootId = await scene.placed(userId, 2);
  const stage = async () => (await readStage(db, photoshootId)).stage;
  expect(await stage()).toMatchObject({ stage: 'queued' });
  const run = await scene.take(photoshootId);
  expect(await stage()).toEqual({ stage: 'making', ready: 0, total: 2, remainingMs: null });
  await db
    .update(processedImages)
    .set({ state: 'made' })
    .where(eq(processedImages.photoshootId, photoshootId));
  expect(await stage()).toEqual({ stage: 'sending' });
  await db
    .update(processedImages)
    .set({ state: 'waiting' })
    .where(eq(processedImages.photoshootId, photoshootId));
  await scene.deliver(run);
  expect(await stage()).toBeNull();
});
