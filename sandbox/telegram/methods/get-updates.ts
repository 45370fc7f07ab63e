import { readArray, readInteger } from '../parameters.ts';
import { Refusal } from '../refusal.ts';
import type { Method } from '../store.ts';

const MAX_UPDATES = 100;
const MAX_WAIT_S = 50;

/** Long polling; refused while a webhook is set. */
export const getUpdates: Method = (parameters, { polling, updates, webhook }, signal) => {
  if (webhook.info().url !== '') {
    throw new Refusal(
      409,
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
  }
  const allowed = readArray(parameters, 'allowed_updates', 'String');
  updates.setAllowed(allowed?.map(String));
  const limit = readInteger(parameters, 'limit') ?? MAX_UPDATES;
  const wait = Math.min(Math.max(readInteger(parameters, 'timeout') ?? 0, 0), MAX_WAIT_S);
  return polling.poll({
    offset: readInteger(parameters, 'offset') ?? 0,
    limit: limit >= 1 && limit <= MAX_UPDATES ? limit : MAX_UPDATES,
    timeoutMs: wait * 1000,
    signal,
  });
};
