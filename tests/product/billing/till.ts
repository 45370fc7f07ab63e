/** Short ways to sell: orders, money that arrives, and what is left of it. */
import { eq } from 'drizzle-orm';
import { readBalance } from '../../../src/billing/ledger/read-balance.ts';
import { createOrder, type Order } from '../../../src/billing/orders/create-order.ts';
import type { CreditedPayment, IncomingPayment } from '../../../src/billing/orders/credit-payment.ts';
import { packInvoice } from '../../../src/billing/orders/invoice-payload.ts';
import type { Offer } from '../../../src/billing/orders/offers.ts';
import { orders, payments } from '../../../src/database/schema/index.ts';
import { type TakenPayment, takePayment } from '../../../src/photoshoots/draft/take-payment.ts';
import type { Scene } from '../../support/scene.ts';

export const ORDER_TTL_MS = 86_400_000;
export const referral = { startReward: 4, purchasePercent: 10, monthlyCap: 1000 } as const;
export const ADMIN = 7;

export type Till = ReturnType<typeof createTill>;

export function createTill(scene: Pick<Scene, 'db' | 'queue' | 'now' | 'nextId' | 'customer'>) {
  const { db, queue, now } = scene;

  const order = (userId: number, about: Partial<Offer> & { photoshootId?: number } = {}): Promise<Order> => {
    const { photoshootId = null, ...offer } = about;
    return createOrder(
      db,
      {
        userId,
        kind: 'package',
        offer: { name: 'Start', credits: 12, currency: 'XTR', amount: 99, ...offer },
        photoshootId,
        ttlMs: ORDER_TTL_MS,
      },
      now,
    );
  };

  const subscription = (userId: number): Promise<Order> =>
    createOrder(
      db,
      {
        userId,
        kind: 'subscription',
        offer: { name: 'Monthly', credits: 30, currency: 'XTR', amount: 250 },
        photoshootId: null,
        ttlMs: ORDER_TTL_MS,
      },
      now,
    );

  /** The money for an order as Telegram reports it, each time with a new charge. */
  const money = (to: Order, about: Partial<IncomingPayment> = {}): IncomingPayment => ({
    userId: to.userId,
    payload: packInvoice(to.id),
    currency: to.currency,
    amount: to.amount,
    chargeId: `charge-${scene.nextId()}`,
    providerChargeId: null,
    paidUntil: null,
    source: 'update',
    ...about,
  });

  const take = (incoming: IncomingPayment): Promise<TakenPayment> =>
    takePayment({ db, queue, referral }, incoming, now);

  /** An order that is paid: money that was credited. */
  async function paid(to: Order, about: Partial<IncomingPayment> = {}): Promise<CreditedPayment> {
    const taken = await take(money(to, about));
    if (taken.kind !== 'credited') throw new Error(`the payment was ${taken.kind}`);
    return taken;
  }

  /** Somebody without free credits who has bought a package of twelve. */
  async function buyer(): Promise<{ userId: number; payment: CreditedPayment }> {
    const userId = await scene.customer(0);
    return { userId, payment: await paid(await order(userId)) };
  }

  return {
    order,
    subscription,
    money,
    take,
    paid,
    buyer,
    credits: async (userId: number) => (await readBalance(db, userId)).credits,
    async orderState(id: number): Promise<string | undefined> {
      const [row] = await db.select({ state: orders.state }).from(orders).where(eq(orders.id, id));
      return row?.state;
    },
    async payment(id: number): Promise<typeof payments.$inferSelect> {
      const [row] = await db.select().from(payments).where(eq(payments.id, id));
      if (row === undefined) throw new Error('there is no such payment');
      return row;
    },
    paymentsOf: (userId: number) => db.select().from(payments).where(eq(payments.userId, userId)),
  };
}

/** How often each value occurs. */
export function tally<T extends string>(values: readonly T[]): Partial<Record<T, number>> {
  const counts: Partial<Record<T, number>> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
