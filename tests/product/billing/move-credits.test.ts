import { describe, expect, test } from 'vitest';
import { type CreditMovement, moveCredits } from '../../../src/billing/ledger/move-credits.ts';
import { readBalance } from '../../../src/billing/ledger/read-balance.ts';
import { isPayingCustomer } from '../../../src/billing/orders/is-paying-customer.ts';
import { entryKeys, expectBalancedBooks, openFileScene, outcomeOf } from '../../support/scene.ts';

const scene = await openFileScene();

const move = (movement: CreditMovement): Promise<boolean> =>
  scene.db.transaction((tx) => moveCredits(tx, movement));
const balance = (userId: number) => readBalance(scene.db, userId);

describe('moving credits', () => {
  test('each kind moves what can be spent and what is held', async () => {
    const userId = await scene.customer(0);
    const steps = [
      ['gift', 5, { credits: 5, reserved: 0 }],
      ['purchase', 10, { credits: 15, reserved: 0 }],
      ['reserve', 4, { credits: 11, reserved: 4 }],
      ['capture', 3, { credits: 11, reserved: 1 }],
      ['release', 1, { credits: 12, reserved: 0 }],
      ['give-back', 1, { credits: 13, reserved: 0 }],
    ] as const;
    for (const [kind, credits, after] of steps) {
      expect(await move({ userId, kind, credits, key: `${kind}:${userId}` })).toBe(true);
      expect(await balance(userId)).toEqual(after);
    }
    await expectBalancedBooks(scene.db);
  });

  test('a movement is made once, however many processes ask for it at once', async () => {
    const userId = await scene.customer(0);
    const movement = { userId, kind: 'gift', credits: 3, key: `once:${userId}` } as const;
    const made = await Promise.all(Array.from({ length: 10 }, () => move(movement)));
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(await balance(userId)).toEqual({ credits: 3, reserved: 0 });
  });

  test('what the balance does not cover is refused with the numbers, and leaves no entry', async () => {
    const userId = await scene.customer(2);
    const reserve = move({ userId, kind: 'reserve', credits: 3, key: `reserve:${userId}` });
    await expect(reserve).rejects.toMatchObject({
      code: 'not-enough-credits',
      details: { needed: 3, available: 2 },
    });
    expect(await entryKeys(scene.db, userId)).toEqual([`welcome:${userId}`]);
    expect(await balance(userId)).toEqual({ credits: 2, reserved: 0 });
  });

  test('of many that reach for the last credits at once, only as many as there are succeed', async () => {
    const userId = await scene.customer(3);
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        outcomeOf(move({ userId, kind: 'reserve', credits: 1, key: `reserve:${userId}:${n}` })),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(3);
    expect(outcomes.filter((outcome) => outcome === 'not-enough-credits')).toHaveLength(7);
    expect(await balance(userId)).toEqual({ credits: 0, reserved: 3 });
    await expectBalancedBooks(scene.db);
  });

  test('more than is held can be neither captured nor released', async () => {
    const userId = await scene.customer(2);
    for (const kind of ['capture', 'release'] as const) {
      await expect(move({ userId, kind, credits: 1, key: `${kind}:${userId}:none` })).rejects.toThrow();
    }
    expect(await entryKeys(scene.db, userId)).toEqual([`welcome:${userId}`]);
    expect(await balance(userId)).toEqual({ credits: 2, reserved: 0 });
  });
});

describe('a balance', () => {
  test('of somebody who is not known is nothing', async () => {
    expect(await balance(999_999)).toEqual({ credits: 0, reserved: 0 });
  });
});

describe('a paying customer', () => {
  test('is who has bought credits, not who got them as a gift', async () => {
    const [gifted, buyer] = [await scene.customer(8), await scene.customer(8)];
    await move({ userId: buyer, kind: 'purchase', credits: 10, key: `purchase:${buyer}` });
    expect(await isPayingCustomer(scene.db, gifted)).toBe(false);
    expect(await isPayingCustomer(scene.db, buyer)).toBe(true);
  });
});
