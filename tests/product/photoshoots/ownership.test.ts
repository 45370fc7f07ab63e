import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chooseCount } from '../../../src/photoshoots/draft/choose-count.ts';
import { chooseRatio } from '../../../src/photoshoots/draft/choose-ratio.ts';
import { redoPicture } from '../../../src/photoshoots/draft/redo-picture.ts';
import { repeatPhotoshoot, restylePhotoshoot } from '../../../src/photoshoots/draft/repeat-photoshoot.ts';
import { explainGiveBack, giveBack } from '../../../src/photoshoots/give-back.ts';
import { readDelivered } from '../../../src/photoshoots/history.ts';
import { readOriginals } from '../../../src/photoshoots/originals.ts';
import { readOwnPhotoshoot } from '../../../src/photoshoots/read-photoshoot.ts';
import { cancelPhotoshoot } from '../../../src/photoshoots/run/cancel-photoshoot.ts';
import { readPictures } from '../../../src/photoshoots/run/start-photoshoot.ts';
import { addOwnStyle, addSurprise, expectOwnStyle } from '../../../src/photoshoots/styles/add-own-style.ts';
import {
  deletePreset,
  expectPresetName,
  readPreset,
  readPresets,
  renamePreset,
  saveStyles,
} from '../../../src/photoshoots/styles/presets.ts';
import { presetNumber } from '../../../src/photoshoots/styles/style-numbers.ts';
import { openScene, type Scene, stateOf } from '../../support/scene.ts';

let scene: Scene;
let stranger: number;
/** What belongs to the owner, in every state in which a button of it exists. */
let theirs: Record<
  'draft' | 'queued' | 'generating' | 'completed' | 'repeated' | 'picture' | 'preset',
  number
>;

beforeAll(async () => {
  scene = await openScene();
  const owner = await scene.customer(20);
  stranger = await scene.customer(20);
  const completed = await scene.delivered(owner);
  const repeated = await scene.delivered(owner);
  await repeatPhotoshoot(
    scene,
    { photoshootId: repeated.photoshootId, userId: owner, callbackId: 'first' },
    scene.now,
  );
  await saveStyles(scene.db, { photoshootId: completed.photoshootId, userId: owner, max: 12 });
  theirs = {
    draft: await scene.draft(owner),
    queued: await scene.placed(owner),
    generating: (await scene.running(owner)).photoshootId,
    completed: completed.photoshootId,
    repeated: repeated.photoshootId,
    picture: completed.pictures[0]?.id ?? 0,
    preset: (await readPresets(scene.db, owner))[0]?.id ?? 0,
  };
});
afterAll(() => scene.close());

const NONE = 987_654_321;

async function errorOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => 'no error',
    (error: unknown) =>
      error instanceof Error && 'code' in error && 'details' in error
        ? { code: error.code, message: error.message, details: error.details }
        : error,
  );
}

