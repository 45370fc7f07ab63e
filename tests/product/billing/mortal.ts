import type { PgTransactionConfig } from 'drizzle-orm/pg-core';
import type { Database } from '../../../src/database/client.ts';

/** A process that died in the middle of its work. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

const STATEMENTS: readonly (string | symbol)[] = [
  'select',
  'selectDistinct',
  'insert',
  'update',
  'delete',
  'execute',
];

/**
 * The database as a process sees it that dies before its statement number `statements` + 1, or before the commit
 * that would come there; what it had open is rolled back, as by the server when a connection breaks.
 */
export function mortal(db: Database, statements: number): Database {
  let left = statements;
  const live = () => {
    if (left === 0) throw new Crash('the process died');
    left -= 1;
  };
  const watch = (target: Database): Database =>
    new Proxy(target, {
      get(object, name) {
        if (name === 'transaction') {
          return (work: (tx: Database) => Promise<unknown>, settings?: PgTransactionConfig) =>
            object.transaction(async (tx) => {
              const result = await work(watch(tx));
              live();
              return result;
            }, settings);
        }
        if (STATEMENTS.includes(name)) live();
        const member: unknown = Reflect.get(object, name, object);
        return typeof member === 'function' ? member.bind(object) : member;
      },
    });
  return watch(db);
}
