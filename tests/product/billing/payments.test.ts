import { and, eq } from 'drizzle-orm';
import { afterAll, describe, expect, test } from 'vitest';
import { checkLedger } from '../../../src/billing/checks/check-ledger.ts';
import { readBalance } from '../../../src/billing/ledger/read-balance.ts';
import { expireOrders } from '../../../src/billing/orders/expire-orders.ts';
import { events, subscriptions, users } from '../../../src/database/schema/index.ts';
import { awaitPayment, reopenDraft } from '../../../src/photoshoots/draft/await-payment.ts';
import { placePaid, readPaidButWaiting } from '../../../src/photoshoots/draft/place-paid.ts';
import { cancelPhotoshoot } from '../../../src/photoshoots/run/cancel-photoshoot.ts';
import { entryKeys, jobsOf, openFileScene, outcomeOf, stateOf } from '../../support/scene.ts';
import { Crash, mortal } from './mortal.ts';
import { createTill, ORDER_TTL_MS, tally } from './till.ts';

const scene = await openFileScene();
const till = createTill(scene);
afterAll(async () => {
  expect(await checkLedger(scene.db)).toEqual([]);
});

const later = (ms: number) => new Date(scene.now.getTime() + ms);

describe('money that arrives', () => {
  test('is credited in full, the order is paid, and the purchase is an event', async () => {
    const userId = await scene.customer(3);
    const order = await till.order(userId);
    const incoming = till.money(order, { chargeId: `c-${userId}` });
    const taken = await till.take(incoming);
    expect(taken).toMatchObject({ kind: 'credited', credits: 12, late: null, startedPhotoshootId: null });
    expect(await till.credits(userId)).toBe(15);
    expect(await till.orderState(order.id)).toBe('paid');
    expect(await entryKeys(scene.db, userId)).toEqual([`welcome:${userId}`, `purchase:c-${userId}`]);
    const paid = await scene.db
      .select({ amount: events.amount, currency: events.currency })
      .from(events)
      .where(and(eq(events.userId, userId), eq(events.kind, 'paid')));
    expect(paid).toEqual([{ amount: 99, currency: 'XTR' }]);
  });

  test('fifty times at once is credited once', async () => {
    const userId = await scene.customer(0);
    const incoming = till.money(await till.order(userId));
    const taken = await Promise.all(Array.from({ length: 50 }, () => till.take(incoming)));
    expect(tally(taken.map(({ kind }) => kind))).toEqual({ credited: 1, repeated: 49 });
    expect(await till.credits(userId)).toBe(12);
    expect(await till.paymentsOf(userId)).toHaveLength(1);
    expect(await entryKeys(scene.db, userId)).toHaveLength(1);
  });

  test('a day later changes nothing either', async () => {
    const { userId, payment } = await till.buyer();
    const { telegramPaymentChargeId: chargeId } = await till.payment(payment.paymentId);
    await expireOrders(scene.db, later(2 * ORDER_TTL_MS));
    expect(await till.take(till.money(payment.order, { chargeId }))).toMatchObject({ kind: 'repeated' });
    expect(await till.credits(userId)).toBe(12);
  });

  test('twice for one invoice is two purchases, and the second is worth a word', async () => {
    const userId = await scene.customer(0);
    const order = await till.order(userId);
    const both = await Promise.all([till.paid(order), till.paid(order)]);
    expect(both.map(({ late }) => late).sort()).toEqual(['paid', null].sort());
    expect(await till.credits(userId)).toBe(24);
    const second = and(eq(events.userId, userId), eq(events.kind, 'second-purchase'));
    expect(await scene.db.$count(events, second)).toBe(1);
  });

  test('for an order that is over is credited all the same, and told', async () => {
    const userId = await scene.customer(0);
    const order = await till.order(userId);
    await expireOrders(scene.db, later(ORDER_TTL_MS));
    expect(await till.take(till.money(order))).toMatchObject({ kind: 'credited', late: 'expired' });
    expect(await till.credits(userId)).toBe(12);
    expect(await till.orderState(order.id)).toBe('paid');
  });

  test('that fits no order is held, once, and brings no credits', async () => {
    const [userId, other] = [await scene.customer(0), await scene.customer(0)];
    const order = await till.order(userId);
    const misfits = [
      ['order', { payload: 'order:987654321' }],
      ['order', { payload: 'not ours' }],
      ['price', { amount: 98 }],
      ['price', { currency: 'RUB' }],
      ['payer', { userId: other }],
    ] as const;
    for (const [reason, about] of misfits) {
      const incoming = till.money(order, about);
      expect(await till.take(incoming)).toMatchObject({ kind: 'held', reason });
      expect(await till.take(incoming)).toMatchObject({ kind: 'repeated' });
    }
    expect([await till.credits(userId), await till.credits(other)]).toEqual([0, 0]);
    expect(await till.orderState(order.id)).toBe('pending');
    const held = await till.paymentsOf(userId);
    expect(held.map((payment) => [payment.state, payment.credits])).toEqual(held.map(() => ['held', 0]));
  });

  test('rewards who brought the buyer, once, with the fraction carried over', async () => {
    const [inviter, userId] = [await scene.customer(0), await scene.customer(0)];
    await scene.db.update(users).set({ invitedBy: inviter }).where(eq(users.id, userId));
    const incoming = till.money(await till.order(userId));
    await Promise.all([till.take(incoming), till.take(incoming), till.take(incoming)]);
    // 10 % of 12 is 1.2, and of the next 12 as well: 2 credits and 0.4 that wait.
    expect(await till.credits(inviter)).toBe(1);
    await till.paid(await till.order(userId));
    expect(await till.credits(inviter)).toBe(2);
    const [row] = await scene.db.select().from(users).where(eq(users.id, inviter));
    expect(row?.rewardHundredths).toBe(40);
  });

  test('of a transaction that breaks leaves nothing, so that it can come again', async () => {
    const userId = await scene.customer(0);
    const incoming = till.money(await till.order(userId));
    const crash = scene.db.transaction(async (tx) => {
      await createTill({ ...scene, db: tx }).take(incoming);
      throw new Error('the process died before the commit');
    });
    await expect(crash).rejects.toThrow('the process died');
    expect(await till.credits(userId)).toBe(0);
    expect(await till.take(incoming)).toMatchObject({ kind: 'credited' });
    expect(await till.credits(userId)).toBe(12);
  });
});

