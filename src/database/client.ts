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
import { StartRefused } from '../errors.ts';
import type { PartHealth } from '../health.ts';
import type { Log } from '../log.ts';
import { warnOfTooManyConnections } from './connections.ts';
import { connectServer, refuseUnpatched } from './driver.ts';
import { type BeginStatement, watchEmbedded, watchStatements } from './each-statement.ts';
import { lockFolder } from './folder-lock.ts';
import { databaseHealth } from './health.ts';
import { isUpToDate, migrate, migrateEmbedded } from './migrate.ts';
import { findPooling } from './pooling.ts';
import { prepareAlways } from './prepared.ts';
import * as schema from './schema/index.ts';
import { findServer, type Server } from './server.ts';
import { watchForSilence } from './silence.ts';
import { refuseToStart } from './start-fault.ts';
import { limitTransactions } from './transaction-limits.ts';

/** Queries are built with this, whichever driver runs them; a transaction has the same type. */
export type Database = PgDatabase<PgQueryResultHKT, typeof schema>;

/**
 * For one process and what a shop keeps on trial. PostgreSQL fills its buffers with zeros as it starts: by default that
 * is 128 MB of memory, and half of the time of an opening. The system keeps what it has read from files as well.
 */
const BUFFERS = ['-c', 'shared_buffers=16MB'];

/** The server ends a statement at its limit; whoever hears nothing for so much longer will hear nothing at all. */
const SILENCE_MARGIN_MS = 5_000;

/** What the queue needs to run in the same database. */
export type QueueConnection =
  | { kind: 'embedded'; pglite: PGlite }
  | {
      kind: 'server';
      server: Server;
      /** Whether a connection stays the same, so that LISTEN is heard on it. */
      keepsSessions: boolean;
      connectTimeoutMs: number;
      silenceLimitMs: number;
    };

export type DatabaseHandle = {
  db: Database;
  queue: QueueConnection;
  /** Whether it answers, within seconds; never rejects. */
  health(): Promise<PartHealth>;
  close(): Promise<void>;
};

export type DatabaseOptions =
  | { kind: 'embedded'; directory: string }
  | {
      kind: 'server';
      url: string;
      /** Of the same database, past a pooler: for migrations and for the queue. Null: there is only the one. */
      directUrl: string | null;
      poolMaxSize: number;
      connectTimeoutMs: number;
      recycleMs: number;
      queryTimeoutMs: number;
    };

/**
 * Opens the database and brings its schema up to date.
 * @param begin told of each statement of `db`; null: nobody
 * @throws StartRefused when another process has the folder, the schema is newer than this version of Vitrine, the
 * driver of a server is not patched, or the server refuses for a reason that the owner can mend; the driver's error
 * when the server cannot be reached
 */
export async function openDatabase(
  options: DatabaseOptions,
  log: Log,
  begin: BeginStatement | null = null,
): Promise<DatabaseHandle> {
  return options.kind === 'embedded' ? openEmbedded(options, log, begin) : openServer(options, log, begin);
}

