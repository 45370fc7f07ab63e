import type { Sql, TransactionSql } from './driver.ts';

type Client = Sql | TransactionSql;
type Transact = (work: (inner: TransactionSql) => unknown) => unknown;

/**
 * The client with every statement that has parameters prepared on the server. Drizzle builds the same text
 * again and again and asks for no preparation: each statement then takes two round trips instead of one, and
 * is parsed and planned anew. Measured (bench/sellers.ts): an order costs the server 23 ms instead of 40.
 *
 * The texts are few, because only lists of a few ids change them, and a connection forgets them when it is
 * recycled. Not for a pooler in transaction mode (pooling.ts): the next statement may be on another connection.
 */
export function prepareAlways<C extends Client>(client: C): C {
  return new Proxy(client, {
    get(target, name) {
      switch (name) {
        case 'unsafe':
          return (text: string, parameters: [], options: object) =>
            target.unsafe(text, parameters, { ...options, prepare: true });
        case 'begin':
        case 'savepoint': {
          // A client begins, a transaction saves points, in the same form; the union's types do not say so.
          const transact = Reflect.get(target, name) as Transact;
          const prepared: Transact = (work) => transact((inner) => work(prepareAlways(inner)));
          return prepared;
        }
        default:
          return Reflect.get(target, name);
      }
    },
  });
}
