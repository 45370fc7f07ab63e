import { eq } from 'drizzle-orm';
import { afterAll, describe, expect, test } from 'vitest';
import { giveCredits } from '../../../src/billing/ledger/gift-credits.ts';
import { isPayingCustomer } from '../../../src/billing/orders/is-paying-customer.ts';
import { findPerson } from '../../../src/customers/find-person.ts';
import { orders, users } from '../../../src/database/schema/index.ts';
import { entryKeys, expectBalancedBooks, openFileScene } from '../../support/scene.ts';

const scene = await openFileScene();
afterAll(async () => {
  await expectBalancedBooks(scene.db);
});

async function named(username: string): Promise<number> {
  const userId = await scene.customer(0);
  await scene.db.update(users).set({ username }).where(eq(users.id, userId));
  return userId;
}

describe('a gift', () => {
  test('is given once for each asking, however often it is told', async () => {
    const userId = await scene.customer(1);
    const gift = { userId, credits: 5, key: '7:100', by: 7, why: null };
    const gifts = await Promise.all(Array.from({ length: 10 }, () => giveCredits(scene.db, gift)));
    expect(gifts.filter((one) => one.given)).toEqual([{ given: true, credits: 6 }]);
    expect(await giveCredits(scene.db, { ...gift, key: '7:101' })).toEqual({ given: true, credits: 11 });
    expect(await entryKeys(scene.db, userId)).toEqual([`welcome:${userId}`, 'gift:7:100', 'gift:7:101']);
  });

  test('is no order, and makes nobody a paying customer', async () => {
    const userId = await scene.customer(0);
    await giveCredits(scene.db, { userId, credits: 5, key: `7:${userId}`, by: 7, why: null });
    expect(await scene.db.select().from(orders).where(eq(orders.userId, userId))).toEqual([]);
    expect(await isPayingCustomer(scene.db, userId)).toBe(false);
  });
});

describe('whom it is for', () => {
  test('is said by id, or by name in any case', async () => {
    const userId = await named('Emma_Sells');
    const found = { kind: 'found', userId, firstName: 'Seller' };
    expect(await findPerson(scene.db, String(userId))).toEqual(found);
    expect(await findPerson(scene.db, '@emma_sells')).toEqual(found);
  });

  test('must be clear', async () => {
    await named('twice');
    await named('Twice');
    expect(await findPerson(scene.db, '@twice')).toEqual({ kind: 'several' });
    for (const who of ['@nobody_here', '999999999', 'emma', '@', '0', '-5', '1e3', '99999999999999999999']) {
      expect(await findPerson(scene.db, who)).toEqual({ kind: 'unknown' });
    }
  });
});
