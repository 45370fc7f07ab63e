import { readFileSync, writeFileSync } from 'node:fs';
import type { BenchRow } from '../row.ts';

/**
 * Puts the results of one benchmark into the page, in the place of those before, between the marks
 * `<!-- results: name -->` and `<!-- end -->`. What people wrote around them stays.
 * @throws Error when the page has no such place
 */
export function writeResults(
  page: string,
  results: { name: string; machine: string; rows: readonly BenchRow[] },
): void {
  const begin = `<!-- results: ${results.name} -->`;
  const end = '<!-- end -->';
  const text = readFileSync(page, 'utf8');
  const from = text.indexOf(begin);
  const to = text.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`${page} has no place for the results of ${results.name}`);
  const place = `${begin}\n${results.machine}\n\n${toTable(results.rows)}\n`;
  writeFileSync(page, text.slice(0, from) + place + text.slice(to));
}

function toTable(rows: readonly BenchRow[]): string {
  const lines = rows.map((row) => {
    const ratio = row.limit.endsWith('×') ? `${row.ratio.toFixed(2)}×` : '';
    const kept = row.limit === '–' ? '' : row.ok ? 'yes' : '**no**';
    return `| ${[row.what, row.measured, row.against, ratio, row.limit, kept].join(' | ')} |`;
  });
  return ['| What | Measured | Against | Ratio | Limit | Kept |', '|---|---|---|--:|--:|---|', ...lines].join(
    '\n',
  );
}
