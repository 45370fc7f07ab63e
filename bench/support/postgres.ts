import postgres from 'postgres';
import { migrateServer } from '../../src/database/migrate.ts';
import { createLog } from '../../src/log.ts';
import { installQueue, queueOn } from '../../tests/support/install-queue.ts';
import { findPostgres, startPostgres } from '../../tests/support/postgres-server.ts';
import type { BenchRow } from '../row.ts';

/** Migrated databases on a server of the benchmark's own. */
export type Databases = { create(name: string): Promise<string> };

/**
 * Runs a benchmark that needs a PostgreSQL server; where none is installed, says so instead.
 * @param work gets a maker of migrated, empty databases, by their addresses
 * @param settings parameters of the server
 */
export async function withPostgres(
  what: string,
  work: (databases: Databases) => Promise<BenchRow[]>,
  settings: Readonly<Record<string, string>> = {},
): Promise<BenchRow[]> {
  const binaries = findPostgres();
  if (binaries === null) {
    console.log(`SKIPPED for want of a PostgreSQL server: ${what}`);
    return [];
  }
  const log = createLog({ level: 'silent', pretty: false });
  const server = await startPostgres(binaries, { settings });
  const admin = postgres(server.url('postgres'), { max: 1, onnotice: () => {} });
  try {
    return await work({
      async create(name) {
        await admin`create database ${admin(name)}`;
        const url = server.url(name);
        await migrateServer(url, log);
        await installQueue(queueOn(url), log);
        return url;
      },
    });
  } finally {
    await admin.end();
    await server.stop();
  }
}
