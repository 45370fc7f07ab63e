import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/**
 * What these columns say, for finding it by words: stems of Russian and of English. An index on it serves a statement
 * that says the same.
 */
export function wordsIn(...columns: readonly [SQLWrapper, ...SQLWrapper[]]): SQL {
  const text = sql.join(
    columns.map((column) => sql`coalesce(${column}, '')`),
    sql` || ' ' || `,
  );
  return sql`(to_tsvector('russian', ${text}) || to_tsvector('english', ${text}))`;
}
