import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import {
  alerts,
  pictureFiles,
  processedImages,
  providerAttempts,
} from '../../../src/database/schema/index.ts';
import { readBeforeMaking } from '../../../src/photoshoots/run/read-before-making.ts';
import { createAttemptJournal } from '../../../src/photoshoots/run/record-attempt.ts';
import { readPictureBytes, recordMade, recordUnmade } from '../../../src/photoshoots/run/record-picture.ts';
import { readPictures } from '../../../src/photoshoots/run/start-photoshoot.ts';
import { madePicture, openFileScene, pictureStates } from '../../support/scene.ts';

const scene = await openFileScene();

const first = <T>([one]: readonly T[]): T => {
  if (one === undefined) throw new Error('there is none');
  return one;
};

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
    await recordUnmade(scene.db, run, {
      pictureId: two.id,
      state: 'refused',
      failureCode: 'provider-refused',
    });
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

  test('hears which alerts are raised when a call is over, so that a success need not ask', async () => {
    const { photoshootId, pictures } = await scene.running(await scene.customer());
    const heard: { raised: readonly string[]; askedAt: number }[] = [];
    const journal = createAttemptJournal(scene.db, (raised, askedAt) => heard.push({ raised, askedAt }));
    const attempt = { purpose: 'picture', pictureId: first(pictures).id, provider: 'p', model: 'm' } as const;
    const settled = { code: null, usage: null, costMicroUsd: 1, durationMs: 1, requestId: null };
    const raisedAt = new Date(Date.now() - 1000);
    const row = { details: {}, lasts: true, raisedAt, standsFrom: raisedAt };
    await scene.db.insert(alerts).values([
      { key: 'provider-outage', ...row },
      { key: 'provider-quota', ...row, endedAt: new Date() },
    ]);
    const id = await journal.open({ ...attempt, photoshootId });
    const before = Date.now();
    await journal.settle(id, { ...settled, state: 'succeeded' });
    await scene.db.delete(alerts);
    await journal.settle(id, { ...settled, state: 'succeeded' });
    expect(heard.map(({ raised }) => raised)).toEqual([['provider-outage'], []]);
    expect(heard.every(({ askedAt }) => askedAt >= before)).toBe(true);
  });

  test('counts what each picture cost in calls: one of unknown outcome was paid, a failed one was not', async () => {
    const { photoshootId, pictures } = await scene.running(await scene.customer(), 3);
    const [often, never, failed] = pictures;
    if (!often || !never || !failed) throw new Error('three pictures were ordered');
    const journal = createAttemptJournal(scene.db);
    const attempt = { photoshootId, provider: 'openai', model: 'm', purpose: 'picture' } as const;
    const settled = { code: null, usage: null, costMicroUsd: null, durationMs: 1, requestId: null };
    const ended = [
      [often.id, 'succeeded'],
      [often.id, 'unknown'],
      [failed.id, 'failed'],
    ] as const;
    for (const [pictureId, state] of ended) {
      await journal.settle(await journal.open({ ...attempt, pictureId }), { ...settled, state });
    }
    await journal.open({ ...attempt, pictureId: often.id });
    await journal.open({ ...attempt, purpose: 'detection', pictureId: null });
    const { paid: counted } = await readBeforeMaking(scene.db, photoshootId);
    expect([...counted].map(([id, paid]) => [id, paid.count])).toEqual([[often.id, 3]]);
  });
});
