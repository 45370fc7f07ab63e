import { DrizzleQueryError } from 'drizzle-orm/errors';
import { describe, expect, test } from 'vitest';
import { describeError } from '../../../src/log.ts';

describe('an error in the log', () => {
  test('of a query shows why it failed, and neither the statement nor its parameters', () => {
    const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const error = new DrizzleQueryError('insert into people values ($1)', ['Marina’s words'], cause);
    const shown = describeError(new Error('the update was not stored', { cause: error }));
    expect(shown).toMatchObject({
      message: 'the update was not stored',
      cause: { message: 'a query failed', cause: { code: 'ECONNREFUSED', message: 'connect ECONNREFUSED' } },
    });
    expect(JSON.stringify(shown)).not.toMatch(/insert into|Marina/);
  });

  test('keeps its own words, also when they look like a pattern', () => {
    const shown = describeError(new Error('$& costs $1'));
    expect(shown).toMatchObject({ message: '$& costs $1', stack: expect.stringContaining('$& costs $1') });
  });
});
