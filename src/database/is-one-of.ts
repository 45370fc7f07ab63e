import { type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';

/**
 * The condition that a column of named states, kinds and the like holds one of these. The names are written into the
 * statement and are no parameters: a constraint takes none, and a plan that is made once for all values cannot know
 * that they are those of a partial index, so it would read the whole table.
 * @param names words of ours, at least one
 */
export function isOneOf(column: AnyPgColumn, names: readonly string[]): SQL {
  return sql`${column} in (${sql.raw(names.map((name) => `'${name.replaceAll("'", "''")}'`).join(', '))})`;
}
