import { doRequest } from '../billing/requests/do-request.ts';
import { type DoneRequest, markRequestTold, readUntold } from '../owners/requests.ts';
import { wordOfRequest } from '../screens/person-cards.ts';
import type { CallOptions } from '../telegram/gateway.ts';
import type { MessengerDeps } from './deps.ts';
import { tellPerson } from './tell-person.ts';

/**
 * Does what an owner asked for, once, and tells the person; what is done stays done also where they cannot be told.
 * Where the process that did it died before that, only the telling is left.
 * @param silentForMs how long ago it was done at least, if whoever did it may still be about to tell: 0 where an
 * owner's hands come one after the other, as in a chat
 * @throws AppError already-done, not-enough-credits
 */
export async function carryOutRequest(
  deps: Pick<MessengerDeps, 'db' | 'gateway' | 'texts' | 'log'>,
  asked: { requestId: number; by: number },
  { silentForMs, ...options }: CallOptions & { silentForMs: number },
): Promise<{ request: DoneRequest; told: boolean }> {
  const doneBefore = new Date(Date.now() - silentForMs);
  const untold = await readUntold(deps.db, { ...asked, doneBefore });
  const request = untold ?? (await doRequest(deps.db, asked));
  deps.log.info({ adminId: asked.by, userId: request.userId, act: request.act }, 'an owner’s act');
  const told = await tellPerson(deps, request.userId, (t) => wordOfRequest(t, request), options);
  await markRequestTold(deps.db, request.id);
  return { request, told };
}