async function openEmbedded(
  options: Extract<DatabaseOptions, { kind: 'embedded' }>,
  log: Log,
  begin: BeginStatement | null,
): Promise<DatabaseHandle> {
  const release = await lockFolder(options.directory);
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
    const dataDir = join(options.directory, 'postgres');
    await mkdir(dataDir, { recursive: true });
    pglite = await PGlite.create({ dataDir, startParams: [...PGlite.defaultStartParams, ...BUFFERS] });
    await migrateEmbedded(drizzlePglite(pglite, { schema }), log);
    const db = drizzlePglite(begin === null ? pglite : watchEmbedded(pglite, begin), { schema });
    return { db, queue: { kind: 'embedded', pglite }, health: () => databaseHealth(db), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openServer(
  options: Extract<DatabaseOptions, { kind: 'server' }>,
  log: Log,
  begin: BeginStatement | null,
): Promise<DatabaseHandle> {
  refuseUnpatched();
  try {
    return await connect(options, log, begin);
  } catch (error) {
    throw refuseToStart(error) ?? error;
  }
}

async function connect(
  options: Extract<DatabaseOptions, { kind: 'server' }>,
  log: Log,
  begin: BeginStatement | null,
): Promise<DatabaseHandle> {
  const { url, directUrl, queryTimeoutMs, connectTimeoutMs } = options;
  const server = await findServer(url);
  const direct = directUrl === null ? null : await findServer(directUrl);
  const { passedOver } = server.address;
  if (passedOver.length > 0) log.info({ passedOver }, 'the address of the database says more than is needed');
  const pooling = await findPooling(server);
  if (direct !== null) await refusePooled(direct);
  await migrate(direct ?? server, log);
  if (direct !== null) await refuseOtherDatabase(server);
  if (pooling === 'transaction' && direct === null) {
    log.warn(
      'the database is behind a pooler in transaction mode: jobs start up to half a second later; set DATABASE_DIRECT_URL to the address past the pooler',
    );
  }
  const silenceLimitMs = queryTimeoutMs + SILENCE_MARGIN_MS;
  const pool = connectServer(server, {
    max: options.poolMaxSize,
    // postgres.js counts these in seconds.
    connect_timeout: connectTimeoutMs / 1000,
    max_lifetime: options.recycleMs / 1000,
    ...watchForSilence(silenceLimitMs),
    ...(pooling === 'none' ? { connection: limitsOf(queryTimeoutMs) } : {}),
    // Drizzle asks for none; the driver's own question for types would be one.
    prepare: pooling !== 'transaction',
    // Such a pooler gives the server's connection away once all that was asked to be answered is. Without prepared
    // statements the driver first asks for the types of parameters, and that asks for no end: sent behind another
    // statement it would stay on a connection that is then a stranger's. So one at a time (decision 022).
    ...(pooling === 'transaction' ? { max_pipeline: 0 } : {}),
  });
  const limited = pooling === 'none' ? pool : limitTransactions(pool, queryTimeoutMs);
  const prepared = pooling === 'transaction' ? limited : prepareAlways(limited);
  const db = drizzlePostgres(begin === null ? prepared : watchStatements(prepared, begin), { schema });
  // Behind a pooler it is the pooler's number that counts.
  if (pooling === 'none') await warnOfTooManyConnections(pool, { poolMaxSize: options.poolMaxSize, log });
  return {
    db,
    queue: {
      kind: 'server',
      server: direct ?? server,
      keepsSessions: direct !== null || pooling !== 'transaction',
      connectTimeoutMs,
      silenceLimitMs,
    },
    health: () => databaseHealth(db),
    close: () => pool.end({ timeout: 5 }),
  };
}

/** Only to a server itself: poolers refuse what they do not know at the beginning of a connection. */
function limitsOf(queryTimeoutMs: number) {
  return {
    statement_timeout: queryTimeoutMs,
    // A transaction that waits for the process rather than for the database is a bug; it must not hold locks.
    idle_in_transaction_session_timeout: queryTimeoutMs,
  };
}

/** The second address must keep sessions. */
async function refusePooled(direct: Server): Promise<void> {
  if ((await findPooling(direct)) !== 'transaction') return;
  throw new StartRefused(
    'DATABASE_DIRECT_URL leads to a pooler in transaction mode as well. Take the address that the provider calls direct, or the one in session mode.',
  );
}

/** What was migrated by the second address must be found by the first. */
async function refuseOtherDatabase(server: Server): Promise<void> {
  const client = connectServer(server, { max: 1, prepare: false });
  try {
    if (await isUpToDate(drizzlePostgres(client))) return;
  } finally {
    await client.end({ timeout: 5 });
  }
  throw new StartRefused(
    'DATABASE_URL and DATABASE_DIRECT_URL lead to different databases. Let both lead to the same one.',
  );
}
