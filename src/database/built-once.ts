import type { Database } from './client.ts';

/**
 * A statement that is built once for each database: building it takes drizzle as long as sending it. Within a
 * transaction, which is a database of its own, it is built anew, because it must run there.
 * @param build makes it with placeholders for what changes, and prepares it
 */
export function builtOnce<Statement>(build: (db: Database) => Statement): (db: Database) => Statement {
  const built = new WeakMap<Database, Statement>();
  return (db) => {
    const known = built.get(db);
    if (known !== undefined) return known;
    const statement = build(db);
    built.set(db, statement);
    return statement;
  };
}
