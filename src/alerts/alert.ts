/** What an alert is: its kinds and keys, and what is told of it. */
import type { RuleName } from './thresholds.ts';

export const ALERT_KINDS = [
  'provider-quota',
  'provider-key',
  'provider-model',
  'provider-outage',
  'provider-rejected',
  'recognition-failing',
  'model-ending',
  'provider-budget',
  'picture-paid-often',
  'line-full',
  'update-given-up',
  'morning',
  'performance-warning',
  'performance-critical',
  'week',
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];
/** A kind, with the id of what it is about where there are several. */
export type AlertKey = AlertKind | `${AlertKind}:${number | RuleName}`;

/** For the sentence: numbers, and words of ours or of a provider's; nothing that people wrote, and no secret. */
export type AlertDetails = Readonly<Record<string, string | number>>;

/** `still`: it was told before, and goes on. `over`: it has ended. */
export type Alert = Readonly<{
  key: AlertKey;
  details: AlertDetails;
  occasion: 'new' | 'still' | 'over';
  since: Date;
}>;
