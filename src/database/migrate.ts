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
import { connectServer } from './driver.ts';
import type * as schema from './schema/index.ts';

const MIGRATIONS_FOLDER = join(import.meta.dirname, '../../drizzle');

/** An arbitrary number that all processes of Vitrine lock while they migrate. */
const MIGRATION_LOCK = 7_302_941;

/** One process has the folder (folder-lock.ts), so no further lock is needed. */
export async function migrateEmbedded(db: PgliteDatabase<typeof schema>, log: Log): Promise<void> {
  await refuseNewerSchema(db);
  await migratePglite(db, { migrationsFolder: MIGRATIONS_FOLDER });
  log.debug('the schema is up to date');
}

/**
 * Drizzle's migrator takes no lock of its own: of several processes that start together, all but one fail.
 * A session lock on one connection makes them queue; it is freed when the connection ends, also by a crash.
 */
export async function migrateServer(url: string, log: Log): Promise<void> {
  const client = connectServer(url, { max: 1, connect_timeout: 30 });
  try {
    const db = drizzle(client);
    await db.execute(sql`select pg_advisory_lock(${MIGRATION_LOCK})`);
    await refuseNewerSchema(db);
    await migratePostgres(db, { migrationsFolder: MIGRATIONS_FOLDER });
    log.debug('the schema is up to date');
  } finally {
    await client.end({ timeout: 5 });
  }
}

/** An older Vitrine must not write to a schema it does not know. */
async function refuseNewerSchema(db: Pick<PgDatabase<PgQueryResultHKT>, 'select'>): Promise<void> {
  const known = readMigrationFiles({ migrationsFolder: MIGRATIONS_FOLDER }).map((file) => file.folderMillis);
  const table = sql`drizzle.__drizzle_migrations`;
  const [place] = await db
    .select({ exists: sql<boolean>`to_regclass('drizzle.__drizzle_migrations') is not null` })
    .from(sql`(select 1) as one`);
  if (!place?.exists) return;
  const [applied] = await db
    .select({ newest: sql<number | null>`max(created_at)`.mapWith(Number) })
    .from(table);
  if (applied?.newest != null && applied.newest > Math.max(...known)) {
    throw new StartRefused(
      'The database was made by a newer version of Vitrine. Start that version, or go back as docs/database.md tells.',
    );
  }
}
