import { eq, sql } from 'drizzle-orm';
import { afterAll, describe, expect, test } from 'vitest';
import { checkLedger } from '../../../src/billing/checks/check-ledger.ts';
import { readUnsettled } from '../../../src/billing/orders/unsettled-charges.ts';
import { beginRefund } from '../../../src/billing/refunds/refund-payment.ts';
import { registerCustomer } from '../../../src/customers/register-customer.ts';
import { subscriptions } from '../../../src/database/schema/index.ts';
import { refundPayment } from '../../../src/payments/refund.ts';
import { finishPayments } from '../../../src/payments/settle-charge.ts';
import { awaitPayment } from '../../../src/photoshoots/draft/await-payment.ts';
import { openFileScene, stateOf } from '../../support/scene.ts';
import { heard, invoiceOf, openStarDesk } from './star-desk.ts';
import { ADMIN, createTill, ORDER_TTL_MS } from './till.ts';

const scene = await openFileScene();
const till = createTill(scene);
const desk = await openStarDesk(scene);
afterAll(async () => {
  expect(await checkLedger(scene.db)).toEqual([]);
  await desk.close();
});

const NOTHING = { payment: 0, held: 0, refund: 0, chargeback: 0 };
/** What a process that starts now would repair. */
const reconcile = () => desk.reconciler()(desk.soon());

/** Somebody whose payment Telegram took, and we as well. */
async function buyer() {
  const person = await desk.seller();
  const order = await till.order(person.id);
  const chargeId = await desk.pay(person, invoiceOf(order));
  const { paymentId } = await till.paid(order, { chargeId });
  return { person, order, chargeId, paymentId };
}

describe('a payment whose update was lost', () => {
  test('is credited, its buyer and the admins are told, and then there is nothing left to repair', async () => {
    const person = await desk.seller();
    const order = await till.order(person.id);
    const chargeId = await desk.pay(person, invoiceOf(order));
    expect(await till.credits(person.id)).toBe(0);

    expect(await reconcile()).toEqual({ ...NOTHING, payment: 1 });
    expect(await till.credits(person.id)).toBe(12);
    expect(await till.paymentsOf(person.id)).toMatchObject([
      { telegramPaymentChargeId: chargeId, state: 'credited', source: 'reconciliation', orderId: order.id },
    ]);
    expect(heard(person).at(-1)).toContain('12 credits added, you have 12 now');
    expect(heard(desk.admin).at(-1)).toContain('Payments that had been lost: 1');

    const told = heard(desk.admin).length;
    expect(await reconcile()).toEqual(NOTHING);
    expect(heard(desk.admin)).toHaveLength(told);
  });

  test('is repaired once by two processes at once', async () => {
    const person = await desk.seller();
    await desk.pay(person, invoiceOf(await till.order(person.id)));
    const repairs = await Promise.all([reconcile(), reconcile(), reconcile()]);
    expect(repairs.map(({ payment }) => payment).sort()).toEqual([0, 0, 1]);
    expect(await till.credits(person.id)).toBe(12);
    expect(heard(person).filter((text) => text.includes('12 credits added'))).toHaveLength(1);
  });

  test('is left alone while its update may still be on its way', async () => {
    const person = await desk.seller();
    await desk.pay(person, invoiceOf(await till.order(person.id)));
    const reconciler = desk.reconciler();
    expect(await reconciler(new Date())).toEqual(NOTHING);
    expect(await till.credits(person.id)).toBe(0);
    expect(await reconciler(desk.soon())).toEqual({ ...NOTHING, payment: 1 });
  });

  test('whose update comes after all changes nothing more', async () => {
    const person = await desk.seller();
    const order = await till.order(person.id);
    const chargeId = await desk.pay(person, invoiceOf(order));
    await reconcile();
    expect(await till.take(till.money(order, { chargeId }))).toMatchObject({ kind: 'repeated' });
    expect(await till.credits(person.id)).toBe(12);
  });

  test('starts the photoshoot that waits for it', async () => {
    const person = await desk.seller();
    const photoshootId = await scene.draft(person.id, [1, 2]);
    const wait = { draftId: photoshootId, userId: person.id, untilMs: ORDER_TTL_MS };
    await awaitPayment(scene.db, wait, scene.now);
    await desk.pay(person, invoiceOf(await till.order(person.id, { photoshootId })));
    await reconcile();
    expect(await stateOf(scene.db, photoshootId)).toBe('queued');
    expect(await till.credits(person.id)).toBe(10);
  });

  test('of a subscription is paid until the end of its period', async () => {
    const person = await desk.seller();
    const order = await till.subscription(person.id);
    const before = Date.now();
    await desk.pay(person, { ...invoiceOf(order), monthly: true });
    expect(await reconcile()).toEqual({ ...NOTHING, payment: 1 });
    const [row] = await scene.db.select().from(subscriptions).where(eq(subscriptions.orderId, order.id));
    const days = ((row?.paidUntil.getTime() ?? 0) - before) / 86_400_000;
    expect(Math.round(days)).toBe(30);
  });

  test('that fits no order is held, and the buyer and the admins are told', async () => {
    const person = await desk.seller();
    await desk.pay(person, { amount: 5, payload: 'order:987654321' });
    expect(await reconcile()).toEqual({ ...NOTHING, held: 1 });
    expect(await till.paymentsOf(person.id)).toMatchObject([{ state: 'held', heldReason: 'order' }]);
    expect(heard(person).at(-1)).toContain('does not fit any open order');
    expect(heard(desk.admin).at(-1)).toContain('Held, see /held: 1');
  });

  test('of somebody who never wrote to the bot is held in their name', async () => {
    const owner = await desk.seller();
    const stranger = desk.sandbox.people.of({ firstName: 'Stranger', languageCode: 'ru' });
    await desk.pay(stranger, invoiceOf(await till.order(owner.id)));
    expect(await reconcile()).toEqual({ ...NOTHING, held: 1 });
    expect(await till.paymentsOf(stranger.id)).toMatchObject([{ heldReason: 'payer', credits: 0 }]);
    expect(await till.credits(stranger.id)).toBe(8);
  });
});

