/** Money that has arrived is never denied, never forgotten and never taken twice, whatever stands in the way. */
import type { SuccessfulPayment } from '@grammyjs/types';
import { eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../../../sandbox/index.ts';
import { checkLedger } from '../../../src/billing/checks/check-ledger.ts';
import type { Order } from '../../../src/billing/orders/create-order.ts';
import { packInvoice } from '../../../src/billing/orders/invoice-payload.ts';
import { payments, telegramUpdates, unsettledCharges } from '../../../src/database/schema/index.ts';
import { awaitPayment } from '../../../src/photoshoots/draft/await-payment.ts';
import { ask, botMessages, plain, tap, textOf, textsOf, waitForText } from '../../support/conversation.ts';
import { jobsOf, openScene, type Scene, stateOf } from '../../support/scene.ts';
import { buttons } from '../../support/seller.ts';
import { type Counter, openCounter } from './counter.ts';
import { createTill, ORDER_TTL_MS, type Till } from './till.ts';

let scene: Scene;
let till: Till;
let counter: Counter;
/** Ends the fault of a test that failed in the middle of it. */
let mend: () => Promise<void>;

beforeAll(async () => {
  scene = await openScene();
  till = createTill(scene);
  counter = await openCounter(scene);
  await ask(counter.admin, '/start', /Hello/);
});
afterEach(async () => {
  counter.outage.end();
  await mend();
  mend = async () => {};
  expect(await checkLedger(scene.db)).toEqual([]);
});
afterAll(async () => {
  await counter.close();
  await scene.close();
});
mend = async () => {};

async function refuse(...fault: Parameters<Counter['refuse']>): Promise<void> {
  const end = await counter.refuse(...fault);
  mend = async () => {
    mend = async () => {};
    await end();
  };
}

const DAY_MS = 86_400_000;

/** What Telegram reports once an order is paid. */
function paymentOf(order: Order, about: Partial<SuccessfulPayment> = {}): SuccessfulPayment {
  const payment: Omit<SuccessfulPayment, 'currency'> & { currency: string } = {
    currency: order.currency,
    total_amount: order.amount,
    invoice_payload: packInvoice(order.id),
    telegram_payment_charge_id: `charge-${scene.nextId()}`,
    provider_payment_charge_id: `provider-${scene.nextId()}`,
    ...about,
  };
  // Telegram's types know of each currency; an order has it as text.
  return payment as SuccessfulPayment;
}

const monthFromNow = (months: number) => Math.floor((Date.now() + months * 30 * DAY_MS) / 1000);

/** What can be paid: the charge that is about to be reported, and how many credits are to follow. */
const KINDS = {
  Stars: async (person: Person) => ({
    payment: paymentOf(await till.order(person.id)),
    before: 0,
    credits: 12,
  }),
  'a card': async (person: Person) => ({
    payment: paymentOf(await till.order(person.id, { currency: 'EUR', amount: 499 })),
    before: 0,
    credits: 12,
  }),
  'the first month of a subscription': async (person: Person) => ({
    payment: paymentOf(await till.subscription(person.id), { subscription_expiration_date: monthFromNow(1) }),
    before: 0,
    credits: 30,
  }),
  'a renewal of a subscription': async (person: Person) => {
    const order = await till.subscription(person.id);
    await till.paid(order, { paidUntil: new Date(monthFromNow(1) * 1000) });
    const payment = paymentOf(order, { subscription_expiration_date: monthFromNow(2) });
    return { payment, before: 30, credits: 30 };
  },
} as const;

const REFUSALS = { 'a constraint is violated': '23514', 'nobody expected this error': 'XX000' } as const;

const PRICES: Readonly<Record<string, RegExp>> = { XTR: /⭐/, EUR: /4[.,]99/ };

/** Everything that was ever said to the admin about the money of this person. */
const alertsOf = (person: Person) =>
  botMessages(counter.admin)
    .map(textOf)
    .filter((text) => text.includes(`person ${person.id}`));

const held = () => ask(counter.admin, '/held', /Money that|No money is held/);

/** The number under which `/held` shows a charge. */
async function numberOf(payment: SuccessfulPayment): Promise<number> {
  const [row] = await scene.db
    .select({ id: unsettledCharges.id })
    .from(unsettledCharges)
    .where(eq(unsettledCharges.chargeId, payment.telegram_payment_charge_id));
  if (row === undefined) throw new Error('the charge was not reported');
  return row.id;
}

/** The admin's tap on the button of this charge. */
async function tapCredit(payment: SuccessfulPayment, answer: string): Promise<void> {
  const list = await held();
  const data = `settle:${await numberOf(payment)}`;
  const after = botMessages(counter.admin).at(-1)?.message_id ?? 0;
  await tap(counter.admin, { data, messageId: list.message_id });
  await waitForText(counter.admin, textsOf(counter.admin)(answer), { after });
}

/** Resolves when everything before has been handled: a chat's messages are answered in their order. */
const caughtUp = (person: Person) => ask(person, '/balance', /You (have|owe)/);

const denials = (person: Person) =>
  botMessages(person).filter((message) => textOf(message) === plain(textsOf(person)('error-unexpected')));

/** The text up to where the price stands in it. */
const delayed = (person: Person) =>
  plain(textsOf(person)('payment-delayed', { price: '|' }))
    .split('|')
    .at(-1)
    ?.trim() ?? '';

describe.each(Object.entries(KINDS))('%s, paid when', (_, arrange) => {
  test.each(Object.entries(REFUSALS))(
    '%s: is promised, told, kept, and credited once',
    async (_fault, sqlState) => {
      const emma = await counter.buyer('en');
      const { payment, before, credits } = await arrange(emma);
      await refuse('payments', sqlState);
      counter.report(emma, payment);
      const promise = await waitForText(emma, delayed(emma));
      expect(textOf(promise)).toMatch(PRICES[payment.currency] ?? /^$/);
      await waitForText(counter.admin, new RegExp(`could not be credited.*person ${emma.id}`));

      // Reported again, tried again and swept: nobody is told twice, and nothing is forgotten.
      counter.report(emma, payment);
      await caughtUp(emma);
      await counter.finishPayments();
      await tapCredit(payment, 'settle-outcome-failed');
      await counter.intake.sweepOld(new Date(Date.now() + 2 * DAY_MS));
      const list = await held();
      expect(textOf(list)).toContain(`Emma (${emma.id}) · arrived, not credited`);
      expect(buttons(list).map((text) => text.split(' · ')[0])).toContain(
        `Credit #${await numberOf(payment)}`,
      );
      expect(alertsOf(emma)).toHaveLength(1);
      expect(await till.credits(emma.id)).toBe(before);

      await mend();
      await tapCredit(payment, 'settle-outcome-settled');
      await waitForText(emma, new RegExp(`${credits} credits added, you have ${before + credits} now`));
      await tapCredit(payment, 'settle-outcome-before');
      await counter.finishPayments();
      counter.report(emma, payment);
      await caughtUp(emma);
      expect(textOf(await held())).not.toContain(`(${emma.id})`);
      expect(await till.credits(emma.id)).toBe(before + credits);
      expect(botMessages(emma).filter((message) => textOf(message).includes('credits added'))).toHaveLength(
        1,
      );
      expect(botMessages(emma).filter((message) => textOf(message).includes(delayed(emma)))).toHaveLength(1);
      expect(denials(emma)).toEqual([]);
    },
  );

  test('the database is away: is promised, told, kept, and credited as soon as it is back', async () => {
    const emma = await counter.buyer('en');
    const { payment, before, credits } = await arrange(emma);
    counter.outage.begin();
    counter.report(emma, payment);
    await waitForText(emma, delayed(emma));
    await waitForText(counter.admin, new RegExp(`could not be credited.*person ${emma.id}`));
    counter.outage.end();
    await waitForText(emma, new RegExp(`${credits} credits added, you have ${before + credits} now`));
    expect(textOf(await held())).not.toContain(`(${emma.id})`);
    expect(alertsOf(emma)).toHaveLength(1);
    expect(await till.credits(emma.id)).toBe(before + credits);
    expect(denials(emma)).toEqual([]);
    const dead = await scene.db.$count(telegramUpdates, sql`state = 'dead' and lane = ${emma.id}`);
    expect(dead).toBe(0);
  });
});

describe('money that could not be credited', () => {
  test('is credited by the sweep, without anybody’s tap, and all are told that it is over', async () => {
    const marina = await counter.buyer('ru');
    const payment = paymentOf(await till.order(marina.id));
    await refuse('payments', '23514');
    counter.report(marina, payment);
    await waitForText(marina, /получен, деньги в сохранности/);
    await mend();
    await Promise.all([1, 2, 3].map(() => counter.finishPayments()));
    await waitForText(marina, /Добавлено: 12 кредитов/);
    expect(alertsOf(marina)).toEqual([
      expect.stringContaining('could not be credited'),
      expect.stringContaining('is settled now'),
    ]);
    expect(await till.credits(marina.id)).toBe(12);
  });

  test('that fits no order either is held in the end, and the admins are told so', async () => {
    const emma = await counter.buyer('en');
    const payment = paymentOf(await till.order(emma.id), { total_amount: 98 });
    await refuse('payments', '23514');
    counter.report(emma, payment);
    await waitForText(emma, delayed(emma));
    await mend();
    await counter.finishPayments();
    await waitForText(emma, textsOf(emma)('payment-held'));
    expect(textOf(await held())).toContain(`Emma (${emma.id}) · held (another price)`);
    expect(alertsOf(emma)).toHaveLength(1);
  });

  test('and went back meanwhile leaves no credits', async () => {
    const emma = await counter.buyer('en');
    const payment = paymentOf(await till.order(emma.id));
    await refuse('payments', 'XX000');
    counter.report(emma, payment);
    await waitForText(emma, delayed(emma));
    counter.reportRefund(emma, payment);
    await caughtUp(emma);
    expect(textOf(await held())).toContain(`(${emma.id}) · went back, credits not taken`);
    await mend();
    await counter.finishPayments();
    expect(await till.credits(emma.id)).toBe(0);
    expect((await till.paymentsOf(emma.id)).map(({ state }) => state)).toEqual(['charged-back']);
    expect(textOf(await held())).not.toContain(`(${emma.id})`);
  });

  test('of somebody whose name no database takes is seen to like anybody else’s', async () => {
    const impossible = counter.sandbox.people.of({ firstName: 'Em\u0000ma', languageCode: 'en' });
    impossible.sendText('/start');
    const owner = await counter.buyer('en');
    const payment = paymentOf(await till.order(owner.id));
    counter.report(impossible, payment);
    // It was somebody else's invoice, which is for the admins to judge.
    await waitForText(impossible, textsOf(impossible)('payment-held'));
    expect(await till.paymentsOf(impossible.id)).toMatchObject([{ state: 'held', heldReason: 'payer' }]);
  });

  test('can be settled by admins alone', async () => {
    const emma = await counter.buyer('en');
    const payment = paymentOf(await till.order(emma.id));
    await refuse('payments', '23514');
    counter.report(emma, payment);
    const promise = await waitForText(emma, delayed(emma));
    await mend();
    const data = `settle:${await numberOf(payment)}`;
    const answer = await tap(emma, { data, messageId: promise.message_id });
    expect(answer.text).toBe(textsOf(emma)('error-not-found'));
    expect(await till.credits(emma.id)).toBe(0);
    await counter.finishPayments();
  });
});

test('a payment that was made in a group is credited, and told in private', async () => {
  const emma = await counter.buyer('en');
  counter.report(emma, paymentOf(await till.order(emma.id)), 'group');
  await waitForText(emma, /12 credits added, you have 12 now/);
});

test('money that went back and cannot be written down is told to the admins alone, and taken in the end', async () => {
  const emma = await counter.buyer('en');
  const payment = paymentOf(await till.order(emma.id));
  counter.report(emma, payment);
  await waitForText(emma, /12 credits added/);
  const before = botMessages(emma).length;
  await refuse('payments', 'XX000');
  counter.reportRefund(emma, payment);
  await waitForText(counter.admin, new RegExp(`Money went back to a buyer.*person ${emma.id}`));
  await tapCredit(payment, 'settle-outcome-failed');
  expect(textOf(await held())).toContain(`(${emma.id}) · went back, credits not taken`);
  expect(await till.credits(emma.id)).toBe(12);
  await mend();
  await tapCredit(payment, 'settle-outcome-settled');
  await tapCredit(payment, 'settle-outcome-before');
  expect(await till.credits(emma.id)).toBe(0);
  expect(botMessages(emma)).toHaveLength(before);
  expect(alertsOf(emma).filter((text) => text.includes('Money went back'))).toHaveLength(1);
});

describe.each([
  ['Stars', {}],
  ['a card', { currency: 'EUR', amount: 499 }],
])('an order that waits for %s, paid while the queue is broken', (_, price) => {
  test('does not undo the payment, and starts by the sweep, once', async () => {
    const emma = await counter.buyer('en');
    const photoshootId = await scene.draft(emma.id, [1, 2]);
    await awaitPayment(
      scene.db,
      { draftId: photoshootId, userId: emma.id, untilMs: ORDER_TTL_MS },
      scene.now,
    );
    const payment = paymentOf(await till.order(emma.id, { photoshootId, ...price }));
    await refuse('queue.job', 'XX000');
    counter.report(emma, payment);
    const thanks = await waitForText(emma, /12 credits added, you have 12 now/);
    expect(textOf(thanks)).toContain(plain(textsOf(emma)('payment-order-follows')));
    await counter.finishPayments();
    expect(await stateOf(scene.db, photoshootId)).toBe('awaiting_payment');
    expect(await till.credits(emma.id)).toBe(12);
    expect(alertsOf(emma)).toEqual([]);
    expect(denials(emma)).toEqual([]);

    await mend();
    await Promise.all([1, 2, 3].map(() => counter.finishPayments()));
    expect(await stateOf(scene.db, photoshootId)).toBe('queued');
    expect(await jobsOf(scene.db, photoshootId)).toHaveLength(1);
    expect(await till.credits(emma.id)).toBe(10);
    const charge = eq(payments.telegramPaymentChargeId, payment.telegram_payment_charge_id);
    expect(await scene.db.$count(payments, charge)).toBe(1);
  });
});
