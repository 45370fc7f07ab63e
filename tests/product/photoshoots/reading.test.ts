import { eq, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { moveCredits } from '../../../src/billing/ledger/move-credits.ts';
import {
  photoshoots,
  pictureFiles,
  processedImages,
  providerAttempts,
} from '../../../src/database/schema/index.ts';
import { placePhotoshoot } from '../../../src/photoshoots/draft/place-photoshoot.ts';
import { readDelivered, readHistory } from '../../../src/photoshoots/history.ts';
import { readOriginals, rememberOriginal, sweepPictureFiles } from '../../../src/photoshoots/originals.ts';
import { cancelPhotoshoot } from '../../../src/photoshoots/run/cancel-photoshoot.ts';
import { completePhotoshoot } from '../../../src/photoshoots/run/complete-photoshoot.ts';
import { readPictureBytes, recordMade } from '../../../src/photoshoots/run/record-picture.ts';
import { readLine, readMedianPictureMs } from '../../../src/photoshoots/run/waiting-line.ts';
import { jobsOf, madePicture, openFileScene, sentPicture } from '../../support/scene.ts';

const scene = await openFileScene();

const HOUR_MS = 3_600_000;
const at = (ms: number) => new Date(scene.now.getTime() + ms);

describe('originals', () => {
  const originals = async (photoshootId: number, userId: number) =>
    (await readOriginals(scene.db, { photoshootId, userId })).map((original) =>
      original.kind === 'bytes' ? { ...original, bytes: [...original.bytes] } : original,
    );

  test('are the bytes as they were made, of the delivered pictures, in the order of the album', async () => {
    const userId = await scene.customer();
    const { photoshootId, pictures } = await scene.delivered(userId, 2);
    expect(await originals(photoshootId, userId)).toEqual(
      pictures.map(({ id, position, style }) => ({
        kind: 'bytes',
        pictureId: id,
        position,
        style,
        bytes: [...madePicture(id).bytes],
      })),
    );
  });

  test('that were sent are known by Telegram’s id from then on, the first one, and their bytes are gone', async () => {
    const userId = await scene.customer();
    const { photoshootId, pictures } = await scene.delivered(userId, 2);
    const [one, two] = pictures;
    if (!one || !two) throw new Error('two pictures were ordered');
    await rememberOriginal(scene.db, one.id, 'document-1');
    await rememberOriginal(scene.db, one.id, 'document-again');
    expect(await originals(photoshootId, userId)).toMatchObject([
      { kind: 'sent', fileId: 'document-1' },
      { kind: 'bytes' },
    ]);
    expect(await readPictureBytes(scene.db, one.id)).toBeNull();
    expect(await readPictureBytes(scene.db, two.id)).not.toBeNull();
  });

  test('of pictures that were not delivered are not there', async () => {
    const userId = await scene.customer();
    const started = await scene.running(userId, 2);
    for (const picture of started.pictures) await recordMade(scene.db, started, madePicture(picture.id));
    expect(await originals(started.photoshootId, userId)).toEqual([]);
    const [sent] = started.pictures;
    if (!sent) throw new Error('two pictures were ordered');
    await completePhotoshoot(scene, started, [sentPicture(sent)], 'unexpected');
    expect(await originals(started.photoshootId, userId)).toHaveLength(1);
  });
});

describe('the sweep of kept bytes', () => {
  const isKept = async (pictureId: number) => (await readPictureBytes(scene.db, pictureId)) !== null;

  test('drops what is past its retention, and says so to who asks later', async () => {
    const userId = await scene.customer();
    const { photoshootId, pictures } = await scene.delivered(userId, 2);
    const [old, fresh] = pictures;
    if (!old || !fresh) throw new Error('two pictures were ordered');
    await scene.db
      .update(processedImages)
      .set({ deliveredAt: at(-2 * HOUR_MS) })
      .where(eq(processedImages.id, old.id));
    await scene.db
      .update(pictureFiles)
      .set({ createdAt: at(-2 * HOUR_MS) })
      .where(eq(pictureFiles.pictureId, old.id));
    // Other tests' leftovers first, so that the count is of this one alone.
    await sweepPictureFiles(scene.db, at(-3 * HOUR_MS));
    expect(await sweepPictureFiles(scene.db, at(-HOUR_MS))).toBe(1);
    expect(await readOriginals(scene.db, { photoshootId, userId })).toMatchObject([
      { kind: 'gone', pictureId: old.id },
      { kind: 'bytes', pictureId: fresh.id },
    ]);
    expect(await sweepPictureFiles(scene.db, at(-HOUR_MS))).toBe(0);
  });

  test('drops what was made and never delivered, once its photoshoot has ended', async () => {
    const userId = await scene.customer();
    const started = await scene.running(userId, 2);
    for (const picture of started.pictures) await recordMade(scene.db, started, madePicture(picture.id));
    const [one, two] = started.pictures;
    if (!one || !two) throw new Error('two pictures were ordered');
    await completePhotoshoot(scene, started, [sentPicture(one)], 'unexpected');
    await sweepPictureFiles(scene.db, at(-HOUR_MS));
    expect([await isKept(one.id), await isKept(two.id)]).toEqual([true, false]);
  });

  test('keeps what was made and waits for its delivery, however old', async () => {
    const started = await scene.running(await scene.customer());
    for (const picture of started.pictures) {
      await recordMade(scene.db, started, madePicture(picture.id));
      await scene.db
        .update(processedImages)
        .set({ createdAt: at(-1000 * HOUR_MS) })
        .where(eq(processedImages.id, picture.id));
    }
    await sweepPictureFiles(scene.db, at(HOUR_MS));
    expect(await isKept(started.pictures[0]?.id ?? 0)).toBe(true);
  });
});

describe('the history', () => {
  const page = (userId: number, number: number, pageSize = 2) =>
    readHistory(scene.db, { userId, page: number, pageSize });

  async function finishedAt(photoshootId: number, time: Date): Promise<void> {
    await scene.db.update(photoshoots).set({ finishedAt: time }).where(eq(photoshoots.id, photoshootId));
  }

  test('shows what brought pictures, newest first, a page at a time', async () => {
    const userId = await scene.customer(20);
    const ids: number[] = [];
    for (const pictures of [1, 2, 3]) ids.push((await scene.delivered(userId, pictures)).photoshootId);
    const [first = 0, second = 0, third = 0] = ids;
    // Finished in another order than ordered: what counts is when the pictures came.
    await finishedAt(first, at(HOUR_MS));
    await finishedAt(second, at(2 * HOUR_MS));
    await finishedAt(third, at(0));
    // None of these is history: nothing came of them, or they are somebody else's.
    await scene.deliver(await scene.running(userId), 0);
    await cancelPhotoshoot(scene.db, { photoshootId: await scene.placed(userId), userId });
    await scene.running(userId);
    await scene.draft(userId);
    await scene.delivered(await scene.customer());

    expect(await page(userId, 1)).toEqual({
      total: 3,
      entries: [
        { photoshootId: second, productName: 'Clay mug', finishedAt: at(2 * HOUR_MS), pictures: 2 },
        { photoshootId: first, productName: 'Clay mug', finishedAt: at(HOUR_MS), pictures: 1 },
      ],
    });
    expect((await page(userId, 2)).entries.map((entry) => entry.photoshootId)).toEqual([third]);
    expect(await page(userId, 3)).toEqual({ total: 3, entries: [] });
  });

  test('counts delivered pictures only, of a cancelled photoshoot as well', async () => {
    const userId = await scene.customer(8);
    const started = await scene.running(userId, 3);
    await cancelPhotoshoot(scene.db, { photoshootId: started.photoshootId, userId });
    await scene.deliver(started, 2);
    expect(await page(userId, 1)).toMatchObject({
      total: 1,
      entries: [{ photoshootId: started.photoshootId, pictures: 2 }],
    });
    const shown = await readDelivered(scene.db, { photoshootId: started.photoshootId, userId });
    expect(shown).toEqual(
      started.pictures.slice(0, 2).map(({ id, position, style }) => ({
        pictureId: id,
        isCorrection: false,
        nextCredits: 1,
        position,
        style,
        fileId: sentPicture({ id }).fileId,
      })),
    );
  });

  test('of one who has none is empty', async () => {
    expect(await page(await scene.customer(), 1)).toEqual({ total: 0, entries: [] });
  });
});

describe('the waiting line', () => {
  test('serves those who paid first, then whoever came first; who is served leaves it', async () => {
    const payer = async () => {
      const userId = await scene.customer(0);
      const purchase = { userId, kind: 'purchase', credits: 9, key: `purchase:${userId}` } as const;
      await scene.db.transaction((tx) => moveCredits(tx, purchase));
      return userId;
    };
    const free = await scene.customer(8);
    const place = async (userId: number, minute: number) => {
      const draftId = await scene.draft(userId);
      await placePhotoshoot(scene, { draftId, userId }, at(minute * 60_000));
      return draftId;
    };
    // Placed out of order on purpose: the time of placing counts, not the number of the row.
    const [second, first] = [await place(await scene.customer(8), 2), await place(free, 1)];
    const [paidSecond, paidFirst] = [await place(await payer(), 4), await place(await payer(), 3)];
    const mine = new Set([first, second, paidFirst, paidSecond]);
    const places = async () => (await readLine(scene.db)).filter((one) => mine.has(one.photoshootId));
    const expected = [paidFirst, paidSecond, first, second];
    expect((await places()).map((one) => one.photoshootId)).toEqual(expected);
    const numbers = (await readLine(scene.db)).map((one) => one.place);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));

    await scene.take(paidFirst);
    await cancelPhotoshoot(scene.db, { photoshootId: first, userId: free });
    expect((await places()).map((one) => one.photoshootId)).toEqual([paidSecond, second]);
  });
});

