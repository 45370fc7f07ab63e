/** What a cell may hold; null is an empty one. */
export type Cell = string | number | null;

/**
 * Rows as CSV (RFC 4180), lines ended by CRLF. A text that a spreadsheet would take for a formula gets an
 * apostrophe before it: parts of it come from links that anybody can write.
 */
export function writeCsv(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(writeCell).join(',')}\r\n`).join('');
}

function writeCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const harmless = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
