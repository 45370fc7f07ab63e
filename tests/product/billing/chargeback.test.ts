import { eq } from 'drizzle-orm';
import { afterAll, describe, expect, test } from 'vitest';
import { checkLedger } from '../../../src/billing/checks/check-ledger.ts';
import { beginRefund, settleRefund, undoRefund } from '../../../src/billing/refunds/refund-payment.ts';
import { reversePayment } from '../../../src/billing/refunds/reverse-payment.ts';
import { users } from '../../../src/database/schema/index.ts';
import { balanceCard } from '../../../src/screens/menu-cards.ts';
import { loadTexts } from '../../../src/texts/texts.ts';
import { openFileScene, outcomeOf } from '../../support/scene.ts';
import { ADMIN, createTill, tally } from './till.ts';

const scene = await openFileScene();
const till = createTill(scene);
afterAll(async () => {
  expect(await checkLedger(scene.db)).toEqual([]);
});

const reverse = (chargeId: string) => reversePayment(scene.db, { chargeId }, scene.now);
const chargeOf = async (paymentId: number) => (await till.payment(paymentId)).telegramPaymentChargeId;

describe('a chargeback', () => {
  test('takes the credits in full, once, however often it is heard', async () => {
    const { userId, payment } = await till.buyer();
    const chargeId = await chargeOf(payment.paymentId);
    const heard = await Promise.all(Array.from({ length: 10 }, () => reverse(chargeId)));
    expect(tally(heard.map(({ kind }) => kind))).toEqual({ 'charged-back': 1, repeated: 9 });
    expect(await till.credits(userId)).toBe(0);
    expect((await till.payment(payment.paymentId)).state).toBe('charged-back');
    expect(await till.orderState(payment.order.id)).toBe('refunded');
  });

  test('of spent credits leaves a debt that is shown plainly and that the next purchase settles', async () => {
    const { userId, payment } = await till.buyer();
    await scene.delivered(userId, 4);
    await scene.delivered(userId, 3);
    expect(await reverse(await chargeOf(payment.paymentId))).toMatchObject({ balance: -7 });
    expect(await till.credits(userId)).toBe(-7);
    const [en, ru] = ['en', 'ru'].map((language) =>
      balanceCard(loadTexts().in(language), { credits: -7, reserved: 0 }),
    );
    expect(en?.text).toContain('You owe <b>7 credits</b>');
    expect(ru?.text).toContain('<b>7 кредитов</b>');
    expect(await outcomeOf(scene.placed(userId))).toBe('not-enough-credits');
    await till.paid(await till.order(userId));
    expect(await till.credits(userId)).toBe(5);
  });

  test('takes the inviter’s reward back', async () => {
    const [inviter, userId] = [await scene.customer(0), await scene.customer(0)];
    await scene.db.update(users).set({ invitedBy: inviter }).where(eq(users.id, userId));
    const payment = await till.paid(await till.order(userId, { credits: 40 }));
    expect(await till.credits(inviter)).toBe(4);
    await reverse(await chargeOf(payment.paymentId));
    expect(await till.credits(inviter)).toBe(0);
  });

  test('of held money takes no credits', async () => {
    const userId = await scene.customer(2);
    const incoming = till.money(await till.order(userId), { amount: 1 });
    await till.take(incoming);
    expect(await reverse(incoming.chargeId)).toMatchObject({ kind: 'charged-back', balance: 2 });
    expect(await till.credits(userId)).toBe(2);
  });

  test('after a refund that Telegram had refused takes the credits once', async () => {
    const { userId, payment } = await till.buyer();
    await beginRefund(
      scene.db,
      { paymentId: payment.paymentId, adminId: ADMIN, reason: 'asked' as const },
      scene.now,
    );
    await undoRefund(scene.db, payment.paymentId);
    await reverse(await chargeOf(payment.paymentId));
    expect(await till.credits(userId)).toBe(0);
  });

  test('of a charge that nobody knows changes nothing', async () => {
    expect(await reverse('no such charge')).toEqual({ kind: 'unknown' });
  });
});

describe('money that went back', () => {
  test('by a refund of ours settles that refund, and is no chargeback', async () => {
    const { userId, payment } = await till.buyer();
    await scene.delivered(userId, 2);
    const { paymentId } = payment;
    const { chargeId } = await beginRefund(
      scene.db,
      { paymentId, adminId: ADMIN, reason: 'asked' as const },
      scene.now,
    );
    expect(await reverse(chargeId)).toMatchObject({ kind: 'refunded' });
    expect(await till.payment(paymentId)).toMatchObject({ state: 'refunded', refundedBy: ADMIN });
    expect(await till.credits(userId)).toBe(0);
    expect(await settleRefund(scene.db, paymentId, scene.now)).toBeNull();
    expect(await reverse(chargeId)).toEqual({ kind: 'repeated' });
  });

  test('while an admin begins a refund is one of both, never both', async () => {
    for (let n = 0; n < 5; n++) {
      const { userId, payment } = await till.buyer();
      const chargeId = await chargeOf(payment.paymentId);
      const request = { paymentId: payment.paymentId, adminId: ADMIN, reason: 'asked' as const };
      const [reversal, refund] = await Promise.all([
        reverse(chargeId),
        outcomeOf(beginRefund(scene.db, request, scene.now)),
      ]);
      expect([reversal.kind, refund]).toEqual(
        refund === 'done' ? ['refunded', 'done'] : ['charged-back', 'nothing-to-refund'],
      );
      expect(await till.credits(userId)).toBe(0);
    }
  });
});
