import { afterAll, expect, test } from 'vitest';
import { recognitions } from '../../../src/database/schema/index.ts';
import {
  dropRecognitions,
  keepRecognition,
  type Recognised,
  readRecognition,
  readRecognitions,
  sweepRecognitions,
} from '../../../src/photoshoots/kept-recognitions.ts';
import { openScene } from '../../support/scene.ts';

const scene = await openScene();
const { db } = scene;
afterAll(() => scene.close());

const SEEN_AT = Date.parse('2026-11-20T12:00:00Z');
const style = { title: 'On stone', prompt: 'on a stone' };
const mug: Recognised = {
  isProduct: true,
  sameProduct: null,
  name: 'Blue mug',
  kind: 'mug',
  ratio: '1:1',
  trouble: 'none',
  styles: [style, style, style, style],
  source: 'model',
  advice: 'cut-off',
  seenAt: SEEN_AT,
};

test('what was seen is there for its time, newest of what was seen under the key, and goes when it is over', async () => {
  const userId = await scene.customer();
  await keepRecognition(db, { keys: ['a'], userId, recognised: { ...mug, name: 'Mug' } });
  await keepRecognition(db, { keys: ['a'], userId, recognised: mug });
  const ttlMs = 3_600_000;
  const sinceAt = (after: number) => new Date(SEEN_AT + after - ttlMs);
  expect(await readRecognition(db, 'a', sinceAt(3_599_000))).toEqual(mug);
  expect(await readRecognition(db, 'a', sinceAt(3_601_000))).toBeNull();
  expect(await sweepRecognitions(db, sinceAt(3_599_000))).toBe(0);
  expect(await sweepRecognitions(db, sinceAt(3_601_000))).toBe(1);
});

test('what several keys lead to is kept under each of them, whatever stood there', async () => {
  const userId = await scene.customer();
  await keepRecognition(db, { keys: ['file'], userId, recognised: { ...mug, name: 'Mug' } });
  const asked = [
    ['file', 'pixels'],
    ['pixels', 'file'],
  ];
  await Promise.all(asked.map((keys) => keepRecognition(db, { keys, userId, recognised: mug })));
  const since = new Date(SEEN_AT - 1);
  expect(await readRecognition(db, 'file', since)).toEqual(mug);
  expect(await readRecognition(db, 'pixels', since)).toEqual(mug);
  expect(await dropRecognitions(db, userId)).toBe(2);
});

test('the latest come first, and what another version has written is as good as nothing', async () => {
  const userId = await scene.customer();
  for (const [index, key] of ['x', 'y', 'z'].entries())
    await keepRecognition(db, { keys: [key], userId, recognised: { ...mug, seenAt: SEEN_AT + index } });
  await db.insert(recognitions).values({ key: 'w', userId, recognised: { product: 'mug' } });
  const since = new Date(SEEN_AT - 1);
  expect(await readRecognition(db, 'w', since)).toBeNull();
  const latest = await readRecognitions(db, { limit: 3 }, since);
  expect(latest.map(({ key }) => key)).toEqual(['z', 'y']);
  expect(await dropRecognitions(db, 'everybody')).toBe(4);
});

test('what was seen in one person’s photos goes alone, and of nobody who is gone anything comes in', async () => {
  const [anna, ben] = [await scene.customer(), await scene.customer()];
  await keepRecognition(db, { keys: ['a'], userId: anna, recognised: mug });
  await keepRecognition(db, { keys: ['b'], userId: ben, recognised: mug });
  expect(await dropRecognitions(db, anna)).toBe(1);
  await keepRecognition(db, { keys: ['c'], userId: 4_000_000_001, recognised: mug });
  const left = await readRecognitions(db, { limit: 9 }, new Date(0));
  expect(left.map(({ key }) => key)).toEqual(['b']);
});