describe('a photoshoot that waits for its payment', () => {
  const wait = (draftId: number, userId: number) =>
    awaitPayment(scene.db, { draftId, userId, untilMs: ORDER_TTL_MS }, scene.now);

  async function waiting(pictures: number) {
    const userId = await scene.customer(0);
    const photoshootId = await scene.draft(userId, [1, 2, 3, 4].slice(0, pictures));
    await wait(photoshootId, userId);
    return { userId, photoshootId };
  }

  test('starts by itself, once, however often the payment is reported', async () => {
    const { userId, photoshootId } = await waiting(2);
    const incoming = till.money(await till.order(userId, { photoshootId }));
    const taken = await Promise.all(Array.from({ length: 5 }, () => till.take(incoming)));
    expect(taken.filter((one) => one.startedPhotoshootId === photoshootId)).toHaveLength(1);
    expect(await stateOf(scene.db, photoshootId)).toBe('queued');
    expect(await jobsOf(scene.db, photoshootId)).toHaveLength(1);
    expect(await readBalance(scene.db, userId)).toEqual({ credits: 10, reserved: 2 });
  });

  test('goes before free ones, because it is paid for', async () => {
    const { userId, photoshootId } = await waiting(1);
    const free = await scene.placed(await scene.customer());
    await till.paid(await till.order(userId, { photoshootId }));
    const [[ofFree], [ofPaid]] = [await jobsOf(scene.db, free), await jobsOf(scene.db, photoshootId)];
    expect(ofPaid?.priority).toBeGreaterThan(ofFree?.priority ?? Number.POSITIVE_INFINITY);
  });

  test('waits on when the money does not cover it; the money is there', async () => {
    const { userId, photoshootId } = await waiting(4);
    const taken = await till.take(till.money(await till.order(userId, { credits: 3, photoshootId })));
    expect(taken).toMatchObject({ kind: 'credited', startedPhotoshootId: null });
    expect(await stateOf(scene.db, photoshootId)).toBe('awaiting_payment');
    expect(await readBalance(scene.db, userId)).toEqual({ credits: 3, reserved: 0 });
    expect(await jobsOf(scene.db, photoshootId)).toEqual([]);
    await till.paid(await till.order(userId, { credits: 1, photoshootId }));
    expect(await stateOf(scene.db, photoshootId)).toBe('queued');
    expect(await readBalance(scene.db, userId)).toEqual({ credits: 0, reserved: 4 });
  });

  test('that was cancelled has an invoice that is over; money that comes all the same is credited', async () => {
    const { userId, photoshootId } = await waiting(1);
    const order = await till.order(userId, { photoshootId });
    await cancelPhotoshoot(scene.db, { photoshootId, userId });
    expect(await till.orderState(order.id)).toBe('cancelled');
    expect(await till.take(till.money(order))).toMatchObject({
      kind: 'credited',
      late: 'cancelled',
      startedPhotoshootId: null,
    });
    expect(await readBalance(scene.db, userId)).toEqual({ credits: 12, reserved: 0 });
  });

  test('that is chosen anew is a draft again and its invoice is over', async () => {
    const { userId, photoshootId } = await waiting(1);
    const order = await till.order(userId, { photoshootId });
    await reopenDraft(scene.db, { draftId: photoshootId, userId });
    expect(await stateOf(scene.db, photoshootId)).toBe('draft');
    expect(await till.orderState(order.id)).toBe('cancelled');
    expect(await till.take(till.money(order))).toMatchObject({
      late: 'cancelled',
      startedPhotoshootId: null,
    });
    expect(await stateOf(scene.db, photoshootId)).toBe('draft');
  });

  test('cannot be placed by hand meanwhile', async () => {
    const { userId, photoshootId } = await waiting(1);
    expect(await outcomeOf(scene.place(photoshootId, userId))).toBe('awaiting-payment');
    expect(await outcomeOf(wait(photoshootId, userId))).toBe('awaiting-payment');
  });

  test.each([
    ['its update comes again', 'repeat'],
    ['nothing comes again, and the sweep finds it', 'sweep'],
  ] as const)('is credited and placed once, wherever a process dies with it: %s', async (_, how) => {
    const ends: string[] = [];
    // Until it lives to see the end.
    for (let statements = 0; ends.at(-1) !== 'credited, queued'; statements++) {
      const { userId, photoshootId } = await waiting(2);
      const incoming = till.money(await till.order(userId, { photoshootId }));
      const dying = createTill({ ...scene, db: mortal(scene.db, statements) });
      await dying.take(incoming).catch((error: unknown) => expect(error).toBeInstanceOf(Crash));
      const credited = (await till.paymentsOf(userId)).length === 1;
      ends.push(credited ? `credited, ${await stateOf(scene.db, photoshootId)}` : 'nothing');
      // What was not credited has no other way than to come again.
      if (how === 'repeat' || !credited) await till.take(incoming);
      else for (const id of await readPaidButWaiting(scene.db)) await placePaid(scene, id, scene.now);
      expect(await stateOf(scene.db, photoshootId)).toBe('queued');
      expect(await jobsOf(scene.db, photoshootId)).toHaveLength(1);
      expect(await readBalance(scene.db, userId)).toEqual({ credits: 10, reserved: 2 });
    }
    // Each kind of end has been met: before the money, between the two, and after both.
    expect(Object.keys(tally(ends))).toEqual(['nothing', 'credited, awaiting_payment', 'credited, queued']);
  });

  test('survives its seller going back at the very moment of the payment', async () => {
    const sellers = await Promise.all(Array.from({ length: 10 }, () => waiting(1)));
    const ready = await Promise.all(
      sellers.map(async (seller) => ({
        ...seller,
        order: await till.order(seller.userId, { photoshootId: seller.photoshootId }),
      })),
    );
    await Promise.all(
      ready.flatMap(({ userId, photoshootId, order }) => [
        reopenDraft(scene.db, { draftId: photoshootId, userId }),
        till.take(till.money(order)),
      ]),
    );
    for (const { userId, photoshootId } of ready) {
      // Whoever was first: the money is there, and it is either spendable or at work.
      const { credits, reserved } = await readBalance(scene.db, userId);
      expect([await stateOf(scene.db, photoshootId), credits, reserved]).toEqual(
        reserved === 1 ? ['queued', 11, 1] : ['draft', 12, 0],
      );
    }
  });
});