type Verb = (id: number, userId: number) => Promise<unknown>;
const verbs: [string, (keyof typeof theirs)[], Verb][] = [
  ['choosing a style', ['draft', 'queued'], (id, userId) => scene.toggle(id, userId, 1)],
  [
    'choosing a ratio',
    ['draft', 'queued'],
    (draftId, userId) => chooseRatio(scene.db, { draftId, userId, ratio: '9:16' }, scene.now),
  ],
  [
    'choosing a number',
    ['draft', 'queued'],
    (draftId, userId) => chooseCount(scene.db, { draftId, userId, pictures: 4 }, scene.now),
  ],
  [
    'describing a style',
    ['draft', 'queued'],
    (draftId, userId) => expectOwnStyle(scene.db, draftId, userId, scene.now),
  ],
  [
    'adding an own style',
    ['draft', 'queued'],
    (draftId, userId) =>
      addOwnStyle(scene.db, { draftId, userId, title: 'Mine', prompt: 'on a wooden table' }, scene.now),
  ],
  [
    'being surprised',
    ['draft', 'queued'],
    (draftId, userId) => addSurprise(scene.db, { draftId, userId, title: 'Neon', prompt: 'neon' }, scene.now),
  ],
  ['placing', ['draft', 'queued', 'completed'], (id, userId) => scene.place(id, userId)],
  [
    'cancelling',
    ['draft', 'queued', 'generating', 'completed'],
    (photoshootId, userId) => cancelPhotoshoot(scene.db, { photoshootId, userId }),
  ],
  [
    'giving back',
    ['picture'],
    (pictureId, userId) => giveBack(scene.db, { pictureId, userId, perDay: 3, sharePercent: 100 }, scene.now),
  ],
  [
    'having it made once more',
    ['picture'],
    (pictureId, userId) => redoPicture(scene, { pictureId, userId, perDay: 3, sharePercent: 100 }, scene.now),
  ],
  [
    'repeating',
    ['draft', 'queued', 'completed', 'repeated'],
    (photoshootId, userId) =>
      repeatPhotoshoot(scene, { photoshootId, userId, callbackId: `again-${photoshootId}` }, scene.now),
  ],
  [
    'restyling',
    ['draft', 'queued', 'completed', 'repeated'],
    (photoshootId, userId) =>
      restylePhotoshoot(scene, { photoshootId, userId, sourceKey: `other-${photoshootId}` }, scene.now),
  ],
  [
    'saving styles',
    ['queued', 'completed'],
    (photoshootId, userId) => saveStyles(scene.db, { photoshootId, userId, max: 12 }),
  ],
  [
    'reading',
    ['draft', 'queued', 'generating', 'completed'],
    (id, userId) => readOwnPhotoshoot(scene.db, id, userId),
  ],
];
const cases = verbs.flatMap(([name, kinds, verb]) => kinds.map((kind) => ({ name, kind, verb })));

describe('what belongs to somebody else', () => {
  test.each(cases)('$name a $kind is refused exactly as if it were not there', async ({ kind, verb }) => {
    const id = theirs[kind];
    expect(id).toBeGreaterThan(0);
    const before = await stateOf(scene.db, id);
    const forTheirs = await errorOf(verb(id, stranger));
    expect(forTheirs).toMatchObject({ code: 'not-found' });
    expect(forTheirs).toEqual(await errorOf(verb(NONE, stranger)));
    expect(await stateOf(scene.db, id)).toBe(before);
  });

  test('a saved style can be neither chosen, read, renamed nor deleted', async () => {
    const draftId = await scene.draft(stranger, []);
    expect(await errorOf(scene.toggle(draftId, stranger, presetNumber(theirs.preset)))).toEqual(
      await errorOf(scene.toggle(draftId, stranger, presetNumber(NONE))),
    );
    for (const verb of [readPreset, expectPresetName, renamePreset]) {
      const of = (presetId: number) => verb(scene.db, { presetId, userId: stranger, name: 'Mine now' });
      expect(await errorOf(of(theirs.preset))).toMatchObject({ code: 'not-found' });
      expect(await errorOf(of(theirs.preset))).toEqual(await errorOf(of(NONE)));
    }
    expect(await deletePreset(scene.db, { presetId: theirs.preset, userId: stranger })).toBe(false);
    const owner = (await readOwner()).userId;
    expect((await readPresets(scene.db, owner)).map((preset) => preset.id)).toContain(theirs.preset);
  });

  test('a reason is not taken for it', async () => {
    const owner = (await readOwner()).userId;
    await giveBack(
      scene.db,
      { pictureId: theirs.picture, userId: owner, perDay: 3, sharePercent: 100 },
      scene.now,
    );
    const input = { pictureId: theirs.picture, userId: stranger, reason: 'look' } as const;
    expect(await explainGiveBack(scene.db, input)).toBe(false);
    const [picture] = await readPictures(scene.db, theirs.completed);
    expect(picture?.givenBackReason).toBeNull();
  });

  test('its pictures are not shown', async () => {
    const input = { photoshootId: theirs.completed, userId: stranger };
    expect(await readDelivered(scene.db, input)).toEqual([]);
    expect(await readOriginals(scene.db, input)).toEqual([]);
  });
});

async function readOwner() {
  const [picture] = await readPictures(scene.db, theirs.completed);
  if (picture === undefined) throw new Error('the owner’s picture is not there');
  return picture;
}
