import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { Ratio } from '../../../src/ai/ratios.ts';
import { stopWaiting } from '../../../src/customers/stop-waiting.ts';
import { type PictureSize, stylePresets, users } from '../../../src/database/schema/index.ts';
import { chooseCount } from '../../../src/photoshoots/draft/choose-count.ts';
import { chooseRatio } from '../../../src/photoshoots/draft/choose-ratio.ts';
import { chooseSize } from '../../../src/photoshoots/draft/choose-size.ts';
import { countPictures, spreadStyles } from '../../../src/photoshoots/draft/plan-pictures.ts';
import { readPhotoshoot, readStyles } from '../../../src/photoshoots/read-photoshoot.ts';
import { addOwnStyle, addSurprise, expectOwnStyle } from '../../../src/photoshoots/styles/add-own-style.ts';
import { HOUSE_STYLES } from '../../../src/photoshoots/styles/house-styles.ts';
import { deletePreset } from '../../../src/photoshoots/styles/presets.ts';
import {
  houseStyleNumber,
  OWN_STYLE_NUMBER,
  presetNumber,
  readStyleNumber,
  SURPRISE_NUMBER,
} from '../../../src/photoshoots/styles/style-numbers.ts';
import { toggleStyle } from '../../../src/photoshoots/styles/toggle-style.ts';
import { openFileScene, outcomeOf } from '../../support/scene.ts';

const scene = await openFileScene();

const chosenOf = async (draftId: number) =>
  (await readStyles(scene.db, draftId)).filter((style) => style.chosen).map((style) => style.number);

const HOUSE = houseStyleNumber(0);
const later = () => new Date(scene.now.getTime() + scene.draftTtlMs);

const formatOf = async (draftId: number) => {
  const { ratio, size } = await readPhotoshoot(scene.db, draftId);
  return [ratio, size];
};

async function preset(
  userId: number,
  title: string,
  format: { ratio?: Ratio; size?: PictureSize } = {},
): Promise<number> {
  const [row] = await scene.db
    .insert(stylePresets)
    .values({ userId, title, prompt: `The prompt of ${title}`, ...format })
    .returning({ id: stylePresets.id });
  if (row === undefined) throw new Error('the preset was not stored');
  return row.id;
}

