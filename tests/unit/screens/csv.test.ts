import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeCsv } from '../../../src/screens/csv.ts';

test('cells are quoted where they must be, and lines end with CRLF', () => {
  expect(
    writeCsv([
      ['a', 1, null],
      ['b,c', 'say "hi"', 'two\nlines'],
    ]),
  ).toBe('a,1,\r\n"b,c","say ""hi""","two\nlines"\r\n');
});

test.each(['=1+1', '+7', '-1', '@sum', '\tx', '\rx'])('%j is no formula any more', (cell) => {
  expect(writeCsv([[cell]]).replaceAll('"', '')).toMatch(/^'/);
});

/** A plain reader of RFC 4180. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  const row: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  for (let match = cell.exec(text); match !== null; match = cell.exec(text)) {
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '\r\n') rows.push(row.splice(0));
  }
  return rows;
}

test('whatever is written is read back cell by cell', () => {
  const texts = fc.array(fc.array(fc.string(), { minLength: 1, maxLength: 5 }), { maxLength: 5 });
  fc.assert(
    fc.property(texts, (rows) => {
      const guarded = rows.map((row) => row.map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)));
      expect(readCsv(writeCsv(rows))).toEqual(guarded);
    }),
  );
});
