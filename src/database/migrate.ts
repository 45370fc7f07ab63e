/** Brings the schema up to date at every start; safe when several processes start together. */

import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { PgliteDatabase } from 'drizzle-orm/pglite';
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as migratePostgres } from 'drizzle-orm/postgres-js/migrator';
import { StartRefused } from '../errors.ts';
import type { Log } from '../log.ts';
import { connectServer, type Sql, type TransactionSql } from './driver.ts';
import { refuseWithoutRights } from './rights.ts';
import type * as schema from './schema/index.ts';
import { findServer, type Server } from './server.ts';
import { refuseToStart } from './start-fault.ts';

const MIGRATIONS_FOLDER = join(import.meta.dirname, '../../drizzle');

/** An arbitrary number that all processes of Vitrine lock while they migrate. */
const MIGRATION_LOCK = 7_302_941;

/** Longer than a migration of a large database takes; whoever waits longer waits for nobody. */
const LONGEST_WAIT_MS = 300_000;

type Reader = Pick<PgDatabase<PgQueryResultHKT>, 'select'>;

/** One process has the folder (folder-lock.ts), so no further lock is needed. */
export async function migrateEmbedded(db: PgliteDatabase<typeof schema>, log: Log): Promise<void> {
  await isUpToDate(db);
  await migratePglite(db, { migrationsFolder: MIGRATIONS_FOLDER });
  log.debug('the schema is up to date');
}

/** The same of a server by its address. @throws as migrate does, and StartRefused for what the owner can mend */
export async function migrateServer(url: string, log: Log): Promise<void> {
  try {
    await migrate(await findServer(url), log);
  } catch (error) {
    throw refuseToStart(error) ?? error;
  }
}

/**
 * Drizzle's migrator takes no lock of its own: of several processes that start together, all but one fail. So it
 * runs within a transaction that has one. A lock of the session would stay with the connection when that is a
 * pooler's, and every later start would wait for it.
 * @param longestWaitMs for another process that migrates
 * @throws StartRefused for a schema newer than this version, a role without the rights, and a wait that was too long
 */
export async function migrate(server: Server, log: Log, longestWaitMs = LONGEST_WAIT_MS): Promise<void> {
  const client = connectServer(server, { max: 1, connect_timeout: 30 });
  try {
    const upToDate = await isUpToDate(drizzle(client));
    await refuseWithoutRights(client, upToDate);
    if (!upToDate) {
      await client.begin(async (tx) => {
        // A provider may have set limits for the role. Migrations take as long as they take.
        await tx.unsafe('set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0');
        await takeTurn(tx, log, longestWaitMs);
        const db = drizzle(withinTransaction(client, tx));
        // Another process may have done it meanwhile, and may be a newer version.
        if (await isUpToDate(db)) return;
        await migratePostgres(db, { migrationsFolder: MIGRATIONS_FOLDER });
      });
    }
    log.debug('the schema is up to date');
  } finally {
    await client.end({ timeout: 5 });
  }
}

/** The lock is free again when the transaction ends, however it does. */
async function takeTurn(tx: TransactionSql, log: Log, longestWaitMs: number): Promise<void> {
  const [{ taken }] = await tx<[{ taken: boolean }]>`
    select pg_try_advisory_xact_lock(${MIGRATION_LOCK}) as taken`;
  if (taken) return;
  log.info({ longestWaitMs }, 'another process migrates the schema; waiting until it is done');
  await tx.unsafe(`set local lock_timeout = ${longestWaitMs}`);
  try {
    await tx`select pg_advisory_xact_lock(${MIGRATION_LOCK})`;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === LOCK_NOT_AVAILABLE)) throw error;
    throw new StartRefused(
      `Another process has been migrating the schema for ${Math.ceil(longestWaitMs / 60_000)} minutes. Start again when it is done. If there is none, the pooler still keeps the lock of an older version (pg_locks, objid ${MIGRATION_LOCK}): restart the pooler.`,
      { cause: error },
    );
  }
  await tx.unsafe('set local lock_timeout = 0');
}

/** SQLSTATE of a wait that lock_timeout ended. */
const LOCK_NOT_AVAILABLE = '55P03';

/** The client for a migrator that begins a transaction of its own: within this one that is a savepoint. */
function withinTransaction(client: Sql, tx: TransactionSql): Sql {
  const own: Readonly<Record<string | symbol, unknown>> = {
    unsafe: tx.unsafe,
    begin: (work: (inner: TransactionSql) => unknown) => tx.savepoint(work),
  };
  return new Proxy(client, { get: (target, name) => own[name] ?? Reflect.get(target, name) });
}

/**
 * Whether there is nothing to migrate. An older Vitrine must not write to a schema that it does not know.
 * @throws StartRefused when the schema is newer than this version
 */
export async function isUpToDate(db: Reader): Promise<boolean> {
  const known = readMigrationFiles({ migrationsFolder: MIGRATIONS_FOLDER }).map((file) => file.folderMillis);
  const [place] = await db
    .select({ exists: sql<boolean>`to_regclass('drizzle.__drizzle_migrations') is not null` })
    .from(sql`(select 1) as one`);
  if (!place?.exists) return false;
  const [applied] = await db
    .select({ newest: sql<number | null>`max(created_at)`.mapWith(Number) })
    .from(sql`drizzle.__drizzle_migrations`);
  const newest = applied?.newest ?? 0;
  if (newest > Math.max(...known)) {
    throw new StartRefused(
      'The database was made by a newer version of Vitrine. Start that version, or go back as docs/database.md tells.',
    );
  }
  return newest === Math.max(...known);
}