describe('choosing styles', () => {
  test('a tap chooses, another one takes it back', async () => {
    const userId = await scene.customer();
    const draftId = await scene.draft(userId, []);
    await scene.toggle(draftId, userId, 2);
    expect(await chosenOf(draftId)).toEqual([2]);
    await scene.toggle(draftId, userId, 2);
    expect(await chosenOf(draftId)).toEqual([]);
  });

  test('a house style joins the draft with its title and prompt', async () => {
    const userId = await scene.customer();
    const draftId = await scene.draft(userId, [HOUSE]);
    const joined = (await readStyles(scene.db, draftId)).find((style) => style.number === HOUSE);
    expect(joined).toMatchObject({
      origin: 'house',
      title: `House ${HOUSE_STYLES[0].key}`,
      prompt: HOUSE_STYLES[0].prompt,
      chosen: true,
    });
    await scene.toggle(draftId, userId, HOUSE);
    await scene.toggle(draftId, userId, HOUSE);
    expect(await chosenOf(draftId)).toEqual([HOUSE]);
  });

  test('a saved style brings its format each time it is chosen, and a later choice counts', async () => {
    const userId = await scene.customer();
    const draftId = await scene.draft(userId, []);
    const number = presetNumber(await preset(userId, 'Tall', { ratio: '9:16', size: 'large' }));
    await scene.toggle(draftId, userId, number);
    expect(await formatOf(draftId)).toEqual(['9:16', 'large']);
    // Named by the seller: what is recommended later does not change it.
    await scene.recognise(draftId);
    expect(await formatOf(draftId)).toEqual(['9:16', 'large']);
    await chooseRatio(scene.db, { draftId, userId, ratio: '1:1' }, scene.now);
    await chooseSize(scene.db, { draftId, userId, size: 'usual' }, scene.now);
    await scene.toggle(draftId, userId, 1);
    expect(await formatOf(draftId)).toEqual(['1:1', 'usual']);
    // Taken back it changes nothing; chosen anew it brings its format anew.
    await scene.toggle(draftId, userId, number);
    expect(await formatOf(draftId)).toEqual(['1:1', 'usual']);
    await scene.toggle(draftId, userId, number);
    expect(await formatOf(draftId)).toEqual(['9:16', 'large']);
  });

  test('a saved style that finds no room, or has no format, changes none; large only where it can be made', async () => {
    const userId = await scene.customer();
    const draftId = await scene.draft(userId, [1, 2, 3, 4]);
    const before = await formatOf(draftId);
    const number = presetNumber(await preset(userId, 'Wide', { ratio: '16:9', size: 'large' }));
    expect(await outcomeOf(scene.toggle(draftId, userId, number))).toBe('too-many-styles');
    await scene.toggle(draftId, userId, 4);
    await scene.toggle(draftId, userId, presetNumber(await preset(userId, 'Of old')));
    expect(await formatOf(draftId)).toEqual(before);
    await scene.toggle(draftId, userId, 3);
    const input = { draftId, userId, number, houseTitle: (key: string) => key, from: 'card' } as const;
    await toggleStyle(scene.db, { ...input, canBeLarge: false }, scene.now);
    expect(await formatOf(draftId)).toEqual(['16:9', 'usual']);
  });

  test('a saved style joins the draft, and stays there when it is forgotten later', async () => {
    const userId = await scene.customer();
    const draftId = await scene.draft(userId, []);
    const presetId = await preset(userId, 'Mine');
    await scene.toggle(draftId, userId, presetNumber(presetId));
    await deletePreset(scene.db, { presetId, userId });
    const [joined] = (await readStyles(scene.db, draftId)).filter((style) => style.chosen);
    expect(joined).toMatchObject({ origin: 'preset', title: 'Mine', prompt: 'The prompt of Mine' });
    await scene.toggle(draftId, userId, presetNumber(presetId));
    expect(await chosenOf(draftId)).toEqual([]);
  });

  test('a fifth style is refused, and one that was taken back makes room', async () => {
    const userId = await scene.customer();
    const draftId = await scene.draft(userId, [1, 2, 3, HOUSE]);
    await expect(scene.toggle(draftId, userId, 4)).rejects.toMatchObject({
      code: 'too-many-styles',
      details: { max: 4 },
    });
    expect(await chosenOf(draftId)).toEqual([1, 2, 3, HOUSE]);
    await scene.toggle(draftId, userId, HOUSE);
    await scene.toggle(draftId, userId, 4);
    expect(await chosenOf(draftId)).toEqual([1, 2, 3, 4]);
  });

  test('six taps on six styles at once choose four', async () => {
    const userId = await scene.customer();
    const draftId = await scene.draft(userId, []);
    const taps = [1, 2, 3, 4, HOUSE, HOUSE + 1];
    const outcomes = await Promise.all(taps.map((n) => outcomeOf(scene.toggle(draftId, userId, n))));
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(4);
    expect(outcomes.filter((outcome) => outcome === 'too-many-styles')).toHaveLength(2);
    expect(await chosenOf(draftId)).toHaveLength(4);
  });

  test('what the catalogue only tried does not crowd the card, where what was taken back stays', async () => {
    const userId = await scene.customer();
    const draftId = await scene.draft(userId, [HOUSE]);
    const numbers = async () => (await readStyles(scene.db, draftId)).map(({ number }) => number);
    await scene.toggle(draftId, userId, HOUSE);
    expect(await numbers()).toContain(HOUSE);
    const inCatalogue = (number: number) =>
      toggleStyle(
        scene.db,
        { draftId, userId, number, houseTitle: (key) => key, from: 'catalogue', canBeLarge: true },
        scene.now,
      );
    await inCatalogue(HOUSE + 1);
    expect(await numbers()).toEqual([1, 2, 3, 4, HOUSE + 1]);
    await inCatalogue(HOUSE + 1);
    expect(await numbers()).toEqual([1, 2, 3, 4]);
  });

  test('two taps on one style at once leave it as it was', async () => {
    const userId = await scene.customer();
    const draftId = await scene.draft(userId, []);
    await Promise.all([scene.toggle(draftId, userId, HOUSE), scene.toggle(draftId, userId, HOUSE)]);
    expect(await chosenOf(draftId)).toEqual([]);
  });

  // Numbers come from callback data, which a person can forge: none may end in anything but a refusal.
  test.each([
    ['zero', 0],
    ['negative', -3],
    ['between the ranges', 10],
    ['past the house styles', houseStyleNumber(HOUSE_STYLES.length)],
    ['a saved style that is not there', presetNumber(987_654)],
    ['beyond a database integer', 2 ** 31],
    ['beyond any count', Number.MAX_SAFE_INTEGER],
  ])('a number that no button has is not found: %s', async (_what, number) => {
    const userId = await scene.customer();
    const draftId = await scene.draft(userId, []);
    expect(await outcomeOf(scene.toggle(draftId, userId, number))).toBe('not-found');
  });

  test('a proposal cannot be chosen before it was made', async () => {
    const userId = await scene.customer();
    const { photoshootId } = await scene.send(scene.photo(userId));
    expect(await outcomeOf(scene.toggle(photoshootId, userId, 1))).toBe('not-found');
  });
});

