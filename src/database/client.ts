/**
 * The database behind one type: PGlite in a folder (or in memory, for tests) or a PostgreSQL server.
 * What differs between the two drivers stays in this file.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite';
import { drizzle as drizzlePostgres } from 'drizzle-orm/postgres-js';
import type { PartHealth } from '../health.ts';
import type { Log } from '../log.ts';
import { connectServer } from './driver.ts';
import { lockFolder } from './folder-lock.ts';
import { databaseHealth } from './health.ts';
import { migrateEmbedded, migrateServer } from './migrate.ts';
import { prepareAlways } from './prepared.ts';
import * as schema from './schema/index.ts';
import { watchForSilence } from './silence.ts';

/** Queries are built with this, whichever driver runs them; a transaction has the same type. */
export type Database = PgDatabase<PgQueryResultHKT, typeof schema>;

/** The server ends a statement at its limit; whoever hears nothing for so much longer will hear nothing at all. */
const SILENCE_MARGIN_MS = 5_000;

/** What the queue needs to run in the same database. */
export type QueueConnection =
  | { kind: 'embedded'; pglite: PGlite }
  | { kind: 'server'; url: string; connectTimeoutMs: number; silenceLimitMs: number };

export type DatabaseHandle = {
  db: Database;
  queue: QueueConnection;
  /** Whether it answers, within seconds; never rejects. */
  health(): Promise<PartHealth>;
  close(): Promise<void>;
};

export type DatabaseOptions =
  | { kind: 'embedded' /** null: in memory */; directory: string | null; image?: Blob }
  | {
      kind: 'server';
      url: string;
      poolMaxSize: number;
      connectTimeoutMs: number;
      recycleMs: number;
      queryTimeoutMs: number;
    };

/**
 * Opens the database and brings its schema up to date.
 * @throws StartRefused when another process has the folder, the schema is newer than this version of Vitrine,
 * or the driver of a server is not patched; the driver's error when the server cannot be reached
 */
export async function openDatabase(options: DatabaseOptions, log: Log): Promise<DatabaseHandle> {
  return options.kind === 'embedded' ? openEmbedded(options, log) : openServer(options, log);
}

async function openEmbedded(
  options: Extract<DatabaseOptions, { kind: 'embedded' }>,
  log: Log,
): Promise<DatabaseHandle> {
  const release = options.directory === null ? async () => {} : await lockFolder(options.directory);
  let pglite: PGlite | undefined;
  // The folder is free for another process only when PGlite has let go of it.
  const close = async () => {
    try {
      await pglite?.close();
    } finally {
      await release();
    }
  };
  try {
    const dataDir = options.directory === null ? undefined : join(options.directory, 'postgres');
    if (dataDir !== undefined) await mkdir(dataDir, { recursive: true });
    pglite = await PGlite.create({
      ...(dataDir === undefined ? {} : { dataDir }),
      ...(options.image === undefined ? {} : { loadDataDir: options.image }),
    });
    const db = drizzlePglite(pglite, { schema });
    await migrateEmbedded(db, log);
    return { db, queue: { kind: 'embedded', pglite }, health: () => databaseHealth(db), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openServer(
  options: Extract<DatabaseOptions, { kind: 'server' }>,
  log: Log,
): Promise<DatabaseHandle> {
  await migrateServer(options.url, log);
  const { url, connectTimeoutMs } = options;
  const silenceLimitMs = options.queryTimeoutMs + SILENCE_MARGIN_MS;
  const client = connectServer(url, {
    max: options.poolMaxSize,
    // postgres.js counts these in seconds.
    connect_timeout: connectTimeoutMs / 1000,
    max_lifetime: options.recycleMs / 1000,
    ...watchForSilence(silenceLimitMs),
    connection: {
      application_name: 'vitrine',
      statement_timeout: options.queryTimeoutMs,
      // A transaction that waits for the process rather than for the database is a bug; it must not hold locks.
      idle_in_transaction_session_timeout: options.queryTimeoutMs,
    },
  });
  const db = drizzlePostgres(prepareAlways(client), { schema });
  return {
    db,
    queue: { kind: 'server', url, connectTimeoutMs, silenceLimitMs },
    health: () => databaseHealth(db),
    close: () => client.end({ timeout: 5 }),
  };
}
