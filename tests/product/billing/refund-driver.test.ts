import { eq } from 'drizzle-orm';
import { afterAll, describe, expect, test } from 'vitest';
import { checkLedger } from '../../../src/billing/checks/check-ledger.ts';
import { subscriptions } from '../../../src/database/schema/index.ts';
import { receiveRefund } from '../../../src/payments/receive-refund.ts';
import { refundPayment } from '../../../src/payments/refund.ts';
import { openFileScene, outcomeOf } from '../../support/scene.ts';
import { heard, invoiceOf, openStarDesk, type StarDesk } from './star-desk.ts';
import { ADMIN, createTill, tally } from './till.ts';

const scene = await openFileScene();
const till = createTill(scene);
const desk = await openStarDesk(scene);
afterAll(async () => {
  expect(await checkLedger(scene.db)).toEqual([]);
  await desk.close();
});

const refund = (paymentId: number, adminId = ADMIN) =>
  refundPayment(desk, { paymentId, adminId, reason: 'asked' as const });
const spoil = (rule: Parameters<StarDesk['sandbox']['faults']['add']>[1]) =>
  desk.sandbox.faults.add('telegram', { times: 1, ...rule });
const refundCalls = () => desk.sandbox.journal.calls('refundStarPayment').length;

async function buyer() {
  const person = await desk.seller();
  const order = await till.order(person.id);
  const chargeId = await desk.pay(person, invoiceOf(order));
  const { paymentId } = await till.paid(order, { chargeId });
  return { person, order, chargeId, paymentId };
}

describe('a refund', () => {
  test('gives the Stars back, takes the credits and tells the buyer', async () => {
    const { person, paymentId } = await buyer();
    const stars = person.stars();
    expect(await refund(paymentId)).toBe('refunded');
    expect(person.stars()).toBe(stars + 99);
    expect(await till.credits(person.id)).toBe(0);
    expect((await till.payment(paymentId)).state).toBe('refunded');
    expect(heard(person).at(-1)).toBe(
      '💸 Your payment of 99 ⭐ has been refunded. You have no credits left.',
    );
  });

  test('by two admins who click twice goes to Telegram once', async () => {
    const { person, paymentId } = await buyer();
    const [stars, calls] = [person.stars(), refundCalls()];
    const clicks = [ADMIN, ADMIN, ADMIN + 1, ADMIN + 1].map((admin) => outcomeOf(refund(paymentId, admin)));
    expect(tally(await Promise.all(clicks))).toEqual({ done: 1, 'nothing-to-refund': 3 });
    expect(refundCalls()).toBe(calls + 1);
    expect(person.stars()).toBe(stars + 99);
  });

  test('of a charge that Telegram has refunded already is done', async () => {
    const { person, paymentId, chargeId } = await buyer();
    await desk.takeBack(person, chargeId);
    expect(await refund(paymentId)).toBe('refunded');
    expect((await till.payment(paymentId)).state).toBe('refunded');
  });

  test('that Telegram refuses is undone', async () => {
    const { person, order, paymentId } = await buyer();
    spoil({ match: 'refundStarPayment', kind: 'refusal', description: 'Bad Request: BALANCE_TOO_LOW' });
    expect(await refund(paymentId)).toBe('refused');
    expect(await till.credits(person.id)).toBe(12);
    expect(await till.orderState(order.id)).toBe('paid');
    expect(await refund(paymentId)).toBe('refunded');
    expect(await till.credits(person.id)).toBe(0);
  });

  test.each([
    ['a broken proxy', { kind: '5xx' }],
    ['a connection that breaks before', { kind: 'reset' }],
    ['a connection that breaks after', { kind: 'reset-after' }],
    ['half an answer', { kind: 'truncate' }],
  ] as const)('of which %s leaves nobody the wiser stays open', async (_what, fault) => {
    const { person, paymentId } = await buyer();
    spoil({ match: 'refundStarPayment', ...fault });
    expect(await refund(paymentId)).toBe('unknown');
    expect((await till.payment(paymentId)).state).toBe('refunding');
    expect(await till.credits(person.id)).toBe(0);
    expect(await outcomeOf(refund(paymentId))).toBe('nothing-to-refund');
    expect((await desk.reconciler()(desk.soon())).refund).toBe(1);
    expect((await till.payment(paymentId)).state).toBe('refunded');
  });

  test('that has to wait for too long stays open', async () => {
    const { person, paymentId } = await buyer();
    // Telegram’s “wait” stops a whole gateway, so this one is the test’s own.
    const gateway = desk.anotherGateway();
    spoil({ match: 'refundStarPayment', kind: '429', retryAfter: 3600 });
    expect(
      await refundPayment({ ...desk, gateway }, { paymentId, adminId: ADMIN, reason: 'asked' as const }),
    ).toBe('unknown');
    await gateway.close();
    expect((await till.payment(paymentId)).state).toBe('refunding');
    expect((await desk.reconciler()(desk.soon())).refund).toBe(1);
    expect(await till.credits(person.id)).toBe(0);
  });

  test('of somebody who has blocked the bot is a refund all the same', async () => {
    const { person, paymentId } = await buyer();
    person.block();
    expect(await refund(paymentId)).toBe('refunded');
  });

  test('tells the buyer once, though Telegram reports it as well', async () => {
    const { person, chargeId, paymentId } = await buyer();
    await Promise.all([refund(paymentId), desk.sandbox.journal.waitFor('refundStarPayment')]);
    expect(await receiveRefund(desk, { chargeId }, new Date())).toBe('repeated');
    expect(heard(person).filter((text) => text.includes('has been refunded'))).toHaveLength(1);
  });
});

describe('a subscription that is refunded', () => {
  async function subscriber() {
    const person = await desk.seller();
    const order = await till.subscription(person.id);
    const chargeId = await desk.pay(person, { ...invoiceOf(order), monthly: true });
    const paidUntil = new Date(Date.now() + 86_400_000);
    const { paymentId } = await till.paid(order, { chargeId, paidUntil });
    const cancelled = async () => {
      const [row] = await scene.db.select().from(subscriptions).where(eq(subscriptions.orderId, order.id));
      return row?.cancelled;
    };
    return { chargeId, paymentId, cancelled };
  }

  test('is not renewed', async () => {
    const { chargeId, paymentId, cancelled } = await subscriber();
    expect(await refund(paymentId)).toBe('refunded');
    expect(await cancelled()).toBe(true);
    const edits = desk.sandbox.journal.calls('editUserStarSubscription');
    expect(edits.at(-1)?.parameters).toMatchObject({
      telegram_payment_charge_id: chargeId,
      is_canceled: true,
    });
  });

  test('is ended by the reconciliation where Telegram could not be told', async () => {
    const { paymentId, cancelled } = await subscriber();
    spoil({ match: 'editUserStarSubscription', kind: '5xx' });
    expect(await refund(paymentId)).toBe('refunded');
    expect(await cancelled()).toBe(false);
    await desk.reconciler()(desk.soon());
    expect(await cancelled()).toBe(true);
  });
});
