/** The owner's figures against plain counts of the same histories, before, between and after roll-ups. */
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database, DatabaseHandle } from '../../../src/database/client.ts';
import { dailyFigures, type RecognisedBy, summedFigures } from '../../../src/database/schema/index.ts';
import { type Overview, readOverview } from '../../../src/statistics/overview.ts';
import {
  type Days,
  dayAt,
  PERIODS,
  type Period,
  periodOf,
  readPeriod,
} from '../../../src/statistics/period.ts';
import { rollUp } from '../../../src/statistics/roll-up.ts';
import { openTestDatabase } from '../../support/database.ts';
import { history, live, NOW, type Past, writePast } from './history.ts';

let database: DatabaseHandle;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const RUNS = 5;
/** Exact in binary, so that nothing is rounded. */
const RATE = 0.015625;
const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/Los_Angeles', 'Asia/Kolkata');
const periodsOf = (timeZone: string): Period[] => [
  ...PERIODS.map((name) => periodOf(name, timeZone, NOW)),
  ...[['2026-03-01', '2026-03-29'], ['2026-01-01', '2026-02-28'], ['2026-03-29']].map(
    (words) => readPeriod(words) ?? expect.fail('no period'),
  ),
];

test('every figure is what a plain count of the same history gives, however far the roll-up reaches', async () => {
  await fc.assert(
    fc.asyncProperty(history, zone, fc.nat({ max: 80 * 24 * 60 }), async (deeds, timeZone, minutesAgo) => {
      const past = live(deeds);
      await writePast(database.db, past);
      const expectTrue = async () => {
        for (const period of periodsOf(timeZone)) {
          const overview = await readOverview(database.db, { timeZone, starsUsdRate: RATE, period }, NOW);
          expect(sorted(overview), `${period.name} in ${timeZone}`).toEqual(
            sorted(count(past, period, timeZone)),
          );
        }
      };
      await expectTrue();
      // Some time ago, and again now: the days in between are written anew.
      await rollUp(database.db, { timeZone }, new Date(NOW.getTime() - minutesAgo * 60_000));
      await expectTrue();
      await rollUp(database.db, { timeZone }, NOW);
      await expectTrue();
    }),
    { numRuns: RUNS },
  );
});

test('a roll-up that is written again is the same, and so is one that is written from nothing', async () => {
  await fc.assert(
    fc.asyncProperty(history, zone, async (deeds, timeZone) => {
      await writePast(database.db, live(deeds));
      const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
      expect(await rollUp(database.db, { timeZone }, NOW)).toBeGreaterThan(0);
      const first = await readRows(database.db);
      expect(first.length).toBeGreaterThan(0);
      await rollUp(database.db, { timeZone }, later(10));
      expect(await readRows(database.db)).toEqual(first);
      // Another zone, and back again: everything is counted anew each time.
      await rollUp(database.db, { timeZone: 'Pacific/Auckland' }, later(20));
      expect(await readRows(database.db)).not.toEqual(first);
      await rollUp(database.db, { timeZone }, later(30));
      expect(await readRows(database.db)).toEqual(first);
    }),
    { numRuns: 4 },
  );
});

test('of processes that roll up at once one does it', async () => {
  await writePast(database.db, live(fc.sample(history, { numRuns: 1, seed: 1 })[0] ?? []));
  const written = await Promise.all([1, 2, 3].map(() => rollUp(database.db, { timeZone: 'UTC' }, NOW)));
  expect(written.filter((days) => days > 0)).toHaveLength(1);
});

test('a day that changed within the last 35 days is written anew on the next day', async () => {
  await writePast(database.db, live(fc.sample(history, { numRuns: 1, seed: 1 })[0] ?? []));
  const days = (n: number) => new Date(NOW.getTime() + n * 86_400_000);
  await rollUp(database.db, { timeZone: 'UTC' }, NOW);
  // A value that is wrong, one that is missing and one that should not be.
  await database.db.execute(
    sql`update ${dailyFigures} set value = value + 7 where figure = 'ordered' and day > '2026-02-25'`,
  );
  await database.db.execute(sql`delete from ${dailyFigures} where figure = 'gross' and day > '2026-02-25'`);
  await database.db
    .insert(dailyFigures)
    .values({ day: '2026-03-20', figure: 'gross', dimension: 'CHF', value: 1 });
  await rollUp(database.db, { timeZone: 'UTC' }, days(1));
  const mended = await readRows(database.db);
  await database.db.execute(sql`truncate daily_figures, summed_figures, roll_ups`);
  await rollUp(database.db, { timeZone: 'UTC' }, days(1));
  expect(mended).toEqual(await readRows(database.db));
});

