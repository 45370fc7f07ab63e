import type { Database } from '../../database/client.ts';
import { recordAct } from '../../owners/record-act.ts';
import { moveCredits } from './move-credits.ts';
import { readBalance } from './read-balance.ts';

export type Gift = {
  userId: number;
  /** At least 1. */
  credits: number;
  /** What asked for it, such as the admin's message: a repeat of it gives nothing more. */
  key: string;
  /** The owner who gives. */
  by: number;
  /** The owner's words to the person. */
  why: string | null;
};

/**
 * Gives credits to a person. It is an entry in the ledger and no order, so no statistics of sales see it.
 * @returns `given`: false when this gift had been made before; `credits`: what the person has now
 */
export async function giveCredits(db: Database, gift: Gift): Promise<{ given: boolean; credits: number }> {
  return db.transaction(async (tx) => {
    const given = await giveWithin(tx, gift);
    return { given, credits: (await readBalance(tx, gift.userId)).credits };
  });
}

/** The same within a transaction that is under way. @returns false when this gift had been made before */
export async function giveWithin(tx: Database, { by, why, ...gift }: Gift): Promise<boolean> {
  const { userId, credits } = gift;
  if (!(await moveCredits(tx, { ...gift, kind: 'gift', key: `gift:${gift.key}` }))) return false;
  // After the movement, which holds the person's row.
  const { credits: after } = await readBalance(tx, userId);
  const before = { credits: after - credits };
  await recordAct(tx, { by, act: 'gift', userId, reason: why, before, after: { credits: after } });
  return true;
}