describe('the line between sellers', () => {
  test('of many orders and sellers of one lets them take turns, and overtakes nobody for ever', async () => {
    const place = async (userId: number, minute: number) => {
      const draftId = await scene.draft(userId);
      await placePhotoshoot(scene, { draftId, userId }, at(minute * 60_000));
      return draftId;
    };
    for (const { photoshootId } of await readLine(scene.db)) await scene.take(photoshootId);
    const [busy, second, third, late] = await Promise.all(
      [8, 8, 8, 8].map((credits) => scene.customer(credits)),
    );
    const many: number[] = [];
    for (let minute = 10; minute < 15; minute++) many.push(await place(busy ?? 0, minute));
    const ones = [await place(second ?? 0, 20), await place(third ?? 0, 21)];
    const line = async () => {
      const mine = new Set([...many, ...ones, lateOne]);
      return (await readLine(scene.db)).map((one) => one.photoshootId).filter((id) => mine.has(id));
    };
    let lateOne = 0;
    expect(await line()).toEqual([many[0], ...ones, ...many.slice(1)]);

    for (const id of [many[0], ...ones]) await scene.take(id ?? 0);
    lateOne = await place(late ?? 0, 22);
    // The round that is served now is the second one of the busy seller, who placed it before.
    expect(await line()).toEqual([many[1], lateOne, ...many.slice(2)]);
    const jobs = await Promise.all([many[1], lateOne, many[2]].map((id) => jobsOf(scene.db, id ?? 0)));
    const [own, others, next] = jobs.map(([job]) => job?.priority ?? Number.NaN);
    expect([own === others, (next ?? 0) < (own ?? 0)]).toEqual([true, true]);
  });
});

