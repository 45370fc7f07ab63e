/** Other proposals: in the place of what is not chosen, and four times a photo, whichever draft it is in. */
import { expect, test } from 'vitest';
import { askForIdeas, putIdeas } from '../../../src/photoshoots/draft/ask-for-ideas.ts';
import { beginSeries } from '../../../src/photoshoots/draft/begin-series.ts';
import { restylePhotoshoot } from '../../../src/photoshoots/draft/repeat-photoshoot.ts';
import { MAX_IDEAS } from '../../../src/photoshoots/limits.ts';
import { readPhotoshoot, readStyles } from '../../../src/photoshoots/read-photoshoot.ts';
import { openFileScene, outcomeOf } from '../../support/scene.ts';

const scene = await openFileScene();
const { db } = scene;

const ask = (draftId: number, userId: number) =>
  outcomeOf(askForIdeas(scene, { draftId, userId }, scene.now));
const proposalsOf = (turn: number) =>
  [1, 2, 3, 4].map((n) => ({ title: `Idea ${turn}.${n}`, prompt: `The prompt of idea ${turn}.${n}` }));
const put = (draftId: number, turn: number) => putIdeas(db, { draftId, turn, proposals: proposalsOf(turn) });
const titlesOf = async (draftId: number) => (await readStyles(db, draftId)).map(({ title }) => title);

async function draftOf(userId: number, fileUniqueId: string): Promise<number> {
  const { photoshootId } = await scene.send(scene.photo(userId, { fileUniqueId }));
  await scene.recognise(photoshootId);
  return photoshootId;
}

test('new ideas take the places of what is not chosen; what is chosen, and what came from elsewhere, stays', async () => {
  const userId = await scene.customer();
  const draftId = await draftOf(userId, 'ring');
  await scene.toggle(draftId, userId, 2);
  await scene.toggle(draftId, userId, 11);
  expect(await ask(draftId, userId)).toBe('done');
  // An impatient second tap finds them awaited.
  expect(await ask(draftId, userId)).toBe('done');
  expect((await readPhotoshoot(db, draftId)).ideas).toEqual({ asked: 1, come: 0 });
  expect(await put(draftId, 1)).toBe(true);
  expect(await titlesOf(draftId)).toEqual([
    'Idea 1.1',
    'Proposal 2',
    'Idea 1.2',
    'Idea 1.3',
    expect.stringMatching(/^House /),
  ]);
  // The job that is done twice changes nothing.
  await scene.toggle(draftId, userId, 2);
  expect(await put(draftId, 1)).toBe(false);
  expect((await titlesOf(draftId)).slice(0, 2)).toEqual(['Idea 1.1', 'Proposal 2']);
});

test('a photo has as many as there may be, in whichever drafts it is, and another one has its own', async () => {
  const userId = await scene.customer();
  const first = await scene.placed(userId);
  const again = { photoshootId: first, userId, sourceKey: `restyle-${first}` };
  const draftId = await restylePhotoshoot(scene, again, scene.now);
  const other = await restylePhotoshoot(scene, { ...again, sourceKey: `once-more-${first}` }, scene.now);
  for (let turn = 1; turn < MAX_IDEAS; turn += 1) {
    expect(await ask(draftId, userId)).toBe('done');
    await put(draftId, turn);
  }
  expect(await ask(other, userId)).toBe('done');
  await put(other, 1);
  expect(await ask(draftId, userId)).toBe('too-many-ideas');
  expect(await ask(other, userId)).toBe('too-many-ideas');
  expect(await ask(await draftOf(userId, 'another photo'), userId)).toBe('done');
});

test('drafts that ask at once get no more than there are', async () => {
  const userId = await scene.customer(20);
  const drafts = await Promise.all(Array.from({ length: 6 }, () => draftOf(userId, 'bowl')));
  const outcomes = await Promise.all(drafts.map((id) => ask(id, userId)));
  expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(MAX_IDEAS);
});

test('there are none for what is not one’s own, not recognised, or several products', async () => {
  const userId = await scene.customer();
  const draftId = await draftOf(userId, 'bag');
  expect(await ask(draftId, await scene.customer())).toBe('not-found');
  const { photoshootId: unseen } = await scene.send(scene.photo(userId));
  expect(await ask(unseen, userId)).toBe('not-found');
  const album = [1, 2].map(() => scene.photo(userId, { albumId: 'two' }));
  let series = 0;
  for (const photo of album) ({ photoshootId: series } = await scene.send(photo));
  await scene.recognise(series);
  await beginSeries(db, { draftId: series, userId }, scene.now);
  expect(await ask(series, userId)).toBe('not-found');
});
