import { sql } from 'drizzle-orm';
import { isOneOf } from '../database/is-one-of.ts';
import { selectRows } from '../database/rows.ts';
import { orders, payments } from '../database/schema/index.ts';
import { type Book, type Counted, combine, type DayValue } from './book.ts';
import type { Period } from './period.ts';

/** Money of one currency: whole Stars (XTR), or its smallest unit. */
export type Earnings = {
  currency: string;
  /** Everything that bought something, by the day it arrived. */
  gross: Counted;
  /** What went back, by the day it went: refunds, parts of payments, and chargebacks. */
  refunded: Counted;
  net: Counted;
  payments: Counted;
};

export type Money = {
  /** The largest first; empty while nothing was ever paid in these periods. */
  earnings: Earnings[];
  /** People who paid at least once. */
  paying: Counted;
  /** Payments that are back as a whole, with their last part if they went in parts. */
  refunds: Counted;
  /** Parts of card payments that were given back. */
  partRefunds: Counted;
  chargebacks: Counted;
  /** Orders that were paid for the first time; a subscription is one order, however often it is charged. */
  ordersPaid: Counted;
  /** Orders of the period that are not paid, as they stand now. Those that ended are dropped after thirty days. */
  unpaid: { pending: number; cancelled: number; expired: number };
  /** Of the newest orders of the last thirty days that are over (at most 1,000): how many were paid. */
  conversion: { paid: number; over: number };
  /** Dimension: currency and the package's name, with a colon between. */
  byPackage: ({ dimension: string } & Counted)[];
  /** Dimension: currency and where the buyer came from (empty: nobody knows), with a colon between. */
  bySource: ({ dimension: string } & Counted)[];
  /** Gross in Stars; empty for all time, whose days nobody looks at one by one. */
  starsByDay: DayValue[];
  /** What the calls to the providers cost, as far as their prices are known. */
  costMicroUsd: Counted;
  /** Pictures that were delivered. */
  delivered: Counted;
  /** Payments whose update was lost and that the reconciliation found. */
  reconciled: Counted;
  /** Money that fits no order and waits for an owner, now. */
  held: number;
};

const SAMPLE = 1_000;

/** What was earned and spent. */
export async function readMoney(book: Book, period: Period): Promise<Money> {
  const sums = await book.sum(
    [
      'gross',
      'payments',
      'gross-by-package',
      'gross-by-source',
      'paying',
      'refunded',
      'refunds',
      'orders-paid',
      'cost',
      'pictures',
      'reconciled',
    ],
    period,
  );
  const currencies = new Set([...sums.by('gross'), ...sums.by('refunded')].map(({ dimension }) => dimension));
  return {
    earnings: [...currencies].map((currency) => {
      const [gross, refunded] = [sums.of('gross', currency), sums.of('refunded', currency)];
      return {
        currency,
        gross,
        refunded,
        net: combine(gross, refunded, (came, went) => came - went),
        payments: sums.of('payments', currency),
      };
    }),
    paying: sums.of('paying'),
    refunds: sums.of('refunds', 'refunded'),
    partRefunds: sums.of('refunds', 'part'),
    chargebacks: sums.of('refunds', 'charged-back'),
    ordersPaid: sums.of('orders-paid'),
    ...(await readOrders(book, period)),
    byPackage: sums.by('gross-by-package'),
    bySource: sums.by('gross-by-source'),
    starsByDay: period.name === 'all' ? [] : (await book.byDay(['gross'], period)).of('gross', 'XTR'),
    costMicroUsd: sums.of('cost'),
    delivered: sums.of('pictures', 'delivered'),
    reconciled: sums.of('reconciled'),
  };
}

/** What changes with its state and is therefore read as it stands: few rows, whatever was before. */
async function readOrders(
  book: Book,
  period: Period,
): Promise<Pick<Money, 'unpaid' | 'conversion' | 'held'>> {
  const created = book.during(sql`${orders.createdAt}`, period);
  const ofState = (state: string) => sql`(select count(*)::float8 from ${orders}
    where ${isOneOf(orders.state, [state])} and ${created})`;
  const [row] = await selectRows<{
    pending: number;
    cancelled: number;
    expired: number;
    paid: number;
    over: number;
    held: number;
  }>(
    book.tx,
    sql`select ${ofState('pending')} as pending, ${ofState('cancelled')} as cancelled,
        ${ofState('expired')} as expired, newest.paid, newest.over,
        (select count(*)::float8 from ${payments} where ${isOneOf(payments.state, ['held'])}) as held
      from (select count(*) filter (where state in ('paid', 'refunded'))::float8 as paid, count(*)::float8 as over
        from (select ${orders.state} as state from ${orders}
          where ${orders.createdAt} >= ${book.now.toISOString()}::timestamptz - interval '30 days' and ${orders.state} <> 'pending'
          order by ${orders.createdAt} desc limit ${SAMPLE}) as recent) as newest`,
  );
  const { pending, cancelled, expired, paid, over, held } = row ?? nothing();
  return { unpaid: { pending, cancelled, expired }, conversion: { paid, over }, held };
}

function nothing(): never {
  throw new Error('aggregates without a row');
}
