import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readBalance } from '../../../src/billing/ledger/read-balance.ts';
import { giveWelcomeCredits } from '../../../src/billing/ledger/welcome-gift.ts';
import { chooseLanguage } from '../../../src/customers/choose-language.ts';
import { markBlocked } from '../../../src/customers/mark-blocked.ts';
import { readCustomer } from '../../../src/customers/read-customer.ts';
import { type Person, registerCustomer } from '../../../src/customers/register-customer.ts';
import type { DatabaseHandle } from '../../../src/database/client.ts';
import { users } from '../../../src/database/schema/index.ts';
import { openTestDatabase } from '../../support/database.ts';
import { entryKeys, expectBalancedBooks } from '../../support/scene.ts';

let database: DatabaseHandle;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const anna = (id: number, about: Partial<Person> = {}): Person => ({
  id,
  firstName: 'Anna',
  username: 'anna',
  language: 'en',
  ...about,
});

const register = (person: Person, freeCredits = 8) =>
  registerCustomer(database.db, person, (tx, id) => giveWelcomeCredits(tx, id, freeCredits));

type Resume = NonNullable<Parameters<typeof registerCustomer>[4]>;
const returning = (person: Person, resume: Resume) =>
  registerCustomer(database.db, person, async () => {}, undefined, resume);

describe('registering a customer', () => {
  test('a person who is seen for the first time is stored with the free credits', async () => {
    const { customer, isNew } = await register(anna(1));
    expect(isNew).toBe(true);
    // What the caller is handed must show the gift that was made in the same transaction.
    expect(customer).toMatchObject({
      id: 1,
      firstName: 'Anna',
      language: 'en',
      credits: 8,
      reservedCredits: 0,
    });
  });

  test('twenty updates at once make one customer with the free credits once', async () => {
    const registrations = await Promise.all(Array.from({ length: 20 }, () => register(anna(2))));
    expect(registrations.filter((registration) => registration.isNew)).toHaveLength(1);
    expect(await entryKeys(database.db, 2)).toEqual(['welcome:2']);
    expect(await readBalance(database.db, 2)).toEqual({ credits: 8, reserved: 0 });
    await expectBalancedBooks(database.db);
  });

  test('a person who is known already gets nothing again, also when something about them changed', async () => {
    await register(anna(3));
    const welcomed: number[] = [];
    for (const person of [anna(3), anna(3, { firstName: 'Anya' })]) {
      const again = registerCustomer(database.db, person, async (_tx, id) => void welcomed.push(id));
      expect(await again).toMatchObject({ isNew: false });
    }
    expect(welcomed).toEqual([]);
    expect(await readBalance(database.db, 3)).toEqual({ credits: 8, reserved: 0 });
  });

  test('a welcome of no credits leaves no entry', async () => {
    await register(anna(4), 0);
    expect(await entryKeys(database.db, 4)).toEqual([]);
  });

  test('a welcome that fails stores no customer, so the next update welcomes them', async () => {
    const broken = registerCustomer(database.db, anna(5), async () => {
      throw new Error('the gift fails');
    });
    await expect(broken).rejects.toThrow('the gift fails');
    expect(await register(anna(5))).toMatchObject({ isNew: true, customer: { credits: 8 } });
  });

  test('a 52-bit id is kept exactly', async () => {
    const id = 2 ** 52 - 1;
    await register(anna(id));
    expect((await register(anna(id))).customer.id).toBe(id);
  });

  test('a new name and user name are taken over', async () => {
    await register(anna(6));
    const { customer } = await register(anna(6, { firstName: 'Anya', username: null }));
    expect(customer).toMatchObject({ firstName: 'Anya', username: null });
  });
});

describe('the language', () => {
  test('follows the person’s Telegram as long as none was chosen', async () => {
    await register(anna(10));
    expect((await register(anna(10, { language: 'ru' }))).customer.language).toBe('ru');
    expect((await register(anna(10, { language: 'en' }))).customer.language).toBe('en');
  });

  test('stays as chosen, whatever Telegram says and also when the name changes', async () => {
    await register(anna(11));
    await chooseLanguage(database.db, 11, 'ru');
    expect((await register(anna(11))).customer.language).toBe('ru');
    const renamed = await register(anna(11, { firstName: 'Anya', language: 'en' }));
    expect(renamed.customer).toMatchObject({ firstName: 'Anya', language: 'ru', languageChosen: true });
  });

  test('can be chosen again', async () => {
    await register(anna(12));
    await chooseLanguage(database.db, 12, 'ru');
    await chooseLanguage(database.db, 12, 'en');
    expect((await register(anna(12, { language: 'ru' }))).customer.language).toBe('en');
  });

  test('of one person does not change another’s', async () => {
    await register(anna(13));
    await register(anna(14));
    await chooseLanguage(database.db, 13, 'ru');
    expect((await register(anna(14))).customer).toMatchObject({ language: 'en', languageChosen: false });
  });
});

describe('a person who blocks the bot', () => {
  const blockedAt = async (id: number) => {
    const [row] = await database.db
      .select({ blockedAt: users.blockedAt })
      .from(users)
      .where(eq(users.id, id));
    return row?.blockedAt;
  };

  test('is marked once, with the first time it was noticed', async () => {
    await register(anna(20));
    await markBlocked(database.db, 20);
    const first = await blockedAt(20);
    await markBlocked(database.db, 20);
    expect(first).toBeInstanceOf(Date);
    expect(await blockedAt(20)).toEqual(first);
  });

  test('came back with the next update, once, and is not new', async () => {
    const resumed: number[] = [];
    const resume: Resume = async (_tx, id) => void resumed.push(id);
    await returning(anna(21), resume);
    expect(resumed).toEqual([]);
    await markBlocked(database.db, 21);
    const back = await returning(anna(21), resume);
    expect(back).toMatchObject({ isNew: false, customer: { blockedAt: null } });
    await Promise.all([1, 2, 3].map(() => returning(anna(21), resume)));
    expect(resumed).toEqual([21]);
  });

  test('and of ten updates that come back together, one resumes', async () => {
    await register(anna(22));
    await markBlocked(database.db, 22);
    const resumed: number[] = [];
    await Promise.all(
      Array.from({ length: 10 }, () => returning(anna(22), async (_tx, id) => void resumed.push(id))),
    );
    expect(resumed).toEqual([22]);
  });

  test('is back only together with what waited for it: what fails between is tried by the next update', async () => {
    await register(anna(23));
    await markBlocked(database.db, 23);
    const broken = returning(anna(23), async () => {
      throw new Error('the process dies');
    });
    await expect(broken).rejects.toThrow('the process dies');
    expect(await blockedAt(23)).toBeInstanceOf(Date);
    const resumed: number[] = [];
    await returning(anna(23), async (_tx, id) => void resumed.push(id));
    expect(resumed).toEqual([23]);
  });

  test('also when it was found out after the first look, and something about the person changed', async () => {
    await register(anna(24));
    const stale = await readCustomer(database.db, 24);
    await markBlocked(database.db, 24);
    const resumed: number[] = [];
    await registerCustomer(
      database.db,
      anna(24, { firstName: 'Anya' }),
      async () => {},
      async () => stale,
      async (_tx, id) => void resumed.push(id),
    );
    expect(resumed).toEqual([24]);
  });
});
