import { drizzle } from 'drizzle-orm/postgres-js';
import type { Config } from '../src/config.ts';
import { type Database, openDatabase } from '../src/database/client.ts';
import { connectServer } from '../src/database/driver.ts';
import * as schema from '../src/database/schema/index.ts';
import type { Log } from '../src/log.ts';

/**
 * The database to be looked at. A server is opened without migrating it and every write is refused, because a
 * bot may be working on it; an embedded database has one process, so the bot has to be stopped.
 */
export async function openLedger(
  config: Config,
  log: Log,
): Promise<{ db: Database; close(): Promise<void> }> {
  if (config.database.kind === 'embedded') {
    return openDatabase({ kind: 'embedded', directory: config.dataDir }, log);
  }
  const { url, connectTimeoutMs } = config.database;
  const client = connectServer(url, {
    max: 1,
    // postgres.js counts in seconds.
    connect_timeout: connectTimeoutMs / 1000,
    connection: { application_name: 'vitrine-check-ledger', default_transaction_read_only: true },
  });
  return { db: drizzle(client, { schema }), close: () => client.end({ timeout: 5 }) };
}
