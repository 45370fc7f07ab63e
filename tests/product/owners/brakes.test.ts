/** What owners can stop: sales, free credits, and what the providers cost a day. */
import { afterEach, describe, expect, test } from 'vitest';
import { createAlerts } from '../../../src/alerts/alerts.ts';
import { readBalance } from '../../../src/billing/ledger/read-balance.ts';
import { welcomeCustomer } from '../../../src/billing/ledger/welcome-gift.ts';
import { approveCheckout } from '../../../src/billing/orders/approve-checkout.ts';
import { packInvoice } from '../../../src/billing/orders/invoice-payload.ts';
import { readSelling } from '../../../src/billing/selling.ts';
import { banPerson } from '../../../src/customers/ban.ts';
import { createPseudonyms } from '../../../src/customers/former-customers.ts';
import { providerAttempts } from '../../../src/database/schema/index.ts';
import { createLog } from '../../../src/log.ts';
import { clearSetting, readSetting, setSetting } from '../../../src/owners/settings.ts';
import { watchBudget } from '../../../src/pipeline/watch-budget.ts';
import { openFileScene } from '../../support/scene.ts';
import { ADMIN, createTill } from '../billing/till.ts';

const scene = await openFileScene();
const { db } = scene;
const till = createTill(scene);
const HOUR_MS = 3_600_000;

async function checkout(userId: number) {
  const { id, currency, amount } = await till.order(userId);
  return approveCheckout(db, { userId, payload: packInvoice(id), currency, amount }, scene.now);
}

const pause = (why: string, until: Date | null = null) =>
  setSetting(db, { by: ADMIN, key: 'selling-paused', value: { why }, why, until }, scene.now);

afterEach(async () => {
  await clearSetting(db, { by: ADMIN, key: 'selling-paused' });
  await clearSetting(db, { by: ADMIN, key: 'free-credits-stopped' });
});

describe('a shop that an owner has closed', () => {
  test('takes no money and says why, until it is opened', async () => {
    const userId = await scene.customer(0);
    await pause('New models until noon');
    expect(await readSelling(db, scene.now)).toEqual({
      on: false,
      reasons: ['owner'],
      words: 'New models until noon',
    });
    expect(await checkout(userId)).toEqual({
      ok: false,
      reason: 'paused-by-owner',
      why: 'New models until noon',
    });
    await pause('Until one');
    expect((await readSelling(db, scene.now)).words).toBe('Until one');
    expect(await clearSetting(db, { by: ADMIN, key: 'selling-paused' })).toBe(true);
    expect(await clearSetting(db, { by: ADMIN, key: 'selling-paused' })).toBe(false);
    expect(await checkout(userId)).toEqual({ ok: true });
  });

  test('opens by itself where an end was set', async () => {
    await pause('An hour', new Date(scene.now.getTime() + HOUR_MS));
    expect((await readSelling(db, scene.now)).on).toBe(false);
    expect((await readSelling(db, new Date(scene.now.getTime() + HOUR_MS))).on).toBe(true);
  });
});

test('somebody who is shut out pays nothing', async () => {
  const userId = await scene.customer(0);
  await db.transaction((tx) => banPerson(tx, { by: ADMIN, userId, why: 'spam' }));
  expect(await checkout(userId)).toEqual({ ok: false, reason: 'banned' });
});

test('newcomers get no free credits while an owner has stopped them', async () => {
  const [before, meanwhile, after] = [
    await scene.customer(0),
    await scene.customer(0),
    await scene.customer(0),
  ];
  const pseudonymOf = createPseudonyms('secret');
  const welcome = (userId: number) =>
    db.transaction((tx) => welcomeCustomer(tx, { userId, pseudonymOf, credits: 8 }, scene.now));
  await welcome(before);
  await setSetting(
    db,
    { by: ADMIN, key: 'free-credits-stopped', value: {}, why: null, until: null },
    scene.now,
  );
  await welcome(meanwhile);
  expect(await readSetting(db, 'free-credits-stopped', scene.now)).toEqual({});
  await clearSetting(db, { by: ADMIN, key: 'free-credits-stopped' });
  await welcome(after);
  const credits = await Promise.all([before, meanwhile, after].map((userId) => readBalance(db, userId)));
  expect(credits.map((balance) => balance.credits)).toEqual([8, 0, 8]);
});

test('a day’s budget stops sales when it is spent, is told once, and is free again the next day', async () => {
  const told: string[] = [];
  const alerts = createAlerts({
    db,
    tell: async ({ occasion, details }) => {
      told.push(`${occasion} ${details.spent} of ${details.budget}`);
      return true;
    },
    tellChannels: async () => {},
    log: createLog({ level: 'silent', pretty: false }),
  });
  // In India the first moment of this day is half past six in the evening, UTC.
  const deps = { db, queue: scene.queue, alerts, counting: { timeZone: 'Asia/Kolkata' } };
  const photoshootId = await scene.placed(await scene.customer());
  const noon = new Date(Date.UTC(2030, 0, 1, 6, 30));
  const spend = (state: 'succeeded' | 'unknown' | 'failed', usd: number, startedAt: Date) =>
    db.insert(providerAttempts).values({
      photoshootId,
      purpose: 'picture',
      provider: 'openai',
      model: 'm',
      state,
      costMicroUsd: usd * 1_000_000,
      startedAt,
    });
  await spend('succeeded', 50, new Date(noon.getTime() - 13 * HOUR_MS));
  await spend('failed', 50, noon);
  await spend('succeeded', 6, noon);
  await watchBudget(deps, 10, noon);
  expect((await readSelling(db, new Date())).reasons).toEqual([]);
  await spend('unknown', 4, noon);
  for (let look = 0; look < 3; look += 1) await watchBudget(deps, 10, noon);
  await alerts.tellDue(new Date(Date.now() + 5 * HOUR_MS));
  expect((await readSelling(db, new Date())).reasons).toEqual(['provider-budget']);
  expect(told).toEqual(['new 10.00 of 10.00']);
  await watchBudget(deps, 10, new Date(noon.getTime() + 12 * HOUR_MS));
  expect((await readSelling(db, new Date())).on).toBe(true);
  expect(told).toEqual(['new 10.00 of 10.00', 'over 10.00 of 10.00']);
});
