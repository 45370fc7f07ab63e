/**
 * A connection may stay open and carry nothing any more: a failover behind a NAT, a firewall that forgot it. No
 * limit of the server ends what waits on it then, and the system gives it up after a quarter of an hour at best.
 */
import { Socket } from 'node:net';
import { toError } from '../errors.ts';
import type { ServerOptions } from './driver.ts';

/** The code of the error with which such a connection is ended. */
export const DATABASE_SILENT = 'DATABASE_SILENT';

/** Longest time that an idle connection is kept, in seconds. */
const LONGEST_IDLE_SECONDS = 300;

/**
 * A socket that ends itself with an error, coded DATABASE_SILENT, when nothing has come or gone for `limitMs`.
 * It cannot listen for that: drivers take a socket's listeners away when they lay TLS upon it.
 */
class WatchedSocket extends Socket {
  /** The driver shows them in its errors, and asks a server's certificate for the first. */
  host?: string;
  port?: number;

  override emit(event: string | symbol, ...values: unknown[]): boolean {
    if (event !== 'timeout') return super.emit(event, ...values);
    const error = new Error('the database has been silent for too long');
    this.destroy(Object.assign(error, { code: DATABASE_SILENT }));
    return true;
  }
}

/** A socket yet to be connected, for a driver that does so itself. @param limitMs above the longest statement */
export function createWatchedSocket(limitMs: number): WatchedSocket {
  const socket = new WatchedSocket();
  socket.setTimeout(limitMs);
  return socket;
}

/**
 * The driver's options that end silent connections, and idle ones before they could be taken for silent.
 * @param limitMs above the longest statement that may run
 */
export function watchForSilence(limitMs: number): Required<Pick<ServerOptions, 'socket' | 'idle_timeout'>> {
  return {
    idle_timeout: Math.min(LONGEST_IDLE_SECONDS, (0.9 * limitMs) / 1000),
    // The driver has one connection less for good whenever this rejects. It wants the socket at once, and
    // listens to it only after that: what fails immediately must not fail before.
    socket({ host: [host = ''], port: [port = 0], path }) {
      const socket = Object.assign(createWatchedSocket(limitMs), path ? {} : { host, port });
      Promise.resolve()
        .then(() => (path ? socket.connect(path) : socket.connect(port, host)))
        .catch((error) => socket.destroy(toError(error)));
      return socket;
    },
  };
}
