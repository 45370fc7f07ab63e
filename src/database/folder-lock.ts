import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, realpath, unlink } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { StartRefused } from '../errors.ts';

/**
 * Takes a folder for this process alone. Two PGlite on one folder lose rows without any error, so the
 * second one must never open it.
 *
 * The lock is a listening local socket: the system frees it when the process ends, however it ends, so a
 * stale lock cannot be left behind. Linux has abstract names for it and Windows pipes; elsewhere it is a
 * socket file, removed when nobody answers on it.
 * @returns the release
 * @throws StartRefused when another process, or this one, already has the folder
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  const path = await realpath(folder);
  const address = lockAddress(path);
  const server = createServer((socket) => socket.destroy());
  if (!(await listens(server, address))) {
    const stale = address.startsWith('/') && !(await answers(address));
    if (stale) await unlink(address);
    if (!stale || !(await listens(server, address))) {
      throw new StartRefused(
        `Another process uses the database in ${folder}. Stop it, or set DATA_DIR to another folder, or DATABASE_URL to share a PostgreSQL server.`,
      );
    }
  }
  // The lock alone is no reason to keep the process alive.
  server.unref();
  return () => new Promise((resolve) => server.close(() => resolve()));
}

function lockAddress(path: string): string {
  // Socket names are limited to about 100 bytes; a path is not.
  const name = `vitrine-${createHash('sha256').update(path).digest('hex').slice(0, 32)}`;
  switch (process.platform) {
    case 'linux':
      return `\0${name}`;
    case 'win32':
      return `\\\\.\\pipe\\${name}`;
    default:
      return join('/tmp', `${name}.lock`);
  }
}

async function listens(server: Server, address: string): Promise<boolean> {
  server.listen(address);
  try {
    await once(server, 'listening');
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return false;
    throw error;
  }
}

async function answers(address: string): Promise<boolean> {
  const socket = connect(address);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