async function readRows(db: Database) {
  const byDay = await db
    .select()
    .from(dailyFigures)
    .orderBy(dailyFigures.figure, dailyFigures.day, dailyFigures.dimension);
  const { span, figure, day, dimension } = summedFigures;
  return [...byDay, ...(await db.select().from(summedFigures).orderBy(figure, span, day, dimension))];
}

/** In no order of ties. */
function sorted(overview: Overview): Overview {
  const byName = <T extends { dimension: string }>(rows: T[]) =>
    rows.toSorted((a, b) => (a.dimension < b.dimension ? -1 : 1));
  const { money, usage, quality } = overview;
  return {
    ...overview,
    money: {
      ...money,
      earnings: money.earnings.toSorted((a, b) => (a.currency < b.currency ? -1 : 1)),
      byPackage: byName(money.byPackage),
      bySource: byName(money.bySource),
    },
    usage: {
      ...usage,
      byLanguage: byName(usage.byLanguage),
      byStyle: byName(usage.byStyle),
      byRatio: byName(usage.byRatio),
    },
    quality: {
      ...quality,
      missing: byName(quality.missing),
      likenessReasons: byName(quality.likenessReasons),
      notRightReasons: byName(quality.notRightReasons),
    },
  };
}

/** The same by loops over lists. */
function count(past: Past, period: Period, timeZone: string): Overview {
  const isIn = (at: Date | null | undefined, days: Days | null) => {
    if (at === null || at === undefined || days === null) return false;
    const day = dayAt(at, timeZone);
    return day >= days.from && day <= days.to;
  };
  const counted = (of: (days: Days) => number) => ({
    now: of(period),
    before: period.before === null ? null : of(period.before),
  });
  const sum = <T>(
    rows: readonly T[],
    at: (row: T) => Date | null | undefined,
    value: (row: T) => number = () => 1,
  ) =>
    counted((days) =>
      rows.filter((row) => isIn(at(row), days)).reduce((total, row) => total + value(row), 0),
    );
  const distinct = <T>(
    rows: readonly T[],
    at: (row: T) => Date | null | undefined,
    who: (row: T) => number,
  ) => counted((days) => new Set(rows.filter((row) => isIn(at(row), days)).map(who)).size);
  const by = <T>(
    rows: readonly T[],
    at: (row: T) => Date | null | undefined,
    key: (row: T) => string,
    value: (row: T) => number = () => 1,
  ) =>
    [...new Set(rows.map(key))]
      .map((dimension) => ({
        dimension,
        ...sum(
          rows.filter((row) => key(row) === dimension),
          at,
          value,
        ),
      }))
      .filter((row) => row.now > 0 || (row.before ?? 0) > 0);

  const bought = past.payments.filter((payment) => payment.heldReason === null);
  /** Money that went back: with a payment what its parts have left of it. */
  const returned = [
    ...bought.flatMap(({ currency, amount, givenBack = 0, refundedAt: at }) =>
      at ? [{ currency, amount: amount - givenBack, at }] : [],
    ),
    ...past.parts.flatMap(({ paymentId, amount, givenAt: at }) => {
      const { currency } = bought.find(({ id }) => id === paymentId) ?? expect.fail('a part of nothing');
      return [{ currency, amount, at }];
    }),
  ];
  const created = (row: { createdAt?: Date | undefined }) => row.createdAt;
  const sourceOf = (userId: number) => past.attributions.find((one) => one.userId === userId)?.source ?? '';
  const orderOf = (id: number | null | undefined) =>
    past.orders.find((order) => (order as { id?: number }).id === id);
  const currencies = [...new Set(bought.map((payment) => payment.currency))].filter((currency) => {
    const own = bought.filter((payment) => payment.currency === currency);
    const back = returned.filter((one) => one.currency === currency);
    const either = [sum(own, created), sum(back, ({ at }) => at)];
    return either.some(({ now, before }) => now > 0 || (before ?? 0) > 0);
  });
  const minus = (a: { now: number; before: number | null }, b: { now: number; before: number | null }) => ({
    now: a.now - b.now,
    before: a.before === null || b.before === null ? null : a.before - b.before,
  });
  const unpaid = (state: string) =>
    past.orders.filter((order) => order.state === state && isIn(order.createdAt, period)).length;
  const over = past.orders.filter(
    (order) => order.state !== 'pending' && Number(order.createdAt) >= NOW.getTime() - 30 * 86_400_000,
  );
  const stars = bought.filter((payment) => payment.currency === 'XTR' && isIn(payment.createdAt, period));
  const starDays = [...new Set(stars.map((payment) => dayAt(payment.createdAt ?? NOW, timeZone)))].sort();
  const inState = (state: string) => past.pictures.filter((picture) => picture.state === state);
  const delivered = sum(inState('delivered'), (picture) => picture.deliveredAt);
  const outcomes = past.photoshoots
    .filter((photoshoot) => photoshoot.finishedAt)
    .map((photoshoot) => {
      const own = past.pictures.filter(
        ({ photoshootId }) => photoshootId === (photoshoot as { id?: number }).id,
      );
      const all = own.every(({ state }) => state === 'delivered');
      if (photoshoot.state === 'completed') return { photoshoot, outcome: all ? 'complete' : 'partial' };
      return { photoshoot, outcome: own.length === 0 ? 'photo-refused' : photoshoot.state };
    });
  const outcome = (name: string) =>
    sum(
      outcomes.filter((one) => one.outcome === name),
      (one) => one.photoshoot.finishedAt,
    );
  const verdict = (name: string) =>
    sum(
      inState('delivered').filter(({ likeness }) => likeness === name),
      ({ deliveredAt }) => deliveredAt,
    );
  const label = (name: string) =>
    sum(
      inState('delivered').filter((picture) => picture.label === name),
      ({ deliveredAt }) => deliveredAt,
    );
  const givenBack = past.pictures.filter((picture) => picture.givenBackAt);
  const paidWith = (kind: string) =>
    sum(
      past.pictures.filter((picture) => picture.paidWith === kind),
      (picture) => picture.deliveredAt,
    );
  const recognised = (by: RecognisedBy) =>
    sum(
      past.photoshoots.filter(({ recognisedBy }) => recognisedBy === by),
      created,
    );
  const detections = past.attempts
    .filter(
      ({ purpose, state, startedAt }) =>
        purpose === 'detection' && state === 'succeeded' && isIn(startedAt, period),
    )
    .map(({ settledAt, startedAt }) => Number(settledAt) - Number(startedAt));
  const deliveries = past.photoshoots
    .filter(({ state, finishedAt }) => state === 'completed' && isIn(finishedAt, period))
    .map(({ finishedAt, placedAt }) => Number(finishedAt) - Number(placedAt));
  const answers = past.tickets
    .filter(({ createdAt }) => isIn(createdAt, period))
    .flatMap((ticket) => {
      const own = past.messages.filter(({ ticketId }) => ticketId === (ticket as { id?: number }).id);
      const first = (isTheirs: boolean) =>
        own
          .filter(({ authorId }) => (authorId === ticket.userId) === isTheirs)
          .map(({ createdAt }) => Number(createdAt))
          .sort((a, b) => a - b)[0];
      const [asked, answered] = [first(true), first(false)];
      return asked === undefined || answered === undefined ? [] : [answered - asked];
    });
  const costMicroUsd = sum(
    past.attempts,
    ({ startedAt }) => startedAt,
    ({ costMicroUsd }) => costMicroUsd ?? 0,
  );
  const marginOf = () => {
    const worth = (currency: string) => (currency === 'XTR' ? RATE * 1e6 : currency === 'USD' ? 1e4 : 0);
    const value = ({ amount, currency }: { amount: number; currency: string }) => amount * worth(currency);
    const income = minus(
      sum(bought, created, value),
      sum(returned, ({ at }) => at, value),
    );
    return {
      incomeMicroUsd: income,
      marginMicroUsd: minus(income, costMicroUsd),
      without: currencies.filter((one) => worth(one) === 0),
    };
  };
  const failures = past.pictures.filter(({ state }) => state === 'failed' || state === 'refused');

  return {
    period,
    money: {
      earnings: currencies.map((currency) => {
        const own = bought.filter((payment) => payment.currency === currency);
        const gross = sum(own, created, ({ amount }) => amount);
        const refunded = sum(
          returned.filter((one) => one.currency === currency),
          ({ at }) => at,
          ({ amount }) => amount,
        );
        return { currency, gross, refunded, net: minus(gross, refunded), payments: sum(own, created) };
      }),
      paying: distinct(bought, created, ({ userId }) => userId),
      refunds: sum(
        bought.filter(({ state }) => state === 'refunded'),
        ({ refundedAt }) => refundedAt,
      ),
      partRefunds: sum(past.parts, ({ givenAt }) => givenAt),
      chargebacks: sum(
        bought.filter(({ state }) => state === 'charged-back'),
        ({ refundedAt }) => refundedAt,
      ),
      ordersPaid: sum(past.orders, ({ paidAt }) => paidAt),
      unpaid: { pending: unpaid('pending'), cancelled: unpaid('cancelled'), expired: unpaid('expired') },
      conversion: {
        paid: over.filter(({ state }) => state === 'paid' || state === 'refunded').length,
        over: over.length,
      },
      byPackage: by(
        bought,
        created,
        ({ currency, orderId }) => `${currency}:${orderOf(orderId)?.packageName}`,
        ({ amount }) => amount,
      ),
      bySource: by(
        bought,
        created,
        ({ currency, userId }) => `${currency}:${sourceOf(userId)}`,
        ({ amount }) => amount,
      ),
      starsByDay: (period.name === 'all' ? [] : starDays).map((day) => ({
        day,
        value: stars
          .filter(({ createdAt }) => dayAt(createdAt ?? NOW, timeZone) === day)
          .reduce((total, { amount }) => total + amount, 0),
      })),
      costMicroUsd,
      delivered,
      reconciled: sum(
        past.payments.filter(({ source }) => source === 'reconciliation'),
        created,
      ),
      held: past.payments.filter(({ state }) => state === 'held').length,
    },
    margin: marginOf(),
    outstanding: past.users.reduce(
      (total, { credits, reservedCredits }) => total + (credits ?? 0) + (reservedCredits ?? 0),
      0,
    ),
    usage: {
      newPeople: sum(past.users, created),
      byLanguage: by(past.users, created, ({ language }) => language),
      active: distinct(past.photoshoots, created, ({ userId }) => userId),
      blocked: past.users.filter(({ blockedAt }) => isIn(blockedAt, period)).length,
      drafts: sum(past.photoshoots, created),
      recognised: { model: recognised('model'), known: recognised('known'), house: recognised('house') },
      placed: distinct(past.pictures, created, ({ photoshootId }) => photoshootId),
      ordered: sum(past.pictures, created),
      delivered,
      paidWith: {
        bought: paidWith('bought'),
        given: paidWith('given'),
        free: paidWith('free'),
        owed: paidWith('owed'),
      },
      byStyle: by(past.pictures, created, ({ styleKey }) => styleKey),
      byRatio: by(past.pictures, created, ({ ratio }) => ratio),
    },
    quality: {
      outcomes: {
        complete: outcome('complete'),
        partial: outcome('partial'),
        failed: outcome('failed'),
        cancelled: outcome('cancelled'),
        photoRefused: outcome('photo-refused'),
      },
      pictures: {
        delivered,
        failed: sum(inState('failed'), ({ endedAt }) => endedAt),
        refused: sum(inState('refused'), ({ endedAt }) => endedAt),
      },
      missing: by(
        failures,
        ({ endedAt }) => endedAt,
        ({ failureCode }) => failureCode ?? '',
      ),
      likeness: {
        same: verdict('same'),
        drifted: verdict('drifted'),
        notMeasured: verdict('not-measured'),
      },
      likenessReasons: by(
        inState('delivered').flatMap(({ likenessReasons, deliveredAt }) =>
          (likenessReasons ?? '')
            .split(' ')
            .filter((reason) => reason !== '')
            .map((reason) => ({ reason, deliveredAt })),
        ),
        ({ deliveredAt }) => deliveredAt,
        ({ reason }) => reason,
      ),
      labels: {
        asInPhoto: label('as-in-photo'),
        differs: label('differs'),
        none: label('none'),
        notRead: label('not-read'),
      },
      notRight: sum(givenBack, ({ givenBackAt }) => givenBackAt),
      notRightReasons: by(
        givenBack,
        ({ givenBackAt }) => givenBackAt,
        ({ givenBackReason }) => givenBackReason ?? 'none',
      ),
      photoToCard: { p50: quantile(detections, 0.5), p95: quantile(detections, 0.95) },
      createToDelivery: { p50: quantile(deliveries, 0.5), p95: quantile(deliveries, 0.95) },
    },
    service: {
      opened: sum(past.tickets, created),
      open: past.tickets.filter(({ state }) => state !== 'resolved').length,
      firstAnswer: { p50: quantile(answers, 0.5), p95: quantile(answers, 0.95) },
    },
    work: {
      drafts: past.photoshoots.filter(({ state }) => state === 'draft').length,
      awaitingPayment: 0,
      queued: 0,
      generating: past.photoshoots.filter(({ state }) => state === 'generating').length,
    },
  };
}

/** Between the two neighbours, as percentile_cont has it; null of none. */
function quantile(values: readonly number[], part: number) {
  if (values.length === 0) return null;
  const sortedValues = values.toSorted((a, b) => a - b);
  const at = (sortedValues.length - 1) * part;
  const [low = 0, high = 0] = [sortedValues[Math.floor(at)], sortedValues[Math.ceil(at)]];
  return expect.closeTo(low + (high - low) * (at % 1), 3);
}
