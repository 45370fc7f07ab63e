/** When a day begins where the owner lives. */
import { expect, test } from 'vitest';
import { addDays, dayAt, startOfDay } from '../../../src/statistics/period.ts';

test.each([
  ['2026-11-26', 'UTC', '2026-11-26T00:00:00.000Z'],
  ['2026-11-26', 'Europe/Berlin', '2026-11-25T23:00:00.000Z'],
  ['2026-07-01', 'Europe/Berlin', '2026-06-30T22:00:00.000Z'],
  // The clocks change within these days: at their beginning they still are as before.
  ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
  ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00.000Z'],
  ['2026-11-26', 'Asia/Kolkata', '2026-11-25T18:30:00.000Z'],
  ['2026-11-26', 'Pacific/Kiritimati', '2026-11-25T10:00:00.000Z'],
  ['2026-11-26', 'Pacific/Pago_Pago', '2026-11-26T11:00:00.000Z'],
])('%s begins in %s at %s', (day, timeZone, moment) => {
  expect(startOfDay(day, timeZone).toISOString()).toBe(moment);
});

test('every day of a year begins with its own first moment, wherever its clocks change', () => {
  for (const timeZone of ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Auckland']) {
    for (let day = '2026-01-01'; day < '2027-01-01'; day = addDays(day, 1)) {
      const start = startOfDay(day, timeZone);
      expect([dayAt(start, timeZone), dayAt(new Date(start.getTime() - 1), timeZone)]).toEqual([
        day,
        addDays(day, -1),
      ]);
    }
  }
});
