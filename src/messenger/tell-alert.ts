import { ALERT_KINDS, type Alert, type AlertDetails, type AlertKind } from '../alerts/alert.ts';
import { type AlertChannel, sayEverywhere } from '../alerts/channels.ts';
import type { RaisedAlert } from '../alerts/read-alerts.ts';
import { RULE_NAMES, RULES } from '../alerts/thresholds.ts';
import { FALLBACK_LANGUAGE } from '../customers/languages.ts';
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
  'line-full': { stands: 'alert-line-full', over: 'alert-line-full-over' },
  'performance-warning': { stands: 'alert-performance-warning', over: 'alert-performance-over' },
  'performance-critical': { stands: 'alert-performance-critical', over: 'alert-performance-over' },
  morning: { stands: 'morning-digest', over: null },
  week: { stands: 'weekly-digest', over: null },
  'update-given-up': { stands: 'alert-update-given-up', over: null },
};

/** What goes on until it is over; the others have happened. */
export const LASTING_KINDS = ALERT_KINDS.filter((kind) => SENTENCES[kind].over !== null);

const HOUR_MS = 3_600_000;

/**
 * Tells the owners of an alert in the chat.
 * @returns false when another try may tell them (tellAdmins)
 */
export async function tellAlert(deps: MessengerDeps, alert: Alert): Promise<boolean> {
  const sentence = sentenceOf(alert);
  return sentence === null || (await tellAdmins(deps, sentence));
}

/** Tells of an alert beside the chat, in the language that texts fall back to. What a channel does not take is not said again. */
export async function tellAlertInChannels(
  { texts, channels, log }: Pick<MessengerDeps, 'texts' | 'log'> & { channels: readonly AlertChannel[] },
  alert: Alert,
): Promise<void> {
  const sentence = sentenceOf(alert);
  if (sentence !== null)
    await sayEverywhere(channels, toPlainText(sentence(texts.in(FALLBACK_LANGUAGE))), log);
}

/** What an alert that stands says, without any markup. */
export function raisedText(t: Translate, alert: RaisedAlert): string {
  return toPlainText(standingText(t, alert));
}

/** What an alert says (HTML); null where there is nothing to say. */
function sentenceOf(alert: Alert): ((t: Translate) => string) | null {
  const { key, occasion, since } = alert;
  const { over } = SENTENCES[kindOf(key)];
  switch (occasion) {
    case 'new':
      return (t) => standingText(t, alert);
    case 'still': {
      const hours = Math.max(1, Math.round((Date.now() - since.getTime()) / HOUR_MS));
      return (t) => `${t('alert-still', { hours })}\n${standingText(t, alert)}`;
    }
    case 'over':
      return over === null ? null : (t) => overText(t, alert);
    default: {
      const never: never = occasion;
      throw new Error(`unknown occasion ${String(never)}`);
    }
  }
}

/** What an alert that stands says (HTML). */
export function standingText(t: Translate, { key, details: given }: RaisedAlert): string {
  const details = escaped(given);
  const { stands } = SENTENCES[kindOf(key)];
  return details.words
    ? `${t(stands, details)}\n${t('alert-provider-words', details)}`
    : t(stands, inWords(t, details));
}

/** What is said of an alert of a lasting kind when it is over (HTML). */
export function overText(t: Translate, { key, details }: RaisedAlert): string {
  const { over, stands } = SENTENCES[kindOf(key)];
  return t(over ?? stands, inWords(t, escaped(details)));
}

/** Of a figure that is too high: what that means, and by how much. */
function inWords(t: Translate, details: AlertDetails): AlertDetails {
  const rule = RULE_NAMES.find((name) => name === details.rule);
  if (rule === undefined) return details;
  return {
    ...details,
    what: t(`alert-rule-${rule}`),
    measure: t(`alert-measure-${RULES[rule].unit}`, details),
  };
}

/** HTML of ours as mail and Slack read it. */
function toPlainText(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
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
