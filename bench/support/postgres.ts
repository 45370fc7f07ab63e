import postgres from 'postgres';
import { migrateServer } from '../../src/database/migrate.ts';
import { createLog } from '../../src/log.ts';
import { installQueue, queueOn } from '../../tests/support/install-queue.ts';
import { findPostgres, startPostgres } from '../../tests/support/postgres-server.ts';
import type { BenchRow } from '../row.ts';

/** Databases on a server of the benchmark's own, migrated, or empty for a version that does that itself. */
export type Databases = {
  create(name: string): Promise<string>;
  createEmpty(name: string): Promise<string>;
};

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
  const rows = await usePostgres(work, settings);
  if (rows === null) console.log(`SKIPPED for want of a PostgreSQL server: ${what}`);
  return rows ?? [];
}

/** Starts a server for the work and stops it afterwards. @returns what the work does; null where none is installed */
export async function usePostgres<T>(
  work: (databases: Databases) => Promise<T>,
  settings: Readonly<Record<string, string>> = {},
): Promise<T | null> {
  const binaries = findPostgres();
  if (binaries === null) return null;
  const log = createLog({ level: 'silent', pretty: false });
  const server = await startPostgres(binaries, { settings });
  const admin = postgres(server.url('postgres'), { max: 1, onnotice: () => {} });
  try {
    const createEmpty = async (name: string) => {
      await admin`create database ${admin(name)}`;
      return server.url(name);
    };
    return await work({
      createEmpty,
      async create(name) {
        const url = await createEmpty(name);
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
