import { and, count, eq, inArray, ne, sql } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { orders, type PaymentSource, payments, subscriptions } from '../../database/schema/index.ts';
import { recordAct } from '../../owners/record-act.ts';
import { recordEvent } from '../../statistics/record-event.ts';
import { moveCredits } from '../ledger/move-credits.ts';
import { useDiscount } from '../promo-codes/promo-codes.ts';
import { type ReferralSettings, rewardPurchase } from '../referrals/reward-inviter.ts';
import type { Order } from './create-order.ts';
import { readInvoice } from './invoice-payload.ts';

/** Money that arrived, as Telegram reports it. */
export type IncomingPayment = {
  userId: number;
  payload: string;
  currency: string;
  amount: number;
  chargeId: string;
  providerChargeId: string | null;
  /** Of a subscription: the end of the period that this charge pays. */
  paidUntil: Date | null;
  source: PaymentSource;
  /** The owner who had it tried again, when it could not be written down at first. */
  settledBy?: number;
};

export type CreditedPayment = {
  kind: 'credited';
  paymentId: number;
  order: Order;
  credits: number;
  /** The invoice had been paid before, or was over: credited all the same, and worth a word. */
  late: 'paid' | 'expired' | 'cancelled' | 'refunded' | null;
};

export type PaymentOutcome =
  | CreditedPayment
  /** This charge had been taken before. */
  | { kind: 'repeated' }
  /** It fits no order of ours: nothing is credited, the admins decide. */
  | { kind: 'held'; paymentId: number; reason: Misfit };

/** Why money fits no order of ours; `period`: another charge has paid this period of the subscription. */
type Misfit = 'order' | 'price' | 'payer' | 'period';

/**
 * Credits money that arrived, once for each charge, whatever became of the order meanwhile: who has paid gets
 * what was offered. Call it in a transaction of its own or with what starts on the payment.
 */
export async function creditPayment(
  tx: Database,
  incoming: IncomingPayment,
  referral: ReferralSettings,
  now: Date,
): Promise<PaymentOutcome> {
  const order = await lockOrder(tx, incoming.payload);
  const misfit = await misfitOf(tx, order, incoming);
  const [payment] = await tx
    .insert(payments)
    .values({
      orderId: order?.id ?? null,
      userId: incoming.userId,
      telegramPaymentChargeId: incoming.chargeId,
      providerPaymentChargeId: incoming.providerChargeId,
      currency: incoming.currency,
      amount: incoming.amount,
      credits: misfit === null ? (order?.credits ?? 0) : 0,
      state: misfit === null ? 'credited' : 'held',
      heldReason: misfit,
      source: incoming.source,
      // A period is paid by one charge.
      paidUntil: misfit === null ? incoming.paidUntil : null,
    })
    .onConflictDoNothing({ target: payments.telegramPaymentChargeId })
    .returning({ id: payments.id });
  if (payment === undefined) return { kind: 'repeated' };
  const { settledBy: by, userId } = incoming;
  if (by !== undefined) {
    const after = { state: misfit === null ? 'credited' : 'held' };
    await recordAct(tx, { by, act: 'settle', userId, object: `payment:${payment.id}`, after });
  }
  if (order === null || misfit !== null) {
    return { kind: 'held', paymentId: payment.id, reason: misfit ?? 'order' };
  }

  await settleOrder(tx, order, incoming, now);
  const { credits } = order;
  await moveCredits(tx, {
    userId: order.userId,
    kind: 'purchase',
    credits,
    key: `purchase:${incoming.chargeId}`,
    paymentId: payment.id,
  });
  await rewardPurchase(tx, { paymentId: payment.id, userId: order.userId, credits }, referral, now);
  await recordPurchase(tx, order, payment.id);
  return { kind: 'credited', paymentId: payment.id, order, credits, late: lateness(order) };
}

async function lockOrder(tx: Database, payload: string): Promise<Order | null> {
  const orderId = readInvoice(payload);
  if (orderId === null) return null;
  const [order] = await tx.select().from(orders).where(eq(orders.id, orderId)).for('update');
  return order ?? null;
}

/** The order is locked, so of two charges for one period the second one sees the first. */
async function misfitOf(
  tx: Database,
  order: Order | null,
  { userId, currency, amount, chargeId, paidUntil }: IncomingPayment,
): Promise<Misfit | null> {
  if (order === null) return 'order';
  if (order.userId !== userId) return 'payer';
  if (order.currency !== currency || order.amount !== amount) return 'price';
  if (paidUntil === null) return null;
  const [other] = await tx
    .select({ id: payments.id })
    .from(payments)
    .where(
      and(
        eq(payments.orderId, order.id),
        eq(payments.paidUntil, paidUntil),
        ne(payments.telegramPaymentChargeId, chargeId),
      ),
    );
  return other === undefined ? null : 'period';
}

async function settleOrder(tx: Database, order: Order, incoming: IncomingPayment, now: Date): Promise<void> {
  await tx
    .update(orders)
    .set({ state: 'paid', paidAt: sql`coalesce(${orders.paidAt}, ${now.toISOString()}::timestamptz)` })
    .where(eq(orders.id, order.id));
  // Paid is paid: of an order that had ended, whose discount another one has used since, the price stands.
  if (order.promoRedemptionId !== null) {
    await useDiscount(tx, { redemptionId: order.promoRedemptionId, orderId: order.id }, now);
  }
  if (order.kind === 'subscription' && incoming.paidUntil !== null) {
    await tx
      .insert(subscriptions)
      .values({
        orderId: order.id,
        userId: order.userId,
        firstChargeId: incoming.chargeId,
        paidUntil: incoming.paidUntil,
      })
      .onConflictDoUpdate({
        target: subscriptions.orderId,
        set: {
          paidUntil: sql`greatest(${subscriptions.paidUntil}, excluded.paid_until)`,
          // Charged again, it renews, whatever was said before; an earlier month that is found late says nothing.
          cancelled: sql`${subscriptions.cancelled} and excluded.paid_until <= ${subscriptions.paidUntil}`,
        },
      });
  }
}

async function recordPurchase(tx: Database, order: Order, paymentId: number): Promise<void> {
  const { userId, amount, currency } = order;
  await recordEvent(tx, { userId, kind: 'paid', key: `paid:${paymentId}`, amount, currency });
  const [row] = await tx
    .select({ purchases: count() })
    .from(payments)
    .where(and(eq(payments.userId, userId), inArray(payments.state, ['credited', 'refunding', 'refunded'])));
  if ((row?.purchases ?? 0) >= 2) {
    await recordEvent(tx, { userId, kind: 'second-purchase', key: `second-purchase:${userId}` });
  }
}

function lateness(order: Order): CreditedPayment['late'] {
  if (order.state === 'pending' || order.kind === 'subscription') return null;
  return order.state;
}
