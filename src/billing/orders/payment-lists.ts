/** Payments as an admin looks at them. */

import { and, asc, desc, eq, gt, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { isOneOf } from '../../database/is-one-of.ts';
import { type PaymentState, payments, subscriptions, users } from '../../database/schema/index.ts';
import { within } from '../../database/within.ts';
import { AppError } from '../../errors.ts';
import { ALWAYS, type Listing, type Rows } from '../../owners/page.ts';
import { standingCredits, unusedCredits } from '../refunds/parts.ts';

export type PaymentEntry = Pick<
  typeof payments.$inferSelect,
  | 'id'
  | 'userId'
  | 'currency'
  | 'amount'
  | 'givenBack'
  | 'credits'
  | 'reclaimed'
  | 'state'
  | 'heldReason'
  | 'createdAt'
> & {
  buyer: string;
  /** All that the buyer has. */
  balance: number;
  /** What a refund of all that is left would take back now. */
  unused: number;
  /** Of the rest, what is reserved for pictures in work and is taken if it comes back. */
  atWork: number;
  /** The subscription that this payment belongs to, while it renews. */
  renewingOrderId: number | null;
};

/** Payments by their age: of everybody or of one person, in any state or in one. */
export async function readPayments(
  db: Database,
  {
    userId,
    state,
    during = ALWAYS,
    order = 'newest',
    ...rows
  }: { userId: number | null; state: PaymentState | null } & Listing,
): Promise<PaymentEntry[]> {
  const isWanted = and(
    userId === null ? undefined : eq(payments.userId, userId),
    state === null ? undefined : eq(payments.state, state),
    within(payments.createdAt, during),
  );
  return list(db, isWanted, order === 'newest' ? desc : asc, rows);
}

/** Money that fits no order and waits for an owner, the longest first. */
export async function readHeldPayments(db: Database, rows: Rows): Promise<PaymentEntry[]> {
  return list(db, isOneOf(payments.state, ['held']), asc, rows);
}

/** @throws AppError not-found */
export async function readPayment(db: Database, paymentId: number): Promise<PaymentEntry> {
  const [entry] = await list(db, eq(payments.id, paymentId), asc, { limit: 1, offset: 0 });
  if (entry === undefined) throw new AppError('not-found', 'there is no such payment');
  return entry;
}

async function list(
  db: Database,
  where: SQL | undefined,
  inOrder: typeof asc,
  { limit, offset }: Rows,
): Promise<PaymentEntry[]> {
  const rows = await db
    .select({
      id: payments.id,
      userId: payments.userId,
      currency: payments.currency,
      amount: payments.amount,
      givenBack: payments.givenBack,
      credits: payments.credits,
      reclaimed: payments.reclaimed,
      state: payments.state,
      heldReason: payments.heldReason,
      createdAt: payments.createdAt,
      buyer: users.firstName,
      balance: users.credits,
      reserved: users.reservedCredits,
      renewingOrderId: subscriptions.orderId,
    })
    .from(payments)
    .innerJoin(users, eq(users.id, payments.userId))
    .leftJoin(
      subscriptions,
      and(
        eq(subscriptions.orderId, payments.orderId),
        eq(subscriptions.cancelled, false),
        gt(subscriptions.paidUntil, sql`now()`),
      ),
    )
    .where(where)
    .orderBy(inOrder(payments.createdAt), inOrder(payments.id))
    .limit(limit)
    .offset(offset);
  return rows.map(({ reserved, ...row }) => {
    const standing = standingCredits(row);
    const unused = unusedCredits(row.balance, standing);
    return { ...row, unused, atWork: Math.min(reserved, standing - unused) };
  });
}
