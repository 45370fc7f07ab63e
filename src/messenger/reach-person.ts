import { markBlocked } from '../customers/mark-blocked.ts';
import type { Database } from '../database/client.ts';
import { isBlocked } from '../telegram/errors.ts';

/**
 * The one rule for a person who cannot be written to, because they have blocked the bot or are gone. It is a
 * state and no fault: it is put down once, nothing is sent a second time for it, and their next update takes it
 * back (customers/register-customer) and brings what was kept for them (photoshoots/run/resume-customer).
 * Whatever is sent or edited is sent within this function. What follows on `blocked` is one of three:
 * - word of something that is done (a card, the progress, a notice): the work goes on as if it had been read;
 * - what somebody waits for (an album, how an order ended, originals): the work ends; an album and its outcome
 *   are kept, originals can be asked for again;
 * - an answer within a conversation: the handler ends, and its update is done.
 * @param say sends or edits something for this person alone
 * @returns what `say` answers, or `blocked`
 * @throws whatever else `say` throws
 */
export async function reachPerson<T>(
  db: Database,
  userId: number,
  say: () => Promise<T>,
): Promise<T | 'blocked'> {
  try {
    return await say();
  } catch (error) {
    if (!isBlocked(error)) throw error;
    await markBlocked(db, userId);
    return 'blocked';
  }
}
