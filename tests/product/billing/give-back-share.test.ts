import { describe, expect, test } from 'vitest';
import { explainGiveBack, giveBack } from '../../../src/photoshoots/give-back.ts';
import { statisticsCard } from '../../../src/screens/statistics-card.ts';
import { readOverview } from '../../../src/statistics/overview.ts';
import { periodOf } from '../../../src/statistics/period.ts';
import { loadTexts } from '../../../src/texts/texts.ts';
import { openFileScene, outcomeOf } from '../../support/scene.ts';
import { createTill, tally } from './till.ts';

const DAY_MS = 86_400_000;

const scene = await openFileScene();
const till = createTill(scene);

const back = (pictureId: number, userId: number, sharePercent: number, perDay = 99) =>
  giveBack(scene.db, { pictureId, userId, perDay, sharePercent }, scene.now);
const deliveredTo = async (userId: number, pictures: number) =>
  (await scene.delivered(userId, pictures)).pictures.map(({ id }) => id);

describe('giving back', () => {
  /** When the number of a day counts anew. */
  const LATER = new Date(Date.now() + 2 * DAY_MS);
  const backLater = (pictureId: number, userId: number, sharePercent: number, perDay: number) =>
    outcomeOf(giveBack(scene.db, { pictureId, userId, perDay, sharePercent }, LATER));

  test('of few pictures is for as many as a day allows: the share of seven would be one', async () => {
    const userId = await scene.customer(7);
    const ids = [...(await deliveredTo(userId, 4)), ...(await deliveredTo(userId, 3))];
    const outcomes = await Promise.all(ids.map((id) => outcomeOf(back(id, userId, 25, 3))));
    expect(tally(outcomes)).toEqual({ done: 3, 'give-back-quota': 4 });
    expect(await till.credits(userId)).toBe(3);
  });

  test('is for no more than these on a later day, unless the share of all is more', async () => {
    const userId = await scene.customer(8);
    const ids = [...(await deliveredTo(userId, 4)), ...(await deliveredTo(userId, 4))];
    const [one = 0, two = 0, three = 0, four = 0, five = 0] = ids;
    for (const id of [one, two]) await back(id, userId, 25, 2);
    expect(await backLater(three, userId, 25, 2)).toBe('give-back-share');
    expect(await backLater(three, userId, 50, 2)).toBe('done');
    expect(await backLater(four, userId, 50, 2)).toBe('done');
    expect(await backLater(five, userId, 100, 2)).toBe('give-back-quota');
  });

  test('is for a share of all pictures that a person ever got, exactly, also when all are tapped at once', async () => {
    const userId = await scene.customer(8);
    const [first = 0, ...others] = [...(await deliveredTo(userId, 4)), ...(await deliveredTo(userId, 4))];
    await back(first, userId, 25, 2);
    const outcomes = await Promise.all(others.map((id) => backLater(id, userId, 25, 2)));
    expect(tally(outcomes)).toEqual({ done: 1, 'give-back-share': 6 });
    expect(await till.credits(userId)).toBe(2);
  });

  test('says which limit is reached, in every language', async () => {
    const userId = await scene.customer(8);
    const [one = 0, two = 0] = await deliveredTo(userId, 4);
    const share = { percent: 25, perDay: 1 };
    await back(one, userId, 25, 1);
    const beyond = { pictureId: two, userId, perDay: 1, sharePercent: 25 };
    await expect(giveBack(scene.db, beyond, LATER)).rejects.toMatchObject({ details: share });
    const day = { perDay: 1 };
    await expect(back(two, userId, 100, 1)).rejects.toMatchObject({ details: day });
    const texts = loadTexts();
    for (const language of texts.languages) {
      expect(texts.in(language)('error-give-back-share', share)).toContain('25 %');
      expect(texts.in(language)('error-give-back-quota', day)).toContain('1');
    }
  });
});

describe('the admins’ statistics', () => {
  test('count each reason, the unanswered question, and the payments that were found', async () => {
    const counting = { timeZone: 'UTC', starsUsdRate: 0.013 };
    const read = () =>
      readOverview(scene.db, { ...counting, period: periodOf('all', 'UTC', new Date()) }, new Date());
    const before = await read();
    const reason = ({ quality }: typeof before, name: string) =>
      quality.notRightReasons.find(({ dimension }) => dimension === name)?.now ?? 0;
    const userId = await scene.customer(8);
    const [a = 0, b = 0, c = 0] = await deliveredTo(userId, 4);
    for (const id of [a, b, c]) await back(id, userId, 100);
    await explainGiveBack(scene.db, { pictureId: a, userId, reason: 'shape' });
    await explainGiveBack(scene.db, { pictureId: b, userId, reason: 'shape' });
    await till.paid(await till.order(userId), { source: 'reconciliation' });
    await till.paid(await till.order(userId));
    const after = await read();
    expect(reason(after, 'shape')).toBe(reason(before, 'shape') + 2);
    expect(reason(after, 'none')).toBe(reason(before, 'none') + 1);
    expect(after.quality.notRight.now).toBe(before.quality.notRight.now + 3);
    expect(after.money.reconciled.now).toBe(before.money.reconciled.now + 1);
    // Each reason that was given is a line of its own.
    const lines = statisticsCard(loadTexts().in('en'), 'en', after).text.split('\n');
    expect(lines).toContain('Product looks different: 2');
    expect(lines).toContain(`no reason given: ${reason(after, 'none')}`);
    expect(lines.join()).not.toContain('Label or text changed');
  });
});
