import type { Alert, AlertDetails, AlertKind } from '../alerts/alerts.ts';
import { escapeHtml } from '../telegram/escape-html.ts';
import type { Translate } from '../texts/texts.ts';
import type { MessengerDeps } from './deps.ts';
import { tellAdmins } from './tell-admins.ts';

/** `over` is null for what has no end. */
const SENTENCES: Readonly<Record<AlertKind, { stands: string; over: string | null }>> = {
  'provider-quota': { stands: 'alert-provider-quota', over: 'alert-provider-back' },
  'provider-key': { stands: 'alert-provider-key', over: 'alert-provider-back' },
  'provider-model': { stands: 'alert-provider-model', over: 'alert-provider-back' },
  'provider-outage': { stands: 'alert-provider-outage', over: 'alert-provider-back' },
  'provider-rejected': { stands: 'alert-provider-rejected', over: 'alert-provider-rejected-over' },
  'recognition-failing': { stands: 'alert-recognition-failing', over: 'alert-recognition-back' },
  'model-ending': { stands: 'alert-model-ending', over: null },
  'provider-budget': { stands: 'alert-budget-spent', over: 'alert-budget-over' },
  'picture-paid-often': { stands: 'alert-picture-paid-often', over: null },
  morning: { stands: 'morning-digest', over: null },
  week: { stands: 'weekly-digest', over: null },
  'update-given-up': { stands: 'alert-update-given-up', over: null },
};

const HOUR_MS = 3_600_000;

/** Tells the owners of an alert in the chat. @returns false when none of them could be told */
export async function tellAlert(deps: MessengerDeps, alert: Alert): Promise<boolean> {
  const { key, occasion, since } = alert;
  const details = escaped(alert.details);
  const { stands, over } = SENTENCES[kindOf(key)];
  const sentence = (t: Translate) =>
    details.words ? `${t(stands, details)}\n${t('alert-provider-words', details)}` : t(stands, details);
  switch (occasion) {
    case 'new':
      return tellAdmins(deps, sentence);
    case 'still': {
      const hours = Math.max(1, Math.round((Date.now() - since.getTime()) / HOUR_MS));
      return tellAdmins(deps, (t) => `${t('alert-still', { hours })}\n${sentence(t)}`);
    }
    case 'over':
      return over === null || tellAdmins(deps, over, details);
    default: {
      const never: never = occasion;
      throw new Error(`unknown occasion ${String(never)}`);
    }
  }
}

/** A provider's words may hold what Telegram would take for markup, and refuse. */
function escaped(details: AlertDetails): AlertDetails {
  const safe = Object.entries(details).map(([name, value]) => [
    name,
    typeof value === 'string' ? escapeHtml(value) : value,
  ]);
  return Object.fromEntries(safe);
}

function kindOf(key: Alert['key']): AlertKind {
  // The type of a key says what stands before its colon.
  return key.split(':')[0] as AlertKind;
}
