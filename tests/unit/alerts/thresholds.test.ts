/** When a figure is too high or too low, and which numbers an owner may set. */
import { describe, expect, test } from 'vitest';
import {
  breachesOf,
  changedThresholds,
  RULE_NAMES,
  RULES,
  type RuleName,
  thresholdsWith,
} from '../../../src/alerts/thresholds.ts';
import { endOfQuiet } from '../../../src/time/quiet-hours.ts';

/** A process in which each figure that rules need is plentiful. */
const ENOUGH = { requests_counted: 1_000, jobs_counted: 1_000, cache_questions: 1_000 };
const judge = (...processes: Record<string, number>[]) =>
  breachesOf(
    processes.map((figures) => ({ ...ENOUGH, ...figures })),
    thresholdsWith(null),
  ).map(({ rule, level }) => `${rule} ${level}`);

describe('the thresholds that nobody changed', () => {
  test.each<[RuleName, number, number | null]>([
    ['response-time', 2, 5],
    ['error-rate', 5, 10],
    ['processing-time', 15, null],
    ['cpu', 80, 95],
    ['memory', 80, 95],
    ['disk', 80, 95],
    ['cache-hit-rate', 70, null],
  ])('of %s are %d and %s', (name, warning, critical) => {
    expect(thresholdsWith(null)[name]).toEqual({ warning, critical });
  });

  test.each(RULE_NAMES)('count on both sides: %s', (rule) => {
    const { figure, bad, warning, critical } = RULES[rule];
    const step = bad === 'above' ? -0.001 : 0;
    const good = bad === 'above' ? warning + step : warning;
    expect(judge({ [figure]: good })).toEqual([]);
    expect(judge({ [figure]: bad === 'above' ? warning : warning - 0.001 })).toEqual([`${rule} warning`]);
    if (critical === null) return;
    expect(judge({ [figure]: critical - 0.001 })).toEqual([`${rule} warning`]);
    expect(judge({ [figure]: critical })).toEqual([`${rule} critical`]);
  });
});

test('the worst of several processes is judged, and what is not known is no breach', () => {
  expect(judge({ cpu_percent: 10 }, { cpu_percent: 96 }, { cpu_percent: 85 })).toEqual(['cpu critical']);
  expect(judge({}, {})).toEqual([]);
});

test('a rate of little says nothing', () => {
  expect(judge({ requests_counted: 19, error_rate: 100 })).toEqual([]);
  expect(judge({ requests_counted: 20, error_rate: 100 })).toEqual(['error-rate critical']);
  expect(judge({ cache_questions: 199, cache_hit_rate: 0 })).toEqual([]);
  expect(judge({ cache_questions: 200, cache_hit_rate: 0 })).toEqual(['cache-hit-rate warning']);
});

test.each([
  ['a warning at its critical value', { cpu: { warning: 95, critical: 95 } }, /cpu/],
  ['a warning above its critical value', { memory: { warning: 96, critical: 95 } }, /memory/],
  ['a floor whose warning is below', { 'cache-hit-rate': { warning: 40, critical: 50 } }, /cache-hit-rate/],
  ['a rule that there is not', { luck: { warning: 1, critical: 2 } }, /luck|rule/i],
  ['half a threshold', { cpu: { warning: 50 } }, /critical/],
  ['a word', { cpu: { warning: 'high', critical: 95 } }, /cpu/],
  ['a number below nothing', { cpu: { warning: -1, critical: 95 } }, /cpu/],
])('%s is refused', (_what, given, named) => {
  const read = changedThresholds.safeParse(given);
  expect(read.success).toBe(false);
  expect(JSON.stringify(read.error?.issues)).toMatch(named);
});

test('what an owner changed counts, and the others stay', () => {
  const changed = changedThresholds.parse({ cpu: { warning: 50, critical: null } });
  const thresholds = thresholdsWith(changed);
  expect(thresholds.cpu).toEqual({ warning: 50, critical: null });
  expect(thresholds.memory).toEqual({ warning: 80, critical: 95 });
  expect(breachesOf([{ cpu_percent: 99 }], thresholds)).toEqual([
    { rule: 'cpu', level: 'warning', value: 99, limit: 50 },
  ]);
});

test.each([
  ['2026-11-26T20:59:59Z', '2026-11-26T20:59:59.000Z'],
  ['2026-11-26T21:00:00Z', '2026-11-27T07:00:00.000Z'],
  ['2026-11-27T03:30:00Z', '2026-11-27T07:00:00.000Z'],
  ['2026-11-27T07:00:00Z', '2026-11-27T07:00:00.000Z'],
])('quiet hours over midnight: %s waits until %s', (moment, end) => {
  const quiet = { from: 22, to: 8, timeZone: 'Europe/Berlin' };
  expect(endOfQuiet(new Date(moment), quiet).toISOString()).toBe(end);
});

test('quiet hours go by the clock on the wall, also on the night when it is set back', () => {
  const quiet = { from: 1, to: 4, timeZone: 'Europe/Berlin' };
  // 25 October 2026, 3:00 becomes 2:00.
  expect(endOfQuiet(new Date('2026-10-24T23:30:00Z'), quiet).toISOString()).toBe('2026-10-25T03:00:00.000Z');
});