describe('style numbers', () => {
  test('every house style has a number of its own that leads back to it', () => {
    const numbers = HOUSE_STYLES.map((_, index) => houseStyleNumber(index));
    expect(new Set(numbers).size).toBe(HOUSE_STYLES.length);
    expect(numbers.map((number) => readStyleNumber(number))).toEqual(
      HOUSE_STYLES.map((style) => ({ origin: 'house', style })),
    );
    expect(Math.max(...numbers)).toBeLessThan(presetNumber(1));
  });

  test('the catalogue has at least twelve styles, no two alike', () => {
    expect(HOUSE_STYLES.length).toBeGreaterThanOrEqual(12);
    expect(new Set(HOUSE_STYLES.map((style) => style.key)).size).toBe(HOUSE_STYLES.length);
    expect(new Set(HOUSE_STYLES.map((style) => style.prompt)).size).toBe(HOUSE_STYLES.length);
  });
});

describe('an own style', () => {
  const own = (draftId: number, userId: number, prompt: string) =>
    addOwnStyle(scene.db, { draftId, userId, title: 'My style', prompt }, scene.now);
  const describing = async (userId: number) => {
    const [row] = await scene.db
      .select({ draftId: users.describingDraftId })
      .from(users)
      .where(eq(users.id, userId));
    return row?.draftId;
  };

  test('is chosen, and a second one takes its place', async () => {
    const userId = await scene.customer();
    const draftId = await scene.draft(userId, [1]);
    await own(draftId, userId, 'on a wooden table');
    await own(draftId, userId, 'under a blue sky');
    const styles = (await readStyles(scene.db, draftId)).filter((style) => style.origin === 'own');
    expect(styles).toHaveLength(1);
    expect(styles[0]).toMatchObject({ number: OWN_STYLE_NUMBER, prompt: 'under a blue sky', chosen: true });
  });

  test('takes the place of the earlier one also when four are chosen, but is no fifth', async () => {
    const userId = await scene.customer();
    const draftId = await scene.draft(userId, [1, 2, 3]);
    await own(draftId, userId, 'on a wooden table');
    await own(draftId, userId, 'under a blue sky');
    expect(await chosenOf(draftId)).toEqual([1, 2, 3, OWN_STYLE_NUMBER]);
    await scene.toggle(draftId, userId, OWN_STYLE_NUMBER);
    await scene.toggle(draftId, userId, 4);
    expect(await outcomeOf(own(draftId, userId, 'in a green garden'))).toBe('too-many-styles');
    const kept = (await readStyles(scene.db, draftId)).find((style) => style.number === OWN_STYLE_NUMBER);
    expect(kept).toMatchObject({ prompt: 'under a blue sky', chosen: false });
  });

  test.each([
    ['nine characters', 'x'.repeat(9), 'style-text-length'],
    ['ten characters', 'x'.repeat(10), 'done'],
    ['ten emoji, which people count as ten', '🌲'.repeat(10), 'done'],
    ['nine emoji', '🌲'.repeat(9), 'style-text-length'],
    ['three hundred characters', 'x'.repeat(300), 'done'],
    ['three hundred and one', 'x'.repeat(301), 'style-text-length'],
  ])('is measured in characters as people count them: %s', async (_what, prompt, outcome) => {
    const userId = await scene.customer();
    const draftId = await scene.draft(userId, []);
    expect(await outcomeOf(own(draftId, userId, prompt))).toBe(outcome);
  });

  test('is expected until it has come or is no longer wanted', async () => {
    const userId = await scene.customer();
    const draftId = await scene.draft(userId, []);
    await expectOwnStyle(scene.db, draftId, userId, scene.now);
    expect(await describing(userId)).toBe(draftId);
    expect(await outcomeOf(own(draftId, userId, 'short'))).toBe('style-text-length');
    // The seller may try again with a longer text.
    expect(await describing(userId)).toBe(draftId);
    await own(draftId, userId, 'on a wooden table');
    expect(await describing(userId)).toBeNull();
    await expectOwnStyle(scene.db, draftId, userId, scene.now);
    await stopWaiting(scene.db, userId);
    expect(await describing(userId)).toBeNull();
  });

  test('is not expected for a draft that has expired', async () => {
    const userId = await scene.customer();
    const draftId = await scene.draft(userId, []);
    expect(await outcomeOf(expectOwnStyle(scene.db, draftId, userId, later()))).toBe('draft-expired');
    expect(await describing(userId)).toBeNull();
  });
});

