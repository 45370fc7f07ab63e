/** What an owner reads in the log of a bad hour: each line says of what it is. */
import { expect, test } from 'vitest';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import { idIn, place, sendProduct, textsOf, waitForResult, waitForText } from '../support/conversation.ts';
import { playSceneInTest } from '../support/played-scene.ts';
import { seller } from '../support/seller.ts';

const mug = await sampleProductPhoto('mug');

type Line = { msg: string; updateId?: number; photoshootId?: number; pictureId?: number; job?: string };

test('each line of an update, a job and a picture names it', async () => {
  const scene = await playSceneInTest({ RETRY_BASE_DELAY: '0', RETRY_MAX_ATTEMPTS: '1' }, { level: 'trace' });
  const person = seller(scene, 'en');
  const card = await sendProduct(person, mug);
  // The first model fails, and the next one of the chain makes the picture.
  scene.sandbox.faults.add('openai', { match: 'images/edits', kind: '5xx', status: 503, times: 1 });
  const photoshootId = await place(person, card, 1);
  const result = await waitForResult(person, photoshootId);
  expect(idIn(result, 'again')).toBe(photoshootId);
  person.sendText('/admin_stats');
  person.sendText('/balance');
  await waitForText(person, textsOf(person)('balance', { credits: 7 }));
  const lines = scene.heard.lines.map((line): Line => JSON.parse(line));

  const failed = lines.filter(({ msg }) => msg === 'a model gave no answer');
  expect(failed).toMatchObject([{ photoshootId, pictureId: expect.any(Number) }]);
  const strange = lines.filter(({ msg }) => msg === 'a command from somebody who may not give it');
  expect(strange).toMatchObject([{ updateId: expect.any(Number), userId: person.id }]);
  // pino writes a field that the line and its child both have twice; readers take either.
  const twice = scene.heard.lines.filter((line) => {
    const names = [...line.matchAll(/[{,]"(updateId|photoshootId|pictureId|job)":/g)].map(([, name]) => name);
    return new Set(names).size < names.length;
  });
  expect(twice).toEqual([]);
});
