/** What an owner asked for is done: once, in the transaction that claims it. */
import { banPerson } from '../../customers/ban.ts';
import type { Database } from '../../database/client.ts';
import { recordAct } from '../../owners/record-act.ts';
import { claimRequest, type DoneRequest } from '../../owners/requests.ts';
import { correctCredits } from '../ledger/correct-credits.ts';
import { giveWithin } from '../ledger/gift-credits.ts';

/** @throws AppError already-done, not-enough-credits */
export async function doRequest(
  db: Database,
  asked: { requestId: number; by: number },
): Promise<DoneRequest> {
  return db.transaction(async (tx) => {
    const claimed = await claimRequest(tx, asked);
    await carryOut(tx, claimed);
    return claimed;
  });
}

async function carryOut(
  tx: Database,
  { id, act, askedBy: by, userId, credits, words }: DoneRequest,
): Promise<void> {
  const key = `request:${id}`;
  switch (act) {
    case 'gift':
      await giveWithin(tx, { userId, credits: numberOf(credits), key, by, why: words });
      return;
    case 'correct':
      await correctCredits(tx, { userId, credits: numberOf(credits), key, by, why: words });
      return;
    case 'ban':
      await banPerson(tx, { by, userId, why: words });
      return;
    case 'message':
      await recordAct(tx, { by, act, userId, object: `request:${id}` });
      return;
    default:
      throw unknownAct(act);
  }
}

function numberOf(credits: number | null): number {
  if (credits === null) throw new Error('a request for credits without their number');
  return credits;
}

function unknownAct(act: never): Error {
  return new Error(`unknown act ${String(act)}`);
}
