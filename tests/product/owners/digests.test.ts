/** What owners read in the morning, of days and weeks of their own time zone. */
import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import type { Alert } from '../../../src/alerts/alert.ts';
import { createAlerts } from '../../../src/alerts/alerts.ts';
import {
  alerts,
  dailyFigures,
  payments,
  photoshoots,
  rollUps,
  users,
} from '../../../src/database/schema/index.ts';
import { createLog } from '../../../src/log.ts';
import { clearSetting, setSetting } from '../../../src/owners/settings.ts';
import { tellDigests } from '../../../src/pipeline/tell-digests.ts';
import { priceText } from '../../../src/screens/buy-card.ts';
import { rollUp } from '../../../src/statistics/roll-up.ts';
import { openTicket } from '../../../src/support/open-ticket.ts';
import { openFileScene } from '../../support/scene.ts';
import { createTill } from '../billing/till.ts';

const OWNER = 7;
/** Half past five in the morning there is midnight in UTC. */
const TIME_ZONE = 'Asia/Kolkata';

const scene = await openFileScene();
const { db } = scene;
const till = createTill(scene);

let told: Alert[] = [];
let reachable = true;
beforeEach(() => {
  told = [];
  reachable = true;
});

const aProcess = () => ({
  db,
  counting: { timeZone: TIME_ZONE },
  alerts: createAlerts({
    db,
    tell: async (alert) => {
      if (reachable) told.push(alert);
      return reachable;
    },
    tellChannels: async () => {},
    log: createLog({ level: 'silent', pretty: false }),
  }),
});
/** A moment of January 2030 there; the first was a Tuesday. */
const there = (day: number, hour: number, minute = 0) =>
  new Date(Date.UTC(2030, 0, day, hour - 5, minute - 30));

/** Somebody who came, got two pictures and paid twice at this moment, and had one payment back. */
async function busyPerson(at: Date): Promise<void> {
  const userId = await scene.customer();
  await scene.delivered(userId, 2);
  for (const price of [99, 1]) await till.paid(await till.order(userId, { amount: price }));
  await db.update(users).set({ createdAt: at }).where(eq(users.id, userId));
  await db.update(photoshoots).set({ finishedAt: at }).where(eq(photoshoots.userId, userId));
  await db.update(payments).set({ createdAt: at }).where(eq(payments.userId, userId));
}

test('a day is told once a morning over all processes, tried again while Telegram is away, and not in the afternoon', async () => {
  await busyPerson(there(1, 23, 59));
  await busyPerson(there(2, 0));
  await openTicket(db, { userId: await scene.customer(), topic: 'payment' });
  reachable = false;
  await tellDigests(aProcess(), there(2, 7, 59));
  await tellDigests(aProcess(), there(2, 8));
  expect(told).toEqual([]);
  reachable = true;
  await aProcess().alerts.tellDue();
  await Promise.all([1, 2, 3].map(() => tellDigests(aProcess(), there(2, 8, 1))));
  await tellDigests(aProcess(), there(2, 11, 59));
  const figures = { newPeople: '1', pictures: '2', payments: '2', money: '100 ⭐', refunded: 'no' };
  expect(told).toMatchObject([
    {
      key: 'morning:20300102',
      occasion: 'new',
      details: { day: '2030-01-01', ...figures, tickets: 1, held: 0, selling: 'on' },
    },
  ]);
  await tellDigests(aProcess(), there(3, 12));
  expect(told).toHaveLength(1);
  await tellDigests(aProcess(), there(3, 8));
  expect(told.map(({ key }) => key)).toEqual(['morning:20300102', 'morning:20300103']);
});

test('its figures are those of the roll-up', async () => {
  await rollUp(db, { timeZone: TIME_ZONE }, there(5, 8));
  await db.insert(dailyFigures).values([
    { day: '2030-01-04', figure: 'new-people', dimension: 'en', value: 41 },
    { day: '2030-01-04', figure: 'gross', dimension: 'RUB', value: 19900 },
    { day: '2030-01-04', figure: 'refunded', dimension: 'RUB', value: 9900 },
  ]);
  await tellDigests(aProcess(), there(5, 8));
  expect(told).toMatchObject([
    {
      details: {
        day: '2030-01-04',
        newPeople: '41',
        pictures: '0',
        money: priceText('en', 'RUB', 19900),
        refunded: priceText('en', 'RUB', 9900),
      },
    },
  ]);
  await db.delete(dailyFigures);
  await db.delete(rollUps);
});

test('a week is told to those who asked for it, once, on the first morning after it', async () => {
  const by = OWNER;
  const weeks = () => told.filter(({ key }) => key.startsWith('week:'));
  await busyPerson(there(9, 12));
  for (const day of [20, 14]) await busyPerson(there(day, 12));
  await tellDigests(aProcess(), there(21, 8));
  expect(weeks()).toEqual([]);
  await setSetting(db, { by, key: 'weekly-digest', value: {}, why: null, until: null }, there(21, 9));
  await tellDigests(aProcess(), there(21, 13));
  expect(weeks()).toEqual([]);
  // On Monday the bot was away.
  for (const day of [22, 23]) await tellDigests(aProcess(), there(day, 8));
  expect(weeks()).toMatchObject([
    {
      key: 'week:20300121',
      details: {
        from: '2030-01-14',
        to: '2030-01-20',
        newPeople: '2 ▲ 100 %',
        payments: '4 ▲ 100 %',
        money: '200 ⭐',
      },
    },
  ]);
  await tellDigests(aProcess(), there(28, 8));
  await clearSetting(db, { by, key: 'weekly-digest' });
  await tellDigests(aProcess(), new Date(there(28, 8).getTime() + 7 * 86_400_000));
  expect(weeks().map(({ key }) => key)).toEqual(['week:20300121', 'week:20300128']);
  await db.delete(alerts);
});
