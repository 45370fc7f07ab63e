import type { PGliteInterface, Transaction } from '@electric-sql/pglite';
import type { Sql, TransactionSql } from './driver.ts';

type Client = Sql | TransactionSql;
type Transact = (work: (inner: TransactionSql) => unknown) => unknown;
/** How drizzle sends a statement with parameters: what is given back is sent when it is awaited. */
type Send = <C extends Client>(client: C, text: string, parameters: [], options: object) => Promise<unknown>;

/** Told of a statement that goes out; the function that is given back is told that it was answered, and whether badly. */
export type BeginStatement = (text: string) => (failed: boolean) => void;

/** The client, and the clients of its transactions and savepoints, whose statements are sent by `send`. */
export function eachStatement<C extends Client>(client: C, send: Send): C {
  return new Proxy(client, {
    get(target, name) {
      switch (name) {
        case 'unsafe':
          return (text: string, parameters: [], options: object) => send(target, text, parameters, options);
        case 'begin':
        case 'savepoint': {
          // A client begins, a transaction saves points, in the same form; the union's types do not say so.
          const transact = Reflect.get(target, name) as Transact;
          const within: Transact = (work) => transact((inner) => work(eachStatement(inner, send)));
          return within;
        }
        default:
          return Reflect.get(target, name);
      }
    },
  });
}

/** The client that tells of each of its statements. */
export function watchStatements<C extends Client>(client: C, begin: BeginStatement): C {
  return eachStatement(client, (target, text, parameters, options) => {
    const ended = begin(text);
    const query = target.unsafe(text, parameters, options);
    // Asked for now and not when it is awaited, which drizzle does at once.
    query.then(
      () => ended(false),
      () => ended(true),
    );
    return query;
  });
}

/** The same for PGlite, whose transactions hand on a client of another class. */
export function watchEmbedded<C extends PGliteInterface | Transaction>(client: C, begin: BeginStatement): C {
  return new Proxy(client, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      if (name === 'query')
        return async (text: string, ...rest: unknown[]) => {
          const ended = begin(text);
          try {
            const result: unknown = await member.call(target, text, ...rest);
            ended(false);
            return result;
          } catch (error) {
            ended(true);
            throw error;
          }
        };
      if (name === 'transaction')
        return (work: (inner: Transaction) => unknown) =>
          member.call(target, (inner: Transaction) => work(watchEmbedded(inner, begin)));
      return member.bind(target);
    },
  });
}
