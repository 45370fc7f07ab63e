import { describe, expect, test } from 'vitest';
import { createGroupRead } from '../../../src/database/group-read.ts';

/** A table in memory that remembers which keys each statement asked for. */
function createTable(rows: Record<number, string>) {
  const statements: number[][] = [];
  const read = createGroupRead(async (keys: readonly number[]) => {
    statements.push([...keys]);
    if (keys.includes(666)) throw new Error('the statement failed');
    return new Map(keys.flatMap((key) => (rows[key] === undefined ? [] : [[key, rows[key]] as const])));
  });
  return { rows, statements, read };
}

describe('reading in groups', () => {
  test('what is asked for in one turn shares a statement, and each gets its own row', async () => {
    const { statements, read } = createTable({ 1: 'Anna', 2: 'Boris' });
    expect(await Promise.all([read(1), read(2), read(3), read(1)])).toEqual([
      'Anna',
      'Boris',
      undefined,
      'Anna',
    ]);
    expect(statements).toEqual([[1, 2, 3]]);
  });

  test('what is asked for after an answer sees what was written meanwhile', async () => {
    const { rows, statements, read } = createTable({ 1: 'Anna' });
    expect(await read(1)).toBe('Anna');
    rows[1] = 'Hanna';
    expect(await read(1)).toBe('Hanna');
    expect(statements).toEqual([[1], [1]]);
  });

  test('what is asked for while a statement is under way goes into the next one', async () => {
    const begun = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const statements: number[][] = [];
    const read = createGroupRead(async (keys: readonly number[]) => {
      statements.push([...keys]);
      begun.resolve();
      if (statements.length === 1) await gate.promise;
      return new Map(keys.map((key) => [key, statements.length]));
    });
    const first = read(1);
    await begun.promise;
    expect(await read(1)).toBe(2);
    gate.resolve();
    await first;
    expect(statements).toEqual([[1], [1]]);
  });

  test('a statement that fails is the failure of its readers, and of nobody after them', async () => {
    const { read } = createTable({ 1: 'Anna' });
    const together = await Promise.allSettled([read(1), read(666)]);
    expect(together.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await read(1)).toBe('Anna');
  });
});
