import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backOffMs } from '../../../src/time/back-off.ts';

test('a back-off doubles with each failure up to the longest, and never gives less than half of it', () => {
  const settings = { firstBackOffMs: 250, longestBackOffMs: 8_000 };
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2_000 }), (failures) => {
      const full = Math.min(250 * 2 ** (failures - 1), 8_000);
      const wait = backOffMs(failures, settings);
      expect(wait).toBeGreaterThanOrEqual(full / 2);
      expect(wait).toBeLessThanOrEqual(full);
    }),
  );
});

test('two that failed together do not wait equally long', () => {
  const settings = { firstBackOffMs: 1_000, longestBackOffMs: 8_000 };
  const waits = Array.from({ length: 50 }, () => backOffMs(4, settings));
  expect(new Set(waits).size).toBeGreaterThan(1);
});
