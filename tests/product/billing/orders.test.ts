import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { createAlerts } from '../../../src/alerts/alerts.ts';
import { approveCheckout } from '../../../src/billing/orders/approve-checkout.ts';
import { cancelOrdersFor, type Order, rememberInvoice } from '../../../src/billing/orders/create-order.ts';
import { expireOrders } from '../../../src/billing/orders/expire-orders.ts';
import { packInvoice, readInvoice } from '../../../src/billing/orders/invoice-payload.ts';
import { offerOf } from '../../../src/billing/orders/offers.ts';
import { sweepOrders } from '../../../src/billing/orders/sweep-orders.ts';
import { reportCharge } from '../../../src/billing/orders/unsettled-charges.ts';
import { createPromoCode } from '../../../src/billing/promo-codes/create-promo-code.ts';
import { redeemPromoCode } from '../../../src/billing/promo-codes/redeem-promo-code.ts';
import { PAUSE_REASONS, readSelling } from '../../../src/billing/selling.ts';
import { orders } from '../../../src/database/schema/index.ts';
import { silentLog } from '../../support/running-app.ts';
import { openFileScene } from '../../support/scene.ts';
import { ADMIN, createTill, ORDER_TTL_MS } from './till.ts';

const scene = await openFileScene();
const till = createTill(scene);

const later = (ms: number) => new Date(scene.now.getTime() + ms);

describe('an offer', () => {
  const shop = { name: 'Shop', credits: 40, stars: 299, card: 49_900 };

  test('in Stars is the package at its price in whole Stars', () => {
    expect(offerOf(shop, 'stars', null)).toEqual({ name: 'Shop', credits: 40, currency: 'XTR', amount: 299 });
  });

  test('by card is there only where cards are taken and the package has such a price', () => {
    const rub = { currency: 'RUB' };
    expect(offerOf(shop, 'card', rub)).toEqual({
      name: 'Shop',
      credits: 40,
      currency: 'RUB',
      amount: 49_900,
    });
    expect(offerOf(shop, 'card', null)).toBeNull();
    expect(offerOf({ ...shop, card: null }, 'card', rub)).toBeNull();
  });
});

describe('an order', () => {
  test('keeps its own copy of name, credits and price', async () => {
    const userId = await scene.customer(0);
    const order = await till.order(userId, { name: 'Shop', credits: 40, amount: 299 });
    expect(order).toMatchObject({
      userId,
      kind: 'package',
      state: 'pending',
      packageName: 'Shop',
      credits: 40,
      currency: 'XTR',
      amount: 299,
      expiresAt: later(ORDER_TTL_MS),
    });
  });

  test('is cheaper with a promo code, and a subscription is not', async () => {
    const userId = await scene.customer(0);
    const code = {
      code: `HALF${userId}`,
      kind: 'percent',
      value: 50,
      maxUses: null,
      usesPerUser: 1,
      endsAt: null,
    } as const;
    await createPromoCode(scene.db, { ...code, createdBy: ADMIN }, scene.now);
    await redeemPromoCode(scene.db, { code: code.code, userId, key: `asked:${scene.nextId()}` }, scene.now);
    expect((await till.subscription(userId)).amount).toBe(250);
    const cheap = await till.order(userId, { amount: 99 });
    expect(cheap.amount).toBe(49);
    await till.paid(cheap);
    expect((await till.order(userId, { amount: 99 })).amount).toBe(99);
  });

  test('that is not paid in time ends, once, and a paid one never does', async () => {
    const userId = await scene.customer(0);
    const [unpaid, paid] = [await till.order(userId), await till.order(userId)];
    await till.paid(paid);
    expect(await expireOrders(scene.db, later(ORDER_TTL_MS - 1))).toBe(0);
    expect(await expireOrders(scene.db, later(ORDER_TTL_MS))).toBeGreaterThan(0);
    expect(await expireOrders(scene.db, later(ORDER_TTL_MS))).toBe(0);
    expect([await till.orderState(unpaid.id), await till.orderState(paid.id)]).toEqual(['expired', 'paid']);
  });

  test('of a photoshoot that waits no more is cancelled; a paid one stays', async () => {
    const userId = await scene.customer(0);
    const photoshootId = await scene.draft(userId);
    const [first, second] = [
      await till.order(userId, { photoshootId }),
      await till.order(userId, { photoshootId }),
    ];
    await till.paid(first);
    await cancelOrdersFor(scene.db, photoshootId);
    expect([await till.orderState(first.id), await till.orderState(second.id)]).toEqual([
      'paid',
      'cancelled',
    ]);
  });

  test('that ended unpaid is dropped after a month, and never one that money has come for', async () => {
    const userId = await scene.customer(0);
    const [dropped, paid, reported] = [
      await till.order(userId),
      await till.order(userId),
      await till.order(userId),
    ];
    await till.paid(paid);
    const charge = { ...till.money(reported), kind: 'payment', language: null } as const;
    await reportCharge(scene.db, charge);
    await expireOrders(scene.db, later(ORDER_TTL_MS));
    await sweepOrders(scene.db, later(ORDER_TTL_MS - 86_400_000));
    expect(await till.orderState(dropped.id)).toBe('expired');
    expect(await sweepOrders(scene.db, later(ORDER_TTL_MS + 86_400_000))).toBeGreaterThan(0);
    const states = [dropped, paid, reported].map((order) => till.orderState(order.id));
    expect(await Promise.all(states)).toEqual([undefined, 'paid', 'expired']);
  });

  test('remembers the message of its invoice', async () => {
    const order = await till.order(await scene.customer(0));
    await rememberInvoice(scene.db, order.id, 4711);
    const [row] = await scene.db.select().from(orders).where(eq(orders.id, order.id));
    expect(row?.invoiceMessageId).toBe(4711);
  });
});

