/** The credits of a refund: what is taken back, and what returns when Telegram refuses. */
import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { creditEntries, payments, users } from '../../database/schema/index.ts';
import { moveCredits } from '../ledger/move-credits.ts';
import type { Payment } from '../orders/lock-payment.ts';
import { standingCredits, unusedCredits } from './parts.ts';

/** Takes the unused credits of a payment, all that no part has claimed before. `tx` holds the payment's lock. */
export async function takeUnusedCredits(tx: Database, payment: Payment): Promise<void> {
  const { attempts } = await readEntries(tx, payment);
  await takeClaimed(tx, payment, {
    claimed: standingCredits(payment),
    key: keyOf('refund', payment, attempts + 1),
  });
}

/**
 * Takes the credits that a refund claims, as far as they are unused; what is missing is owed by the pictures that have
 * it (`returnCredits`). `tx` holds the payment's lock.
 * @returns how many were taken
 */
export async function takeClaimed(
  tx: Database,
  payment: Payment,
  { claimed, key }: { claimed: number; key: string },
): Promise<number> {
  const { userId, id: paymentId } = payment;
  const credits = unusedCredits(await lockBalance(tx, userId), claimed);
  if (credits < claimed) {
    // The clock and not the transaction's start: what came back before the lock was seen in the balance.
    await tx.update(payments).set({ owedSince: sql`clock_timestamp()` }).where(eq(payments.id, paymentId));
  }
  if (credits > 0) await moveCredits(tx, { userId, kind: 'refund', credits, key, paymentId });
  return credits;
}

/** The credits of a payment that still stand in the ledger: what a chargeback takes. `tx` holds the payment's lock. */
export async function countStanding(tx: Database, payment: Payment): Promise<number> {
  // A picture that comes back just now has paid to a part of it before it is read, or finds nothing owed.
  await lockBalance(tx, payment.userId);
  return (await readEntries(tx, payment)).standing;
}

/** Returns what was taken, then or since, and no part has claimed: the purchase stands again. `tx` holds the payment's lock. */
export async function returnTakenCredits(tx: Database, payment: Payment): Promise<void> {
  // A picture that comes back just now has paid to this refund before it is read, or no longer does.
  await lockBalance(tx, payment.userId);
  await tx.update(payments).set({ owedSince: null }).where(eq(payments.id, payment.id));
  const { standing, attempts } = await readEntries(tx, payment);
  const taken = standingCredits(payment) - standing;
  if (taken === 0) return;
  await moveCredits(tx, {
    userId: payment.userId,
    kind: 'purchase',
    credits: taken,
    key: keyOf('refund-undone', payment, attempts),
    paymentId: payment.id,
  });
}

async function lockBalance(tx: Database, userId: number): Promise<number> {
  const [owner] = await tx
    .select({ credits: users.credits })
    .from(users)
    .where(eq(users.id, userId))
    .for('no key update');
  return owner?.credits ?? 0;
}

/**
 * `standing`: the credits that the payment has brought and that were not taken back; `attempts`: how often
 * some were, since a refund that Telegram refused may be asked for again.
 */
async function readEntries(tx: Database, payment: Payment): Promise<{ standing: number; attempts: number }> {
  const [row] = await tx
    .select({
      standing: sql`coalesce(sum(${creditEntries.available}), 0)`.mapWith(Number),
      attempts: sql`count(*) filter (where ${creditEntries.kind} in ('refund', 'repay'))`.mapWith(Number),
    })
    .from(creditEntries)
    // An inviter's reward names the payment as well; only the buyer's own entries count here.
    .where(and(eq(creditEntries.userId, payment.userId), eq(creditEntries.paymentId, payment.id)));
  return row ?? { standing: 0, attempts: 0 };
}

function keyOf(what: 'refund' | 'refund-undone', payment: Payment, attempt: number): string {
  const key = `${what}:${payment.telegramPaymentChargeId}`;
  return attempt === 1 ? key : `${key}:${attempt}`;
}
