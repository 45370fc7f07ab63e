import { readBalance } from '../billing/ledger/read-balance.ts';
import { readPartOf } from '../billing/refunds/read-parts.ts';
import { doRequest, requestKey } from '../billing/requests/do-request.ts';
import type { Database } from '../database/client.ts';
import { type DoneRequest, markRequestTold, readUntold } from '../owners/requests.ts';
import { wordOfRequest } from '../screens/person-cards.ts';
import { partRefundedText } from '../screens/refund-cards.ts';
import type { Screen } from '../screens/screen.ts';
import type { CallOptions } from '../telegram/gateway.ts';
import type { Translate } from '../texts/texts.ts';
import type { MessengerDeps } from './deps.ts';
import { tellPerson } from './tell-person.ts';

/**
 * Does what an owner asked for, once, and tells the person; what is done stays done also where they cannot be told.
 * Where the process that did it died before that, only the telling is left.
 * @param silentForMs how long ago it was done at least, if whoever did it may still be about to tell: 0 where an
 * owner's hands come one after the other, as in a chat
 * @throws AppError already-done, not-enough-credits, refund-too-much, nothing-to-refund
 */
export async function carryOutRequest(
  deps: Pick<MessengerDeps, 'db' | 'gateway' | 'texts' | 'log'>,
  asked: { requestId: number; by: number },
  { silentForMs, ...options }: CallOptions & { silentForMs: number },
): Promise<{ request: DoneRequest; told: boolean }> {
  const doneBefore = new Date(Date.now() - silentForMs);
  const untold = await readUntold(deps.db, { ...asked, doneBefore });
  const request = untold ?? (await doRequest(deps.db, asked, new Date()));
  deps.log.info({ adminId: asked.by, userId: request.userId, act: request.act }, 'an owner’s act');
  const telling = await tellPerson(deps, request.userId, await wordOf(deps.db, request), options);
  await markRequestTold(deps.db, request.id);
  return { request, told: telling === 'told' };
}

/** What the person reads of it: of money that went back, as it is written down now. */
async function wordOf(
  db: Database,
  request: DoneRequest,
): Promise<(t: Translate, language: string) => Screen | string> {
  const { act, words: why } = request;
  if (act !== 'refund-part') return (t) => wordOfRequest(t, { ...request, act });
  const part = await readPartOf(db, requestKey(request.id));
  if (part === null) throw new Error('a part that was given back is not written down');
  const { credits: balance } = await readBalance(db, request.userId);
  return (t, language) => partRefundedText(t, language, { ...part, balance, why });
}
