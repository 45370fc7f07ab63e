import type { Database } from '../../database/client.ts';
import { recordAct } from '../../owners/record-act.ts';
import { moveCredits } from './move-credits.ts';
import { readBalance } from './read-balance.ts';

export type Correction = {
  userId: number;
  /** Above zero is given, below zero is taken; never zero. */
  credits: number;
  /** What asked for it: a repeat of it corrects nothing more. */
  key: string;
  /** The owner, and the reason that the person reads. */
  by: number;
  why: string;
};

/**
 * Puts a balance right, in the transaction of what asks for it. It takes no more than there is: a debt comes from
 * a chargeback and from nothing else.
 * @returns what the person has now, or null when it had been made before
 * @throws AppError not-enough-credits
 */
export async function correctCredits(tx: Database, correction: Correction): Promise<number | null> {
  const { userId, credits, by, why } = correction;
  const moved = await moveCredits(tx, {
    userId,
    kind: credits > 0 ? 'correction-up' : 'correction-down',
    credits: Math.abs(credits),
    key: `correction:${correction.key}`,
  });
  if (!moved) return null;
  // After the movement, which holds the person's row.
  const { credits: after } = await readBalance(tx, userId);
  const before = { credits: after - credits };
  await recordAct(tx, { by, act: 'correct', userId, reason: why, before, after: { credits: after } });
  return after;
}
