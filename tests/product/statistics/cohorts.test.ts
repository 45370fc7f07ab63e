/** Cohorts against a plain count of the same histories, however far the roll-up reaches. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatabaseHandle } from '../../../src/database/client.ts';
import { readCohorts } from '../../../src/statistics/cohorts.ts';
import { addDays, type Day, dayAt } from '../../../src/statistics/period.ts';
import { rollUp } from '../../../src/statistics/roll-up.ts';
import { openTestDatabase } from '../../support/database.ts';
import { history, live, NOW, type Past, writePast } from './history.ts';

let database: DatabaseHandle;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/Los_Angeles', 'Asia/Kolkata');
/** NOW is a Wednesday, in every zone. */
const THIS_WEEK: Day = '2026-03-30';

test('a cohort is the people of one first week, and those of them who came in each week after it', async () => {
  await fc.assert(
    fc.asyncProperty(
      history,
      zone,
      fc.integer({ min: 1, max: 14 }),
      fc.nat({ max: 80 * 24 * 60 }),
      async (deeds, timeZone, weeks, minutesAgo) => {
        const past = live(deeds);
        await writePast(database.db, past);
        const expected = count(past, timeZone, weeks);
        const read = () => readCohorts(database.db, { timeZone, weeks }, NOW);
        expect(await read()).toEqual(expected);
        await rollUp(database.db, { timeZone }, new Date(NOW.getTime() - minutesAgo * 60_000));
        expect(await read()).toEqual(expected);
        await rollUp(database.db, { timeZone }, NOW);
        expect(await read()).toEqual(expected);
      },
    ),
    { numRuns: 6 },
  );
});

/** The same by loops over lists. */
function count(past: Past, timeZone: string, weeks: number) {
  const mondays = Array.from({ length: weeks }, (_, index) => addDays(THIS_WEEK, (index + 1 - weeks) * 7));
  const inWeek = (monday: Day) => {
    const placed = past.photoshoots.filter(({ placedAt }) => {
      const day = placedAt ? dayAt(placedAt, timeZone) : '';
      return day >= monday && day <= addDays(monday, 6);
    });
    return new Set(placed.map(({ userId }) => userId));
  };
  const firstDayOf = (userId: number) =>
    past.photoshoots
      .filter((photoshoot) => photoshoot.userId === userId && photoshoot.placedAt)
      .map(({ placedAt }) => dayAt(placedAt ?? NOW, timeZone))
      .sort()[0] ?? '';
  return mondays.map((week, index) => {
    const people = [...inWeek(week)].filter((userId) => firstDayOf(userId) >= week);
    const again = mondays
      .slice(index + 1)
      .map((later) => people.filter((userId) => inWeek(later).has(userId)).length);
    return { week, people: people.length, again };
  });
}
