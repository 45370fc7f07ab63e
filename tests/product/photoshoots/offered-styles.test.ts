/** The house's styles as owners arrange them: what sellers are offered, and in which order. */
import { desc, eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { ownerActions, settings } from '../../../src/database/schema/index.ts';
import { HOUSE_STYLES } from '../../../src/photoshoots/styles/house-styles.ts';
import {
  arrangeStyle,
  FEWEST_OFFERED,
  readArrangedStyles,
  readOfferedStyles,
  type StyleChange,
} from '../../../src/photoshoots/styles/offered-styles.ts';
import { fallbackStyles } from '../../../src/screens/fallback-styles.ts';
import { openFileScene, outcomeOf } from '../../support/scene.ts';
import { ADMIN } from '../billing/till.ts';

const scene = await openFileScene();
const { db, now } = scene;
const KEYS = HOUSE_STYLES.map(({ key }) => key);
const arrange = (change: StyleChange) => arrangeStyle(db, { by: ADMIN, ...change }, now);
const offered = async () => (await readOfferedStyles(db, now)).map(({ key }) => key);
const acts = () =>
  db
    .select({ before: ownerActions.before, after: ownerActions.after })
    .from(ownerActions)
    .where(eq(ownerActions.act, 'arrange-styles'))
    .orderBy(desc(ownerActions.id));

beforeEach(async () => {
  await db.delete(settings);
});

test('all of them are offered in the order of the house until an owner says otherwise', async () => {
  expect(await offered()).toEqual(KEYS);
});

test('one that moves or is turned off is told once in the acts, and twice is once', async () => {
  const before = (await acts()).length;
  for (const _ of ['once', 'twice']) await arrange({ key: 'neon', place: 0 });
  for (const _ of ['once', 'twice']) await arrange({ key: 'marble', isOffered: false });
  expect(await offered()).toEqual(['neon', ...KEYS.filter((key) => key !== 'neon' && key !== 'marble')]);
  expect((await acts()).slice(0, -before || undefined)).toEqual([
    { before: { set: true, marble: 3 }, after: { set: true, marble: 'off' } },
    { before: { set: false, neon: 14 }, after: { set: true, neon: 1 } },
  ]);
  await arrange({ key: 'marble', isOffered: true });
  expect((await offered()).slice(0, 3)).toEqual(['neon', 'white', 'marble']);
});

test('changes at the same moment are all kept', async () => {
  await Promise.all(KEYS.slice(0, 8).map((key) => arrange({ key, isOffered: false })));
  expect(await offered()).toEqual(KEYS.slice(8));
});

test('so many stay on as are proposed where nothing was recognised, whatever is pressed at once', async () => {
  const outcomes = await Promise.all(KEYS.map((key) => outcomeOf(arrange({ key, isOffered: false }))));
  expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(KEYS.length - FEWEST_OFFERED);
  expect(outcomes.filter((outcome) => outcome === 'too-few-styles')).toHaveLength(FEWEST_OFFERED);
  const left = await readOfferedStyles(db, now);
  expect(fallbackStyles((id) => id, left).map(({ title }) => title)).toEqual(
    left.map(({ key }) => `style-${key}`),
  );
});

test('a style that a newer version brings stands last and is offered, and one that is gone is none', async () => {
  const value = { order: ['books', 'of-an-older-version', 'white'], off: ['of-an-older-version'] };
  await db.insert(settings).values({ key: 'house-styles', value, setBy: ADMIN, setAt: now });
  const arranged = await readArrangedStyles(db, now);
  expect(arranged.map(({ style }) => style.key)).toEqual([
    'books',
    'white',
    ...KEYS.filter((key) => key !== 'books' && key !== 'white'),
  ]);
  expect(arranged.every(({ isOffered }) => isOffered)).toBe(true);
});
