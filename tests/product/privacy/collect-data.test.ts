/** The file of /mydata: every row of the person, whatever their number, nobody else's, and JSON also where it is cut. */
import { expect, test } from 'vitest';
import { stylePresets } from '../../../src/database/schema/index.ts';
import { collectData } from '../../../src/privacy/collect-data.ts';
import { PERSONAL_DATA, PERSONAL_TABLES } from '../../../src/privacy/personal-data.ts';
import { openFileScene } from '../../support/scene.ts';

const scene = await openFileScene();
const { db } = scene;
const MANY = 5_100;

async function collect(userId: number, isFull = () => false) {
  let text = '';
  for await (const piece of collectData(db, { userId, about: 'a “sentence”', isFull }, scene.now))
    text += piece;
  return { text, data: JSON.parse(text) };
}

test('has every row of the person, more than are read at a time, and none of anybody else', async () => {
  const [userId, other] = [await scene.customer(), await scene.customer()];
  await scene.delivered(userId, 2);
  await scene.delivered(other);
  const presets = (of: number) =>
    Array.from({ length: MANY }, (_, index) => ({
      userId: of,
      title: `Preset ${index}`,
      prompt: `of ${of}`,
    }));
  await db.insert(stylePresets).values([...presets(userId), ...presets(other)]);
  const { text, data } = await collect(userId);
  expect(data).toMatchObject({ about: 'a “sentence”', telegramId: userId, complete: true });
  const titles = data.style_presets.map(({ title }: { title: string }) => title);
  expect(new Set(titles).size).toBe(MANY);
  expect(titles).toHaveLength(MANY);
  expect(data.processed_images).toHaveLength(2);
  expect(data.picture_files.map(({ bytes }: { bytes: number }) => bytes)).toEqual([4, 4]);
  expect(text).not.toContain(`of ${other}`);
  const told = PERSONAL_TABLES.filter((name) => 'rows' in (PERSONAL_DATA[name] as object));
  // The sentence, the id, the day, and whether it is everything.
  expect(Object.keys(data)).toHaveLength(told.length + 4);
});

test('says that it is not everything where there is too much, and is whole JSON all the same', async () => {
  const userId = await scene.customer();
  await scene.delivered(userId);
  let pieces = 0;
  const { data } = await collect(userId, () => ++pieces === 2);
  expect(data.complete).toBe(false);
});
