import type { SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
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
  return rowsIn(await db.execute(statement));
}

/**
 * The same for a statement that is run again and again: its text is built once, which takes drizzle as long as sending
 * it, and being one and the same string it is found at once by all who know statements by their texts.
 * @param db not a transaction: it runs on this one
 * @param statement with placeholders for what changes
 */
export function prepareRows<Row extends Record<string, unknown>>(
  db: Database,
  statement: SQL,
): (values: Readonly<Record<string, unknown>>) => Promise<Row[]> {
  const prepared = db._.session.prepareQuery(
    new PgDialect().sqlToQuery(statement),
    undefined,
    undefined,
    false,
  );
  return async (values) => rowsIn(await prepared.execute(values));
}

function rowsIn<Row>(result: unknown): Row[] {
  // PGlite answers an object with the rows in it, postgres.js the rows themselves.
  return (Array.isArray(result) ? [...result] : (result as { rows: Row[] }).rows) as Row[];
}
