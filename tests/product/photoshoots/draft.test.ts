import { eq, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { photoshoots, users } from '../../../src/database/schema/index.ts';
import { chooseRatio } from '../../../src/photoshoots/draft/choose-ratio.ts';
import { expireDrafts } from '../../../src/photoshoots/draft/expire-drafts.ts';
import { isAnyDraftWaiting } from '../../../src/photoshoots/draft/is-any-draft-waiting.ts';
import { recogniseProduct } from '../../../src/photoshoots/draft/recognise-product.ts';
import { refuseDraft } from '../../../src/photoshoots/draft/refuse-draft.ts';
import { rememberCard } from '../../../src/photoshoots/draft/remember-card.ts';
import { splitDraft } from '../../../src/photoshoots/draft/split-draft.ts';
import { MAX_VIEWS } from '../../../src/photoshoots/limits.ts';
import { readPhotos, readPhotoshoot, readStyles } from '../../../src/photoshoots/read-photoshoot.ts';
import { cancelPhotoshoot } from '../../../src/photoshoots/run/cancel-photoshoot.ts';
import { openFileScene, outcomeOf, stateOf } from '../../support/scene.ts';

const scene = await openFileScene();

/** When the detections of a photoshoot may start, as milliseconds after they were enqueued. */
async function detections(photoshootId: number): Promise<number[]> {
  const jobs = await scene.db
    .select({ delay: sql`extract(epoch from start_after - created_on) * 1000`.mapWith(Number) })
    .from(sql`queue.job`)
    .where(sql`name = 'detect-product' and data->>'photoshootId' = ${String(photoshootId)}`);
  return jobs.map((job) => job.delay);
}

const parts = (userId: number, albumId: string, count: number) =>
  Array.from({ length: count }, () => scene.photo(userId, { albumId }));

const fileIdsOf = async (photoshootId: number) =>
  (await readPhotos(scene.db, photoshootId)).map(({ fileId }) => fileId);

describe('a photo', () => {
  test('becomes a draft that is valid for its time, and is looked at without delay', async () => {
    const userId = await scene.customer();
    const drafted = await scene.send(scene.photo(userId, { caption: 'a mug' }));
    expect(drafted).toMatchObject({ photos: 1, ignored: false });
    expect(await readPhotoshoot(scene.db, drafted.photoshootId)).toMatchObject({
      state: 'draft',
      userId,
      caption: 'a mug',
      product: null,
      pictureCount: null,
      expiresAt: new Date(scene.now.getTime() + scene.draftTtlMs),
    });
    const [delay, ...more] = await detections(drafted.photoshootId);
    expect(more).toEqual([]);
    expect(delay).toBeLessThanOrEqual(0);
  });

  test('that arrives five times at once, from a repeated update, is one draft with one job', async () => {
    const userId = await scene.customer();
    const photo = scene.photo(userId);
    const drafted = await Promise.all(Array.from({ length: 5 }, () => scene.send(photo)));
    expect(new Set(drafted.map((one) => one.photoshootId)).size).toBe(1);
    expect(drafted.every((one) => one.photos === 1 && !one.ignored)).toBe(true);
    const id = drafted[0]?.photoshootId ?? 0;
    expect(await fileIdsOf(id)).toEqual([photo.fileId]);
    expect(await detections(id)).toHaveLength(1);
  });

  test('of the same message number in another chat is another draft', async () => {
    const [one, other] = [await scene.customer(), await scene.customer()];
    const first = await scene.send(scene.photo(one, { messageId: 77 }));
    const second = await scene.send(scene.photo(other, { messageId: 77 }));
    expect(second.photoshootId).not.toBe(first.photoshootId);
    expect(second.photos).toBe(1);
  });

  test('of a person who is not known leaves neither a draft nor a job', async () => {
    const stranger = scene.nextId();
    await expect(scene.send(scene.photo(stranger))).rejects.toThrow();
    expect(await scene.db.$count(photoshoots, eq(photoshoots.userId, stranger))).toBe(0);
  });
});

describe('an album', () => {
  test('whose parts arrive at once is one draft, its photos in the order of the messages', async () => {
    const userId = await scene.customer();
    const album = parts(userId, 'at-once', 4);
    const drafted = await Promise.all([...album].reverse().map(scene.send));
    expect(new Set(drafted.map((one) => one.photoshootId)).size).toBe(1);
    expect(drafted.map((one) => one.photos).sort()).toEqual([1, 2, 3, 4]);
    const id = drafted[0]?.photoshootId ?? 0;
    expect(await fileIdsOf(id)).toEqual(album.map((part) => part.fileId));
    const [delay, ...more] = await detections(id);
    expect(more).toEqual([]);
    // The rest of the parts must have a chance to arrive before the photos are looked at.
    expect(delay).toBeGreaterThan(1000);
  });

  test('of two people with the same id stays apart', async () => {
    const [one, other] = [await scene.customer(), await scene.customer()];
    const [first, second] = await Promise.all([
      scene.send(scene.photo(one, { albumId: 'same' })),
      scene.send(scene.photo(other, { albumId: 'same' })),
    ]);
    expect(first.photoshootId).not.toBe(second.photoshootId);
  });

  test('keeps its first photos and says which were too many', async () => {
    const userId = await scene.customer();
    const drafted = [];
    for (const part of parts(userId, 'long', 10)) drafted.push(await scene.send(part));
    expect(drafted.map((one) => one.ignored)).toEqual([
      ...Array.from({ length: MAX_VIEWS }, () => false),
      ...Array.from({ length: 10 - MAX_VIEWS }, () => true),
    ]);
    expect(await readPhotos(scene.db, drafted[0]?.photoshootId ?? 0)).toHaveLength(MAX_VIEWS);
  });

  test('of ten parts at once is never more than the cap', async () => {
    const userId = await scene.customer();
    const drafted = await Promise.all(parts(userId, 'flood', 10).map(scene.send));
    expect(drafted.filter((one) => !one.ignored)).toHaveLength(MAX_VIEWS);
    expect(await readPhotos(scene.db, drafted[0]?.photoshootId ?? 0)).toHaveLength(MAX_VIEWS);
  });

  test('that is just full does not call a repeated part too many', async () => {
    const userId = await scene.customer();
    const album = parts(userId, 'full', MAX_VIEWS);
    for (const part of album) await scene.send(part);
    const [first] = album;
    if (first === undefined) throw new Error('the album has no parts');
    expect(await scene.send(first)).toMatchObject({ photos: MAX_VIEWS, ignored: false });
  });

  test('takes the caption from whichever part has it, the first one that came', async () => {
    const userId = await scene.customer();
    const { photoshootId } = await scene.send(scene.photo(userId, { albumId: 'late' }));
    await scene.send(scene.photo(userId, { albumId: 'late', caption: 'a late caption' }));
    await scene.send(scene.photo(userId, { albumId: 'late', caption: 'another one' }));
    expect((await readPhotoshoot(scene.db, photoshootId)).caption).toBe('a late caption');
  });

  test('takes the caption also from a photo that is one too many', async () => {
    const userId = await scene.customer();
    const drafted = [];
    for (const part of parts(userId, 'worded', MAX_VIEWS)) drafted.push(await scene.send(part));
    await scene.send(scene.photo(userId, { albumId: 'worded', caption: 'on the last one' }));
    const id = drafted[0]?.photoshootId ?? 0;
    expect((await readPhotoshoot(scene.db, id)).caption).toBe('on the last one');
  });

  test('still takes a part that comes five seconds late', async () => {
    const userId = await scene.customer();
    const { photoshootId } = await scene.send(scene.photo(userId, { albumId: 'slow' }));
    await scene.recognise(photoshootId);
    expect(await scene.send(scene.photo(userId, { albumId: 'slow' }))).toMatchObject({
      photoshootId,
      photos: 2,
      ignored: false,
    });
  });

  test('that has been placed takes no further part: what was ordered stays what it was', async () => {
    const userId = await scene.customer();
    const first = scene.photo(userId, { albumId: 'placed' });
    const { photoshootId } = await scene.send(first);
    await scene.recognise(photoshootId);
    await scene.toggle(photoshootId, userId, 1);
    await scene.place(photoshootId, userId);
    const late = await scene.send(scene.photo(userId, { albumId: 'placed', caption: 'too late' }));
    expect(late).toMatchObject({ photoshootId, ignored: true });
    expect(await fileIdsOf(photoshootId)).toEqual([first.fileId]);
    expect((await readPhotoshoot(scene.db, photoshootId)).caption).toBeNull();
  });
});

describe('what was recognised', () => {
  test('is written down with the ratio applied and the proposals as styles, none chosen', async () => {
    const userId = await scene.customer();
    const { photoshootId } = await scene.send(scene.photo(userId));
    expect(await scene.recognise(photoshootId)).toBe(true);
    expect(await readPhotoshoot(scene.db, photoshootId)).toMatchObject({
      ratio: '3:4',
      product: { isProduct: true, sameProduct: null, name: 'Clay mug', kind: 'mug', recommendedRatio: '3:4' },
    });
    const styles = await readStyles(scene.db, photoshootId);
    expect(styles.map(({ number, origin, title, chosen }) => ({ number, origin, title, chosen }))).toEqual(
      [1, 2, 3, 4].map((n) => ({ number: n, origin: 'proposed', title: `Proposal ${n}`, chosen: false })),
    );
  });

  test('is taken once when two workers recognise at once, and does not undo what was chosen since', async () => {
    const userId = await scene.customer();
    const { photoshootId } = await scene.send(scene.photo(userId));
    const taken = await Promise.all([scene.recognise(photoshootId), scene.recognise(photoshootId)]);
    expect(taken.filter(Boolean)).toHaveLength(1);
    await scene.toggle(photoshootId, userId, 2);
    await chooseRatio(scene.db, { draftId: photoshootId, userId, ratio: '16:9' }, scene.now);
    expect(await scene.recognise(photoshootId)).toBe(false);
    expect((await readPhotoshoot(scene.db, photoshootId)).ratio).toBe('16:9');
    expect((await readStyles(scene.db, photoshootId)).filter((style) => style.chosen)).toHaveLength(1);
  });

  test('comes too late for a draft that was dropped', async () => {
    const userId = await scene.customer();
    const { photoshootId } = await scene.send(scene.photo(userId));
    await cancelPhotoshoot(scene.db, { photoshootId, userId });
    expect(await scene.recognise(photoshootId)).toBe(false);
    expect(await readStyles(scene.db, photoshootId)).toEqual([]);
  });

  test('may be that there is no product, with a name that is empty', async () => {
    const userId = await scene.customer();
    const { photoshootId } = await scene.send(scene.photo(userId));
    const product = {
      isProduct: false,
      sameProduct: null,
      name: '',
      kind: '',
      recommendedRatio: '1:1',
    } as const;
    const proposals = [{ title: 'White', prompt: 'White background' }];
    expect(
      await recogniseProduct(scene.db, photoshootId, { product, advice: null, proposals, by: 'house' }),
    ).toBe(true);
    expect((await readPhotoshoot(scene.db, photoshootId)).product).toEqual({ ...product, nameGiven: false });
    expect(
      await recogniseProduct(scene.db, photoshootId, { product, advice: null, proposals, by: 'house' }),
    ).toBe(false);
  });
});

test('a draft is waited for until it is recognised, while it lives and its seller can be written to', async () => {
  const userId = await scene.customer();
  const { photoshootId } = await scene.send(scene.photo(userId));
  // When all others have expired.
  const tomorrow = new Date(scene.now.getTime() + 86_400_000);
  const isWaitedFor = () => isAnyDraftWaiting(scene.db, tomorrow);
  expect(await isWaitedFor()).toBe(false);
  await scene.db
    .update(photoshoots)
    .set({ expiresAt: new Date(tomorrow.getTime() + 1) })
    .where(eq(photoshoots.id, photoshootId));
  expect(await isWaitedFor()).toBe(true);
  await scene.db.update(users).set({ blockedAt: new Date() }).where(eq(users.id, userId));
  expect(await isWaitedFor()).toBe(false);
  await scene.db.update(users).set({ blockedAt: null }).where(eq(users.id, userId));
  await scene.recognise(photoshootId);
  expect(await isWaitedFor()).toBe(false);
});

describe('an album of different products', () => {
  const split = (draftId: number, userId: number) => splitDraft(scene, { draftId, userId }, scene.now);

  async function album() {
    const userId = await scene.customer();
    const messageIds = [scene.nextId(), scene.nextId(), scene.nextId()];
    let draftId = 0;
    for (const messageId of messageIds) {
      const part = scene.photo(userId, { messageId, albumId: 'mixed', caption: 'New' });
      draftId = (await scene.send(part)).photoshootId;
    }
    await scene.recognise(draftId);
    return { userId, draftId, files: messageIds.map((id) => `file-${id}`) };
  }

  test('is split into a draft for each photo, each recognised anew', async () => {
    const { userId, draftId, files } = await album();
    await scene.toggle(draftId, userId, 1);
    const ids = await split(draftId, userId);
    expect(ids).toHaveLength(3);
    expect(ids[0]).toBe(draftId);
    for (const [index, id] of ids.entries()) {
      expect(await fileIdsOf(id)).toEqual([files[index]]);
      expect(await readPhotoshoot(scene.db, id)).toMatchObject({
        state: 'draft',
        product: null,
        caption: 'New',
      });
      expect(await readStyles(scene.db, id)).toEqual([]);
      expect(await detections(id)).toHaveLength(id === draftId ? 2 : 1);
      expect(await scene.recognise(id)).toBe(true);
    }
  });

  test('is split once, however often and at the same time it is tapped', async () => {
    const { userId, draftId } = await album();
    const [one, other] = await Promise.all([split(draftId, userId), split(draftId, userId)]);
    expect(one).toHaveLength(3);
    expect(other).toEqual(one);
    expect(await split(draftId, userId)).toEqual(one);
  });

  test('keeps a part that comes late apart', async () => {
    const { userId, draftId } = await album();
    const ids = await split(draftId, userId);
    const late = await scene.send(scene.photo(userId, { albumId: 'mixed' }));
    expect(ids).not.toContain(late.photoshootId);
    expect(await readPhotos(scene.db, draftId)).toHaveLength(1);
  });

  test('is nobody else’s to split, and a single photo stays what it is', async () => {
    const { draftId } = await album();
    expect(await outcomeOf(split(draftId, await scene.customer()))).toBe('not-found');
    const userId = await scene.customer();
    const single = await scene.draft(userId);
    expect(await split(single, userId)).toEqual([single]);
    expect((await readStyles(scene.db, single)).some((style) => style.chosen)).toBe(true);
  });
});

describe('the end of a draft', () => {
  test('a refusal ends it with the reason; nothing can be placed', async () => {
    const userId = await scene.customer();
    const draftId = await scene.draft(userId);
    await refuseDraft(scene.db, draftId, 'provider-refused');
    expect(await readPhotoshoot(scene.db, draftId)).toMatchObject({
      state: 'failed',
      failureCode: 'provider-refused',
    });
    expect(await outcomeOf(scene.place(draftId, userId))).toBe('draft-expired');
  });

  test('a refusal that comes after the placement changes nothing', async () => {
    const photoshootId = await scene.placed(await scene.customer());
    await refuseDraft(scene.db, photoshootId, 'provider-refused');
    expect(await stateOf(scene.db, photoshootId)).toBe('queued');
  });

  test('the clean-up expires what is due, and nothing that was placed', async () => {
    const userId = await scene.customer();
    const draftId = await scene.draft(userId);
    const placedId = await scene.placed(userId);
    const due = new Date(scene.now.getTime() + scene.draftTtlMs);
    await expireDrafts(scene.db, new Date(due.getTime() - 1));
    expect(await stateOf(scene.db, draftId)).toBe('draft');
    expect(await expireDrafts(scene.db, due)).toBeGreaterThan(0);
    expect(await stateOf(scene.db, draftId)).toBe('expired');
    expect(await stateOf(scene.db, placedId)).toBe('queued');
    expect(await expireDrafts(scene.db, due)).toBe(0);
  });
});

describe('the card', () => {
  test('is the first message that was remembered', async () => {
    const { photoshootId } = await scene.send(scene.photo(await scene.customer()));
    expect(await rememberCard(scene.db, photoshootId, 11)).toMatchObject({ cardMessageId: 11 });
    expect(await rememberCard(scene.db, photoshootId, 12)).toBeNull();
    expect((await readPhotoshoot(scene.db, photoshootId)).cardMessageId).toBe(11);
  });
});