describe('a surprise', () => {
  test('is chosen, and another one takes its place beside an own style', async () => {
    const userId = await scene.customer();
    const draftId = await scene.draft(userId, []);
    const surprise = (title: string) =>
      addSurprise(scene.db, { draftId, userId, title, prompt: `The prompt of ${title}` }, scene.now);
    await addOwnStyle(scene.db, { draftId, userId, title: 'Mine', prompt: 'on a table' }, scene.now);
    await surprise('Beach');
    await surprise('Neon');
    expect(await chosenOf(draftId)).toEqual([OWN_STYLE_NUMBER, SURPRISE_NUMBER]);
    const [, drawn] = (await readStyles(scene.db, draftId)).filter((style) => style.chosen);
    expect(drawn).toMatchObject({ origin: 'surprise', title: 'Neon' });
  });
});

describe('the number of pictures', () => {
  const count = (draftId: number, userId: number, pictures: number) =>
    chooseCount(scene.db, { draftId, userId, pictures }, scene.now);

  test('may be more than the styles, up to four', async () => {
    const userId = await scene.customer();
    const draftId = await scene.draft(userId, [1, 2]);
    await count(draftId, userId, 4);
    expect(await readPhotoshoot(scene.db, draftId)).toMatchObject({ pictureCount: 4 });
  });

  test('that is fewer than the chosen styles keeps the first of them', async () => {
    const userId = await scene.customer();
    const draftId = await scene.draft(userId, [1, 3, HOUSE]);
    await count(draftId, userId, 2);
    expect(await readPhotoshoot(scene.db, draftId)).toMatchObject({ pictureCount: 2 });
    expect(await chosenOf(draftId)).toEqual([1, 3]);
  });

  test.each([0, -1, 5, 2 ** 31])('is refused by the database when it is %s', async (pictures) => {
    const userId = await scene.customer();
    const draftId = await scene.draft(userId, []);
    await expect(count(draftId, userId, pictures)).rejects.toThrow();
    expect(await readPhotoshoot(scene.db, draftId)).toMatchObject({ pictureCount: null });
  });

  test('grows with the styles that are chosen after it', () => {
    expect(countPictures(3, 2)).toBe(3);
    expect(countPictures(1, null)).toBe(1);
    expect(countPictures(2, 4)).toBe(4);
    expect(countPictures(4, 1)).toBe(4);
  });

  test('is spread over the styles in turn', () => {
    expect(spreadStyles(['a', 'b'], 3)).toEqual(['a', 'b', 'a']);
    expect(spreadStyles(['a', 'b', 'c'], 4)).toEqual(['a', 'b', 'c', 'a']);
    expect(spreadStyles(['a'], 4)).toEqual(['a', 'a', 'a', 'a']);
    expect(spreadStyles(['a', 'b'], 2)).toEqual(['a', 'b']);
    expect(() => spreadStyles([], 1)).toThrow();
  });
});

describe('a draft that cannot be changed any more', () => {
  const verbs: [string, (draftId: number, userId: number, now: Date) => Promise<void>][] = [
    [
      'choosing a ratio',
      (draftId, userId, now) => chooseRatio(scene.db, { draftId, userId, ratio: '9:16' }, now),
    ],
    [
      'choosing a number',
      (draftId, userId, now) => chooseCount(scene.db, { draftId, userId, pictures: 3 }, now),
    ],
    ['describing a style', (draftId, userId, now) => expectOwnStyle(scene.db, draftId, userId, now)],
    [
      'adding an own style',
      (draftId, userId, now) =>
        addOwnStyle(scene.db, { draftId, userId, title: 'Mine', prompt: 'on a wooden table' }, now),
    ],
    [
      'being surprised',
      (draftId, userId, now) =>
        addSurprise(scene.db, { draftId, userId, title: 'Neon', prompt: 'neon lights' }, now),
    ],
  ];

  test.each(verbs)('%s: an expired one says so', async (_name, verb) => {
    const userId = await scene.customer();
    const draftId = await scene.draft(userId, [1]);
    expect(await outcomeOf(verb(draftId, userId, later()))).toBe('draft-expired');
    expect(await readPhotoshoot(scene.db, draftId)).toMatchObject({ ratio: '3:4', pictureCount: null });
  });

  test.each(verbs)('%s: a placed one says so', async (_name, verb) => {
    const userId = await scene.customer();
    const placedId = await scene.placed(userId);
    expect(await outcomeOf(verb(placedId, userId, scene.now))).toBe('already-placed');
    expect(await chosenOf(placedId)).toEqual([1]);
  });
});
