/** What an owner asked for is done: once, in the transaction that claims it. */
import { banPerson } from '../../customers/ban.ts';
import type { Database } from '../../database/client.ts';
import { recordAct } from '../../owners/record-act.ts';
import { claimRequest, type DoneRequest } from '../../owners/requests.ts';
import { correctCredits } from '../ledger/correct-credits.ts';
import { giveWithin } from '../ledger/gift-credits.ts';
import { refundPart } from '../refunds/refund-part.ts';

/** The key of what a request moves, so that it is moved once. */
export function requestKey(requestId: number): string {
  return `request:${requestId}`;
}

/** @throws AppError already-done, not-enough-credits, refund-too-much, nothing-to-refund */
export async function doRequest(
  db: Database,
  asked: { requestId: number; by: number },
  now: Date,
): Promise<DoneRequest> {
  return db.transaction(async (tx) => {
    const claimed = await claimRequest(tx, asked);
    await carryOut(tx, claimed, now);
    return claimed;
  });
}

async function carryOut(
  tx: Database,
  { id, act, askedBy: by, userId, credits, paymentId, amount, words }: DoneRequest,
  now: Date,
): Promise<void> {
  const key = requestKey(id);
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
      await recordAct(tx, { by, act, userId, object: key });
      return;
    case 'refund-part':
      await refundPart(
        tx,
        { paymentId: numberOf(paymentId), amount: numberOf(amount), key, by, why: words },
        now,
      );
      return;
    default:
      throw unknownAct(act);
  }
}

function numberOf(asked: number | null): number {
  if (asked === null) throw new Error('a request without its number');
  return asked;
}

function unknownAct(act: never): Error {
  return new Error(`unknown act ${String(act)}`);
}