describe('a percentage off the next purchase', () => {
  const endOfInvoices = () => later(ORDER_TTL_MS);

  /** Somebody who has a one-use code of 88 per cent, and this many invoices that it has lowered. */
  async function tempted(invoices: number): Promise<{ userId: number; orders: Order[] }> {
    const userId = await scene.customer(0);
    const code = `OFF${userId}`;
    const promo = { code, kind: 'percent', value: 88, maxUses: 1, usesPerUser: 1, endsAt: null } as const;
    await createPromoCode(scene.db, { ...promo, createdBy: ADMIN }, scene.now);
    await redeemPromoCode(scene.db, { code, userId, key: `asked:${scene.nextId()}` }, scene.now);
    const offered: Order[] = [];
    // Different packages, as a seller who compares them would look at.
    for (let n = 0; n < invoices; n++) {
      offered.push(await till.order(userId, { name: `Package ${n}`, credits: 400 + n, amount: 1967 }));
    }
    expect(new Set(offered.map(({ amount }) => amount))).toEqual(new Set([236]));
    return { userId, orders: offered };
  }

  const pay = async (order: Order, now = scene.now): Promise<string> => {
    const { userId, currency, amount } = order;
    const asked = { userId, payload: packInvoice(order.id), currency, amount };
    const verdict = await approveCheckout(scene.db, asked, now);
    if (!verdict.ok) return verdict.reason;
    await till.paid(order);
    return 'paid';
  };
  const approve = ({ userId, id, currency, amount }: Order) =>
    approveCheckout(scene.db, { userId, payload: packInvoice(id), currency, amount }, scene.now);

  test('lowers one purchase, however many invoices are paid at the same moment', async () => {
    const { userId, orders: offered } = await tempted(5);
    const outcomes = await Promise.all(offered.map((order) => pay(order)));
    expect(outcomes.toSorted()).toEqual(['discount', 'discount', 'discount', 'discount', 'paid']);
    expect(await till.paymentsOf(userId)).toHaveLength(1);
  });

  test('lowers one purchase when all checkouts are asked for before any money has arrived', async () => {
    const { orders: offered } = await tempted(5);
    const verdicts = await Promise.all(offered.map(approve));
    expect(verdicts.filter((verdict) => verdict.ok)).toHaveLength(1);
  });

  test('stays with the order whose checkout was first, which may be asked for again', async () => {
    const { userId, orders: offered } = await tempted(2);
    const [first, second] = offered;
    if (first === undefined || second === undefined) throw new Error('there are two invoices');
    expect(await approve(first)).toEqual({ ok: true });
    expect(await approve(first)).toEqual({ ok: true });
    expect(await approve(second)).toEqual({ ok: false, reason: 'discount' });
    expect((await till.order(userId, { amount: 1967 })).amount).toBe(1967);
  });

  test('is free again once the order that had it ends unpaid', async () => {
    const { userId, orders: offered } = await tempted(1);
    const photoshootId = await scene.draft(userId);
    const waiting = await till.order(userId, { photoshootId, amount: 1967 });
    expect(await approve(waiting)).toEqual({ ok: true });
    await cancelOrdersFor(scene.db, photoshootId);
    for (const order of offered) expect(await approve(order)).toEqual({ ok: true });
    await expireOrders(scene.db, endOfInvoices());
    expect((await till.order(userId, { amount: 1967 })).amount).toBe(236);
  });

  test('is used up by money that comes late for an order that had ended', async () => {
    const { userId, orders: offered } = await tempted(2);
    const [late, other] = offered;
    if (late === undefined || other === undefined) throw new Error('there are two invoices');
    expect(await approve(late)).toEqual({ ok: true });
    await expireOrders(scene.db, endOfInvoices());
    await till.paid(late);
    expect((await till.order(userId, { amount: 1967 })).amount).toBe(1967);
  });
});

