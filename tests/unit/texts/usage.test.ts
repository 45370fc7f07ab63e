import { describe, expect, test } from 'vitest';
import { RATIOS } from '../../../src/ai/ratios.ts';
import { RULE_NAMES } from '../../../src/alerts/thresholds.ts';
import { REFUND_REASONS } from '../../../src/billing/refunds/refund-payment.ts';
import { PAUSE_REASONS } from '../../../src/billing/selling.ts';
import { COMMAND_NAMES, commandTextId } from '../../../src/bot/commands.ts';
import { SECTIONS } from '../../../src/dashboard/sections.ts';
import {
  BROADCAST_STATES,
  CHARGE_KINDS,
  EVENT_KINDS,
  LABELS,
  ORDER_STATES,
  OWNER_ACTS,
  PAYMENT_STATES,
  PHOTO_ADVICE,
  REQUESTED_ACTS,
  SEGMENTS,
  TICKET_STATES,
} from '../../../src/database/schema/index.ts';
import { APP_ERROR_CODES } from '../../../src/errors.ts';
import { GIVE_BACK_REASONS } from '../../../src/photoshoots/give-back.ts';
import { DRIFTS } from '../../../src/photoshoots/likeness.ts';
import { PICTURE_LISTS } from '../../../src/photoshoots/list-pictures.ts';
import { HOUSE_STYLES } from '../../../src/photoshoots/styles/house-styles.ts';
import { KEPT_DATA } from '../../../src/privacy/retention.ts';
import { LIMIT_NAMES } from '../../../src/resilience/rate-limits.ts';
import { LISTS } from '../../../src/screens/list-keys.ts';
import { readSource } from '../../architecture/read-source.ts';
import { readProductFiles } from '../../architecture/source-files.ts';
import { readLocales } from './locale-files.ts';

/** Texts whose ids are put together in the code: exactly these, no more and no fewer. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  'command-': COMMAND_NAMES.map((name) => commandTextId(name).slice('command-'.length)),
  'error-': APP_ERROR_CODES,
  'style-': HOUSE_STYLES.map((style) => style.key),
  'reason-': GIVE_BACK_REASONS,
  'truth-': [
    ...DRIFTS,
    ...LABELS.filter((label) => label !== 'differs').flatMap((label) => [
      `same-${label}`,
      `same-${label}-of`,
    ]),
    'label-alone',
    'label-alone-of',
    'drifted',
    'drifted-of',
    'free',
  ],
  'advice-': PHOTO_ADVICE,
  'ratio-': RATIOS.map((ratio) => ratio.replace(':', '-')),
  'payment-state-': PAYMENT_STATES,
  'alert-unsettled-': CHARGE_KINDS,
  'alert-settled-': CHARGE_KINDS,
  'unsettled-line-': CHARGE_KINDS,
  'button-settle-': CHARGE_KINDS,
  'order-state-': [...ORDER_STATES, 'all'],
  'refund-reason-': REFUND_REASONS,
  'funnel-': EVENT_KINDS,
  'admin-list-': Object.keys(LISTS),
  'act-': OWNER_ACTS,
  'limit-': LIMIT_NAMES,
  'alert-rule-': RULE_NAMES,
  'dash-rule-name-': RULE_NAMES,
  'alert-measure-': ['seconds', 'percent', 'count'],
  'privacy-kept-': KEPT_DATA,
  'broadcast-state-': BROADCAST_STATES,
  'segment-': SEGMENTS,
  'brake-': [...PAUSE_REASONS, 'owner'],
  'request-ask-': REQUESTED_ACTS,
  'request-confirm-': REQUESTED_ACTS,
  'request-done-': REQUESTED_ACTS,
  'button-do-': REQUESTED_ACTS,
  'dash-act-': REQUESTED_ACTS,
  'dash-confirm-': REQUESTED_ACTS,
  'dash-do-': REQUESTED_ACTS,
  'dash-channel-rule-': ['pixels', 'bytes', 'ground', 'names'],
  'dash-certain-': ['official', 'copied', 'third-party', 'guess'],
  'dash-limit-unit-': ['minutes', 'hours', 'days'],
  'dash-section-': SECTIONS.map(({ name }) => name),
  'dash-ticket-state-': TICKET_STATES,
  'dash-pictures-of-': PICTURE_LISTS,
};
/** Put together from values that no list in the code holds; only that there are such texts is checked. */
const OPEN_FAMILIES = [
  'failure-',
  'privacy-',
  'alert-provider-',
  'checkout-',
  'refund-outcome-',
  'settle-outcome-',
  'held-reason-',
  'ticket-topic-',
  'dash-health-',
  'dash-readers-',
  'dash-sort-',
  'dash-step-',
];

const locales = readLocales();
const ids = [...new Set([...locales.values()].flatMap((texts) => [...texts.keys()]))];
const sources = [...readProductFiles()]
  // The sandbox has texts of its own, and must not keep one of these alive by chance.
  .filter(([path]) => !path.startsWith('sandbox/'))
  .map(([path, text]) => readSource(path, text));
const strings = new Set(sources.flatMap((source) => source.strings));

describe('the texts that the code uses', () => {
  test('are there, wherever a text is asked for by its id', () => {
    const asked = new Set(sources.flatMap((source) => source.textIds));
    expect([...asked].filter((id) => !ids.includes(id))).toEqual([]);
  });

  test.each(Object.entries(FAMILIES))(
    'of the family %s… are exactly those that the code can ask for',
    (start, ends) => {
      const there = ids.filter((id) => id.startsWith(start));
      expect(there.sort()).toEqual(ends.map((end) => `${start}${end}`).sort());
    },
  );

  test.each(OPEN_FAMILIES)('of the family %s… are there', (start) => {
    expect(ids.some((id) => id.startsWith(start))).toBe(true);
  });

  test('are of a family that is known here, when their ids are put together', () => {
    const families = [...Object.keys(FAMILIES), ...OPEN_FAMILIES];
    const starts = new Set(sources.flatMap((source) => source.textIdStarts));
    expect([...starts].filter((start) => !families.includes(start))).toEqual([]);
  });
});

describe('the texts that are there', () => {
  test('are all used', () => {
    const families = [...Object.keys(FAMILIES), ...OPEN_FAMILIES];
    const unused = ids.filter((id) => !strings.has(id) && !families.some((start) => id.startsWith(start)));
    expect(unused).toEqual([]);
  });
});

describe('the reading of the code', () => {
  test('finds the ids in every way of asking, and takes nothing else for one', () => {
    const { textIds, textIdStarts } = readSource(
      'a.ts',
      [
        "t('a')",
        'conversation.t(`b`, {})',
        "texts.in(language)('c')",
        't(`d-$' + '{code}`)',
        "other('e')",
        't(id)',
      ].join(';'),
    );
    expect(textIds).toEqual(['a', 'b', 'c']);
    expect(textIdStarts).toEqual(['d-']);
  });
});
