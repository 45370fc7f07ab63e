import type { SQL } from 'drizzle-orm';
import type { Database } from './client.ts';

/**
 * Runs a statement of plain SQL and gives its rows; the two drivers wrap them differently.
 * What comes back is typed by the caller, so numbers are cast in the statement: `count(*)::int`, and ids that fit
 * in 52 bits `::float8`, which both drivers read as a number.
 */
export async function selectRows<Row extends Record<string, unknown>>(
  db: Database,
  statement: SQL,
): Promise<Row[]> {
  const result: unknown = await db.execute(statement);
  // PGlite answers an object with the rows in it, postgres.js the rows themselves.
  return (Array.isArray(result) ? [...result] : (result as { rows: Row[] }).rows) as Row[];
}
