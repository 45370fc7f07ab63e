/**
 * Money that moved and could not be written down: kept here until it is, whatever stood in the way. A charge is
 * settled once `payments` know of it, whoever has seen to that; nothing has to be ticked off.
 */
import { and, asc, count, eq, exists, isNull, lt, not, or, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { type ChargeKind, payments, unsettledCharges, users } from '../../database/schema/index.ts';
import type { IncomingPayment } from './credit-payment.ts';

/** A charge as Telegram reports it. `payment`: it arrived; `refund`: it went back to the buyer. */
export type ReportedCharge = IncomingPayment & {
  kind: ChargeKind;
  /** The locale that fits the person; null where their Telegram says nothing. */
  language: string | null;
};

export type UnsettledCharge = ReportedCharge & {
  id: number;
  createdAt: Date;
  /** Null for somebody who is not known. */
  buyer: string | null;
};

/** How long a teller has, before another one takes it for dead and tells. */
const TELLING_MS = 60_000;

const isSettled = (db: Database): SQL =>
  exists(
    db
      .select({ id: payments.id })
      .from(payments)
      .where(
        and(
          eq(payments.telegramPaymentChargeId, unsettledCharges.chargeId),
          or(eq(unsettledCharges.kind, 'payment'), sql`${payments.state} in ('refunded', 'charged-back')`),
        ),
      ),
  );

/**
 * Writes a charge down that could not be settled; a repeat changes nothing.
 * @returns its id, or null where there is nothing to settle, since somebody else was faster
 */
export async function reportCharge(db: Database, charge: ReportedCharge): Promise<number | null> {
  await db.insert(unsettledCharges).values(charge).onConflictDoNothing();
  const [row] = await db
    .select({ id: unsettledCharges.id })
    .from(unsettledCharges)
    .where(
      and(
        eq(unsettledCharges.chargeId, charge.chargeId),
        eq(unsettledCharges.kind, charge.kind),
        not(isSettled(db)),
      ),
    );
  return row?.id ?? null;
}

/**
 * The money of a payment that is not credited yet went back: to be taken from it as soon as it is.
 * @returns false where no such payment was ever reported
 */
export async function reportRefundOfUnsettled(db: Database, chargeId: string): Promise<boolean> {
  const [payment] = await db
    .select()
    .from(unsettledCharges)
    .where(and(eq(unsettledCharges.chargeId, chargeId), eq(unsettledCharges.kind, 'payment')));
  if (payment === undefined) return false;
  const { id: _id, createdAt: _createdAt, ...charge } = payment;
  await db
    .insert(unsettledCharges)
    // The payment was told; this is part of the same trouble.
    .values({ ...charge, kind: 'refund', paidUntil: null, toldAt: new Date() })
    .onConflictDoNothing();
  return true;
}

/**
 * Takes it upon the caller to tell people of a charge. One who dies before `markTold` is followed by another.
 * @returns false when it was told, or somebody is about to
 */
export async function beginTelling(db: Database, id: number): Promise<boolean> {
  const claimed = await db
    .update(unsettledCharges)
    .set({ tellingUntil: sql`now() + ${TELLING_MS}::float8 * interval '1 millisecond'` })
    .where(
      and(
        eq(unsettledCharges.id, id),
        isNull(unsettledCharges.toldAt),
        or(isNull(unsettledCharges.tellingUntil), lt(unsettledCharges.tellingUntil, sql`now()`)),
      ),
    )
    .returning({ id: unsettledCharges.id });
  return claimed.length > 0;
}

export async function markTold(db: Database, id: number): Promise<void> {
  await db.update(unsettledCharges).set({ toldAt: new Date() }).where(eq(unsettledCharges.id, id));
}

/** What is still to be settled, the oldest first, and how much there is of it altogether. */
export async function readUnsettled(
  db: Database,
  limit: number,
): Promise<{ charges: UnsettledCharge[]; total: number }> {
  const charges = await list(db, not(isSettled(db)), limit);
  const [row] = await db
    .select({ total: count() })
    .from(unsettledCharges)
    .where(not(isSettled(db)));
  return { charges, total: row?.total ?? charges.length };
}

/** One charge that was reported, and whether it has been settled since; null for none. */
export async function readReported(
  db: Database,
  id: number,
): Promise<{ charge: UnsettledCharge; settled: boolean } | null> {
  const [charge] = await list(db, eq(unsettledCharges.id, id), 1);
  if (charge === undefined) return null;
  const open = and(eq(unsettledCharges.id, id), not(isSettled(db)));
  return { charge, settled: (await db.$count(unsettledCharges, open)) === 0 };
}

/** Drops the copies of charges that `payments` know of and that were told long ago. @returns how many */
export async function sweepSettled(db: Database, before: Date): Promise<number> {
  const gone = await db
    .delete(unsettledCharges)
    .where(and(lt(unsettledCharges.createdAt, before), isSettled(db)))
    .returning({ id: unsettledCharges.id });
  return gone.length;
}

async function list(db: Database, where: SQL, limit: number): Promise<UnsettledCharge[]> {
  return db
    .select({
      id: unsettledCharges.id,
      kind: unsettledCharges.kind,
      chargeId: unsettledCharges.chargeId,
      providerChargeId: unsettledCharges.providerChargeId,
      userId: unsettledCharges.userId,
      language: unsettledCharges.language,
      payload: unsettledCharges.payload,
      currency: unsettledCharges.currency,
      amount: unsettledCharges.amount,
      paidUntil: unsettledCharges.paidUntil,
      source: unsettledCharges.source,
      createdAt: unsettledCharges.createdAt,
      buyer: users.firstName,
    })
    .from(unsettledCharges)
    .leftJoin(users, eq(users.id, unsettledCharges.userId))
    .where(where)
    .orderBy(asc(unsettledCharges.id))
    .limit(limit);
}