describe('the time a picture takes', () => {
  test('is the median of the last hundred measured calls of a day, and unknown before any', async () => {
    expect(await readMedianPictureMs(scene.db)).toBeNull();
    const photoshootId = await scene.placed(await scene.customer());
    const attempt = { photoshootId, provider: 'openai', model: 'm' };
    const attempts = (durations: number[], minutesAgo: number, about = {}) =>
      scene.db.insert(providerAttempts).values(
        durations.map((durationMs) => ({
          ...attempt,
          purpose: 'picture' as const,
          state: 'succeeded' as const,
          durationMs,
          startedAt: sql`now() - make_interval(mins => ${minutesAgo})`,
          ...about,
        })),
      );
    // None of these says how long a picture takes.
    await attempts([1], 1, { state: 'failed' });
    await attempts([1], 1, { state: 'unknown' });
    await attempts([1], 1, { purpose: 'detection' });
    await attempts([1], 24 * 60 + 1);
    expect(await readMedianPictureMs(scene.db)).toBeNull();
    await attempts([10_000, 20_000, 90_000], 60);
    expect(await readMedianPictureMs(scene.db)).toBe(20_000);
    await attempts([30_000], 59);
    expect(await readMedianPictureMs(scene.db)).toBe(25_000);
    await attempts(
      Array.from({ length: 100 }, () => 5000),
      1,
    );
    expect(await readMedianPictureMs(scene.db)).toBe(5000);
  });
});
