import { and, eq } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { photoshoots } from '../../database/schema/index.ts';
import { AppError } from '../../errors.ts';
import { type Draft, toPhotoshoot } from '../photoshoot.ts';

/**
 * The person's draft, locked for the rest of the transaction, so that two taps change it one after the other.
 * @throws AppError not-found (also for somebody else's), draft-expired, already-placed
 */
export async function lockDraft(tx: Database, id: number, userId: number, now: Date): Promise<Draft> {
  const [row] = await tx
    .select()
    .from(photoshoots)
    .where(and(eq(photoshoots.id, id), eq(photoshoots.userId, userId)))
    .for('update');
  if (row === undefined) throw new AppError('not-found', 'this person has no such draft');
  const photoshoot = toPhotoshoot(row);
  switch (photoshoot.state) {
    case 'draft':
      if (photoshoot.expiresAt <= now) throw new AppError('draft-expired', 'the draft is too old');
      return photoshoot;
    case 'expired':
    case 'failed':
      throw new AppError('draft-expired', 'the draft is over');
    case 'awaiting_payment':
      throw new AppError('awaiting-payment', 'the draft waits for its payment');
    case 'queued':
    case 'generating':
    case 'completed':
    case 'cancelled':
      throw new AppError('already-placed', 'the draft has been placed');
    default: {
      const never: never = photoshoot;
      throw new Error(`unknown photoshoot ${String(never)}`);
    }
  }
}
