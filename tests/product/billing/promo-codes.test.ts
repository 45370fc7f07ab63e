import { and, eq } from 'drizzle-orm';
import { afterAll, describe, expect, test } from 'vitest';
import { readBalance } from '../../../src/billing/ledger/read-balance.ts';
import { createPromoCode, type NewPromoCode } from '../../../src/billing/promo-codes/create-promo-code.ts';
import { listPromoCodes } from '../../../src/billing/promo-codes/list-promo-codes.ts';
import {
  claimDiscount,
  normalisePromoCode,
  releaseDiscounts,
  takeDiscount,
  useDiscount,
} from '../../../src/billing/promo-codes/promo-codes.ts';
import { redeemPromoCode } from '../../../src/billing/promo-codes/redeem-promo-code.ts';
import { promoCodes, promoRedemptions } from '../../../src/database/schema/index.ts';
import { entryKeys, expectBalancedBooks, openFileScene, outcomeOf } from '../../support/scene.ts';
import { createTill } from './till.ts';

const scene = await openFileScene();
const till = createTill(scene);
afterAll(async () => {
  await expectBalancedBooks(scene.db);
});

async function code(about: Partial<NewPromoCode> = {}): Promise<string> {
  const promo: NewPromoCode = {
    code: `CODE${scene.nextId()}`,
    kind: 'credits',
    value: 5,
    maxUses: null,
    usesPerUser: 1,
    endsAt: null,
    createdBy: 1,
    ...about,
  };
  expect(await createPromoCode(scene.db, promo, scene.now)).toBe(true);
  return promo.code;
}

const redeem = (promoCode: string, userId: number, now = scene.now) =>
  redeemPromoCode(scene.db, { code: promoCode, userId, key: `asked:${scene.nextId()}` }, now);
const creditsOf = async (userId: number) => (await readBalance(scene.db, userId)).credits;

async function usesOf(promoCode: string): Promise<number | undefined> {
  const [row] = await scene.db
    .select({ uses: promoCodes.uses })
    .from(promoCodes)
    .where(eq(promoCodes.code, promoCode));
  return row?.uses;
}

test('a code is written in capitals, Latin letters and digits', () => {
  expect(normalisePromoCode(' spring25 ')).toBe('SPRING25');
  for (const none of ['', 'AB', 'ВЕСНА', 'TWO WORDS', 'A-B-C', 'X'.repeat(25)]) {
    expect(normalisePromoCode(none)).toBeNull();
  }
});

test('a code that is there already stays as it is', async () => {
  const taken = await code({ value: 5 });
  const again = {
    code: taken,
    kind: 'percent',
    value: 50,
    maxUses: null,
    usesPerUser: 1,
    endsAt: null,
    createdBy: 2,
  } as const;
  expect(await createPromoCode(scene.db, again, scene.now)).toBe(false);
  const listed = await listPromoCodes(scene.db, 100);
  expect(listed.find((one) => one.code === taken)).toMatchObject({ kind: 'credits', value: 5, uses: 0 });
});

describe('a code for credits', () => {
  test('gives them at once, to each person once', async () => {
    const promo = await code();
    const [anna, boris] = [await scene.customer(0), await scene.customer(0)];
    const { redemptionId } = await redeem(promo, anna);
    expect(await creditsOf(anna)).toBe(5);
    expect(await entryKeys(scene.db, anna)).toEqual([`promo:${redemptionId}`]);
    expect(await outcomeOf(redeem(promo, anna))).toBe('promo-used');
    expect(await outcomeOf(redeem(promo, boris))).toBe('done');
    expect(await usesOf(promo)).toBe(2);
  });

  test('is used once by a message that is handled twice, which is told the same again', async () => {
    const userId = await scene.customer(0);
    const promo = { code: await code({ usesPerUser: 2 }), userId, key: `asked:${scene.nextId()}` };
    const first = await redeemPromoCode(scene.db, promo, scene.now);
    expect(await redeemPromoCode(scene.db, promo, scene.now)).toEqual(first);
    expect(await creditsOf(userId)).toBe(5);
    expect(await usesOf(promo.code)).toBe(1);
  });

  test('gives one person once when fifty taps come at once', async () => {
    const promo = await code();
    const userId = await scene.customer(0);
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => outcomeOf(redeem(promo, userId))));
    expect(outcomes.filter((one) => one === 'done')).toHaveLength(1);
    expect(outcomes.filter((one) => one === 'promo-used')).toHaveLength(49);
    expect(await creditsOf(userId)).toBe(5);
    expect(await usesOf(promo)).toBe(1);
  });

  test('gives as often as it may when fifty people come at once', async () => {
    const promo = await code({ maxUses: 7 });
    const people: number[] = [];
    for (let n = 0; n < 50; n++) people.push(await scene.customer(0));
    const outcomes = await Promise.all(people.map((userId) => outcomeOf(redeem(promo, userId))));
    expect(outcomes.filter((one) => one === 'done')).toHaveLength(7);
    expect(outcomes.filter((one) => one === 'promo-over')).toHaveLength(43);
    expect(await usesOf(promo)).toBe(7);
    const credits = await Promise.all(people.map(creditsOf));
    expect(credits.reduce((sum, one) => sum + one, 0)).toBe(35);
  });

  test('gives a person as often as that person may', async () => {
    const promo = await code({ usesPerUser: 3 });
    const userId = await scene.customer(0);
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => outcomeOf(redeem(promo, userId))));
    expect(outcomes.filter((one) => one === 'done')).toHaveLength(3);
    expect(await creditsOf(userId)).toBe(15);
    const numbers = await scene.db
      .select({ number: promoRedemptions.number })
      .from(promoRedemptions)
      .where(and(eq(promoRedemptions.code, promo), eq(promoRedemptions.userId, userId)))
      .orderBy(promoRedemptions.number);
    expect(numbers).toEqual([{ number: 1 }, { number: 2 }, { number: 3 }]);
  });

  test('works until its last moment and not in it', async () => {
    const endsAt = new Date(scene.now.getTime() + 1000);
    const promo = await code({ endsAt });
    const before = new Date(endsAt.getTime() - 1);
    expect(await outcomeOf(redeem(promo, await scene.customer(0), before))).toBe('done');
    expect(await outcomeOf(redeem(promo, await scene.customer(0), endsAt))).toBe('promo-over');
  });

  test('is unknown before it starts, and when there is none', async () => {
    const promo = await code();
    const userId = await scene.customer(0);
    expect(await outcomeOf(redeem(promo, userId, new Date(scene.now.getTime() - 1)))).toBe('promo-unknown');
    expect(await outcomeOf(redeem('NOSUCHCODE', userId))).toBe('promo-unknown');
    expect(await creditsOf(userId)).toBe(0);
  });
});

