/** What owners read every morning. */
import { expect, test } from 'vitest';
import { type Alert, createAlerts } from '../../../src/alerts/alerts.ts';
import { events, payments, processedImages } from '../../../src/database/schema/index.ts';
import { createLog } from '../../../src/log.ts';
import { tellMorning } from '../../../src/pipeline/morning-digest.ts';
import { openTicket } from '../../../src/support/open-ticket.ts';
import { openFileScene } from '../../support/scene.ts';
import { createTill } from '../billing/till.ts';

const scene = await openFileScene();
const { db } = scene;
const till = createTill(scene);

test('is of yesterday alone, told once a morning over all processes, and not in the afternoon', async () => {
  const told: Alert[] = [];
  let reachable = false;
  const process = () => ({
    db,
    alerts: createAlerts({
      db,
      tell: async (alert) => {
        if (reachable) told.push(alert);
        return reachable;
      },
      log: createLog({ level: 'silent', pretty: false }),
    }),
  });
  const userId = await scene.customer();
  await scene.delivered(userId, 2);
  for (const price of [99, 1]) await till.paid(await till.order(userId, { amount: price }));
  await openTicket(db, { userId, topic: 'payment' });
  await db.insert(events).values({ userId, kind: 'start', key: `start:${userId}` });
  // Everything was yesterday, but for a second start, which is of today.
  const yesterday = new Date(Date.UTC(2030, 0, 1, 23, 59));
  await db.update(processedImages).set({ createdAt: yesterday });
  await db.update(payments).set({ createdAt: yesterday });
  await db.update(events).set({ createdAt: yesterday });
  const another = await scene.customer();
  const midnight = new Date(Date.UTC(2030, 0, 2));
  await db
    .insert(events)
    .values({ userId: another, kind: 'start', key: `start:${another}`, createdAt: midnight });
  const at = (hour: number, day = 2) => new Date(Date.UTC(2030, 0, day, hour));

  await tellMorning(process(), at(7));
  await tellMorning(process(), at(8));
  expect(told).toEqual([]);
  reachable = true;
  await process().alerts.tellDue();
  await Promise.all([1, 2, 3].map(() => tellMorning(process(), at(8))));
  await tellMorning(process(), at(11));
  expect(told).toMatchObject([
    {
      key: 'morning:20300102',
      occasion: 'new',
      details: {
        day: '2030-01-01',
        newPeople: 1,
        pictures: 2,
        payments: 2,
        money: '100 ⭐',
        tickets: 1,
        held: 0,
        selling: 'on',
      },
    },
  ]);
  await tellMorning(process(), at(12, 3));
  expect(told).toHaveLength(1);
  await tellMorning(process(), at(8, 3));
  expect(told.map(({ key }) => key)).toEqual(['morning:20300102', 'morning:20300103']);
});
