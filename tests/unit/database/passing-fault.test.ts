import { DrizzleQueryError } from 'drizzle-orm/errors';
import { expect, test } from 'vitest';
import { isPassingFault } from '../../../src/database/passing-fault.ts';
import { DATABASE_SILENT } from '../../../src/database/silence.ts';
import { AppError } from '../../../src/errors.ts';

const failed = (code: string) =>
  new DrizzleQueryError('select 1', [], Object.assign(new Error('of the driver'), { code }));

test.each([DATABASE_SILENT, 'CONNECTION_CLOSED', 'ECONNREFUSED', '25P03', '57P01', '40001'])(
  'a query that failed with %s may succeed a moment later',
  (code) => {
    expect(isPassingFault(failed(code))).toBe(true);
  },
);

test.each(['23505', '22012', 'TRANSACTION_OVER', 'UNDEFINED_VALUE'])(
  'a query that failed with %s fails again',
  (code) => {
    expect(isPassingFault(failed(code))).toBe(false);
  },
);

test('an error of ours is not one, whatever caused it', () => {
  expect(isPassingFault(new AppError('unexpected', 'judged', { cause: failed('57P01') }))).toBe(false);
});
