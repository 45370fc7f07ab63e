import { readArray, readFlag, readInteger, readText } from '../parameters.ts';
import { badRequest } from '../refusal.ts';
import type { Method } from '../store.ts';

const DEFAULT_CONNECTIONS = 40;
const MAX_CONNECTIONS = 100;
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** As the real one, but for plain http and any port, and on this machine alone. */
export const setWebhook: Method = (parameters, { polling, updates, webhook }) => {
  const url = readText(parameters, 'url') ?? '';
  updates.setAllowed(readArray(parameters, 'allowed_updates', 'String')?.map(String));
  if (readFlag(parameters, 'drop_pending_updates')) updates.drop();
  if (url === '') {
    webhook.delete();
    return true;
  }
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw badRequest('bad webhook: An HTTPS URL must be provided for webhook');
  }
  if (!LOOPBACK.includes(new URL(url).hostname)) {
    throw badRequest('bad webhook: the sandbox delivers to this machine only');
  }
  const secretToken = readText(parameters, 'secret_token');
  if (secretToken !== undefined && !/^[\w-]{1,256}$/.test(secretToken)) {
    throw badRequest('secret token contains unallowed characters');
  }
  polling.interrupt('Conflict: terminated by setWebhook request');
  const connections = readInteger(parameters, 'max_connections') ?? DEFAULT_CONNECTIONS;
  webhook.set({
    url,
    maxConnections: Math.min(Math.max(connections, 1), MAX_CONNECTIONS),
    ...(secretToken === undefined ? {} : { secretToken }),
  });
  return true;
};

export const deleteWebhook: Method = (parameters, { updates, webhook }) => {
  if (readFlag(parameters, 'drop_pending_updates')) updates.drop();
  webhook.delete();
  return true;
};

export const getWebhookInfo: Method = (_parameters, { webhook }) => webhook.info();
