import type { Database } from '../../database/client.ts';
import { moveCredits } from './move-credits.ts';
import { readBalance } from './read-balance.ts';

export type Gift = {
  userId: number;
  /** At least 1. */
  credits: number;
  /** What asked for it, such as the admin's message: a repeat of it gives nothing more. */
  key: string;
};

/**
 * Gives credits to a person. It is an entry in the ledger and no order, so no statistics of sales see it.
 * @returns `given`: false when this gift had been made before; `credits`: what the person has now
 */
export async function giveCredits(db: Database, gift: Gift): Promise<{ given: boolean; credits: number }> {
  return db.transaction(async (tx) => {
    const given = await moveCredits(tx, { ...gift, kind: 'gift', key: `gift:${gift.key}` });
    return { given, credits: (await readBalance(tx, gift.userId)).credits };
  });
}