describe('a payment that was found and cannot be credited', () => {
  /** While it lasts no payment can be written down. */
  async function refusing(work: () => Promise<void>): Promise<void> {
    await scene.db.execute(sql`alter table payments add constraint nothing check (false) not valid`);
    try {
      await work();
    } finally {
      await scene.db.execute(sql`alter table payments drop constraint nothing`);
    }
  }
  const alertsOf = (userId: number) => heard(desk.admin).filter((text) => text.includes(`person ${userId}`));

  test('is promised to its buyer and told to the admins once, by however many processes, and credited in the end', async () => {
    const person = await desk.seller();
    await desk.pay(person, invoiceOf(await till.order(person.id)));
    await refusing(async () => {
      for (let round = 1; round <= 2; round++) {
        const repairs = await Promise.all([reconcile(), reconcile(), reconcile()]);
        expect(repairs).toEqual([NOTHING, NOTHING, NOTHING]);
      }
    });
    expect(heard(person)).toEqual([expect.stringContaining('Your payment of 99 ⭐ has arrived and is safe')]);
    expect(alertsOf(person.id)).toEqual([expect.stringContaining('could not be credited')]);
    const { charges, total } = await readUnsettled(scene.db, 10);
    expect(charges).toMatchObject([{ kind: 'payment', userId: person.id, amount: 99, buyer: 'Emma' }]);
    expect(total).toBe(1);

    expect(await reconcile()).toEqual({ ...NOTHING, payment: 1 });
    expect(await till.credits(person.id)).toBe(12);
    expect(heard(person).at(-1)).toContain('12 credits added, you have 12 now');
    expect(await readUnsettled(scene.db, 10)).toEqual({ charges: [], total: 0 });
  });

  test('and whose money went back meanwhile leaves no credits', async () => {
    const person = await desk.seller();
    const chargeId = await desk.pay(person, invoiceOf(await till.order(person.id)));
    await desk.takeBack(person, chargeId);
    await refusing(async () => expect(await reconcile()).toEqual(NOTHING));
    expect((await readUnsettled(scene.db, 10)).charges.map(({ kind }) => kind)).toEqual([
      'payment',
      'refund',
    ]);
    await finishPayments(desk, new Date());
    expect(await till.credits(person.id)).toBe(0);
    expect((await till.paymentsOf(person.id)).map(({ state }) => state)).toEqual(['charged-back']);
    expect((await readUnsettled(scene.db, 10)).total).toBe(0);
  });
});

describe('a chargeback that no update told of', () => {
  test('takes the credits in full, once, and the admins are told', async () => {
    const { person, chargeId, paymentId } = await buyer();
    await scene.delivered(person.id, 4);
    await desk.takeBack(person, chargeId);
    const repairs = await Promise.all([reconcile(), reconcile()]);
    expect(repairs.map(({ chargeback }) => chargeback).sort()).toEqual([0, 1]);
    expect((await till.payment(paymentId)).state).toBe('charged-back');
    expect(await till.credits(person.id)).toBe(-4);
    const alerts = heard(desk.admin).filter((text) => text.includes(`took payment ${paymentId} back`));
    expect(alerts).toHaveLength(1);
    expect(alerts[0]).toContain('the balance is -4 now');
  });

  test('of a payment that was lost as well leaves no credits', async () => {
    const person = await desk.seller();
    const chargeId = await desk.pay(person, invoiceOf(await till.order(person.id)));
    await desk.takeBack(person, chargeId);
    expect(await reconcile()).toEqual({ ...NOTHING, payment: 1, chargeback: 1 });
    expect(await till.credits(person.id)).toBe(0);
  });
});

