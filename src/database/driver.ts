/** The driver of PostgreSQL servers. Only this file imports it, so that nothing can use one that is not patched. */
import type { Socket } from 'node:net';
import postgres, { type Options, type Sql } from 'postgres';
import { StartRefused } from '../errors.ts';
import { postgresJsOptions, type Server } from './server.ts';

export type { Sql, TransactionSql } from 'postgres';

/** The driver's own, whose times are in seconds, with what its types leave out. */
export type ServerOptions = Options<Record<string, never>> & {
  /** Statements that are sent on one connection before the first is answered. */
  max_pipeline?: number;
  /** Makes the socket of a connection, connected or about to be. The address has one host, which is the first. */
  socket?: (
    server: Readonly<{ host: readonly string[]; port: readonly number[]; path?: string | false }>,
  ) => Socket | Promise<Socket>;
};

/** What the patch calls itself (patches/postgres+*.patch); raised in both places when the patch is changed. */
const PATCH = 3;

/** The driver's own waits up to 20 seconds, and counts the failures of all connections as one's. */
const LONGEST_BACKOFF_SECONDS = 0.5;

/**
 * A pool of connections to the server, made as they are needed.
 * @throws StartRefused when the driver is not patched (docs/decisions/009)
 */
export function connectServer(server: Server, options: ServerOptions): Sql {
  refuseUnpatched();
  const { applicationName, options: settings } = server.address;
  return postgres({
    ...postgresJsOptions(server),
    backoff,
    onnotice: () => {},
    ...options,
    connection: {
      application_name: 'vitrine',
      ...options.connection,
      ...(applicationName === null ? {} : { application_name: applicationName }),
      ...(settings === null ? {} : { options: settings }),
    },
  });
}

/** Without the patch a lost connection loses and mixes the data of others; `npm ci --ignore-scripts` leaves it out. */
export function refuseUnpatched(): void {
  if (Reflect.get(postgres, 'vitrinePatch') === PATCH) return;
  throw new StartRefused(
    'The PostgreSQL driver is not patched as patches/ has it: run “npx patch-package”, or “npm ci” without --ignore-scripts.',
  );
}

/** Seconds until a connection is tried again, after so many attempts failed. */
function backoff(failures: number): number {
  return (0.5 + Math.random() / 2) * Math.min(3 ** failures / 100, LONGEST_BACKOFF_SECONDS);
}
