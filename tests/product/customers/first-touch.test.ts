import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { giveWelcomeCredits } from '../../../src/billing/ledger/welcome-gift.ts';
import { readStart } from '../../../src/bot/read-start.ts';
import { sourceOf } from '../../../src/bot/start-payload.ts';
import { rememberFirstTouch } from '../../../src/customers/attribution.ts';
import { registerCustomer } from '../../../src/customers/register-customer.ts';
import { createStartLink, readStartLink } from '../../../src/customers/start-links.ts';
import type { DatabaseHandle } from '../../../src/database/client.ts';
import { attributions, events, startLinks, users } from '../../../src/database/schema/index.ts';
import { recordFirst } from '../../../src/statistics/record-event.ts';
import { openTestDatabase } from '../../support/database.ts';

let database: DatabaseHandle;
let lastId = 100;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

/** A person's update: registered with the first one, known from then on. */
async function arrive(text: string, id = ++lastId): Promise<number> {
  const start = await readStart(database.db, text);
  const somebody = { id, firstName: 'Seller', username: null, language: 'en' };
  await registerCustomer(database.db, somebody, async (tx, userId) => {
    await giveWelcomeCredits(tx, userId, 8);
    await rememberFirstTouch(tx, { userId, source: sourceOf(start), referralCode: start.referralCode });
    await recordFirst(tx, userId, 'start');
  });
  return id;
}

async function person(id: number) {
  const [row] = await database.db.select().from(users).where(eq(users.id, id));
  if (row === undefined) throw new Error('nobody');
  return row;
}
const referralLink = async (id: number) => `/start ref_${(await person(id)).referralCode}`;
const firstTouchOf = async (id: number) =>
  (await database.db.select().from(attributions).where(eq(attributions.userId, id)))[0];

describe('somebody new', () => {
  test('is given the free pictures, starts the funnel, and keeps where they came from', async () => {
    const id = await arrive('/start vk_cpc_spring');
    expect(await person(id)).toMatchObject({ credits: 8, invitedBy: null });
    expect(await firstTouchOf(id)).toMatchObject({
      source: 'vk',
      medium: 'cpc',
      campaign: 'spring',
      content: null,
      term: null,
      clickId: null,
    });
    expect(await database.db.select({ key: events.key }).from(events).where(eq(events.userId, id))).toEqual([
      { key: `start:${id}` },
    ]);
  });

  test('is of whoever’s link they opened', async () => {
    const inviter = await arrive('/start');
    expect((await person(await arrive(await referralLink(inviter)))).invitedBy).toBe(inviter);
  });

  test('who comes twenty times at once is welcomed once', async () => {
    const inviter = await arrive('/start');
    const link = `${await referralLink(inviter)}--vk_cpc`;
    const id = ++lastId;
    await Promise.all(Array.from({ length: 20 }, () => arrive(link, id)));
    expect(await person(id)).toMatchObject({ credits: 8, invitedBy: inviter });
    expect(await database.db.select().from(events).where(eq(events.userId, id))).toHaveLength(1);
  });

  test.each(['hello', '/start', '/start nonsense', '/help vk_cpc', `/start ref_${'0'.repeat(32)}`])(
    'who writes %j came from nowhere and was brought by nobody',
    async (text) => {
      const id = await arrive(text);
      expect(await person(id)).toMatchObject({ credits: 8, invitedBy: null });
      expect(await firstTouchOf(id)).toBeUndefined();
    },
  );
});

describe('somebody who is known', () => {
  test('keeps the first source and has no inviter, whatever link is opened later', async () => {
    const inviter = await arrive('/start');
    const id = await arrive('/start vk_cpc');
    await arrive(`${await referralLink(inviter)}--google_cpc`, id);
    expect((await person(id)).invitedBy).toBeNull();
    expect(await firstTouchOf(id)).toMatchObject({ source: 'vk' });
  });

  test('cannot invite themselves', async () => {
    const id = await arrive('/start');
    await arrive(await referralLink(id), id);
    expect((await person(id)).invitedBy).toBeNull();
  });

  test('who came without a source gets none later', async () => {
    const id = await arrive('hello');
    await arrive('/start vk_cpc', id);
    expect(await firstTouchOf(id)).toBeUndefined();
  });
});

describe('a stored link', () => {
  const payload = 'utm_source=yandex&utm_campaign=весна&promo=SALE&package=2';

  test('is opened wherever its code comes', async () => {
    const code = await createStartLink(database.db, { payload, createdBy: 1 });
    expect(code).toMatch(/^[0-9a-f]{16}$/);
    const id = await arrive(`/start l_${code}--yclid_77`);
    expect(await firstTouchOf(id)).toMatchObject({ source: 'yandex', campaign: 'весна', clickId: '77' });
    expect(await readStart(database.db, `/start l_${code}`)).toMatchObject({
      promoCode: 'SALE',
      packageNumber: 2,
    });
  });

  test('of the same payload is the same link', async () => {
    const link = { payload: 'utm_source=twice', createdBy: 1 };
    const codes = await Promise.all(Array.from({ length: 5 }, () => createStartLink(database.db, link)));
    expect(new Set(codes).size).toBe(1);
    const stored = database.db.select().from(startLinks).where(eq(startLinks.payload, link.payload));
    expect(await stored).toHaveLength(1);
    expect(await createStartLink(database.db, { ...link, payload: 'utm_source=other' })).not.toBe(codes[0]);
  });

  test('that is not there says nothing', async () => {
    expect(await readStartLink(database.db, '0000000000000000')).toBeNull();
    const start = await readStart(database.db, '/start l_0000000000000000--package_3');
    expect(start).toMatchObject({ packageNumber: 3, source: null });
  });
});