describe('a refund of which nobody knows what became', () => {
  const refund = (paymentId: number) =>
    refundPayment(desk, { paymentId, adminId: ADMIN, reason: 'asked' as const });

  test('that Telegram carried out is found and settled', async () => {
    const { person, paymentId } = await buyer();
    desk.sandbox.faults.add('telegram', { match: 'refundStarPayment', kind: 'reset-after', times: 1 });
    expect(await refund(paymentId)).toBe('unknown');
    expect((await till.payment(paymentId)).state).toBe('refunding');
    expect(await till.credits(person.id)).toBe(0);
    expect(await reconcile()).toEqual({ ...NOTHING, refund: 1 });
    expect(await till.payment(paymentId)).toMatchObject({ state: 'refunded', refundedBy: ADMIN });
    expect(heard(person).at(-1)).toContain('99 ⭐ has been refunded');
    expect(await reconcile()).toEqual(NOTHING);
  });

  test('that Telegram never heard of is asked for again', async () => {
    const { person, paymentId } = await buyer();
    const stars = person.stars();
    desk.sandbox.faults.add('telegram', { match: 'refundStarPayment', kind: 'reset', times: 1 });
    expect(await refund(paymentId)).toBe('unknown');
    expect(person.stars()).toBe(stars);
    const repairs = await Promise.all([reconcile(), reconcile()]);
    expect(repairs.map((one) => one.refund).sort()).toEqual([0, 1]);
    expect(person.stars()).toBe(stars + 99);
    expect((await till.payment(paymentId)).state).toBe('refunded');
    expect(heard(person).filter((text) => text.includes('has been refunded'))).toHaveLength(1);
  });

  test('that a process died with before it asked is carried out', async () => {
    const { person, paymentId } = await buyer();
    const stars = person.stars();
    await beginRefund(scene.db, { paymentId, adminId: ADMIN, reason: 'asked' as const }, new Date());
    expect(await reconcile()).toEqual({ ...NOTHING, refund: 1 });
    expect(person.stars()).toBe(stars + 99);
  });

  test('that Telegram refuses when it is asked again is undone, and the admins are told', async () => {
    const { person, paymentId } = await buyer();
    await beginRefund(scene.db, { paymentId, adminId: ADMIN, reason: 'asked' as const }, new Date());
    const refusal = { kind: 'refusal', description: 'Bad Request: BALANCE_TOO_LOW' } as const;
    desk.sandbox.faults.add('telegram', { match: 'refundStarPayment', ...refusal, times: 1 });
    expect(await reconcile()).toEqual(NOTHING);
    expect((await till.payment(paymentId)).state).toBe('credited');
    expect(await till.credits(person.id)).toBe(12);
    expect(heard(desk.admin).at(-1)).toContain(`refused to refund payment ${paymentId}`);
  });
});

describe('a comparison that fails', () => {
  test('goes on where it failed', async () => {
    const person = await desk.seller();
    const reconciler = desk.reconciler();
    await reconciler(desk.soon());
    await desk.pay(person, invoiceOf(await till.order(person.id)));
    desk.sandbox.faults.add('telegram', { match: 'getStarTransactions', kind: '5xx', times: 1 });
    await expect(reconciler(desk.soon())).rejects.toThrow();
    expect(await reconciler(desk.soon())).toEqual({ ...NOTHING, payment: 1 });
  });

  test('does not keep the other transactions from being repaired, and comes back to the one that failed', async () => {
    // No database takes this name, so that its payment cannot be written down.
    const impossible = desk.sandbox.people.of({ firstName: 'Em\u0000ma', languageCode: 'en' });
    const [owner, person] = [await desk.seller(), await desk.seller()];
    await desk.pay(impossible, invoiceOf(await till.order(owner.id)));
    await desk.pay(person, invoiceOf(await till.order(person.id)));
    const reconciler = desk.reconciler();
    expect(await reconciler(desk.soon())).toEqual({ ...NOTHING, payment: 1 });
    expect(await till.credits(person.id)).toBe(12);

    const named = { id: impossible.id, firstName: 'Emma', username: null, language: 'en' };
    await registerCustomer(scene.db, named, async () => {});
    expect(await reconciler(desk.soon())).toEqual({ ...NOTHING, held: 1 });
  });
});
