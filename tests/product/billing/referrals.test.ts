import { and, eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { moveCredits } from '../../../src/billing/ledger/move-credits.ts';
import { readBalance } from '../../../src/billing/ledger/read-balance.ts';
import { readInvitations } from '../../../src/billing/referrals/read-referrals.ts';
import { rewardFirstPicture, rewardPurchase } from '../../../src/billing/referrals/reward-inviter.ts';
import { takeBackReward } from '../../../src/billing/referrals/take-back-reward.ts';
import { creditEntries, events, referralRewards, users } from '../../../src/database/schema/index.ts';
import { drawn } from '../../support/drawn-cases.ts';
import { entryKeys, expectBalancedBooks, openFileScene } from '../../support/scene.ts';

const SETTINGS = { startReward: 4, purchasePercent: 10, monthlyCap: 200 };
const DAY_MS = 86_400_000;

const scene = await openFileScene();
afterAll(async () => {
  await expectBalancedBooks(scene.db);
});

/** Somebody whom `inviterId` brought. */
async function invited(inviterId: number, credits = 8): Promise<number> {
  const userId = await scene.customer(credits);
  await scene.db.update(users).set({ invitedBy: inviterId }).where(eq(users.id, userId));
  return userId;
}

/** A purchase as the payment's transaction makes it: the credits and the reward for them. */
function buy(
  userId: number,
  credits: number,
  options: { paymentId?: number; settings?: typeof SETTINGS; now?: Date } = {},
) {
  const { paymentId = scene.nextId(), settings = SETTINGS, now = scene.now } = options;
  return scene.db.transaction(async (tx) => {
    await moveCredits(tx, { userId, kind: 'purchase', credits, key: `purchase:${paymentId}`, paymentId });
    const reward = await rewardPurchase(tx, { paymentId, userId, credits }, settings, now);
    return { paymentId, reward };
  });
}

/** The buyer's part of a refund is not ours; what the inviter got is. */
const takeBack = (paymentId: number) => scene.db.transaction((tx) => takeBackReward(tx, paymentId));

const creditsOf = async (userId: number) => (await readBalance(scene.db, userId)).credits;

async function carriedBy(userId: number): Promise<number | undefined> {
  const [row] = await scene.db
    .select({ carried: users.rewardHundredths })
    .from(users)
    .where(eq(users.id, userId));
  return row?.carried;
}

async function spend(userId: number, credits: number): Promise<void> {
  const key = `spent:${scene.nextId()}`;
  await scene.db.transaction((tx) => moveCredits(tx, { userId, kind: 'refund', credits, key }));
}

describe('the first delivered picture of somebody who was brought', () => {
  test('rewards the inviter once, whatever is delivered later, and is one step of the funnel', async () => {
    const inviter = await scene.customer(0);
    const friend = await invited(inviter);
    await scene.delivered(friend, 2);
    expect(await creditsOf(inviter)).toBe(4);
    await scene.delivered(friend);
    await scene.delivered(friend);
    expect(await creditsOf(inviter)).toBe(4);
    expect(await entryKeys(scene.db, inviter)).toEqual([`reward:start:${friend}`]);
    const steps = await scene.db
      .select({ key: events.key })
      .from(events)
      .where(and(eq(events.userId, friend), eq(events.kind, 'first-picture')));
    expect(steps).toEqual([{ key: `first-picture:${friend}` }]);
  });

  test('is none when nothing was delivered', async () => {
    const inviter = await scene.customer(0);
    const started = await scene.running(await invited(inviter), 2);
    expect(await scene.deliver(started, 0)).toMatchObject({ photoshoot: { state: 'failed' } });
    expect(await creditsOf(inviter)).toBe(0);
  });

  test('is rewarded once when many deliveries end at once', async () => {
    const inviter = await scene.customer(0);
    const friend = await invited(inviter);
    const started = [await scene.running(friend), await scene.running(friend), await scene.running(friend)];
    await Promise.all(started.map((one) => scene.deliver(one)));
    expect(await creditsOf(inviter)).toBe(4);
  });

  test('of somebody whom nobody brought rewards nobody', async () => {
    const alone = await scene.customer();
    expect(await scene.db.transaction((tx) => rewardFirstPicture(tx, alone, SETTINGS, scene.now))).toBeNull();
  });

  test('is not rewarded later because the reward was nothing at the time', async () => {
    const inviter = await scene.customer(0);
    const friend = await invited(inviter);
    const reward = (startReward: number) =>
      scene.db.transaction((tx) => rewardFirstPicture(tx, friend, { ...SETTINGS, startReward }, scene.now));
    expect(await reward(0)).toEqual({ inviterId: inviter, credits: 0 });
    expect(await reward(4)).toBeNull();
  });
});

describe('a purchase of somebody who was brought', () => {
  test('rewards a share of its credits, and carries fractions over to the next', async () => {
    const inviter = await scene.customer(0);
    const friend = await invited(inviter);
    const rewards: unknown[] = [];
    for (const credits of [12, 12, 12, 12, 12]) rewards.push((await buy(friend, credits)).reward);
    // 1.2 credits each: 1.2, 2.4, 3.6, 4.8, 6.0
    expect(rewards).toEqual([1, 1, 1, 1, 2].map((credits) => ({ inviterId: inviter, credits })));
    expect(await creditsOf(inviter)).toBe(6);
    expect(await carriedBy(inviter)).toBe(0);
  });

  test('is rewarded once a payment, however often it is told', async () => {
    const inviter = await scene.customer(0);
    const friend = await invited(inviter);
    const purchase = { paymentId: scene.nextId(), userId: friend, credits: 45 };
    const reward = () => scene.db.transaction((tx) => rewardPurchase(tx, purchase, SETTINGS, scene.now));
    const rewards = await Promise.all(Array.from({ length: 10 }, reward));
    expect(rewards.filter((one) => one !== null)).toEqual([{ inviterId: inviter, credits: 4 }]);
    expect(await creditsOf(inviter)).toBe(4);
    expect(await carriedBy(inviter)).toBe(50);
  });

  test('adds up exactly when fifty friends buy at once', async () => {
    const inviter = await scene.customer(0);
    const friends = [];
    for (let n = 0; n < 50; n++) friends.push(await invited(inviter, 0));
    await Promise.all(friends.map((friend) => buy(friend, 7)));
    // 50 × 0.7 credits
    expect(await creditsOf(inviter)).toBe(35);
    expect(await carriedBy(inviter)).toBe(0);
  });
});

describe('the monthly cap', () => {
  const settings = { ...SETTINGS, monthlyCap: 10 };

  test('holds exactly when many friends buy at once', async () => {
    const inviter = await scene.customer(0);
    const friends = [];
    for (let n = 0; n < 12; n++) friends.push(await invited(inviter, 0));
    await Promise.all(friends.map((friend) => buy(friend, 40, { settings })));
    expect(await creditsOf(inviter)).toBe(10);
    expect(await carriedBy(inviter)).toBeLessThan(100);
  });

  test('counts the last thirty days, and what was lost stays lost', async () => {
    const inviter = await scene.customer(0);
    const friend = await invited(inviter);
    const at = (day: number) => new Date(scene.now.getTime() + day * DAY_MS);
    const bought = async (day: number, credits: number) =>
      (await buy(friend, credits, { settings, now: at(day) })).reward?.credits;
    expect(await bought(0, 80)).toBe(8);
    expect(await bought(10, 80)).toBe(2);
    expect(await bought(29, 80)).toBe(0);
    expect(await bought(30.5, 40)).toBe(4);
  });

  test('of nothing gives nothing', async () => {
    const inviter = await scene.customer(0);
    await buy(await invited(inviter), 400, { settings: { ...SETTINGS, monthlyCap: 0 } });
    expect(await entryKeys(scene.db, inviter)).toEqual([]);
  });
});

describe('a refunded purchase', () => {
  test('takes its reward back, once, fraction and all', async () => {
    const inviter = await scene.customer(0);
    const friend = await invited(inviter);
    await buy(friend, 12);
    const { paymentId } = await buy(friend, 45);
    expect([await creditsOf(inviter), await carriedBy(inviter)]).toEqual([5, 70]);
    const taken = await Promise.all(Array.from({ length: 5 }, () => takeBack(paymentId)));
    expect(taken.filter((credits) => credits > 0)).toEqual([4]);
    expect([await creditsOf(inviter), await carriedBy(inviter)]).toEqual([1, 20]);
    expect(await readInvitations(scene.db, inviter)).toMatchObject({ earned: 1 });
  });

  test('breaks a whole credit for a fraction that is owed', async () => {
    const inviter = await scene.customer(0);
    const friend = await invited(inviter);
    const { paymentId } = await buy(friend, 6);
    await buy(friend, 6);
    expect([await creditsOf(inviter), await carriedBy(inviter)]).toEqual([1, 20]);
    expect(await takeBack(paymentId)).toBe(1);
    expect([await creditsOf(inviter), await carriedBy(inviter)]).toEqual([0, 60]);
  });

  test('takes only what is left, and nothing more when there is something again', async () => {
    const inviter = await scene.customer(0);
    const friend = await invited(inviter);
    const { paymentId } = await buy(friend, 105);
    await spend(inviter, 7);
    expect(await takeBack(paymentId)).toBe(3);
    expect([await creditsOf(inviter), await carriedBy(inviter)]).toEqual([0, 0]);
    await buy(friend, 50);
    expect(await takeBack(paymentId)).toBe(0);
    expect(await creditsOf(inviter)).toBe(5);
  });

  test('of a person in debt takes nothing', async () => {
    const inviter = await scene.customer(0);
    const { paymentId } = await buy(await invited(inviter), 40);
    const debt = { userId: inviter, kind: 'chargeback', credits: 6, key: `debt:${inviter}` } as const;
    await scene.db.transaction((tx) => moveCredits(tx, debt));
    expect(await takeBack(paymentId)).toBe(0);
    expect(await creditsOf(inviter)).toBe(-2);
    await scene.db.transaction((tx) =>
      moveCredits(tx, { userId: inviter, kind: 'gift', credits: 2, key: `settled:${inviter}` }),
    );
  });

  test('without a reward, or of no payment, takes nothing', async () => {
    const { paymentId } = await buy(await scene.customer(), 40);
    expect(await takeBack(paymentId)).toBe(0);
    expect(await takeBack(987_654_321)).toBe(0);
  });
});

type Action = { kind: 'buy' | 'deliver' | 'refund' | 'spend'; who: number; credits: number };
const action: fc.Arbitrary<Action> = fc.record({
  kind: fc.constantFrom('buy', 'buy', 'buy', 'deliver', 'refund', 'spend'),
  who: fc.nat({ max: 4 }),
  credits: fc.integer({ min: 1, max: 60 }),
});

describe('whatever people do at once', () => {
  test('no two wait for each other for ever, and every hundredth of a credit is somewhere', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(action, { minLength: 2, maxLength: 8 }), { minLength: 1, maxLength: 4 }),
        async (batches) => {
          // Each was brought by the one before, so most are inviter and invited at once.
          const people: number[] = [await scene.customer(0)];
          for (let n = 0; n < 4; n++) people.push(await invited(people.at(-1) ?? 0, 0));
          const payments: number[] = [];
          const perform = async ({ kind, who, credits }: Action): Promise<unknown> => {
            const userId = people[who] ?? 0;
            switch (kind) {
              case 'buy':
                return payments.push((await buy(userId, credits)).paymentId);
              case 'deliver':
                return scene.db.transaction((tx) => rewardFirstPicture(tx, userId, SETTINGS, scene.now));
              case 'refund':
                return takeBack(payments[who % Math.max(1, payments.length)] ?? 0);
              case 'spend':
                return spend(userId, Math.min(credits, await creditsOf(userId))).catch(() => {});
            }
          };
          for (const batch of batches) await Promise.all(batch.map(perform));
          await expectBalancedBooks(scene.db);
          for (const userId of people) await expectAccounted(userId);
        },
      ),
      drawn(15),
    );
  });
});

/** The rewards' rows say what the ledger says, and no fraction is lost but what was forgiven. */
async function expectAccounted(userId: number): Promise<void> {
  const [rewards] = await scene.db
    .select({
      credits: sql`coalesce(sum(${referralRewards.credits}), 0)`.mapWith(Number),
      hundredths: sql`coalesce(sum(${referralRewards.hundredths}), 0)`.mapWith(Number),
    })
    .from(referralRewards)
    .where(eq(referralRewards.inviterId, userId));
  const [ledger] = await scene.db
    .select({ credits: sql`coalesce(sum(${creditEntries.available}), 0)`.mapWith(Number) })
    .from(creditEntries)
    .where(
      sql`${creditEntries.userId} = ${userId}
        and (${creditEntries.kind} = 'reward' or ${creditEntries.idempotencyKey} like 'take-back:%')`,
    );
  const carried = (await carriedBy(userId)) ?? 0;
  expect(ledger?.credits).toBe(rewards?.credits);
  expect(carried).toSatisfy((rest: number) => rest >= 0 && rest < 100);
  expect((rewards?.credits ?? 0) * 100 + carried).toBeGreaterThanOrEqual(rewards?.hundredths ?? 0);
}
