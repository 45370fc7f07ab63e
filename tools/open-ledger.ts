import { drizzle } from 'drizzle-orm/postgres-js';
import type { Config } from '../src/config.ts';
import { type Database, openDatabase } from '../src/database/client.ts';
import { connectServer } from '../src/database/driver.ts';
import * as schema from '../src/database/schema/index.ts';
import { findServer } from '../src/database/server.ts';
import type { Log } from '../src/log.ts';

/**
 * The database to be looked at, in a transaction that only reads. A server is opened without migrating it, because a
 * bot may be working on it; an embedded database has one process, so the bot has to be stopped.
 */
export async function openLedger(
  config: Config,
  log: Log,
): Promise<{ db: Database; close(): Promise<void> }> {
  if (config.database.kind === 'embedded') {
    return openDatabase({ kind: 'embedded', directory: config.dataDir }, log);
  }
  const { url, directUrl, connectTimeoutMs } = config.database;
  const client = connectServer(await findServer(directUrl ?? url), {
    max: 1,
    // Poolers may keep none.
    prepare: false,
    // postgres.js counts in seconds.
    connect_timeout: connectTimeoutMs / 1000,
    connection: { application_name: 'vitrine-check-ledger' },
  });
  return { db: drizzle(client, { schema }), close: () => client.end({ timeout: 5 }) };
}
