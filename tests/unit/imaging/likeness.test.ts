/** Drawn pairs of photo and picture: what a check must see, and what it must not call a drift. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createComparison } from '../../../src/imaging/comparison.ts';
import { judge, type Measures, THRESHOLDS } from '../../../src/imaging/likeness.ts';
import { hasOpenCv } from '../../../src/imaging/opencv.ts';
import { createImagePool } from '../../../src/imaging/pool.ts';
import { CHANGES, type Change, studio } from '../../support/likeness-pairs.ts';
import { photographic, silentLog } from './pictures.ts';

const images = createImagePool({ threads: 1, memoryBytes: 1e9, log: silentLog });
const comparison = createComparison({ images, log: silentLog });
afterAll(async () => {
  await comparison.close();
  await images.close();
});
const never = new AbortController().signal;

describe.skipIf(!hasOpenCv())('a picture is held against its photo', () => {
  let mug: Awaited<ReturnType<typeof studio>>;
  let jar: Awaited<ReturnType<typeof studio>>;
  beforeAll(async () => {
    mug = await studio('mug');
    jar = await studio('jar');
  });

  const PAIRS: readonly ['mug' | 'jar', string, Change][] = [
    ['mug', 'marble bathroom', 'same'],
    ['mug', 'neon lights', 'same'],
    ['mug', 'terracotta at sunset', 'same'],
    ['mug', 'marble bathroom', 'recoloured'],
    ['mug', 'garden moss', 'stretched'],
    ['mug', 'marble bathroom', 'doubled'],
    ['mug', 'blossom', 'part gone'],
    ['mug', 'blossom', 'covered'],
    ['jar', 'dark moody studio', 'same'],
    ['jar', 'oak wood', 'same'],
    ['jar', 'blossom', 'stretched'],
    ['jar', 'blossom', 'covered'],
    ['jar', 'garden moss', 'recoloured'],
  ];
  test.each(PAIRS)('%s, %s: %s', async (name, scene, change) => {
    const { photo, picture } = name === 'mug' ? mug : jar;
    const likeness = await comparison.compare([photo], await picture(scene, change), never);
    const drift = CHANGES[change];
    if (drift === null) expect(likeness).toEqual({ kind: 'same' });
    else
      expect(likeness).toMatchObject({
        kind: 'drifted',
        drifts: change === 'recoloured' ? [drift] : expect.arrayContaining([drift]),
      });
  });

  test('of several views the one that is shown counts', async () => {
    const picture = await jar.picture('oak wood', 'same');
    expect(await comparison.compare([mug.photo, jar.photo], picture, never)).toEqual({ kind: 'same' });
  });

  test('another product, and a product without a mark, are not measured and never blamed', async () => {
    const few = { kind: 'not-measured', reason: 'few-matches' };
    expect(await comparison.compare([mug.photo], await jar.picture('oak wood', 'same'), never)).toEqual(few);
    expect(await comparison.compare([await photographic(400, 400)], mug.photo, never)).toEqual(few);
  });

  test('an aborted comparison throws the signal’s reason', async () => {
    const reason = new Error('enough');
    await expect(comparison.compare([mug.photo], mug.photo, AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});

test('a verdict names every drift, and nothing is said of what could not be measured', () => {
  const same: Measures = { matches: 200, aspect: 0, secondMatches: 0, chroma: 1, foreign: 0 };
  expect(judge(same)).toEqual({ kind: 'same' });
  expect(judge({ ...same, foreign: null })).toEqual({ kind: 'same' });
  const all = { ...same, aspect: -0.2, secondMatches: 60, chroma: 20, foreign: 0.2 };
  expect(judge(all)).toEqual({ kind: 'drifted', drifts: ['part', 'doubled', 'proportions', 'colour'] });
  expect(judge({ ...all, matches: THRESHOLDS.matches - 1 })).toEqual({
    kind: 'not-measured',
    reason: 'few-matches',
  });
});
