/** An invented history is one that the bot could have written. */
import { inArray } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkLedger } from '../../../src/billing/checks/check-ledger.ts';
import { parseConfig } from '../../../src/config.ts';
import type { DatabaseHandle } from '../../../src/database/client.ts';
import {
  dailyFigures,
  photoshoots,
  rollUps,
  summedFigures,
  users,
} from '../../../src/database/schema/index.ts';
import { releaseAllLeases } from '../../../src/photoshoots/run/start-photoshoot.ts';
import { readOverview } from '../../../src/statistics/overview.ts';
import { periodOf } from '../../../src/statistics/period.ts';
import { inventHistory } from '../../../tools/seed/invent.ts';
import { seed } from '../../../tools/seed/seed.ts';
import { openTestDatabase } from '../../support/database.ts';

const settings = { ...parseConfig({ NODE_ENV: 'test' }), adminIds: [7] };
const WISH = { people: 150, days: 60, seed: 5, force: false };
const now = new Date();

let database: DatabaseHandle;
beforeEach(async () => {
  database = await openTestDatabase();
});
afterEach(() => database.close());

test('its books are right, nothing is left in work, and every figure has something', async () => {
  const { db } = database;
  const counts = await seed(db, WISH, settings, now);
  expect(counts.users).toBe(WISH.people);
  expect(await checkLedger(db)).toEqual([]);
  const open = inArray(photoshoots.state, ['draft', 'awaiting_payment', 'queued', 'generating']);
  expect(await db.$count(photoshoots, open)).toBe(0);
  await releaseAllLeases(db);
  expect(await db.$count(rollUps)).toBe(1);
  const { timeZone } = settings.counting;
  const read = () => readOverview(db, { ...settings.counting, period: periodOf('all', timeZone, now) }, now);
  const overview = await read();
  const { money, usage, quality, service } = overview;
  expect(usage.newPeople.now).toBe(WISH.people);
  expect(usage.paidWith.bought.now + usage.paidWith.free.now).toBe(usage.delivered.now);
  expect(usage.paidWith.owed.now).toBe(0);
  for (const { now: count } of [
    money.paying,
    money.ordersPaid,
    usage.active,
    quality.notRight,
    service.opened,
  ])
    expect(count).toBeGreaterThan(0);
  for (const parts of [money.byPackage, money.bySource, usage.byStyle, usage.byRatio, usage.byLanguage])
    expect(parts.length).toBeGreaterThan(1);
  for (const { p50 } of [quality.photoToCard, quality.createToDelivery, service.firstAnswer])
    expect(p50).toBeGreaterThan(0);
  // Without the roll-up everything is counted from the rows.
  await db.delete(rollUps);
  await db.delete(dailyFigures);
  await db.delete(summedFigures);
  expect(await read()).toEqual(overview);
});

test('is refused where there are people, and put beside them when that is forced', async () => {
  const { db } = database;
  await seed(db, WISH, settings, now);
  await expect(seed(db, WISH, settings, now)).rejects.toThrow(/has people already \(150\).*--force/);
  expect(await db.$count(users)).toBe(150);
  await seed(db, { ...WISH, people: 20, force: true }, settings, now);
  expect(await db.$count(users)).toBe(170);
  expect(await checkLedger(db)).toEqual([]);
  // Whoever comes now gets an id that nobody has.
  const [row] = await db
    .insert(photoshoots)
    .values({ userId: 9_000_000_001, chatId: 1, sourceKey: 'message:1', ratio: '1:1', expiresAt: now })
    .returning({ id: photoshoots.id });
  expect(row?.id).toBe(await db.$count(photoshoots));
});

test('is the same for the same seed, and another one for another', () => {
  const lastIds = {
    users: 0,
    photoshoots: 0,
    pictures: 0,
    orders: 0,
    payments: 0,
    entries: 0,
    attempts: 0,
    events: 0,
    tickets: 0,
    messages: 0,
  };
  const plot = {
    ...WISH,
    now,
    lastIds,
    freeCredits: 8,
    packages: settings.selling.packages,
    cardCurrency: null,
    helperId: 7,
  };
  const history = inventHistory(plot);
  expect(inventHistory(plot)).toEqual(history);
  expect(inventHistory({ ...plot, seed: 6 })).not.toEqual(history);
  const days = new Set(history.users.map(({ createdAt }) => createdAt?.toISOString().slice(0, 10)));
  expect(days.size).toBeGreaterThan(WISH.days / 2);
});
