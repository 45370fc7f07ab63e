/** The credits of a refund: what is taken back, and what returns when Telegram refuses. */
import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { creditEntries, users } from '../../database/schema/index.ts';
import { moveCredits } from '../ledger/move-credits.ts';
import type { Payment } from '../orders/lock-payment.ts';

/** What a refund takes back: the credits bought, as far as they are still there. */
export function unusedCredits(balance: number, bought: number): number {
  return Math.max(0, Math.min(balance, bought));
}

/** Takes the unused credits of a payment; `tx` holds the payment's lock. */
export async function takeUnusedCredits(tx: Database, payment: Payment): Promise<void> {
  const [owner] = await tx
    .select({ credits: users.credits })
    .from(users)
    .where(eq(users.id, payment.userId))
    .for('no key update');
  const unused = unusedCredits(owner?.credits ?? 0, payment.credits);
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

/** Returns what was taken: the purchase stands again. `tx` holds the payment's lock. */
export async function returnTakenCredits(tx: Database, payment: Payment): Promise<void> {
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

/**
 * `standing`: the credits that the payment has brought and that were not taken back; `attempts`: how often
 * some were, since a refund that Telegram refused may be asked for again.
 */
async function readEntries(tx: Database, payment: Payment): Promise<{ standing: number; attempts: number }> {
  const [row] = await tx
    .select({
      standing: sql`coalesce(sum(${creditEntries.available}), 0)`.mapWith(Number),
      attempts: sql`count(*) filter (where ${creditEntries.kind} = 'refund')`.mapWith(Number),
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
