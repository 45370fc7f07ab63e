import type { Sql, TransactionSql } from './driver.ts';

/**
 * The client whose transactions bring their limits with them: for poolers, which refuse them at the beginning of a
 * connection, and which may give a connection to somebody else after each transaction, with what was set on it.
 * They are sent with BEGIN's first statement and not waited for. A statement outside of a transaction has no limit of
 * the server's; the client's (silence.ts) ends it.
 * @param limitMs for one statement, and for the silence between two
 */
export function limitTransactions(client: Sql, limitMs: number): Sql {
  // SET, unlike set_config(), may stand before SET TRANSACTION.
  const limits = `set local statement_timeout = ${limitMs}; set local idle_in_transaction_session_timeout = ${limitMs}`;
  const begin = (work: (tx: TransactionSql) => unknown) =>
    client.begin((tx) => {
      // Its failure is that of the transaction, which refuses every statement after it.
      tx.unsafe(limits)
        .execute()
        .catch(() => {});
      return work(tx);
    });
  return new Proxy(client, {
    get: (target, name) => (name === 'begin' ? begin : Reflect.get(target, name)),
  });
}
