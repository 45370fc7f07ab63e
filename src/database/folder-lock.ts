import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { refuseFolder, StartRefused } from '../errors.ts';

/**
 * Takes a folder for this process alone. Two PGlite on one folder lose rows without any error, so the
 * second one must never open it.
 *
 * The lock is SQLite's own on a file in the folder: the system frees it when the process ends, however it
 * ends, so a stale lock cannot be left behind; and it holds between containers that share a volume, where
 * sockets and process ids do not.
 * @returns the release
 * @throws StartRefused when another process, or this one, already has the folder, or it cannot be made
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw refuseFolder(error, folder, 'DATA_DIR') ?? error;
  });
  const lock = new DatabaseSync(join(folder, 'lock.sqlite'));
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    if (!isTaken(error)) throw error;
    throw new StartRefused(
      `Another process uses the database in ${folder}. Stop it, or set DATA_DIR to another folder, or DATABASE_URL to share a PostgreSQL server.`,
      { cause: error },
    );
  }
  return async () => lock.close();
}

/** SQLite's result code when another connection holds the lock (SQLITE_BUSY). */
const BUSY = 5;

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === BUSY;
}