describe('an invoice’s payload', () => {
  test('names the order, and reads as nothing when it is not ours', () => {
    expect(readInvoice(packInvoice(42))).toBe(42);
    const odd = ['', 'order:', 'order:0', 'order:-1', 'order:1x', 'Order:1', 'order:99999999999999999', '42'];
    expect(odd.map(readInvoice)).toEqual(odd.map(() => null));
  });
});

describe('a checkout', () => {
  const checkout = (
    order: Order,
    about: Partial<Parameters<typeof approveCheckout>[1]> = {},
    now = scene.now,
  ) =>
    approveCheckout(
      scene.db,
      {
        userId: order.userId,
        payload: packInvoice(order.id),
        currency: order.currency,
        amount: order.amount,
        ...about,
      },
      now,
    );
  const refused = (reason: string) => ({ ok: false, reason });

  test('of an open order by its buyer at its price is agreed to', async () => {
    expect(await checkout(await till.order(await scene.customer(0)))).toEqual({ ok: true });
  });

  test('is refused for no order of ours', async () => {
    const order = await till.order(await scene.customer(0));
    expect(await checkout(order, { payload: 'order:987654321' })).toEqual(refused('order'));
    expect(await checkout(order, { payload: 'something else' })).toEqual(refused('order'));
  });

  test('is refused for somebody else’s order', async () => {
    const order = await till.order(await scene.customer(0));
    expect(await checkout(order, { userId: await scene.customer(0) })).toEqual(refused('payer'));
  });

  test('is refused for another price or currency than was offered', async () => {
    const order = await till.order(await scene.customer(0));
    expect(await checkout(order, { amount: order.amount - 1 })).toEqual(refused('price'));
    expect(await checkout(order, { currency: 'RUB' })).toEqual(refused('price'));
  });

  test('is refused from the moment on at which the order ends', async () => {
    const order = await till.order(await scene.customer(0));
    expect(await checkout(order, {}, later(ORDER_TTL_MS - 1))).toEqual({ ok: true });
    expect(await checkout(order, {}, later(ORDER_TTL_MS))).toEqual(refused('order'));
  });

  test('is refused for an order that is cancelled or paid', async () => {
    const userId = await scene.customer(0);
    const photoshootId = await scene.draft(userId);
    const cancelled = await till.order(userId, { photoshootId });
    await cancelOrdersFor(scene.db, photoshootId);
    expect(await checkout(cancelled)).toEqual(refused('order'));
    const paid = await till.order(userId);
    await till.paid(paid);
    expect(await checkout(paid)).toEqual(refused('order'));
  });

  const alerts = () =>
    createAlerts({ db: scene.db, tell: async () => true, tellChannels: async () => {}, log: silentLog });

  test('is refused while no picture can be made, so that nobody pays for waiting', async () => {
    const order = await till.order(await scene.customer(0));
    for (const reason of PAUSE_REASONS) {
      await alerts().raise(reason, {}, { standsFrom: scene.now });
      expect(await checkout(order)).toEqual(refused('paused'));
      expect(await readSelling(scene.db, new Date())).toEqual({ on: false, reasons: [reason], words: null });
      await alerts().resolve([reason]);
      expect(await checkout(order)).toEqual({ ok: true });
    }
  });

  test('stays refused when a call succeeds that began before the pause: it proves nothing', async () => {
    const order = await till.order(await scene.customer(0));
    const before = new Date(Date.now() - 1);
    await alerts().raise('provider-quota', {}, { standsFrom: scene.now });
    expect(await alerts().resolve(PAUSE_REASONS, before)).toBe(false);
    expect(await checkout(order)).toEqual(refused('paused'));
    expect(await alerts().resolve(PAUSE_REASONS)).toBe(true);
    expect(await alerts().resolve(PAUSE_REASONS)).toBe(false);
    expect(await checkout(order)).toEqual({ ok: true });
  });

  test('of a subscription that is paid is agreed to: it renews', async () => {
    const order = await till.subscription(await scene.customer(0));
    await till.paid(order, { paidUntil: later(1) });
    expect(await checkout(order, {}, later(2 * ORDER_TTL_MS))).toEqual({ ok: true });
  });
});
