/** What charts show against plain counts of the same histories, however far the roll-up reaches. */
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatabaseHandle } from '../../../src/database/client.ts';
import { openBook } from '../../../src/statistics/book.ts';
import { readChartFigures } from '../../../src/statistics/chart-figures.ts';
import { addDays, countDays, type Day, dayAt, periodOf, readPeriod } from '../../../src/statistics/period.ts';
import { rollUp } from '../../../src/statistics/roll-up.ts';
import { openTestDatabase } from '../../support/database.ts';
import { history, live, NOW, type Past, writePast } from './history.ts';

let database: DatabaseHandle;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/Los_Angeles', 'Asia/Kolkata');
const sum = (values: readonly number[]) => values.reduce((one, other) => one + other, 0);

type Dated<T> = readonly { at: Date | null | undefined; of: T }[];
const bought = ({ payments }: Past) => payments.filter(({ heldReason }) => heldReason === null);
const grossOf = (past: Past, currency: string): Dated<number> =>
  bought(past)
    .filter((payment) => payment.currency === currency)
    .map(({ createdAt, amount }) => ({ at: createdAt, of: amount }));
const picturesOf = ({ pictures }: Past): Dated<number> =>
  pictures
    .filter(({ state }) => state === 'delivered')
    .map(({ deliveredAt }) => ({ at: deliveredAt, of: 1 }));
const peopleOf = ({ users }: Past): Dated<number> => users.map(({ createdAt }) => ({ at: createdAt, of: 1 }));

test('a course has each day of its time, with what a plain count finds on it', async () => {
  await fc.assert(
    fc.asyncProperty(history, zone, fc.nat({ max: 80 * 24 * 60 }), async (deeds, timeZone, minutesAgo) => {
      const past = live(deeds);
      await writePast(database.db, past);
      const onDay = (rows: Dated<number>, from: Day, to = from) =>
        sum(
          rows
            .filter(({ at }) => at && dayAt(at, timeZone) >= from && dayAt(at, timeZone) <= to)
            .map(({ of }) => of),
        );
      const expectTrue = async () => {
        const typed = readPeriod(['2026-03-01', '2026-03-29']) ?? expect.fail('no period');
        const periods = [
          ...(['today', '7', '30', '90', 'all'] as const).map((name) => periodOf(name, timeZone, NOW)),
          typed,
        ];
        for (const period of periods) {
          const charts = await readChartFigures(database.db, { timeZone, period }, NOW);
          const { from, to } = charts.days;
          expect(to).toBe(period.to);
          expect(countDays(charts.days)).toBeGreaterThanOrEqual(7);
          if (['30', '90', 'custom'].includes(period.name)) expect(from).toBe(period.from);
          const courses: [readonly { day: Day; value: number }[], Dated<number>][] = [
            [charts.pictures, picturesOf(past)],
            [charts.newPeople, peopleOf(past)],
            ...charts.revenue.map(
              ({ currency, course }) => [course, grossOf(past, currency)] as [typeof course, Dated<number>],
            ),
          ];
          const currencies = ['XTR', 'RUB', 'USD'].filter((one) => onDay(grossOf(past, one), from, to) > 0);
          expect(charts.revenue.map(({ currency }) => currency).sort()).toEqual(currencies.sort());
          for (const [course, rows] of courses) {
            expect(course.map(({ day }) => day)).toEqual(
              Array.from({ length: countDays(charts.days) }, (_, index) => addDays(from, index)),
            );
            expect(course).toEqual(course.map(({ day }) => ({ day, value: onDay(rows, day) })));
          }
          for (const { step, people } of charts.funnel) {
            const first = past.events.filter(
              ({ kind, userId }, index, all) =>
                kind === step &&
                all.findIndex((other) => other.kind === kind && other.userId === userId) === index,
            );
            expect(people, step).toBe(
              onDay(
                first.map(({ createdAt }) => ({ at: createdAt, of: 1 })),
                from,
                to,
              ),
            );
          }
        }
      };
      await expectTrue();
      await rollUp(database.db, { timeZone }, new Date(NOW.getTime() - minutesAgo * 60_000));
      await expectTrue();
    }),
    { numRuns: 3 },
  );
});

test('people of a day are counted once, also where the roll-up ends within it', async () => {
  await fc.assert(
    fc.asyncProperty(history, zone, fc.nat({ max: 80 * 24 * 60 }), async (deeds, timeZone, minutesAgo) => {
      const past = live(deeds);
      await writePast(database.db, past);
      await rollUp(database.db, { timeZone }, new Date(NOW.getTime() - minutesAgo * 60_000));
      const byDay = await openBook(database.db, { timeZone, now: NOW }, (book) =>
        book.byDay(['active', 'paying'], periodOf('all', timeZone, NOW)),
      );
      const who = (rows: Dated<number>) => {
        const days = Map.groupBy(rows, ({ at }) => dayAt(at ?? NOW, timeZone));
        return [...days]
          .map(([day, those]) => ({ day, value: new Set(those.map(({ of }) => of)).size }))
          .sort((a, b) => (a.day < b.day ? -1 : 1));
      };
      expect(byDay.of('active')).toEqual(
        who(past.photoshoots.map(({ createdAt, userId }) => ({ at: createdAt, of: userId }))),
      );
      expect(byDay.of('paying')).toEqual(
        who(bought(past).map(({ createdAt, userId }) => ({ at: createdAt, of: userId }))),
      );
    }),
    { numRuns: 3 },
  );
});

test('a long time is shown by the week, from its first day on to a week that ends today', async () => {
  const past = live(fc.sample(history, { numRuns: 1, seed: 1 })[0] ?? []);
  await writePast(database.db, past);
  await database.db.execute(sql`insert into users (id, first_name, language, created_at)
    values (900, 'Seller', 'en', '2025-01-06T12:00:00Z'), (901, 'Seller', 'en', '2026-04-01T08:00:00Z')`);
  const period = periodOf('all', 'UTC', NOW);
  const charts = await readChartFigures(database.db, { timeZone: 'UTC', period }, NOW);
  expect(charts).toMatchObject({ step: 'week', days: { from: '2025-01-06', to: '2026-04-01' } });
  expect(charts.newPeople.at(-1)?.day).toBe('2026-03-26');
  expect(charts.newPeople[0]?.value).toBe(1);
  expect(sum(charts.newPeople.map(({ value }) => value))).toBe(past.users.length + 2);
});

test('days that are still to come are not shown', async () => {
  const period = readPeriod(['2026-03-30', '2999-12-31']) ?? expect.fail('no period');
  const charts = await readChartFigures(database.db, { timeZone: 'UTC', period }, NOW);
  expect(charts.days).toEqual({ from: '2026-03-26', to: '2026-04-01' });
});