describe('a code for a percentage', () => {
  test('is offered by any number of invoices and used up by the first that is paid', async () => {
    const promo = await code({ kind: 'percent', value: 10 });
    const userId = await scene.customer(0);
    expect(await takeDiscount(scene.db, userId, 99)).toBeNull();
    const { redemptionId } = await redeem(promo, userId);
    expect(await creditsOf(userId)).toBe(0);
    expect(await takeDiscount(scene.db, userId, 99)).toEqual({ amount: 89, redemptionId });
    expect(await takeDiscount(scene.db, userId, 19_900)).toEqual({ amount: 17_910, redemptionId });
    const offered = [];
    for (let n = 0; n < 10; n++) offered.push(await till.order(userId));
    const used = await Promise.all(
      offered.map(({ id }) =>
        scene.db.transaction((tx) => useDiscount(tx, { redemptionId, orderId: id }, scene.now)),
      ),
    );
    expect(used.filter(Boolean)).toHaveLength(1);
    expect(await takeDiscount(scene.db, userId, 99)).toBeNull();
  });

  test('belongs to the first of ten orders that claim it at once, until that one ends', async () => {
    const userId = await scene.customer(0);
    const { redemptionId } = await redeem(await code({ kind: 'percent', value: 10 }), userId);
    const offered: number[] = [];
    for (let n = 0; n < 10; n++) offered.push((await till.order(userId)).id);
    const claimAll = () => Promise.all(offered.map((id) => claimDiscount(scene.db, redemptionId, id)));
    const claims = await claimAll();
    expect(claims.filter(Boolean)).toHaveLength(1);
    // Its owner may ask again, and nobody else.
    expect(await claimAll()).toEqual(claims);
    expect(await takeDiscount(scene.db, userId, 99)).toBeNull();
    const owner = offered.filter((_id, index) => claims[index]);
    await releaseDiscounts(scene.db, owner);
    expect(await takeDiscount(scene.db, userId, 99)).toEqual({ amount: 89, redemptionId });
  });

  test('is the best one that waits, and the next best after it', async () => {
    const userId = await scene.customer(0);
    const small = await redeem(await code({ kind: 'percent', value: 5 }), userId);
    const large = await redeem(await code({ kind: 'percent', value: 50 }), userId);
    const order = await till.order(userId, { amount: 100 });
    expect(order).toMatchObject({ amount: 50, promoRedemptionId: large.redemptionId });
    await claimDiscount(scene.db, large.redemptionId, order.id);
    expect(await takeDiscount(scene.db, userId, 100)).toEqual({
      amount: 95,
      redemptionId: small.redemptionId,
    });
  });

  test('never makes a purchase free', async () => {
    const userId = await scene.customer(0);
    await redeem(await code({ kind: 'percent', value: 90 }), userId);
    expect(await takeDiscount(scene.db, userId, 1)).toMatchObject({ amount: 1 });
    expect(await takeDiscount(scene.db, userId, 9)).toMatchObject({ amount: 1 });
  });

  test('is of whoever used it, and a code for credits is no discount', async () => {
    const [anna, boris] = [await scene.customer(0), await scene.customer(0)];
    await redeem(await code({ kind: 'percent', value: 10 }), anna);
    await redeem(await code(), boris);
    expect(await takeDiscount(scene.db, boris, 100)).toBeNull();
    expect(await claimDiscount(scene.db, 987_654_321, 1)).toBe(false);
  });
});
