/** The credits of a refund: what is taken back, and what returns when Telegram refuses. */
import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { creditEntries, payments, users } from '../../database/schema/index.ts';
import { moveCredits } from '../ledger/move-credits.ts';
import type { Payment } from '../orders/lock-payment.ts';

/** What a refund takes back: the credits bought, as far as they are still there. */
export function unusedCredits(balance: number, bought: number): number {
  return Math.max(0, Math.min(balance, bought));
}

/**
 * Takes the unused credits of a payment; what is missing is owed by the pictures that have it (`returnCredits`).
 * `tx` holds the payment's lock.
 */
export async function takeUnusedCredits(tx: Database, payment: Payment): Promise<void> {
  const unused = unusedCredits(await lockBalance(tx, payment.userId), payment.credits);
  if (unused < payment.credits) {
    // The clock and not the transaction's start: what came back before the lock was seen in the balance.
    await tx.update(payments).set({ owedSince: sql`clock_timestamp()` }).where(eq(payments.id, payment.id));
  }
  if (unused === 0) return;
  const { attempts } = await readEntries(tx, payment);
  await moveCredits(tx, {
    userId: payment.userId,
    kind: 'refund',
    credits: unused,
    key: keyOf('refund', payment, attempts + 1),
    paymentId: payment.id,
  });
}

/** Returns what was taken, then or since: the purchase stands again. `tx` holds the payment's lock. */
export async function returnTakenCredits(tx: Database, payment: Payment): Promise<void> {
  // A picture that comes back just now has paid to this refund before it is read, or no longer does.
  await lockBalance(tx, payment.userId);
  await tx.update(payments).set({ owedSince: null }).where(eq(payments.id, payment.id));
  const { standing, attempts } = await readEntries(tx, payment);
  const taken = payment.credits - standing;
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
