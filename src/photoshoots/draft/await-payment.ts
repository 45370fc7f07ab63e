import { and, eq } from 'drizzle-orm';
import { cancelOrdersFor, lockOrdersFor } from '../../billing/orders/create-order.ts';
import type { Database } from '../../database/client.ts';
import { photoshoots } from '../../database/schema/index.ts';
import { recordEvent } from '../../statistics/record-event.ts';
import type { Draft } from '../photoshoot.ts';
import { takeLockedStep, takeStep } from '../take-step.ts';
import { lockDraft } from './lock-draft.ts';

/**
 * Credits are short: the draft waits for a payment, and starts by itself when it lands.
 * @returns the draft that waits
 * @throws AppError not-found, draft-expired, already-placed
 */
export async function awaitPayment(
  db: Database,
  input: { draftId: number; userId: number; untilMs: number },
  now: Date,
): Promise<Draft> {
  return db.transaction(async (tx) => {
    const draft = await lockDraft(tx, input.draftId, input.userId, now);
    await takeLockedStep(tx, 'await-payment', input.draftId, {
      // Paying takes longer than choosing; the draft lives as long as the invoice.
      expiresAt: new Date(now.getTime() + input.untilMs),
    });
    await recordEvent(tx, {
      userId: input.userId,
      kind: 'paywall-seen',
      key: `paywall-seen:${input.userId}`,
    });
    return draft;
  });
}

/**
 * The seller goes back to choosing: a draft again, and its invoice is no longer to be paid. Nothing is changed
 * where it waits for no payment.
 * @returns the messages of the invoices that are over
 */
export async function reopenDraft(
  db: Database,
  input: { draftId: number; userId: number },
): Promise<number[]> {
  return db.transaction(async (tx) => {
    await lockOrdersFor(tx, input.draftId);
    const own = and(eq(photoshoots.id, input.draftId), eq(photoshoots.userId, input.userId));
    const reopened = await takeStep(tx, 'reopen', own);
    return reopened.length === 0 ? [] : cancelOrdersFor(tx, input.draftId);
  });
}
