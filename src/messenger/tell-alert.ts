import type { Alert, AlertKind } from '../alerts/alerts.ts';
import type { MessengerDeps } from './deps.ts';
import { tellAdmins } from './tell-admins.ts';

/** `over` is null for what has no end. */
const SENTENCES: Readonly<Record<AlertKind, { stands: string; over: string | null }>> = {
  'provider-quota': { stands: 'alert-provider-quota', over: 'alert-provider-back' },
  'provider-key': { stands: 'alert-provider-key', over: 'alert-provider-back' },
  'provider-model': { stands: 'alert-provider-model', over: 'alert-provider-back' },
  'provider-outage': { stands: 'alert-provider-outage', over: 'alert-provider-back' },
  'picture-paid-often': { stands: 'alert-picture-paid-often', over: null },
  'update-given-up': { stands: 'alert-update-given-up', over: null },
};

const HOUR_MS = 3_600_000;

/** Tells the owners of an alert in the chat. @returns false when none of them could be told */
export async function tellAlert(deps: MessengerDeps, alert: Alert): Promise<boolean> {
  const { key, details, occasion, since } = alert;
  const { stands, over } = SENTENCES[kindOf(key)];
  switch (occasion) {
    case 'new':
      return tellAdmins(deps, stands, details);
    case 'still': {
      const hours = Math.max(1, Math.round((Date.now() - since.getTime()) / HOUR_MS));
      return tellAdmins(deps, (t) => `${t('alert-still', { hours })}\n${t(stands, details)}`);
    }
    case 'over':
      return over === null || tellAdmins(deps, over, details);
    default: {
      const never: never = occasion;
      throw new Error(`unknown occasion ${String(never)}`);
    }
  }
}

function kindOf(key: Alert['key']): AlertKind {
  // The type of a key says what stands before its colon.
  return key.split(':')[0] as AlertKind;
}
