import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registerCustomer } from '../../../src/customers/register-customer.ts';
import type { DatabaseHandle } from '../../../src/database/client.ts';
import { attributions, EVENT_KINDS, type EventKind, events } from '../../../src/database/schema/index.ts';
import { readConversions } from '../../../src/statistics/conversions.ts';
import { recordEvent, recordFirst } from '../../../src/statistics/record-event.ts';
import { readSources, type SourceFigures } from '../../../src/statistics/sources.ts';
import { openTestDatabase } from '../../support/database.ts';
import { drawn } from '../../support/drawn-cases.ts';

let database: DatabaseHandle;
let lastId = 0;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

async function person(from: { source: string; campaign: string | null } | null = null): Promise<number> {
  const id = ++lastId;
  await registerCustomer(
    database.db,
    { id, firstName: 'Seller', username: null, language: 'en' },
    async (tx) => {
      if (from !== null) await tx.insert(attributions).values({ userId: id, ...from });
    },
  );
  return id;
}

async function forgetEverything(): Promise<void> {
  await database.db.delete(events);
  await database.db.delete(attributions);
}

const LONG_AGO = new Date(0);

describe('an event', () => {
  test('is noted once for its key, however many come at once', async () => {
    const userId = await person();
    const noted = await Promise.all(
      Array.from({ length: 20 }, () => recordFirst(database.db, userId, 'photo')),
    );
    expect(noted.filter(Boolean)).toHaveLength(1);
    const paid = { userId, kind: 'paid', key: 'paid:1', amount: 99, currency: 'XTR' } as const;
    expect(await recordEvent(database.db, paid)).toBe(true);
    expect(await recordEvent(database.db, paid)).toBe(false);
    expect(await recordEvent(database.db, { ...paid, key: 'paid:2' })).toBe(true);
    const keys = await database.db
      .select({ key: events.key })
      .from(events)
      .where(eq(events.userId, userId))
      .orderBy(events.id);
    expect(keys.map((row) => row.key)).toEqual([`photo:${userId}`, 'paid:1', 'paid:2']);
  });

  test('of one person does not keep another’s from being noted', async () => {
    const [anna, boris] = [await person(), await person()];
    expect(await recordFirst(database.db, anna, 'start')).toBe(true);
    expect(await recordFirst(database.db, boris, 'start')).toBe(true);
  });
});

type Happening = { from: number; kind: EventKind; amount: number; currency: string; recent: boolean };
const FROM = [
  null,
  { source: 'vk', campaign: null },
  { source: 'vk', campaign: 'spring' },
  { source: 'google', campaign: 'spring' },
];
/** What a few people did; each person has a source or none, and may do the same thing twice. */
const life: fc.Arbitrary<Happening[]> = fc.array(
  fc.record({
    from: fc.nat({ max: 7 }),
    kind: fc.constantFrom(...EVENT_KINDS, 'paid'),
    amount: fc.integer({ min: 1, max: 100_000 }),
    currency: fc.constantFrom('XTR', 'RUB'),
    recent: fc.boolean(),
  }),
  { maxLength: 40 },
);

describe('the sources', () => {
  const since = new Date('2026-02-01T00:00:00Z');

  test('are what counting one by one finds, on any data', async () => {
    await fc.assert(
      fc.asyncProperty(life, async (happenings) => {
        await forgetEverything();
        const people: number[] = [];
        for (let n = 0; n < 8; n++) people.push(await person(FROM[n % FROM.length] ?? null));
        const rows = happenings.map(({ from, kind, amount, currency, recent }, index) => ({
          userId: people[from] ?? 0,
          kind,
          key: `${kind}:${lastId}:${index}`,
          ...(kind === 'paid' ? { amount, currency } : {}),
          createdAt: new Date(since.getTime() + (recent ? 0 : -1)),
        }));
        if (rows.length > 0) await database.db.insert(events).values(rows);
        const found = await readSources(database.db, since);
        expect(bySource(found)).toEqual(bySource(countOneByOne(happenings.filter((one) => one.recent))));
        const starts = found.map((one) => one.starts);
        expect(starts).toEqual(starts.toSorted((a, b) => b - a));
      }),
      drawn(25),
    );
  });

  test('are none when nothing happened', async () => {
    await forgetEverything();
    expect(await readSources(database.db, LONG_AGO)).toEqual([]);
  });
});

const bySource = (figures: readonly SourceFigures[]) =>
  Object.fromEntries(figures.map((one) => [`${one.source}/${one.campaign}`, one]));

function countOneByOne(happenings: readonly Happening[]): SourceFigures[] {
  return FROM.flatMap((from, index) => {
    const own = happenings.filter((one) => one.from % FROM.length === index);
    if (own.length === 0) return [];
    const people = (kind: EventKind) =>
      new Set(own.filter((one) => one.kind === kind).map((one) => one.from)).size;
    const revenue: Record<string, number> = {};
    for (const { kind, amount, currency } of own) {
      if (kind === 'paid') revenue[currency] = (revenue[currency] ?? 0) + amount;
    }
    return [
      {
        source: from?.source ?? null,
        campaign: from?.campaign ?? null,
        starts: people('start'),
        photos: people('photo'),
        firstPictures: people('first-picture'),
        paywalls: people('paywall-seen'),
        paid: people('paid'),
        secondPurchases: people('second-purchase'),
        revenue,
      },
    ];
  });
}

describe('the conversions', () => {
  test('are the newest ones in the order they happened, with where their people came from', async () => {
    await forgetEverything();
    const userId = await person({ source: 'vk', campaign: 'spring' });
    const stranger = await person();
    const at = (minute: number) => new Date(Date.UTC(2026, 1, 1, 0, minute));
    await database.db.insert(events).values([
      { userId, kind: 'start', key: 'a', createdAt: at(0) },
      { userId, kind: 'paid', key: 'b', amount: 19_900, currency: 'RUB', createdAt: at(2) },
      { userId: stranger, kind: 'start', key: 'c', createdAt: at(1) },
      { userId, kind: 'photo', key: 'd', createdAt: new Date(at(0).getTime() - 1) },
    ]);
    const rows = await readConversions(database.db, { since: at(0), limit: 2 });
    expect(rows).toEqual([
      expect.objectContaining({ userId: stranger, kind: 'start', source: null, amount: null }),
      expect.objectContaining({ userId, kind: 'paid', source: 'vk', campaign: 'spring', amount: 19_900 }),
    ]);
    expect(await readConversions(database.db, { since: at(0), limit: 10 })).toHaveLength(3);
  });
});