describe('the last credit', () => {
  test('of five taps on Create places one photoshoot', async () => {
    const userId = await scene.customer(1);
    const photoshootId = await scene.draft(userId);
    const taps = await Promise.all(
      Array.from({ length: 5 }, () => outcomeOf(scene.place(photoshootId, userId))),
    );
    expect(tally(taps)).toEqual({ done: 1, 'already-placed': 4 });
    expect(await readBalance(scene.db, userId)).toEqual({ credits: 0, reserved: 1 });
  });

  test('of five photoshoots at once pays for one', async () => {
    const userId = await scene.customer(1);
    const drafts: number[] = [];
    for (let n = 0; n < 5; n++) drafts.push(await scene.draft(userId));
    const taps = await Promise.all(drafts.map((draft) => outcomeOf(scene.place(draft, userId))));
    expect(tally(taps)).toEqual({ done: 1, 'not-enough-credits': 4 });
    expect(await readBalance(scene.db, userId)).toEqual({ credits: 0, reserved: 1 });
  });
});

describe('a subscription', () => {
  const MONTH_MS = 2_592_000_000;

  test('is credited once a period, and its end moves with each', async () => {
    const userId = await scene.customer(0);
    const order = await till.subscription(userId);
    const first = till.money(order, { paidUntil: later(MONTH_MS) });
    await Promise.all([till.take(first), till.take(first)]);
    expect(await till.credits(userId)).toBe(30);
    const renewal = await till.paid(order, { paidUntil: later(2 * MONTH_MS) });
    expect(renewal.late).toBeNull();
    expect(await till.credits(userId)).toBe(60);
    const [row] = await scene.db.select().from(subscriptions).where(eq(subscriptions.orderId, order.id));
    expect(row).toMatchObject({
      firstChargeId: first.chargeId,
      paidUntil: later(2 * MONTH_MS),
      cancelled: false,
    });
  });

  test('of which a period is paid by two charges keeps the first; the second is held', async () => {
    const userId = await scene.customer(0);
    const order = await till.subscription(userId);
    const charges = [order, order].map((one) => till.money(one, { paidUntil: later(MONTH_MS) }));
    const outcomes = await Promise.all(charges.map((charge) => till.take(charge)));
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['credited', 'held']);
    expect(outcomes.find(({ kind }) => kind === 'held')).toMatchObject({ reason: 'period' });
    expect(await till.credits(userId)).toBe(30);
    // Told of again, it is still the same money.
    for (const charge of charges) expect(await till.take(charge)).toMatchObject({ kind: 'repeated' });
    expect(await till.paymentsOf(userId)).toHaveLength(2);
  });

  test('whose periods arrive in the wrong order ends with the later one', async () => {
    const order = await till.subscription(await scene.customer(0));
    await till.paid(order, { paidUntil: later(2 * MONTH_MS) });
    await till.paid(order, { paidUntil: later(MONTH_MS) });
    const [row] = await scene.db.select().from(subscriptions).where(eq(subscriptions.orderId, order.id));
    expect(row?.paidUntil).toEqual(later(2 * MONTH_MS));
  });
});
