import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, BEGINNING, countDays, type Day } from '../../../src/statistics/period.ts';
import { firstDayOf, lastDayOf, spansOf } from '../../../src/statistics/spans.ts';

const day = fc.nat({ max: 6000 }).map((days): Day => addDays(BEGINNING, days));

test('spans make up the days, each once and in order, and none is there after the last one', () => {
  fc.assert(
    fc.property(day, fc.nat({ max: 1200 }), day, (from, length, last) => {
      const to = addDays(from, length);
      const spans = spansOf({ from, to }, last);
      let next = from;
      for (const { span, day: first } of spans) {
        expect(first).toBe(next);
        expect(firstDayOf(span, first)).toBe(first);
        next = addDays(lastDayOf(span, first), 1);
      }
      // Beyond the last day there is nothing, so that a span may go on into it.
      if (from > last) expect(spans).toEqual([]);
      else if (to < last) expect(next).toBe(addDays(to, 1));
      else expect(next > last).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('a long time is a year each, and the one that is not over one more', () => {
  expect(spansOf({ from: '2024-01-01', to: '2026-11-26' }, '2026-11-26')).toEqual([
    { span: 'year', day: '2024-01-01' },
    { span: 'year', day: '2025-01-01' },
    { span: 'year', day: '2026-01-01' },
  ]);
  const quarter = spansOf({ from: '2026-08-29', to: '2026-11-26' }, '2026-11-26');
  expect(quarter.map(({ span }) => span)).toEqual(['day', 'day', 'day', 'month', 'month', 'month']);
  expect(countDays({ from: '2026-02-01', to: lastDayOf('month', '2026-02-09') })).toBe(28);
});
